"""What the memory of stories is asked, and how its entries are read."""

import json
from dataclasses import replace
from math import sqrt

from hypothesis import given
from hypothesis import strategies as some

from services.stories.about import About
from services.stories.deciding import THRESHOLD, Known, Place, likeness
from services.stories.remembering import LEAST_SHARED, known, question, write
from tests.unit.stories.articles import DAY, about, bands

WEIGHTS = some.dictionaries(some.sampled_from("abcdefgh"), some.floats(0.1, 10), min_size=1)


def source(one: Known) -> dict[str, object]:
    """Return what is written of an article."""
    found: dict[str, object] = json.loads(write("news-stories", one, None).splitlines()[1])
    return found


def test_an_entry_is_read_as_it_was_written() -> None:
    one = replace(about("a", "storm hurricane", signature=bands(32, "a")), weights={"storm": 0.6})
    for place in (None, Place("b", ("c",), "b", 0.9)):
        assert known(source(Known(one, place))) == Known(one, place)


def test_an_entry_of_an_earlier_release_has_its_weights_by_name() -> None:
    one = Known(about("a", "storm hurricane"))
    assert known(source(one) | {"weights": dict(one.about.weights)}) == one


@given(one=WEIGHTS, other=WEIGHTS)
def test_no_article_that_is_alike_is_below_the_least_score(
    one: dict[str, float], other: dict[str, float]
) -> None:
    first, second = _scaled("a", one), _scaled("b", other)
    asked = json.loads(question(first))
    words = asked["query"]["bool"]["should"][0]["bool"]["should"]
    scores = [
        word["constant_score"]["boost"]
        for word in words
        if word["constant_score"]["filter"]["term"]["terms"] in second.weights
    ]
    assert asked["min_score"] == LEAST_SHARED
    assert likeness(first, second) < THRESHOLD or sum(scores) >= LEAST_SHARED


def _scaled(name: str, weights: dict[str, float]) -> About:
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return About(name, 1, DAY, weights={t: round(w / length, 4) for t, w in weights.items()})
