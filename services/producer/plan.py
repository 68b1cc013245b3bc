"""What a run sends: the articles of all files, round by round, each item once in a round."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from schemas.raw_article import RawArticle
from services.producer.articles import Defaults, Repeats, article, record
from services.producer.sending import Job
from services.producer.sources import Found, Received, Refusal, contents


class EqualItems(ValueError):  # noqa: N818 - what was found, not what went wrong in the code
    """Two articles of a run that would overwrite each other."""

    def __init__(self, earlier: str, later: str, item: str) -> None:
        super().__init__(
            f"{earlier} and {later} are the same item {item!r} in the same version; "
            "rename one, or replay them apart"
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """The files of a run and how their articles are to be sent. Files are read one at a time."""

    found: tuple[Found | Refusal, ...]
    topic: str
    max_bytes: int
    rounds: int = 1
    source: str | None = None
    version: int = 1

    def check(self, now: datetime) -> int:
        """Count the articles of all rounds; raises `EqualItems`."""
        repeats = Repeats()
        articles = 0
        for received in self._identities():
            articles += 1
            raw = article(received, self._defaults(1), now)
            if isinstance(raw, RawArticle):
                earlier = repeats.find(raw, received.origin)
                if earlier is not None:
                    raise EqualItems(earlier, received.origin, raw.source.item)
        return articles * self.rounds

    def jobs(self, clock: Callable[[], datetime]) -> Iterator[Job | Refusal]:
        """Yield what to send; what can't be sent is refused in the first round only."""
        for number in range(1, self.rounds + 1):
            for received in self._contents():
                job = self._job(received, number, clock())
                if number == 1 or isinstance(job, Job):
                    yield job

    def _identities(self) -> Iterator[Received]:
        """Yield what is needed to name the articles: a whole file's text is not."""
        for found in self.found:
            if isinstance(found, Found) and found.form == "line":
                lines = contents(found, self.max_bytes)
                yield from (line for line in lines if isinstance(line, Received))
            elif isinstance(found, Found):
                yield Received(found.origin, found.item, found.form, b"")

    def _contents(self) -> Iterator[Received | Refusal]:
        for found in self.found:
            if isinstance(found, Refusal):
                yield found
            else:
                yield from contents(found, self.max_bytes)

    def _job(self, received: Received | Refusal, number: int, now: datetime) -> Job | Refusal:
        if isinstance(received, Refusal):
            return received
        raw = article(received, self._defaults(number), now)
        if isinstance(raw, Refusal):
            return raw
        sent = record(raw, received.origin, self.topic, self.max_bytes, now)
        return sent if isinstance(sent, Refusal) else Job(received.origin, number, raw, sent)

    def _defaults(self, number: int) -> Defaults:
        return Defaults(self.source, self.version, number)
