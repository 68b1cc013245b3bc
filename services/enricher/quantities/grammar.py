"""Finding the quantities of a zone, from left to right."""

from collections.abc import Iterator
from dataclasses import replace

from services.enricher.quantities.amounts import Amount, read_amount, read_range
from services.enricher.quantities.lexicon import DECADES, GLYPHS, ONES, ORDINALS, SMALL, TENS, VAGUE
from services.enricher.quantities.numerals import is_digits, read_numeral
from services.enricher.quantities.passed_over import is_decade_of_life
from services.enricher.quantities.tables import currencies
from services.enricher.quantities.tokens import Tokens
from services.enricher.quantities.words import (
    AUXILIARIES,
    FUNCTION_WORDS,
    SENTENCE_STARTS,
    is_plural,
    word_set,
)

_STARTERS = frozenset(
    (
        *SMALL,
        *VAGUE,
        *GLYPHS,
        *ORDINALS,
        "a",
        "an",
        "half",
        "dozen",
        "several",
        "few",
        "minus",
        "-",
        "double",
        "triple",
        "quadruple",
        "twice",
        "scores",
    )
)


def scan(tokens: Tokens, blocked: set[int], *, title_case: bool) -> Iterator[Amount]:
    """Yield what is a quantity, in order and without overlaps."""
    words, signs = tokens.words, currencies()[0]
    at, stop = tokens.indices().start, tokens.indices().stop
    while at < stop:
        word = words[at]
        if at not in blocked and (word in _STARTERS or is_digits(word) or tokens.raw[at] in signs):
            found = _read(tokens, at, blocked, title_case=title_case)
            if found:
                if found.form != "skip":
                    yield found
                at = found.end
                continue
        at += 1


def _read(tokens: Tokens, at: int, blocked: set[int], *, title_case: bool) -> Amount | None:
    found = (
        _running_time(tokens, at)
        or _decade_of_life(tokens, at)
        or _points(tokens, at)
        or _proportion(tokens, at)
        or _multiple(tokens, at)
        or _ordinal(tokens, at, title_case=title_case)
        or _score(tokens, at)
    )
    if found:
        return None if _touches(found, blocked) else found
    amount = read_amount(tokens, at)
    if amount is None or _touches(amount, blocked):
        return None
    span = read_range(tokens, amount, blocked)
    if span and not _touches(span, blocked):
        amount = _score_of(tokens, span) or span
    else:
        amount = _compound(tokens, amount)
        amount = _tolerance(tokens, amount)
    if not _is_a_quantity(tokens, amount, title_case=title_case):
        return replace(amount, form="skip")
    return amount


def _touches(amount: Amount, blocked: set[int]) -> bool:
    return any(at in blocked for at in range(amount.first, amount.end))


def _running_time(tokens: Tokens, at: int) -> Amount | None:
    """Read "2:14:04" as seconds; clock times are passed over before."""
    words = tokens.words
    if not (is_digits(words[at]) and words[at + 1] == words[at + 3] == ":"):
        return None
    parts = (words[at], words[at + 2], words[at + 4])
    if not all(is_digits(part) for part in parts) or not tokens.glued(at):
        return None
    hours, minutes, seconds = map(float, (part.replace(",", "") for part in parts))
    value = 3600 * hours + 60 * minutes + seconds
    return Amount(at, at + 5, value, "duration", "second")


def _decade_of_life(tokens: Tokens, at: int) -> Amount | None:
    """Read "in his 70s", "in her late thirties" as an age from 70 to 79."""
    words, end = tokens.words, at + 1
    if not is_decade_of_life(words, at):
        return None
    if words[at] in DECADES:
        age = float(DECADES[words[at]])
    elif words[at].isdecimal() and words[at + 1] == "s" and tokens.glued(at):
        age, end = float(words[at]), at + 2
    else:
        return None
    if age > 100 or age % 10:
        return None
    return Amount(at, end, age, "age", "year", age, age + 9)


