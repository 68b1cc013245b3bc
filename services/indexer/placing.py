"""Places articles in their stories before they are written, whatever Elasticsearch is doing.

First the memory is told what an article is about, then it is asked for others like it, then it is
told the decision. So of two articles that come at the same moment, to whichever indexers, at least
one sees the other. An article that the memory has placed before, in this version, stays there.

A search sees all that was told before the notes of its batch (without any: a second before). Where
it misses a later place, that article counts as one that is being placed just now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from pydantic_core import to_json

from services.indexer.bulk import Patience, RequestFailed
from services.indexer.documents import Write
from services.indexer.memory import Memory, Written, by_parts, in_turn
from services.indexer.verdict import Verdict, of_request, why
from services.stories.about import About
from services.stories.deciding import Known, Place, decide, kept
from services.stories.remembering import Entry

log = structlog.get_logger(__name__)


async def placed(memory: Memory, writes: Sequence[Write], patience: Patience) -> list[Write]:
    """Return the writes with story and original in their documents; waits as for documents."""
    newest: dict[str, About] = {}
    for write in writes:
        about = write.about
        if about and about.version >= newest.setdefault(about.article_id, about).version:
            newest[about.article_id] = about
    places = await place_all(memory, newest, patience)
    return [with_place(write, places.get(write.article_id)) for write in writes]


def with_place(write: Write, place: Place | None) -> Write:
    """Add the place to a document; a withdrawn article's stub has none."""
    if place is None or write.about is None or not write.about.usable:
        return write
    fields: dict[str, object] = {"story_id": place.story_id, "story": place.story}
    fields |= {"duplicate_of": place.duplicate_of}
    fields |= {"duplicate_similarity": place.similarity} if place.similarity else {}
    # The document ends in "}\n", and is never empty.
    lines = write.lines.rstrip()[:-1] + b"," + to_json(fields)[1:] + b"\n"
    return write._replace(lines=lines)


async def place_all(
    memory: Memory, articles: Mapping[str, About], patience: Patience
) -> dict[str, Place | None]:
    """Place each article, for ever while Elasticsearch is away or answers in part."""
    round_, pauses = _Round(memory, dict(articles)), patience.pauses()
    while True:
        before = len(round_.waiting)
        try:
            await round_.go()
        except RequestFailed as error:
            round_.reason = why(of_request(error.status, error.kind), str(error))
        if not round_.waiting:
            break
        if len(round_.waiting) < before:  # it takes some: it is not away, and the rest is short
            pauses = patience.pauses()
        patience.warn(len(round_.waiting), round_.reason)
        await patience.sleep(next(pauses))
    patience.over()
    return round_.places


@dataclass(slots=True)
class _Round:
    """One batch on its way into the memory; each `go` does what can be done now."""

    memory: Memory
    waiting: dict[str, About]
    places: dict[str, Place | None] = field(default_factory=dict)
    reason: str = ""

    async def go(self) -> None:
        """Note, ask, decide, tell."""
        ids = list(self.waiting)
        there = dict(zip(ids, await by_parts(self.memory.get, ids), strict=True))
        for one, entry in there.items():
            if entry and _settled(entry, self.waiting[one]):
                self._done(one, entry.known.place)
        fresh = [one for one in self.waiting if there[one] is None]
        there |= await self._note(fresh)
        open_ = {one: entry for one in self.waiting if (entry := there[one])}
        await self._tell(open_, await self._decided(open_))

    async def _note(self, fresh: Sequence[str]) -> dict[str, Entry | None]:
        """Tell the memory what new articles are about; return their entries."""
        noted: list[tuple[Known, Entry | None]] = [
            (Known(self.waiting[one]), None) for one in fresh
        ]
        answers = await by_parts(self.memory.write, noted)
        entries: dict[str, Entry | None] = {}
        for (known, _), answer in zip(noted, answers, strict=True):
            one = known.about.article_id
            if self._taken(one, answer):
                entries[one] = Entry(known, answer.seq_no, answer.primary_term)
        return {**dict.fromkeys(fresh), **entries}

    async def _decided(self, open_: Mapping[str, Entry]) -> dict[str, Place | None]:
        """Decide in the order of the batch; each sees what was decided before it."""
        asked = [one for one in open_ if self.waiting[one].usable]
        places: dict[str, Place | None] = {
            one: entry.known.place for one, entry in open_.items() if one not in asked
        }
        async for article, found in in_turn(self.memory.ask, [self.waiting[one] for one in asked]):
            one = article.article_id
            if found is None:
                self.reason = "a search had no whole answer"
                continue
            seen = [
                Known(other.about, places.get(name, other.place))
                for other in found
                if (name := other.about.article_id) in places or name not in open_
            ]
            place, before = decide(article, seen), open_[one].known.place
            places[one] = kept(before, place) if before else place
        return places

    async def _tell(self, open_: Mapping[str, Entry], places: Mapping[str, Place | None]) -> None:
        told: list[tuple[Known, Entry | None]] = [
            (Known(self.waiting[one], place), open_[one]) for one, place in places.items()
        ]
        for (known, _), answer in zip(told, await by_parts(self.memory.write, told), strict=True):
            if self._taken(known.about.article_id, answer):
                self._done(known.about.article_id, known.place)

    def _taken(self, one: str, answer: Written) -> bool:
        """Tell whether the memory has taken it; what it can never take goes without a story."""
        if answer.verdict is Verdict.REJECTED:
            log.error("An article is indexed without its story.", article=one, why=answer.reason)
            self._done(one, None)
        elif answer.verdict is not Verdict.INDEXED:
            self.reason = why(answer.verdict, answer.reason)
        return answer.verdict is Verdict.INDEXED

    def _done(self, one: str, place: Place | None) -> None:
        self.places[one] = place
        del self.waiting[one]


def _settled(entry: Entry, article: About) -> bool:
    """Tell whether the memory has this version, or a later one, and has placed it."""
    known = entry.known
    decided = known.place is not None or not known.about.usable
    return known.about.version >= article.version and decided
