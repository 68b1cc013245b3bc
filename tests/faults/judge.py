"""What became of every acknowledged article: the judgement over the invariants I1 to I8.

The ledger lists what the broker has acknowledged. It is compared with what stands on the enriched
topic, in the dead-letter topics and in the index once all is drained, and with the offsets that
were seen committed on the way; how long it took and what it used is judged by `course.py`.
Everything here is a function of values.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from schemas.reasons import REASONS
from tests.faults.breach import Breach
from tests.faults.commits import committed_settled
from tests.faults.course import breaches as course_breaches
from tests.faults.events import Letter, Place, Published, Run, Version, at


@dataclass(frozen=True, slots=True)
class Judgement:
    """The breaches, and the counts that a report shows."""

    breaches: tuple[Breach, ...]
    articles: int
    """Different articles in the ledger."""
    lost: int
    duplicated: int
    repeats: int
    """Records on the enriched topic and letters beyond one for each acknowledged record."""


def judge(run: Run) -> Judgement:
    """Name each breach of I1 to I6, and of I7 and I8 if the run tells its course.

    Two records of one version are taken for the same text: a run that sends two texts under one
    version is not judged right.
    """
    breaches = (
        *_complete(run),
        *_indexed(run),
        *_traced(run),
        *_single(run),
        *committed_settled(run),
        *_in_order(run),
        *(course_breaches(run.course) if run.course else ()),
    )
    kinds = Counter(breach.kind for breach in breaches)
    return Judgement(
        breaches=breaches,
        articles=len({entry.article_id for entry in run.ledger}),
        lost=kinds["lost"] + kinds["not indexed"],
        duplicated=kinds["duplicated"],
        repeats=_repeats(run),
    )


def _complete(run: Run) -> Iterator[Breach]:
    """I1: each acknowledged record is published or dead-lettered, and not both."""
    published = {one.of for one in run.published}
    refused = _refused(run.raw_letters)
    # An equal record that was refused next to one that was published is settled by its letter.
    not_refused = {entry.of for entry in run.ledger if entry.place not in refused}
    for entry in run.ledger:
        settled = entry.place in refused or entry.place in run.removed
        if not settled and entry.of not in published:
            yield Breach("I1", "lost", entry.article_id, f"raw {at(entry.place)}, {_v(entry.of)}")
    acknowledged = {entry.of for entry in run.ledger}
    for version in sorted((published & acknowledged) - not_refused):
        yield Breach("I1", "published and dead-lettered", version[0], _v(version))


def _indexed(run: Run) -> Iterator[Breach]:
    """I2: each published article is in the index in its newest version, or in a dead letter."""
    refused = _refused(run.enriched_letters)
    newest: dict[str, Published] = {}
    for one in run.published:
        if one.place not in refused and one.version >= _version(newest.get(one.article_id)):
            newest[one.article_id] = one
    documents = {document.article_id: document for document in run.documents}
    for article_id, one in newest.items():
        document = documents.get(article_id)
        if document is None:
            yield Breach("I2", "not indexed", article_id, _v(one.of))
        elif document.version < one.version:
            detail = f"version {document.version} in the index, {one.version} on the topic"
            yield Breach("I2", "stale", article_id, detail)
        elif document.version == one.version and document.status != one.status:
            detail = f"{document.status} in the index, {one.status} on the topic"
            yield Breach("I2", "wrong status", article_id, detail)


def _traced(run: Run) -> Iterator[Breach]:
    """I3: all that came out traces to the ledger; a letter holds the bytes that it refused."""
    acknowledged = {entry.of for entry in run.ledger}
    for version in sorted({one.of for one in run.published} - acknowledged):
        yield Breach("I3", "phantom", version[0], f"{_v(version)} on the enriched topic")
    for document in run.documents:
        if (document.article_id, document.version) not in acknowledged:
            detail = f"version {document.version} in the index"
            yield Breach("I3", "phantom", document.article_id, detail)
    raw = {entry.place: (entry.article_id, entry.sha256) for entry in run.ledger}
    yield from _letters_traced("raw", run.raw_letters, raw)
    enriched = {one.place: (one.article_id, one.sha256) for one in run.published}
    yield from _letters_traced("enriched", run.enriched_letters, enriched)


def _letters_traced(
    stage: str, letters: Iterable[Letter], originals: Mapping[Place, tuple[str, str]]
) -> Iterator[Breach]:
    for letter in letters:
        where = f"letter of {stage} {at(letter.origin)}"
        article_id, sha256 = originals.get(letter.origin, (None, None))
        if article_id is None:
            yield Breach("I3", "phantom", where)
            continue
        if letter.sha256 != sha256:
            yield Breach("I3", "altered", article_id, where)
        if letter.reason not in REASONS:
            yield Breach("I3", "without a reason", article_id, f"{where}: {letter.reason!r}")


def _single(run: Run) -> Iterator[Breach]:
    """I4: one document for an article; repeats of a version on the topic carry one ce_id."""
    for article_id, count in Counter(document.article_id for document in run.documents).items():
        if count > 1:
            yield Breach("I4", "duplicated", article_id, f"{count} documents")
    names: dict[Version, set[str]] = defaultdict(set)
    for one in run.published:
        names[one.of].add(one.ce_id)
    for version, found in names.items():
        if len(found) > 1:
            yield Breach("I4", "another ce_id", version[0], f"{_v(version)}: {sorted(found)}")


def _in_order(run: Run) -> Iterator[Breach]:
    """I6: dropping the repeats, a key's versions come out in the order in which they went in."""
    went_in = _versions((entry.article_id, entry.version, entry.place) for entry in run.ledger)
    came_out = _versions((one.article_id, one.version, one.place) for one in run.published)
    for article_id, versions in came_out.items():
        wanted = [version for version in went_in.get(article_id, ()) if version in versions]
        known = [version for version in versions if version in wanted]
        if known != wanted:
            yield Breach("I6", "out of order", article_id, f"in: {wanted}, out: {known}")
    partitions: dict[str, set[int]] = defaultdict(set)
    for one in run.published:
        partitions[one.article_id].add(one.place[0])
    for article_id, found in partitions.items():
        if len(found) > 1:
            detail = f"on partitions {sorted(found)}"
            yield Breach("I6", "out of order", article_id, detail)


def _versions(records: Iterable[tuple[str, int, Place]]) -> dict[str, list[int]]:
    """List each article's versions by their first place."""
    ordered = sorted(records, key=lambda record: (record[0], record[2]))
    return {
        article_id: list(dict.fromkeys(version for _, version, _ in group))
        for article_id, group in groupby(ordered, key=lambda record: record[0])
    }


def _refused(letters: Iterable[Letter]) -> set[Place]:
    return {letter.origin for letter in letters if not letter.replayed}


def _repeats(run: Run) -> int:
    acknowledged = Counter(entry.of for entry in run.ledger)
    published = Counter(one.of for one in run.published)
    letters = [
        Counter(letter.origin for letter in found)
        for found in (run.raw_letters, run.enriched_letters)
    ]
    beyond = (published - acknowledged).total()
    return beyond + sum(count.total() - len(count) for count in letters)


def _version(one: Published | None) -> int:
    return one.version if one else 0


def _v(version: Version) -> str:
    return f"version {version[1]}"