def _points(tokens: Tokens, at: int) -> Amount | None:
    """Read "232 to 197", "45 points to 24", "by 51 votes to 49" where a contest is told of."""
    words = tokens.words
    ours = read_numeral(tokens, at) if is_digits(words[at]) or words[at] in SMALL else None
    if ours is None or ours.scale > 1 or words[at - 1] == "from":
        return None
    link = ours.end + (words[ours.end] in ("points", "votes", "runs", "goals", "seats"))
    if words[link] != "to" or not (is_digits(words[link + 1]) or words[link + 1] in SMALL):
        return None
    theirs = read_numeral(tokens, link + 1)
    if theirs is None or theirs.scale > 1 or not _is_contested(words, at, theirs.end):
        return None
    alone = ours.value > theirs.value or link > ours.end
    follows = words[theirs.end]
    if not alone or is_plural(follows) or follows in ("%", "percent", "per"):
        return None
    return _versus(Amount(at, theirs.end, ours.value, "score"), ours.value, theirs.value)


def _proportion(tokens: Tokens, at: int) -> Amount | None:
    """Read "one in five", "nine out of ten" as a ratio."""
    words = tokens.words
    top, end = _small(words[at]), at + 1
    if not top:
        return None
    if words[end] == "per":
        return _rate(tokens, at, top)
    if words[end] == "in":
        end += 1
    elif words[end : end + 3] == ["-", "in", "-"]:
        end += 3
    elif words[end : end + 2] == ["out", "of"]:
        end += 2
    else:
        return None
    end += words[end] == "every"
    numeral = read_numeral(tokens, end)
    if numeral is None or numeral.form not in ("digits", "words") or numeral.value <= top:
        return None
    if is_digits(words[end]) and len(words[end]) == 4:
        return None
    round_number = numeral.value <= 10 or numeral.value % 10 == 0
    if not round_number or (top > 1 and numeral.value > 10 and words[at + 1] == "in"):
        return None
    if tokens.words[numeral.end] in _TIME_WORDS:
        return None
    return Amount(at, numeral.end, top / numeral.value, "ratio", form="ratio")


def _rate(tokens: Tokens, at: int, top: float) -> Amount | None:
    """Read "seven per 100,000" as a ratio."""
    per = read_numeral(tokens, at + 2)
    if per is None or per.value not in (100, 1000, 10_000, 100_000, 1_000_000):
        return None
    return Amount(at, per.end, top / per.value, "ratio", form="ratio")


_TIME_WORDS = word_set("seconds minutes hours days weeks months years minute hour")


def _small(word: str) -> float:
    if word in ONES:
        return float(ONES[word])
    return float(word) if word.isdecimal() and len(word) <= 2 else 0.0


_MULTIPLES = {"double": 2.0, "triple": 3.0, "quadruple": 4.0, "twice": 2.0}
_COMPARED = word_set("as the that what its their his her our last more")


def _multiple(tokens: Tokens, at: int) -> Amount | None:
    """Read "double the number", "twice as many", "three times higher", "tenfold"."""
    words = tokens.words
    if words[at] in _MULTIPLES:
        compares = words[at + 1] in _COMPARED or (
            words[at - 1] in ("than", "nearly", "almost", "about") and words[at] != "twice"
        )
        if compares:
            return Amount(at, at + 1, _MULTIPLES[words[at]], "ratio", form="words")
        return None
    if not (words[at] in SMALL or is_digits(words[at])):
        return None
    numeral = read_numeral(tokens, at)
    if numeral is None or words[numeral.end] != "times":
        return None
    if words[numeral.end + 1] in (*_COMPARED, "greater", "larger", "bigger", "faster") or words[
        numeral.end + 1
    ].endswith("er"):
        return Amount(at, numeral.end + 1, numeral.value, "ratio", form="words")
    return None


_PERIODS = word_set("day days week month year night hour minute")
_SUPERLATIVES = word_set(
    "most ever floor half inning place time year round term generation quarter ranked leading seeded placed"
)
_SET_PHRASES = word_set(
    "aid lady ladies name names hand class degree hands thoughts nature party world "
    "estate century centuries amendment sight base floor minister foremost responder "
    "responders"
)


