import pytest
from jinja2 import UndefinedError

from services.search.query import MARK_END, MARK_START
from services.search.results import fragment
from services.web.pages import dated, highlighted, page


@pytest.mark.parametrize(
    ("timestamp", "says"),
    [
        ("2024", "2024"),
        ("2024-05", "May 2024"),
        ("2024-05-03", "3 May 2024"),
        ("2024-05-03T14:05:09+00:00", "3 May 2024 14:05 UTC"),
        ("2024-05-03T14:05:09Z", "3 May 2024 14:05 UTC"),
        ("2024-05-03T14:05:09+02:00", "3 May 2024 14:05 +0200"),
        ("nonsense", "nonsense"),
        ("2024-99-03", "2024-99-03"),
        ("2024-05-03Tnoon", "2024-05-03Tnoon"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(timestamp, says):
    assert dated(timestamp) == says


def test_a_highlight_is_cut_at_its_marks():
    cut = highlighted(fragment(f"the {MARK_START}air{MARK_END} raid"))
    assert [(piece.text, bool(piece.notes)) for piece in cut] == [
        ("the ", False),
        ("air", True),
        (" raid", False),
    ]


def test_a_value_that_was_forgotten_is_an_error():
    with pytest.raises(UndefinedError):
        page("unavailable.html")
