"""The judge of the fault suite sees each kind of breach, and nothing in a run that is clean."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faults.breach import Breach
from tests.faults.course import Bounds, Course
from tests.faults.events import (
    Document,
    Entry,
    Letter,
    Place,
    Published,
    Run,
    Sample,
)
from tests.faults.judge import judge

PARTITIONS = 2
SENT_AT = 1000
"""Milliseconds: when record N of a run is sent on, plus N."""


def run_of(versions: Sequence[tuple[str, int]]) -> Run:
    """Make a clean run in which every version of an article went through, in this order."""
    entries, published = [], []
    for number, (article_id, version) in enumerate(versions):
        place = place_of(article_id, number)
        entries.append(Entry(article_id, version, f"raw {article_id} {version}", place))
        published.append(
            Published(
                article_id,
                version,
                "usable",
                f"ce {article_id} {version}",
                f"enriched {article_id} {version}",
                place,
                SENT_AT + number,
            )
        )
    newest = {
        article_id: max(v for a, v in versions if a == article_id) for article_id, _ in versions
    }
    documents = [Document(article_id, version, "usable") for article_id, version in newest.items()]
    return Run(entries, published, (), (), documents)


def place_of(article_id: str, number: int) -> Place:
    return len(article_id) % PARTITIONS, number


@pytest.fixture
def clean() -> Run:
    """Three articles, one of them in two versions."""
    return run_of([("a", 1), ("bb", 1), ("ccc", 1), ("a", 2)])


def kinds(run: Run) -> list[tuple[str, str, str]]:
    return [(breach.invariant, breach.kind, breach.article) for breach in judge(run).breaches]


def without(records: Sequence, article_id: str) -> list:
    return [record for record in records if record.article_id != article_id]


def repeated(run: Run, at: int, **changes: object) -> Run:
    """Publish record `at` once more, at the end of its partition."""
    one = run.published[at]
    again = replace(one, place=(one.place[0], 100), at=one.at + 100)
    return replace(run, published=[*run.published, replace(again, **changes)])


def test_a_clean_run_breaks_nothing(clean):
    judgement = judge(clean)
    assert judgement.breaches == ()
    assert (judgement.articles, judgement.lost, judgement.duplicated, judgement.repeats) == (
        3,
        0,
        0,
        0,
    )


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "bb", "ccc", "dddd"]), st.integers(1, 5)),
        min_size=1,
        max_size=30,
    )
)
def test_versions_in_any_order_and_repeats_break_nothing(versions):
    judgement = judge(run_of(versions))
    assert judgement.breaches == ()
    assert judgement.repeats == 0


def test_a_lost_article_is_named(clean):
    run = replace(
        clean,
        published=without(clean.published, "bb"),
        documents=without(clean.documents, "bb"),
    )
    assert kinds(run) == [("I1", "lost", "bb")]
    assert judge(run).lost == 1


def test_a_lost_version_of_an_article_that_is_there_is_named(clean):
    run = replace(clean, published=[clean.published[3], *clean.published[1:3]])
    assert kinds(run) == [("I1", "lost", "a")]


def test_an_article_that_never_reached_the_index_is_named(clean):
    run = replace(clean, documents=without(clean.documents, "ccc"))
    assert kinds(run) == [("I2", "not indexed", "ccc")]
    assert judge(run).lost == 1


def test_two_documents_of_one_article_are_named(clean):
    run = replace(clean, documents=[*clean.documents, clean.documents[1]])
    assert kinds(run) == [("I4", "duplicated", "bb")]
    assert judge(run).duplicated == 1


def test_a_document_that_was_never_sent_is_a_phantom(clean):
    run = replace(clean, documents=[*clean.documents, Document("ghost", 1, "usable")])
    assert kinds(run) == [("I3", "phantom", "ghost")]


def test_an_enriched_event_that_was_never_sent_is_a_phantom(clean):
    ghost = replace(clean.published[0], article_id="ghost", place=(0, 50))
    run = replace(
        clean,
        published=[*clean.published, ghost],
        documents=[*clean.documents, Document("ghost", 1, "usable")],
    )
    assert kinds(run) == [("I3", "phantom", "ghost")] * 2


def test_a_document_in_an_older_version_is_stale(clean):
    run = replace(clean, documents=[Document("a", 1, "usable"), *clean.documents[1:]])
    assert kinds(run) == [("I2", "stale", "a")]


def test_a_withdrawn_article_that_is_back_is_named(clean):
    withdrawn = replace(clean.published[3], status="canceled")
    run = replace(clean, published=[*clean.published[:3], withdrawn])
    assert kinds(run) == [("I2", "wrong status", "a")]


def test_a_repeat_is_counted_and_breaks_nothing(clean):
    run = repeated(clean, 0)
    assert kinds(run) == []
    assert judge(run).repeats == 1


def test_a_record_sent_twice_is_no_repeat_of_ours(clean):
    again = replace(clean.ledger[1], place=(0, 70))
    run = replace(repeated(clean, 1), ledger=[*clean.ledger, again])
    assert judge(run).repeats == 0


def test_a_repeat_with_another_ce_id_is_named(clean):
    assert kinds(repeated(clean, 1, ce_id="another")) == [("I4", "another ce_id", "bb")]


def test_versions_that_come_out_the_other_way_round_are_named(clean):
    first, *between, second = clean.published
    run = replace(
        clean,
        published=[
            replace(second, place=first.place),
            *between,
            replace(first, place=second.place),
        ],
    )
    assert kinds(run) == [("I6", "out of order", "a")]


def test_a_key_on_two_partitions_is_named(clean):
    run = repeated(clean, 1, place=(1, 99))
    assert kinds(run) == [("I6", "out of order", "bb")]


def refused(run: Run, article_id: str) -> Run:
    """Let the enricher refuse an article."""
    (entry,) = (entry for entry in run.ledger if entry.article_id == article_id)
    return replace(
        run,
        published=without(run.published, article_id),
        documents=without(run.documents, article_id),
        raw_letters=[Letter(entry.sha256, "not_json", entry.place, SENT_AT)],
    )


def test_a_dead_letter_settles_its_article(clean):
    assert kinds(refused(clean, "bb")) == []


def test_a_dead_letter_of_the_indexer_settles_its_article(clean):
    one = clean.published[1]
    letter = Letter(one.sha256, "document_rejected", one.place, SENT_AT)
    run = replace(clean, documents=without(clean.documents, "bb"), enriched_letters=[letter])
    assert kinds(run) == []


def test_an_article_both_published_and_dead_lettered_is_named(clean):
    run = replace(clean, raw_letters=refused(clean, "bb").raw_letters)
    assert kinds(run) == [("I1", "published and dead-lettered", "bb")]


@pytest.mark.parametrize(
    ("changes", "kind", "article"),
    [
        ({"sha256": "other bytes"}, "altered", "bb"),
        ({"reason": ""}, "without a reason", "bb"),
    ],
)
def test_a_dead_letter_that_does_not_hold_what_it_should_is_named(clean, changes, kind, article):
    run = refused(clean, "bb")
    run = replace(run, raw_letters=[replace(run.raw_letters[0], **changes)])
    assert kinds(run) == [("I3", kind, article)]


def test_a_dead_letter_of_a_record_that_was_never_sent_is_a_phantom(clean):
    letters = [Letter("sha256", "not_json", (0, 999), SENT_AT)]
    assert kinds(replace(clean, raw_letters=letters)) == [("I3", "phantom", "letter of raw 0-999")]


@pytest.mark.parametrize("committed", [0, 1])
def test_a_commit_up_to_what_is_settled_breaks_nothing(clean, committed):
    samples = [Sample("enricher", SENT_AT, {1: committed}, {})]
    assert kinds(replace(clean, samples=samples)) == []


def test_a_commit_past_an_article_that_is_published_later_is_named(clean):
    samples = [Sample("enricher", SENT_AT + 1, {1: 3}, {})]
    (breach,) = judge(replace(clean, samples=samples)).breaches
    assert breach == Breach("I5", "committed unsettled", "ccc", "enricher 1-2")


def test_a_commit_past_a_lost_article_is_named_once(clean):
    run = replace(
        clean,
        published=without(clean.published, "bb"),
        documents=without(clean.documents, "bb"),
        samples=[Sample("enricher", 5000 + n, {0: 2}, {}) for n in range(3)],
    )
    assert kinds(run) == [("I1", "lost", "bb"), ("I5", "committed unsettled", "bb")]


def test_a_commit_past_a_document_that_was_not_stored_is_named(clean):
    samples = [Sample("indexer", 5000, {0: 2, 1: 3}, {"a": 1, "bb": 1})]
    run = replace(clean, samples=samples)
    assert kinds(run) == [("I5", "committed unsettled", "ccc")]


def test_a_dead_letter_may_be_committed_past(clean):
    run = refused(clean, "bb")
    assert kinds(replace(run, samples=[Sample("enricher", SENT_AT, {0: 2}, {})])) == []


def test_each_breach_of_a_run_with_many_is_named(clean):
    run = replace(
        clean,
        published=without(clean.published, "bb"),
        documents=[Document("a", 1, "usable"), Document("ghost", 1, "usable")],
    )
    assert set(kinds(run)) == {
        ("I1", "lost", "bb"),
        ("I2", "not indexed", "ccc"),
        ("I2", "stale", "a"),
        ("I3", "phantom", "ghost"),
    }


def test_a_replayed_letter_does_not_settle_its_article_any_more(clean):
    run = refused(clean, "bb")
    letters = [replace(letter, replayed=True) for letter in run.raw_letters]
    assert kinds(replace(run, raw_letters=letters)) == [("I1", "lost", "bb")]
    assert kinds(replace(clean, raw_letters=letters)) == []


def test_what_kafka_itself_removed_unread_is_no_loss_of_ours(clean):
    run = replace(
        clean,
        published=without(clean.published, "bb"),
        documents=without(clean.documents, "bb"),
        samples=[Sample("enricher", 5000, {0: 2}, {})],
        removed=frozenset({(0, 1)}),
    )
    assert kinds(run) == []


def test_a_run_with_one_of_each_names_each(clean):
    run = replace(
        repeated(clean, 0),
        published=without(clean.published, "bb"),
        documents=[
            Document("a", 1, "usable"),
            *[Document("ccc", 1, "usable")] * 2,
            Document("ghost", 1, "usable"),
        ],
    )
    assert set(kinds(run)) == {
        ("I1", "lost", "bb"),
        ("I2", "stale", "a"),
        ("I3", "phantom", "ghost"),
        ("I4", "duplicated", "ccc"),
    }


def test_a_course_is_judged_with_the_rest(clean):
    course = Course(None, {}, (), Bounds(drained=60, memory=1000))
    assert kinds(replace(clean, course=course)) == [("I7", "not drained", "all")]


def test_offsets_of_a_topic_that_was_deleted_say_nothing_of_the_one_made_anew(clean):
    samples = [Sample("enricher", 900, {0: 2, 1: 3}, {})]
    assert ("I5", "committed unsettled", "bb") in kinds(replace(clean, samples=samples))
    assert kinds(replace(clean, samples=samples, begun_at=950)) == []