def _ordinal(tokens: Tokens, at: int, *, title_case: bool) -> Amount | None:
    """Read "first", "116th", "twenty-first", and "sixth day" where days are counted."""
    words = tokens.words
    value, end = _ordinal_value(tokens, at)
    if not value:
        return None
    nothing = Amount(at, end, 0, "ordinal", form="skip")
    following = words[end]
    if following == "-" and tokens.glued(end - 1):
        behind = words[end + 1]
        if not (behind.endswith("est") or behind in _SUPERLATIVES):
            return nothing
    elif following in _SET_PHRASES or (following == "of" and words[end + 1] == "all"):
        return nothing
    if words[at] == "second" and _is_time(words, at):
        return nothing
    if words[at - 1] == "at" and words[at] == "first" and following not in ("sight", "place"):
        return nothing
    begins = words[at - 1] in SENTENCE_STARTS
    if begins and following == ",":
        return nothing
    if not title_case and _is_in_a_name(tokens, at, end):
        return nothing
    if following in _PERIODS and (
        words[at - 1] in ("its", "their", "his", "her", "a", "into")
        or (words[at - 1] == "the" and words[at - 2] in ("entered", "into", "enters", "entering"))
    ):
        return Amount(at, end + 1, value, "ordinal", following.removesuffix("s"), form="ordinal")
    return Amount(at, end, value, "ordinal", form="ordinal")


def _ordinal_value(tokens: Tokens, at: int) -> tuple[float, int]:
    words = tokens.words
    if words[at] in ORDINALS:
        return float(ORDINALS[words[at]]), at + 1
    if words[at] in TENS:
        units = at + 2 if words[at + 1] == "-" else at + 1
        if 0 < ORDINALS.get(words[units], 0) < 10:
            return float(TENS[words[at]] + ORDINALS[words[units]]), units + 1
    if is_digits(words[at]) and tokens.glued(at) and words[at + 1] in ("st", "nd", "rd", "th"):
        return float(words[at].replace(",", "")), at + 2
    return 0.0, at


def _is_time(words: list[str], at: int) -> bool:
    """Tell the second of time from the second of an order."""
    ends = words[at + 1] in FUNCTION_WORDS or not words[at + 1].isalpha()
    return ends and words[at - 1] in ("a", "per", "each", "every", "one", "split", "/")


def _is_in_a_name(tokens: Tokens, at: int, end: int) -> bool:
    raw = tokens.raw
    begins = tokens.words[at - 1] in SENTENCE_STARTS
    capital = raw[at][:1].isupper() and not begins
    return capital and raw[end][:1].isupper()


_CONTEST = word_set(
    "drawn ended win won wins winning beat beats beating defeat defeated defeats defeating lost lose loss "
    "vote voted votes voting score scored scores drew draw tie tied victory lead led leads "
    "leading ahead trailed trailing passed approved approve ruling ruled decision upheld "
    "rejected margin majority scoreline triumph triumphed shootout penalties ballot result "
    "aggregate"
)


def _score(tokens: Tokens, at: int) -> Amount | None:
    """Read "3–1", "232-197": two numbers of a contest or a vote, the first one as the value."""
    words = tokens.words
    if not _plain(words[at]) or words[at + 1] not in ("-", "–") or not _plain(words[at + 2]):
        return None
    if words[at + 3] in ("-", "–") and tokens.glued(at + 2) and _plain(words[at + 4]):
        return Amount(at, at + 5, 0, "score", form="skip")
    low, high = float(words[at]), float(words[at + 2])
    if low <= high and not _is_contested(words, at, at + 3):
        return None
    if low <= high and (words[at + 3] in ("%", "percent", "years", "-") or high > 999):
        return None
    if low > high and len(words[at]) == 4:
        return Amount(at, at + 3, 0, "score", form="skip")
    return _versus(Amount(at, at + 3, low, "score"), low, high)


