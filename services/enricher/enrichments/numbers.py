"""The quantities of an article: how many, how much, how far, how old, which one."""

from collections.abc import Iterator
from itertools import islice

from schemas.enriched_article import Number, Qualifier
from services.enricher.draft import Draft
from services.enricher.limits import LONGEST_NAME
from services.enricher.quantities import qualifiers
from services.enricher.quantities.amounts import Amount
from services.enricher.quantities.context import told_by_context
from services.enricher.quantities.counted import Counted, counted
from services.enricher.quantities.grammar import scan
from services.enricher.quantities.passed_over import passed_over
from services.enricher.quantities.tokens import Tokens

_MEASURES = frozenset("%$€£¥₹")
"""Signs that a mention is no name: the recogniser took a quantity along."""


def numbers(draft: Draft) -> tuple[Number, ...]:
    """Find the quantities in the title and the body; dates, times and parts of names are none."""
    mentions = [
        (m.start, m.end)
        for entity in draft.entities
        if entity.type != "NORP"  # 3 million Swedish kronor
        for m in entity.mentions
        if _MEASURES.isdisjoint(m.text)
    ]
    names = {
        m.end: e.name if e.type == "PERSON" else None for e in draft.entities for m in e.mentions
    }
    return tuple(
        number
        for tokens in draft.tokens()
        for number in _in_zone(draft.text, tokens, mentions, names)
    )


def _in_zone(
    text: str, tokens: Tokens, mentions: list[tuple[int, int]], names: dict[int, str | None]
) -> Iterator[Number]:
    title_case = _is_title_case(tokens)
    end = tokens.offset + len(tokens.text)
    inside = [span for span in mentions if tokens.offset <= span[0] < end]
    blocked = passed_over(tokens, inside, title_case=title_case)
    previous: Counted | None = None
    qualifier_before: Qualifier = "exact"
    for found in scan(tokens, blocked, title_case=title_case):
        amount = told_by_context(tokens, found, names, previous.amount if previous else None)
        qualifier = _qualifier(tokens, amount)
        about = counted(tokens, amount, previous, names)
        if previous and _converts(tokens, previous.amount, amount):
            qualifier = qualifier_before if qualifier == "exact" else qualifier
            about = previous._replace(amount=amount)
        first, last = tokens.starts[amount.first], tokens.ends[amount.end - 1]
        yield Number(
            start=first,
            end=last,
            text=text[first:last],
            kind=amount.kind,
            value=amount.value,
            low=amount.low,
            high=amount.high,
            unit=amount.unit,
            qualifier=qualifier,
            of=about.text if len(about.text or "") <= LONGEST_NAME else None,
        )
        previous, qualifier_before = about, qualifier


def _qualifier(tokens: Tokens, amount: Amount) -> Qualifier:
    """Read how exact an amount is from the words around it, else from its own form."""
    said = qualifiers.before(tokens, amount.first, amount.kind) or qualifiers.after(
        tokens, amount.first, amount.end
    )
    if said:
        return said[0]
    return "approximately" if amount.form == "vague" else "exact"


def _converts(tokens: Tokens, left: Amount, right: Amount) -> bool:
    """Tell whether an amount in brackets gives the one before it in another unit."""
    between = tokens.words[left.end : right.first]
    if "(" not in between and between != [";"]:
        return False
    return right.first - left.end <= 3 and left.kind == right.kind and left.unit != right.unit


def _is_title_case(tokens: Tokens) -> bool:
    """Tell a headline that capitalises its words, where capitals are no sign of a name."""
    long = [*islice((raw for raw in tokens.raw if len(raw) > 3 and raw.isalpha()), 40)]
    return len(long) < 40 and sum(raw[0].isupper() for raw in long) > 0.7 * len(long)
