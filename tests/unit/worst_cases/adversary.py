"""Texts that are the worst for a pattern, made from the pattern itself.

A pattern is slow where it may begin in many places, or go on in many ways, before it fails. So each
text repeats something that a part of the pattern takes, after a beginning that leads to that part,
and ends in what fails.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from re import _compiler as compiler
from re import _constants as op
from re import _parser as parser
from typing import Any

ALPHABET = "aA0 -.',\n:/<\"(_@\u2019\u00e9\u4e00"
"""A character of each sort that the rules tell apart."""
SAMPLES = 48
"""Texts tried for one part of a pattern."""
FAILING_ENDS = ("", "\0\n\0")

Node = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Family:
    """A text of any size: a beginning, something again and again, an end."""

    beginning: str
    again: str
    end: str

    def text(self, size: int) -> str:
        """Write it with about `size` characters."""
        return self.beginning + self.again * (size // len(self.again)) + self.end


def families(pattern: re.Pattern[str]) -> list[Family]:
    """Make the texts that may be slow for a pattern."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    found = [*_repetitions(list(tree), ""), *(("", char) for char in ALPHABET)]
    return [
        Family(beginning, again, end)
        for beginning, again in dict.fromkeys(found)
        for end in FAILING_ENDS
        if again
    ]


def _repetitions(nodes: Sequence[Node], before: str) -> Iterator[tuple[str, str]]:
    """Yield what leads to each part, and what that part takes; also all that was taken so far."""
    for index, node in enumerate(nodes):
        here = before + "".join(_first(node) for node in nodes[:index])
        yield "", here
        for inner in _parts(node):
            if node[0] in _REPEATS:
                yield from ((here, sample) for sample in _samples(inner))
                yield from ((here + sample, sample) for sample in _samples(inner))
            yield from _repetitions(inner, here)
    yield "", before + "".join(map(_first, nodes))


_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def _parts(node: Node) -> list[list[Node]]:
    """Return the alternatives that a node holds, each a list of nodes."""
    kind, value = node
    if kind in _REPEATS:
        return [list(value[2])]
    if kind is op.SUBPATTERN:
        return [list(value[3])]
    if kind is op.ATOMIC_GROUP:
        return [list(value)]
    if kind is op.BRANCH:
        return [list(alternative) for alternative in value[1]]
    return []


def _samples(nodes: Sequence[Node]) -> list[str]:
    """Write some texts that the nodes take, each with other choices; most of them short."""
    made = (Choices(turn) for turn in range(SAMPLES))
    written = ("".join(_take(node, choices) for node in nodes) for choices in made)
    return [text for text in dict.fromkeys(written) if text]


def _first(node: Node) -> str:
    return _take(node, First())


class First:
    """Takes the first of all alternatives, and each repetition once."""

    def one(self, of: Sequence[Any]) -> Any:
        return of[0]

    def times(self, fewest: int, most: int) -> int:
        return max(fewest, min(1, most))


class Choices(First):
    """Takes any alternative; only every fourth `turn` repeats more than it must."""

    def __init__(self, turn: int) -> None:
        self._random = Random(turn)  # noqa: S311 - the same texts each time, no secret
        self._repeat = 0 if turn % 4 else 2

    def one(self, of: Sequence[Any]) -> Any:
        return self._random.choice(of)

    def times(self, fewest: int, most: int) -> int:
        return max(fewest, self._random.randint(0, min(self._repeat, most)))


def _take(node: Node, choices: First) -> str:
    """Write what a node takes."""
    kind, value = node
    if kind in _REPEATS:
        fewest, most, inner = value
        times = range(choices.times(fewest, most))
        return "".join(_take(part, choices) for _ in times for part in inner)
    parts = _parts(node)
    if parts:
        return "".join(_take(part, choices) for part in choices.one(parts))
    chars = _characters(node)
    return choices.one(chars) if chars else ""


def _characters(node: Node) -> list[str]:
    """Return the characters that a node takes, those in common use first."""
    kind, value = node
    if kind is op.LITERAL:
        return [chr(value)]
    if kind not in (op.IN, op.ANY, op.NOT_LITERAL):
        return []  # a place such as \b, or what must stand around
    takes = _compiled(node).fullmatch
    usual = [char for char in ALPHABET if takes(char)]
    return usual or list(islice(filter(takes, map(chr, range(0x3000))), 1))


def _compiled(node: Node) -> re.Pattern[str]:
    found: re.Pattern[str] = compiler.compile(parser.SubPattern(parser.State(), [node]))
    return found
