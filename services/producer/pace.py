"""When each article is due, in seconds since the start."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

Pace = Callable[[int, str | None], float]
"""Tells when the next article is due, from the round it is in and its `published_at`."""


def unpaced() -> Pace:
    """Send at once."""
    return lambda _round, _published_at: 0.0


def at_rate(rate: float) -> Pace:
    """Send `rate` articles per second."""
    places = count()
    return lambda _round, _published_at: next(places) / rate


def as_recorded(speed: float) -> Pace:
    """Keep the gaps between the publication dates, divided by `speed`.

    An article without a date follows at once, and so does one older than what went before it. A
    new round follows at once and starts its own time.
    """
    due = 0.0
    latest: datetime | None = None
    current = 1

    def pace(number: int, published_at: str | None) -> float:
        nonlocal due, latest, current
        if number != current:
            current, latest = number, None
        if published_at is not None:
            published = moment(published_at)
            if latest is not None and published > latest:
                due += (published - latest).total_seconds() / speed
            latest = max(latest or published, published)
        return due

    return pace


def moment(published_at: str) -> datetime:
    """Return the first moment of a date of reduced precision; without an offset it is UTC."""
    missing = "0000-01-01"[len(published_at) :]
    parsed = datetime.fromisoformat(published_at + missing)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
