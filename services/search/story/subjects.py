"""What a number is a number of, so that the figures of several articles can be put side by side.

"39 confirmed dead", "a death toll of 39" and "killed 39 people" are figures of one thing; "five
children killed" and "two others injured" are not: they are parts of it.
"""

import re
from dataclasses import dataclass


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")

_FATES = {
    "killed": "dead death deaths die died dies deceased fatal fatalities fatality kill killed "
    "killing kills lives perished slain toll bodies",
    "injured": "hurt injured injuries injury wounded",
    "missing": "missing unaccounted",
    "hospitalised": "hospitalised hospitalized",
    "arrested": "arrest arrested arrests detained",
    "evacuated": "evacuated evacuees",
    "displaced": "displaced homeless",
    "infected": "infected infection infections",
    "rescued": "rescued survivors",
}
FATES = {word: fate for fate, words in _FATES.items() for word in words.split()}
"""What becomes of people, in the words that say so."""

_WHO = _words(
    "casualties human humans individual individuals life members number people person persons "
    "total victim victims"
)
_SAYS_NOTHING = _words(
    "a about all an and any apparent approximately are as at been by claimed confirmed count "
    "deadly far for from had has have in is known left least least more nearly of official on "
    "related reported recovered roughly so some suspected surpassed surpassing than the their to "
    "under was were with"
)
_VAGUE = _words(
    "country day end house one other others people person side statement time thing way year "
    "count term victim man woman child member individual name article number"
)
PLACES = frozenset({"ordinal", "coordinate", "score", "calibre", "ratio", "age", "other"})
"""Kinds that tell one thing from another, so that two of them disagree about nothing."""
NAMELESS = frozenset({"magnitude"})
"""Kinds that say something without a noun."""


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A kind of number, its unit and what it counts or measures, in normal words."""

    kind: str
    unit: str
    noun: str

    def __str__(self) -> str:
        """Name it as a heading does."""
        return self.noun or self.kind


def subject(kind: str, unit: str | None, of: str | None) -> Subject | None:
    """Say what a number is of; None where it is too vague to be compared with another."""
    if kind in PLACES:
        return None
    if kind in NAMELESS:
        return Subject(kind, unit or "", "")
    words = [word.lower() for word in _WORD.findall(of or "")]
    fates = {FATES[word] for word in words if word in FATES} if kind == "count" else set()
    if len(fates) > 1:  # "killed or injured" is neither
        return Subject(kind, unit or "", " or ".join(sorted(fates)))
    rest = [word for word in words if word not in FATES or not fates]
    nouns = sorted({_singular(w) for w in rest if w not in _SAYS_NOTHING and w not in _WHO})
    for fate in fates:
        return Subject(kind, unit or "", f"{' '.join(nouns) or 'people'} {fate}")
    if not nouns or set(nouns) <= _VAGUE:
        return None
    return Subject(kind, unit or "", " ".join(nouns))


def _singular(word: str) -> str:
    irregular = {"children": "child", "men": "man", "women": "woman"}
    if word in irregular:
        return irregular[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
