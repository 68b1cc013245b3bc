"""`newsreel search`: the index in the terminal."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import CliPositionalArg, NoDecode
from rich.console import Console
from rich.text import Text

from schemas.enriched_article import NumberKind
from services.runtime.options import LONGEST_NAME, MOST_NAMES, Name, Names, split
from services.runtime.settings import Elasticsearch, Settings
from services.runtime.terminal import harmless
from services.search import render
from services.search.advice import advice
from services.search.criteria import Criteria, NumberRange, is_cut, period
from services.search.phrases import number_range
from services.search.query import names_request, request
from services.search.reading import Answer, SearchFailedError, ask, connected
from services.search.results import Results, facets, results

Ask = Callable[[dict[str, Any]], Answer]

_COMMA_OUTSIDE_NUMBERS = re.compile(r",(?=[^\s\d])|(?<!\d),(?=\d)")


def _split_words(value: object) -> object:
    """Split as `split` does, but leave the comma of "10,000"."""
    return _COMMA_OUTSIDE_NUMBERS.split(value) if isinstance(value, str) else value


def _phrase(value: str) -> str:
    number_range(value)
    return value


def _day(value: str) -> str:
    if value:
        period(value)
    return value


Phrase = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=LONGEST_NAME),
    AfterValidator(_phrase),
]
Phrases = Annotated[
    list[Phrase], Field(max_length=MOST_NAMES), NoDecode, BeforeValidator(_split_words)
]
Words = Annotated[CliPositionalArg[list[str]], NoDecode, BeforeValidator(_split_words)]
Day = Annotated[str, AfterValidator(_day)]
Amount = Annotated[float, Field(allow_inf_nan=False)]
Country = Annotated[str, StringConstraints(to_upper=True, pattern="^[A-Za-z]{2}$")]
Countries = Annotated[list[Country], Field(max_length=MOST_NAMES), NoDecode, BeforeValidator(split)]
Currency = Annotated[str, StringConstraints(to_upper=True, pattern="^[A-Za-z]{3}$")]


class Search(Settings):
    """Search the index by words, names, numbers and dates; all that is asked for must hold.

    Options that name something can be given several times. Without any, the newest articles.
    """

    words: Words = Field(default=[])
    """All must occur, inflected or not; "…" keeps words together, | is or, - is not, * any end."""
    person: Names = Field(default=[])
    organization: Names = Field(default=[])
    place: Names = Field(default=[])
    group: Names = Field(default=[])
    """People of a nation, faith or party, such as Ukrainian."""
    country: Countries = Field(default=[])
    """ISO code of a country that is named, such as UA."""
    source: Name | None = None
    language: Name | None = None
    """ISO code, such as en."""
    number_kind: NumberKind | None = None
    """The article has a number of this kind."""
    number: Phrases = Field(default=[])
    """Such as "temperature below -30 °C", "killed at least 100", "money over 1 billion EUR"."""
    money_over: Amount | None = None
    """The article names an amount over this, in any currency if none is given."""
    money_under: Amount | None = None
    """With --money-over: the same amount is under this."""
    currency: Currency | None = None
    """ISO code of that amount's currency, such as EUR."""
    count_over: Amount | None = None
    """The article counts more than this."""
    count_under: Amount | None = None
    """With --count-over: the same count is under this."""
    of: Name | None = None
    """What that count is of, such as "people killed"."""
    since: Day = ""
    """First year, month or day of publication, else of fetching: 2023, 2023-05, 2023-05-04."""
    until: Day = ""
    """Last year, month or day."""
    sort: Literal["relevance", "date"] | None = None
    """Default: by relevance if there are words, else the newest first."""
    size: int = Field(default=10, ge=1, le=100)
    """Articles to show."""
    facets: bool = False
    """Count names, sources, languages and kinds of numbers over all that was found."""
    as_json: bool = Field(default=False, validation_alias="json")
    """Print a JSON object per hit; with --facets a last one with total and facets."""
    elasticsearch: Elasticsearch = Elasticsearch()

    @field_validator("until")
    @classmethod
    def _not_before_since(cls, until: str, known: ValidationInfo) -> str:
        since = known.data.get("since")
        if since and until and period(until)[1] <= period(since)[0]:
            raise ValueError(f"{until} is before --since {since}")
        return until

    def cli_cmd(self) -> None:
        """Print what is found."""
        console = Console(highlight=False)
        try:
            with connected(self.elasticsearch) as client:
                self.print_found(console, lambda body: ask(client, self.elasticsearch, body))
        except SearchFailedError as error:
            raise SystemExit(f"newsreel search: {error}") from error

    def print_found(self, console: Console, ask: Ask) -> None:
        """Search with `ask` and print to `console`."""
        seconds = self.elasticsearch.timeout
        wanted = self.criteria()
        sort = self.sort or ("relevance" if wanted.words else "date")
        body = request(wanted, size=self.size, sort=sort, facets=self.facets, seconds=seconds)
        found = results(ask(body))
        if self.as_json:
            for line in json_lines(found):
                console.out(harmless(line), highlight=False)
            return
        if is_cut(wanted.words):
            console.print("Only the first words are searched.", style="dim")
        if not found.hits:
            console.print(Text("\n".join(self._advice(ask))))
            return
        console.print(Text(summary(found)), style="dim")
        console.print()
        render.hits(console, found.hits)
        if found.facets is not None:
            render.facets(console, found.facets)

    def criteria(self) -> Criteria:
        """Gather what an article must meet."""
        named = {
            "people": tuple(self.person),
            "organizations": tuple(self.organization),
            "places": tuple(self.place),
            "groups": tuple(self.group),
            "countries": tuple(self.country),
            "sources": (self.source,) if self.source else (),
            "language": (self.language,) if self.language else (),
            "number_kinds": (self.number_kind,) if self.number_kind else (),
        }
        return Criteria(
            words=" ".join(self.words).strip(),
            names={name: values for name, values in named.items() if values},
            numbers=tuple(self._numbers()),
            since=period(self.since)[0] if self.since else None,
            before=period(self.until)[1] if self.until else None,
        )

    def _numbers(self) -> Iterator[NumberRange]:
        money = NumberRange("money", self.money_over, self.money_under, unit=self.currency)
        count = NumberRange("count", self.count_over, self.count_under, of=self.of)
        for wanted in (money, count):
            if wanted != NumberRange(wanted.kind):
                yield wanted
        yield from map(number_range, self.number)

    def _advice(self, ask: Ask) -> list[str]:
        wanted = self.criteria()
        named = wanted.names
        known = facets(ask(names_request(named, self.elasticsearch.timeout))) if named else {}
        return advice(wanted, known)


def summary(found: Results) -> str:
    """Say how many articles were found and how many of them are shown."""
    total = f"{found.total:,}" if found.total_is_exact else f"more than {found.total:,}"
    noun = "article" if found.total == 1 else "articles"
    shown = f", the first {len(found.hits)}" if len(found.hits) < found.total else ""
    partial = "; the server did not search all of the index in time" if found.partial else ""
    return f"{total} {noun}{shown}{partial}"


def json_lines(found: Results) -> Iterator[str]:
    """Write each hit as a line of JSON, then the facets if there are any."""
    for hit in found.hits:
        yield json.dumps(asdict(hit), ensure_ascii=False)
    if found.facets is not None:
        counted = {
            name: {bucket.value: bucket.count for bucket in buckets}
            for name, buckets in found.facets.items()
        }
        yield json.dumps({"total": found.total, "facets": counted}, ensure_ascii=False)
