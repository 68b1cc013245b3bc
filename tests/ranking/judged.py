"""The judged queries, and how good a ranking is by them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Literal

Half = Literal["tuning", "held_back"]

QUERIES = Path(__file__).parent / "judged.jsonl"
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, and the grade 1 to 3 of each article (by URL) that helps."""

    query: str
    half: Half
    grades: Mapping[str, int]


def judged() -> tuple[Judged, ...]:
    """Read the judged queries."""
    lines = QUERIES.read_text(encoding="utf-8").splitlines()
    return tuple(Judged(**json.loads(line)) for line in lines)


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Return nDCG at `depth`: 1.0 when no order could be better, 0.0 when nothing helps.

    An article gains 2 to the power of its grade, less one, discounted by the logarithm of its rank.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(url, 0) for url in ranked[:depth]]) / best


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))
