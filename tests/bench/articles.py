"""Articles of the corpus, and as many more like them as a run needs, no two with equal names.

A copy would be a gift to whoever keeps what was seen before, and no news to the memory of stories.
So names are exchanged for others of the same length, which leaves all offsets as they are.
"""

import random
import re
from calendar import day_name, month_name
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import count, islice
from uuid import UUID

from schemas.enriched_article import EnrichedArticle
from schemas.headers import event_headers
from schemas.raw_article import RawArticle, Source
from services.runtime.record import Record
from tests.faults.articles import corpus

SHORT = 4_000
"""Characters; five of six articles of the corpus are shorter."""
FETCHED_AT = datetime(2026, 1, 1, tzinfo=UTC)
_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_WORD = re.compile(r"\b[a-z]+\b")
_KEPT = {*day_name, *month_name}


@cache
def texts() -> Sequence[str]:
    """Read the texts of the corpus that are short enough, headline first."""
    whole = [f"{one['headline']}\n\n{one['text']}" for one in corpus()]
    return [text for text in whole if len(text) < SHORT]


@cache
def names() -> Mapping[int, Sequence[str]]:
    """Gather the words of the corpus that are always capitalised, by length."""
    plain = {word for text in texts() for word in _WORD.findall(text)}
    found = {word for text in texts() for word in _NAME.findall(text)}
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in sorted(found - _KEPT):
        if word.lower() not in plain:
            by_length[len(word)].append(word)
    return by_length


def varied(text: str, seed: int) -> str:
    """Exchange the names in a text, each for the same other one wherever it stands."""
    if not seed:
        return text
    chosen: dict[str, str] = {}
    choose = random.Random(seed)  # noqa: S311 - to be the same in each run

    def other(found: re.Match[str]) -> str:
        word = found.group()
        if word not in chosen:
            known = names().get(len(word), ())
            chosen[word] = choose.choice(known) if word in known else word
        return chosen[word]

    return _NAME.sub(other, text)


def many(few: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Number and vary them, for ever: first all as they are, then all varied, and so on."""
    for number in count():
        yield number, varied(few[number % len(few)], number // len(few))


def raw_articles(wanted: int, begin: int = 0) -> Iterator[RawArticle]:
    """Make raw articles, from number `begin` on."""
    for number, text in islice(many(texts()), begin, begin + wanted):
        yield RawArticle(
            article_id=UUID(int=number + 1),
            version=1,
            source=Source(name="bench", item=str(number)),
            fetched_at=FETCHED_AT,
            content_type="text/plain",
            content_sha256=sha256(text.encode()).hexdigest(),
            text=text,
        )


def enriched_articles(few: Sequence[EnrichedArticle], wanted: int) -> Iterator[EnrichedArticle]:
    """Make enriched articles of other names, signatures and days, but of the same shape."""
    for number, line in islice(many([one.to_json().decode() for one in few]), wanted):
        choose = random.Random(number)  # noqa: S311 - to be the same in each run
        article = EnrichedArticle.from_json(line.encode())
        yield article.model_copy(
            update={
                "article_id": UUID(int=number + 1),
                "source": Source(name="bench", item=str(number)),
                "fetched_at": FETCHED_AT + timedelta(days=number % 365),
                "published_at": None,  # the day is that of the fetch
                "signature": tuple(f"{choose.getrandbits(32):08x}" for _ in article.signature),
            }
        )


def record(article: RawArticle | EnrichedArticle, topic: str) -> Record:
    """Address an article as producer and enricher do."""
    state = "raw" if isinstance(article, RawArticle) else "enriched"
    headers = event_headers(article, state, FETCHED_AT)
    return Record(topic, str(article.article_id).encode(), article.to_json(), headers)
