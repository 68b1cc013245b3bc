"""Which story an article joins, and what it is a copy of."""

from dataclasses import replace
from datetime import timedelta
from math import exp
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.stories.about import About
from services.stories.deciding import COPY_BANDS, WINDOW, Known, Place, decide, kept, likeness
from tests.unit.stories.articles import DAY, about, bands

STORM = "dorian hurricane bahamas storm"


def placed(article: About, story: str = "", **fields: object) -> Known:
    return Known(article, Place(story or article.article_id, **fields))  # type: ignore[arg-type]  # any field


def test_an_article_like_none_begins_a_story_that_has_its_id() -> None:
    assert decide(about("b", "vote senate"), [placed(about("a", STORM))]).story_id == "b"


def test_an_article_joins_the_story_of_the_one_most_like_it_and_notes_the_other() -> None:
    near, far = about("a", STORM), about("c", "dorian hurricane florida coast")
    place = decide(about("b", STORM + " florida"), [placed(far, "s2"), placed(near, "s1")])
    assert place == Place("s1", also=("s2",))


def test_time_that_lies_between_counts_against_a_story() -> None:
    later = about("b", STORM, day=DAY + timedelta(days=50))
    assert likeness(about("a", STORM), later) == pytest.approx(exp(-0.5))
    late = about("b", STORM, day=DAY + timedelta(days=WINDOW))
    assert decide(late, [placed(about("a", STORM))]).story_id == "b"


def test_an_article_that_has_no_place_yet_is_noted_and_joined_later() -> None:
    assert decide(about("b", STORM), [Known(about("a", STORM))]) == Place(
        "b", also=("a",), story=f"{DAY} b"
    )


def test_withdrawn_articles_and_the_article_itself_count_for_nothing() -> None:
    gone, itself = about("a", STORM, usable=False), about("b", STORM)
    assert decide(itself, [placed(gone), placed(itself, "elsewhere")]).story_id == "b"


def test_a_copy_names_the_first_of_all_copies_and_is_in_its_story_whenever_it_comes() -> None:
    first = about("a", STORM, signature=bands(32, "a"))
    second = about("b", STORM, signature=bands(32, "b"))
    third = about("c", STORM, signature=bands(32, "c"), day=DAY + timedelta(days=900))
    place = decide(third, [placed(second, "a", duplicate_of="a"), placed(first)])
    assert place == Place("a", duplicate_of="a", similarity=1.0)


def test_texts_with_fewer_bands_in_common_are_no_copies() -> None:
    first = about("a", "vote", signature=bands(32, "a"))
    edited = about("b", "poll", signature=bands(COPY_BANDS - 1, "b"))
    assert decide(edited, [placed(first)]).duplicate_of is None
    copy = about("b", "poll", signature=bands(COPY_BANDS, "b"))
    assert decide(copy, [placed(first)]) == Place("a", (), "a", 0.783)


def test_of_two_copies_that_are_placed_at_once_exactly_one_is_the_copy() -> None:
    one, other = (about(name, STORM, signature=bands(32, name)) for name in "ab")
    assert decide(one, [Known(other)]).duplicate_of is None
    assert decide(other, [Known(one)]).duplicate_of == "a"
    assert decide(one, [placed(other, duplicate_of="a")]).duplicate_of is None


def test_a_story_is_named_after_its_first_article() -> None:
    first = replace(about("a", STORM), title="A storm hits the coast")
    begun = decide(first, [])
    assert begun.story == f"{DAY} A storm hits the coast"
    later = replace(about("b", STORM), title="The coast clears up")
    assert decide(later, [Known(first, begun)]).story == begun.story
    assert decide(about("c", "poll"), []).story == f"{DAY} c"  # it has no title


def test_a_corrected_article_stays_in_its_story() -> None:
    before = Place("s1", ("s2",), "a", 0.9)
    assert kept(before, Place("s3", ("s4",))) == Place("s1", ("s2", "s3", "s4"))


TEXTS = st.lists(
    st.tuples(st.sets(st.sampled_from("abcdefghij"), min_size=1), st.integers(0, 150)),
    max_size=12,
)


@given(TEXTS, st.randoms(use_true_random=False))
def test_stories_with_their_joins_are_the_same_in_every_order(
    texts: list[tuple[set[str], int]], random: Random
) -> None:
    articles = [
        about(str(i), " ".join(sorted(words)), day=DAY + timedelta(days=days))
        for i, (words, days) in enumerate(texts)
    ]
    shuffled = articles[:]
    random.shuffle(shuffled)
    assert partition(articles) == partition(shuffled)


def partition(articles: list[About]) -> set[frozenset[str]]:
    """Place one after the other, and put together what was joined."""
    memory: list[Known] = []
    for article in articles:
        memory.append(Known(article, decide(article, memory)))
    groups: list[set[str]] = []
    for known in memory:
        assert known.place
        ids = {known.about.article_id, known.place.story_id, *known.place.also}
        touching = [group for group in groups if group & ids]
        groups = [group for group in groups if not group & ids] + [ids.union(*touching)]
    return set(map(frozenset, groups))
