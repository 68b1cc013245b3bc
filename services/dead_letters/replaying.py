"""A letter on its way back to where it came from."""

from collections.abc import Collection

from services.dead_letters.letters import Letter
from services.runtime.record import Record

ORIGIN = ("dlq_topic", "dlq_partition", "dlq_offset", "dlq_timestamp", "dlq_tries")
"""Headers that go back with the original's: a letter that fails again counts its tries on."""


class UnreplayableError(ValueError):
    """A letter that can't go back, in one line for the user."""


def obstacle(letter: Letter, topics: Collection[str], repaired: bytes | None = None) -> str | None:
    """Say why a letter can't go back onto one of `topics`, or None."""
    if letter.topic not in topics:
        came = (
            f"it came from {letter.topic!r}" if letter.topic else "it does not say whence it came"
        )
        return f"{letter.id} can't be replayed: {came}; ours are {', '.join(sorted(topics))}"
    if letter.size is None and repaired is None:
        return f"{letter.id} has no value to replay; give one with --file PATH, or drop it"
    return None


def returned(
    letter: Letter, value: bytes | None, topics: Collection[str], repaired: bytes | None = None
) -> Record:
    """Address the original bytes, or the `repaired` ones, to the topic they came from.

    Key and headers are the original's. Raises `UnreplayableError`.
    """
    problem = obstacle(letter, topics, repaired)
    if problem or letter.topic is None:
        raise UnreplayableError(problem)
    kept = tuple(
        (name, content)
        for name, content in letter.headers
        if name in ORIGIN or not name.startswith("dlq_")
    )
    return Record(letter.topic, letter.key, value if repaired is None else repaired, kept)
