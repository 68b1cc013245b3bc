"""Dead letters, and which of them are meant."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from schemas.headers import Headers, Origin
from schemas.reasons import REASONS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MILLISECOND = 253_402_300_799_999  # of the year 9999


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as it stands on a topic."""

    place: Origin
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter without its value: a topic may hold more bytes than memory does."""

    place: Origin
    key: bytes | None
    headers: Headers
    size: int | None
    """Bytes of the value; None for a letter that has none."""

    @classmethod
    def of(cls, stored: Stored) -> "Letter":
        """Describe the record, which anybody may have written: no header is certain."""
        size = None if stored.value is None else len(stored.value)
        return cls(stored.place, stored.key, stored.headers, size)

    @property
    def id(self) -> str:
        """Where the letter stands."""
        return record_id(self.place)

    @property
    def written_at(self) -> datetime:
        """When it became a dead letter, by its record's timestamp."""
        return moment(self.place.timestamp)

    @property
    def article(self) -> str | None:
        """The original's key, which is an article_id unless the key was the fault."""
        return None if self.key is None else text(self.key)

    @property
    def reason(self) -> str | None:
        """Why it was refused."""
        return self.header("dlq_reason")

    @property
    def topic(self) -> str | None:
        """The topic it came from."""
        return self.header("dlq_topic")

    @property
    def origin(self) -> str | None:
        """Where the original stood: topic-partition-offset."""
        names = ("dlq_topic", "dlq_partition", "dlq_offset")
        parts = [part for name in names if (part := self.header(name)) is not None]
        return "-".join(parts) if len(parts) == len(names) else None

    def header(self, name: str) -> str | None:
        """Return a header as text."""
        return next((text(value) for known, value in self.headers if known == name), None)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which letters are meant: those with these ids, or all that have reason and age."""

    ids: Collection[str] = ()
    reason: str | None = None
    since: datetime | None = None


class SelectionError(ValueError):
    """Letters that don't exist or can't be taken, in one line for the user."""


def select(letters: Iterable[Letter], wanted: Selection) -> list[Letter]:
    """Return the letters that are meant, in their order.

    Raises `SelectionError` for an id or a reason that there is not.
    """
    letters = list(letters)
    unknown = set(wanted.ids) - {letter.id for letter in letters}
    if unknown:
        raise SelectionError(
            f"there is no letter {', '.join(sorted(unknown))}; "
            "`newsreel dead-letters list --all` shows all"
        )
    reasons = REASONS.keys() | {letter.reason for letter in letters}
    if wanted.reason is not None and wanted.reason not in reasons:
        raise SelectionError(
            f"there is no reason {wanted.reason!r}; the reasons are {', '.join(REASONS)}"
        )
    return [letter for letter in letters if _is_meant(letter, wanted)]


def instant(written: str) -> datetime:
    """Read a date (its midnight) or a time, in UTC unless it says otherwise.

    Raises ValueError when `written` is neither.
    """
    try:
        read = datetime.fromisoformat(written.strip())
    except ValueError:
        raise ValueError(
            f"{written!r} is no date; write 2024-05-04 or 2024-05-04T12:30, in UTC"
        ) from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def record_id(place: Origin) -> str:
    """Name a record by where it stands."""
    return f"{place.topic}-{place.partition}-{place.offset}"


def moment(timestamp: int) -> datetime:
    """Convert a record's milliseconds; no timestamp is 1970, one past the calendar its end."""
    return _EPOCH + timedelta(milliseconds=min(max(timestamp, 0), _LAST_MILLISECOND))


def text(value: bytes | None) -> str:
    """Decode; what is not UTF-8 is written as escapes, and Kafka's null as nothing."""
    return (value or b"").decode(errors="backslashreplace")


def _is_meant(letter: Letter, wanted: Selection) -> bool:
    if wanted.ids:
        return letter.id in wanted.ids
    if wanted.reason is not None and letter.reason != wanted.reason:
        return False
    return wanted.since is None or letter.written_at >= wanted.since
