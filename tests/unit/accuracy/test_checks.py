import pytest

from services.accuracy.checks import problems
from tests.unit.accuracy.gold import ACME, PUMPS, QUOTE, ROME, TEXT, gold

SIZE = len(TEXT)


def test_an_article_annotated_with_care_has_no_problems():
    assert [*problems(gold())] == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            {"entities": [ROME | {"end": 500}]},
            f"entities[0] 'Rome': 14:500 is beyond the text, which has {SIZE} characters",
        ),
        (
            {"numbers": [PUMPS | {"start": -1}]},
            f"numbers[0] '5 to 7': -1:53 is beyond the text, which has {SIZE} characters",
        ),
        (
            {"quotes": [QUOTE | {"end": QUOTE["start"], "surface": None}]},
            "quotes[0] '': 82:82 is empty; the end is the offset after the last character",
        ),
        (
            {"entities": [ROME | {"start": 13, "end": 17}]},
            "entities[0] 'Rome' is not what stands at 13:17, ' Rom'; it stands at 14:18",
        ),
        (
            {"entities": [ACME, ROME | {"surface": "Roma"}]},
            "entities[1] 'Roma' is not what stands at 14:18, 'Rome'; the text does not have it",
        ),
        (
            {"entities": [ROME | {"alts": [[14, 18, "LOC"], [14, 500, "GPE"]]}]},
            f"entities[0] 'Rome'.alts[1]: 14:500 is beyond the text, which has {SIZE} characters",
        ),
        (
            {"body": [[0, 5], [20, 500]]},
            f"body[1]: 20:500 is beyond the text, which has {SIZE} characters",
        ),
        (
            {"entities": [ROME, ACME, ROME]},
            "entities[0] 'Rome' and entities[2] 'Rome' overlap; leave out one or make it optional",
        ),
        (
            {"numbers": [PUMPS | {"high": None}]},
            "numbers[0] '5 to 7': a range needs both low and high",
        ),
    ],
)
def test_a_slip_of_the_annotator_is_named(changes, problem):
    assert [*problems(gold(**changes))] == [problem]


def test_an_optional_annotation_may_overlap():
    assert [*problems(gold(entities=[ROME, ROME | {"optional": True}]))] == []
