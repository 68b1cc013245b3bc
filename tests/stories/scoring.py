"""How alike two ways of grouping the same articles are (B-cubed: Bagga and Baldwin 1998)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

Groups = Mapping[str, str]
"""The group of each article."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, each 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def bcubed(found: Groups, wanted: Groups, judged: Collection[str]) -> Score:
    """Average over the judged articles; what else stands in their groups counts as well."""
    ours, theirs = _members(found), _members(wanted)
    shared = {one: len(ours[found[one]] & theirs[wanted[one]]) for one in judged}
    return Score(
        sum(shared[one] / len(ours[found[one]]) for one in judged) / len(judged),
        sum(shared[one] / len(theirs[wanted[one]]) for one in judged) / len(judged),
    )


def in_half(label: str, half: str) -> bool:
    """Tell whether a story is in `tune` or in `report`."""
    return half == ("report" if sha256(label.encode()).digest()[0] % 2 else "tune")


def components(articles: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Put all in one group that hangs together by pairs."""
    root = {one: one for one in articles}

    def find(one: str) -> str:
        while root[one] != one:
            one = root[one]
        return one

    for one, other in pairs:
        root[find(one)] = find(other)
    return {one: find(one) for one in root}


def _members(groups: Groups) -> dict[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for one, group in groups.items():
        members[group].add(one)
    return members
