"""The judgement over I5: which offsets were committed too early."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from tests.faults.breach import Breach
from tests.faults.events import Place, Run, at

What = TypeVar("What")


def committed_settled(run: Run) -> Iterator[Breach]:
    """I5: no offset was committed before it and all before it were settled."""
    said: set[str] = set()
    raw, enriched = _settled_raw(run), _settled_enriched(run)
    for sample in run.samples:
        if sample.group == "enricher" and sample.at < run.begun_at:
            continue
        records = run.ledger if sample.group == "enricher" else run.published
        for record in records:
            partition, offset = record.place
            if offset >= sample.committed.get(partition, 0):
                continue
            settled_at = raw if sample.group == "enricher" else enriched
            if sample.group == "enricher" and record.place in run.removed:
                continue
            stored = sample.stored.get(record.article_id, 0) >= record.version
            settled = settled_at.get(record.place, sample.at + 1) <= sample.at
            if settled or (sample.group == "indexer" and stored):
                continue
            where = f"{sample.group} {at(record.place)}"
            if where not in said:
                said.add(where)
                yield Breach("I5", "committed unsettled", record.article_id, where)


def _settled_raw(run: Run) -> dict[Place, int]:
    """Tell when each raw record was first known to be settled.

    A record is stamped when it is handed to the producer, before the broker's acknowledgement: so
    a commit that is older than the stamp was certainly too early.
    """
    letters = _first((letter.origin, letter.at) for letter in run.raw_letters)
    published = _first((one.of, one.at) for one in run.published)
    moments = ((entry.place, published[entry.of]) for entry in run.ledger if entry.of in published)
    return _first((*letters.items(), *moments))


def _settled_enriched(run: Run) -> dict[Place, int]:
    return _first((letter.origin, letter.at) for letter in run.enriched_letters)


def _first(moments: Iterable[tuple[What, int]]) -> dict[What, int]:
    found: dict[What, int] = {}
    for what, moment in moments:
        found[what] = min(moment, found.get(what, moment))
    return found
