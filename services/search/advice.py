"""What to say when nothing was found."""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from services.search.criteria import Criteria
from services.search.query import FACETS
from services.search.results import Bucket, Buckets, Facets, printable

_CLOSE_ENOUGH = 0.8


def advice(wanted: Criteria, known: Facets) -> list[str]:
    """Say why nothing was found, and what to change; `known` has the values of the name fields."""
    missed = [
        f"Nothing found: {printable(name)} is not among the {FACETS[field]}"
        f"{_meant(name, known[field])}."
        for field, names in wanted.names.items()
        for name in names
        if not any(_is_same(name, bucket.value) for bucket in known[field])
    ]
    if missed:
        return missed
    if wanted.story and wanted == Criteria(story=wanted.story):
        return [f"Nothing found: there is no story {printable(wanted.story)}."]
    if wanted == Criteria():
        return ["The index holds no articles yet; fill it: newsreel replay PATH."]
    return ["Nothing found that meets all of it; leave an option out, or join words with |."]


def alike(name: str, known: Iterable[Bucket], limit: int = 3) -> Buckets:
    """Return what a name that nothing has may have meant, the likeliest first.

    That is a name with all its words ("stoltenberg" means Jens Stoltenberg), or one spelt much
    the same; neither case nor accents count.
    """
    wanted = _folded(name)
    rated = ((_likeness(wanted, _folded(bucket.value)), bucket) for bucket in known)
    near = [(rate, bucket) for rate, bucket in rated if rate >= _CLOSE_ENOUGH]
    near.sort(key=lambda pair: (-pair[0], -pair[1].count, pair[1].value))
    return tuple(bucket for _, bucket in near[:limit])


def _meant(name: str, known: Buckets) -> str:
    near = ", ".join(f"{printable(one.value)} ({one.count})" for one in alike(name, known))
    return f"; there is: {near}" if near else ""


def _is_same(one: str, other: str) -> bool:
    """Tell whether the search takes both for one name: they differ in case only."""
    return one.lower() == other.lower()


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char))


def _likeness(wanted: str, name: str) -> float:
    """Compare what is wanted with the part of the name that is most like it."""
    words, several = name.split(), len(wanted.split())
    if not wanted:
        return 0.0
    if set(wanted.split()) <= set(words):
        return 1.0
    parts = (" ".join(words[at : at + several]) for at in range(len(words) - several + 1))
    return max((SequenceMatcher(None, wanted, part).ratio() for part in parts), default=0.0)
