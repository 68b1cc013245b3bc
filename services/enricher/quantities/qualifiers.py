"""What the words around a quantity say about its exactness."""

from schemas.enriched_article import NumberKind, Qualifier
from services.enricher.quantities.tokens import Tokens
from services.enricher.quantities.words import word_set

_BEFORE: dict[Qualifier, str] = {
    "at_least": "at least|at the very least|no fewer than|no less than|not less than|"
    "not fewer than|a minimum of|minimum of|minimum|at the least|or more than|at least about|≥|> =",
    "more_than": "more than|over|above|greater than|larger than|higher than|bigger than|"
    "longer than|older than|in excess of|upwards of|upward of|exceeding|exceeds|exceeded|exceed|"
    "surpassing|surpassed|surpasses|surpass|topping|topped|tops|well over|just over|beyond|"
    "faster than|heavier than|better than|past the|north of|>|stronger than|taller than",
    "at_most": "at most|no more than|not more than|a maximum of|maximum of|no greater than|"
    "no later than|within|not exceeding|≤|limited to|no longer than|at the most|capped at",
    "less_than": "less than|fewer than|under|below|smaller than|lower than|shorter than|"
    "younger than|just under|well under|short of|<|slower than|in under",
    "up_to": "up to|as many as|as much as|as high as|as long as|as far as|as little as|"
    "as large as|as fast as",
    "approximately": "about|around|roughly|approximately|approx|approx .|some|nearly|almost|"
    "an estimated|estimated|estimated at|estimated to be|estimates of|close to|near|circa|c .|~|≈|"
    "somewhere around|in the region of|on the order of|of the order of|practically|virtually|"
    "in the neighborhood of|in the neighbourhood of|more or less|an average of|average of|"
    "averaging|averaged|an approximate|approximate|approaching|nearing|as good as",
}
_AFTER: dict[Qualifier, str] = {
    "approximately": "or so|or thereabouts|approximately|- ish|- odd|odd|give or take",
    "at_least": "or more|or above|or higher|or greater|or older|or over|or longer|and above|"
    "and over|and older|and up|+|- plus|plus|or stronger|or better|or larger|at least|minimum",
    "at_most": "or less|or fewer|or below|or lower|or younger|or under|or shorter|at most|"
    "and under|and younger|maximum",
}
_DROPPED_LATER = ("minimum", "maximum", "plus", "at least", "at most", "approximately")


def _by_edge(
    table: dict[Qualifier, str], edge: int
) -> dict[str, list[tuple[list[str], Qualifier]]]:
    """Index phrases by the word next to the quantity, the longest first."""
    index: dict[str, list[tuple[list[str], Qualifier]]] = {}
    for qualifier, phrases in table.items():
        for phrase in phrases.split("|"):
            words = phrase.split()
            index.setdefault(words[edge], []).append((words, qualifier))
    for found in index.values():
        found.sort(key=lambda pair: -len(pair[0]))
    return index


_ENDING = _by_edge(_BEFORE, -1)
_BEGINNING = _by_edge(_AFTER, 0)

_BETWEEN = word_set(
    "a an another additional further other magnitude just only between category ( age of total"
)
"""Words that may stand between a qualifier and its quantity: "at least another 20"."""


_OVERRUN = word_set(
    "for lasted lasting took take takes taking after spent of in is was are were be been just well "
    "waited last lasts within by and"
)


def before(tokens: Tokens, first: int, kind: NumberKind) -> tuple[Qualifier, int] | None:
    """Find the qualifier that ends right before a quantity, and where it begins."""
    at = first - 1
    if kind == "duration" and tokens.words[at] == "over" and tokens.words[at - 1] not in _OVERRUN:
        return None  # "$10 billion over 10 years"
    for _ in range(4):
        found = _ends_at(tokens.words, at)
        if found:
            return found
        aged = tokens.words[at] == "the" and tokens.words[at + 1] == "age"
        if tokens.words[at] not in _BETWEEN and not aged:
            return None
        at -= 1
    return None


def _ends_at(words: list[str], at: int) -> tuple[Qualifier, int] | None:
    for phrase, qualifier in _ENDING.get(words[at], ()):
        begin = at - len(phrase) + 1
        if words[begin : at + 1] == phrase and not _is_another_word(words, begin, at):
            return qualifier, begin
    return None


def _is_another_word(words: list[str], begin: int, at: int) -> bool:
    """Tell the qualifiers "over", "near", "past" from the verbs and prepositions they also are."""
    if begin < at:
        return False
    word, left = words[at], words[at - 1]
    if word in ("over", "under", "around", "about"):
        return (word, left) in (("over", "took"), ("over", "take"), ("about", "brought"))
    return False


def after(tokens: Tokens, first: int, end: int) -> tuple[Qualifier, int] | None:
    """Find the qualifier right after a quantity or inside it, and the token after it."""
    if "+" in tokens.words[first:end]:
        return "at_least", end
    for phrase, qualifier in _BEGINNING.get(tokens.words[end], ()):
        if tokens.words[end : end + len(phrase)] != phrase:
            continue
        if " ".join(phrase) in _DROPPED_LATER and tokens.words[end + len(phrase)].isalpha():
            continue
        if phrase == ["+"] and not tokens.glued(end - 1):
            continue
        return qualifier, end + len(phrase)
    return None
