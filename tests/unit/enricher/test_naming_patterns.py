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
        ("a KC-130, two Tu-22M3s and A320s", ["KC-130", "Tu-22M3s", "A320s"]),
        ("the Boeing C-17 and a Long March 5B", ["Boeing C-17", "Long March 5B"]),
        ("an iPhone 8 Plus or a Galaxy S9", ["iPhone 8 Plus", "Galaxy S9"]),
        ("the DC-10, xBoeing 737, COVID-19", []),
    ],
)
def test_some_names_show_their_type_in_how_they_are_written(text, names):
    chosen = found(text, 0, len(text), manners(text))
    assert sorted(text[one.start : one.end] for one in chosen) == sorted(names)


@pytest.mark.parametrize("run", ["A-", "Aa-", "A'", "Aa ", "2019 "])
def test_a_long_line_of_one_kind_takes_time_by_its_length_and_not_its_square(run):
    text = run * 20_000
    started = time.process_time()
    assert list(found(text, 0, len(text), MANNERS)) == []
    assert time.process_time() - started < 5
