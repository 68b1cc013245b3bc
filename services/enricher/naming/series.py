"""Names in a row: what stands in one list is mostly of one type."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter

from services.enricher.naming.names import Evidence, Name

LINK = re.compile(r"(?:,|,? and|,? or|,? as well as) (?:the |in )?")
FEWEST = 3
"""Two names in a row are as often of two types: Obama and Congress."""


def agreed(text: str, names: Sequence[Name]) -> list[Name]:
    """Give the names of a list the type of most of it, where only the model says another.

    `names` are in text order. Each votes with the weight of its evidence, so that one place that
    the tables know outweighs a guess: Carrascal, Cantilan, Madrid and Cortes.
    """
    return [name for row in _rows(text, names) for name in _of_one_type(row)]


def _rows(text: str, names: Sequence[Name]) -> Iterator[list[Name]]:
    row: list[Name] = []
    for name in names:
        if row and not LINK.fullmatch(text, row[-1].end, name.start):
            yield row
            row = []
        row.append(name)
    yield row


def _of_one_type(row: list[Name]) -> list[Name]:
    if len(row) < FEWEST:
        return row
    votes = Counter[str]()
    for name in row:
        votes[name.type] += 1 + 2 * (name.evidence > Evidence.MODEL)
    if len(votes) == 1:
        return row
    kind, count = max(votes.items(), key=itemgetter(1))
    if 2 * count <= votes.total():
        return row
    known = next(name.type for name in row if name.type == kind)
    return [name._replace(type=known) if name.evidence == Evidence.MODEL else name for name in row]
