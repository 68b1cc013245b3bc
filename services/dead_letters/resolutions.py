"""What became of letters, and which are open: all letters minus the resolved ones."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import ValidationError

from schemas.resolution import Resolution
from services.dead_letters.letters import Letter, SelectionError, Stored, text
from services.runtime.record import Record

Resolutions = Mapping[str, Resolution]
"""By the letter's id."""


def folded(records: Iterable[Stored]) -> dict[str, Resolution]:
    """Keep the last resolution of each letter, as compaction does.

    One that can't be read leaves its letter open: seen twice is better than never again.
    """
    last: dict[str, Resolution] = {}
    for record in records:
        letter = text(record.key)
        last.pop(letter, None)
        resolution = _read(record.value)
        if resolution and resolution.letter == letter:
            last[letter] = resolution
    return last


def to_take(
    selected: Sequence[Letter], resolutions: Resolutions, *, named: bool, again: bool
) -> list[Letter]:
    """Leave out the letters that are resolved, unless wanted `again`.

    Raises `SelectionError` for a resolved one that the user `named`.
    """
    if again:
        return list(selected)
    if named:
        for letter in selected:
            if letter.id in resolutions:
                raise SelectionError(f"{letter.id} was {told(resolutions[letter.id])}")
    return [letter for letter in selected if letter.id not in resolutions]


def told(resolution: Resolution) -> str:
    """Tell what was done, by whom and when."""
    return f"{resolution.what} by {resolution.by} at {resolution.at.isoformat(' ', 'seconds')}"


def resolution_record(
    topic: str, letter: Letter, what: Literal["replayed", "dropped"], by: str, at: datetime
) -> Record:
    """Write down what became of a letter."""
    event = Resolution(letter=letter.id, what=what, by=by, at=at)
    headers = (("content-type", b"application/json"),)
    return Record(topic, letter.id.encode(), event.to_json(), headers)


def _read(value: bytes | None) -> Resolution | None:
    try:
        return Resolution.from_json(value) if value is not None else None
    except ValidationError:
        return None