def _plain(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= 4


def _versus(amount: Amount, ours: float, theirs: float) -> Amount:
    return replace(
        amount, value=ours, kind="score", low=min(ours, theirs), high=max(ours, theirs), unit=None
    )


def _is_contested(words: list[str], first: int, end: int) -> bool:
    return any(word in _CONTEST for word in (*words[first - 8 : first], *words[end : end + 3]))


def _score_of(tokens: Tokens, span: Amount) -> Amount | None:
    """Turn the range "48 to 52" into a score where a contest is told of."""
    if span.kind != "count" or span.scale != 1 or span.low is None or span.high is None:
        return None
    words = tokens.words
    if (
        not _is_contested(words, span.first, span.end)
        or "between" in words[span.first - 3 : span.first]
    ):
        return None
    if is_plural(words[span.end]):
        return None
    return _versus(span, span.low, span.high)


def _compound(tokens: Tokens, amount: Amount) -> Amount:
    """Read on in "1 hour 59 minutes 40.2 seconds", "6 feet 2 inches"; the smallest unit holds."""
    while amount.unit in _SMALLER and is_digits(tokens.words[amount.end]):
        smaller, factor = _SMALLER[amount.unit]
        part = read_amount(tokens, amount.end)
        if part is None or part.unit != smaller:
            break
        value = amount.value * factor + part.value
        amount = replace(amount, end=part.end, value=value, unit=smaller)
    return amount


_SMALLER = {"hour": ("minute", 60), "minute": ("second", 60), "foot": ("inch", 12)}
_SMALLER |= {"pound": ("ounce", 16), "stone": ("pound", 14)}


def _tolerance(tokens: Tokens, amount: Amount) -> Amount:
    """Read on in "1010 ± 195 light years"."""
    if tokens.words[amount.end] != "±" or amount.unit is not None:
        return amount
    margin = read_amount(tokens, amount.end + 1)
    if margin is None:
        return amount
    return replace(amount, end=margin.end, unit=margin.unit, kind=margin.kind)


_SPANS_A_TIME = word_set(
    "for in within after take takes took taking about over than nearly almost lasting last "
    "lasted spent under only least around roughly just"
)
_TELLS_A_TIME = word_set("later ago after before earlier away from long old prior in")


def _is_a_quantity(tokens: Tokens, amount: Amount, *, title_case: bool) -> bool:
    """Refuse articles, pronouns and set phrases that only look like numbers."""
    words, first = tokens.words, amount.first
    word = words[first]
    if word in ("a", "an") and amount.unit and words[first + 1] not in ("half", "quarter"):
        if amount.end == first + 2 and amount.kind in ("duration", "length", "mass"):
            return words[first - 1] in _SPANS_A_TIME or words[amount.end] in _TELLS_A_TIME
    if word in ("a", "one") and words[first - 1] == "and" and amount.form == "fraction":
        return False  # the tail of "the past year and a half"
    if amount.form == "vague":
        return word != "tens" or amount.value > 10
    if word == "half" and amount.form == "fraction":
        return _is_a_half(tokens, amount)
    if word == "zero":
        return words[first - 1] not in ("ground", "net", "patient", "absolute", "-", "from", "to")
    if word == "one" and amount.end == first + 1:
        return _is_a_counted_one(tokens, first)
    return not (word in SMALL and not title_case and _is_in_a_name(tokens, first, amount.end))


_HALVED = word_set("of the a an all its their his her that what our those these as to")
_OTHER_HALVES = word_set("first second third fourth final other latter last better the each")


def _is_a_half(tokens: Tokens, amount: Amount) -> bool:
    words, end = tokens.words, amount.end
    if words[amount.first - 1] in _OTHER_HALVES or words[amount.first - 1] == "-":
        return False
    if amount.unit:
        return True
    if words[end] == "-":
        return False
    return words[end] in _HALVED or words[amount.first - 1] in (
        "by", "in", "about", "nearly", "almost", "over", "than", "least", "roughly", "only", "just"
    )  # fmt: skip


_NEVER_ONE = word_set(
    "no any every some this that each which the another other next last anyone not by 's"
)
_AFTER_NO_ONE = word_set("of another day way who whose thing , . ; : ? ! )")
_COUNTS_ONE = word_set(
    "least only just than killed killing injured wounded including but leaving left kills "
    "injures injuring about and wounding for"
)
_COUNTED_STATES = word_set("dead killed injured wounded missing arrested death injury")


def _is_a_counted_one(tokens: Tokens, at: int) -> bool:
    """Tell the number one from the pronoun and from "one of the"."""
    words = tokens.words
    left, right = words[at - 1], words[at + 1]
    if left in _NEVER_ONE or (left == "-" and tokens.glued(at - 1)):
        return False
    if right in _COUNTED_STATES:
        return True
    if right == "-":
        return words[at + 2] not in (
            "on",
            "off",
            "by",
            "way",
            "sided",
            "to",
            "party",
            "size",
            "another",
        )
    if right in _AFTER_NO_ONE or right in FUNCTION_WORDS or right in AUXILIARIES:
        return left in _COUNTS_ONE and right != "of" and left not in ("and", "for", "about")
    return right.isalpha()
