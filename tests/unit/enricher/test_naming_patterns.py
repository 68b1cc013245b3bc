import time

import pytest

from services.enricher.naming.patterns import MANNERS, found, manners


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("when Hurricane Maria struck", ["Hurricane Maria"]),
        ("in World War II and the Syrian Civil War", ["World War II", "Syrian Civil War"]),
        ("won the 2019 Rugby World Cup there", ["2019 Rugby World Cup"]),
        ("the IAAF World Championships", ["IAAF World Championships"]),
    ],
)
def test_some_names_show_their_type_in_how_they_are_written(text, names):
    chosen = found(text, 0, len(text), manners(text))
    assert [text[one.start : one.end] for one in chosen] == names


@pytest.mark.parametrize("run", ["A-", "Aa-", "A'", "Aa ", "2019 "])
def test_a_long_line_of_one_kind_takes_time_by_its_length_and_not_its_square(run):
    text = run * 20_000
    started = time.process_time()
    assert list(found(text, 0, len(text), MANNERS)) == []
    assert time.process_time() - started < 5
