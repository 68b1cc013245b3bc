"""`newsreel search`: the index in the terminal."""

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator
from rich.console import Console
from rich.text import Text

from schemas.enriched_article import NumberKind
from schemas.identity import article_id
from services.runtime.options import Name, Names
from services.runtime.settings import Elasticsearch, Settings
from services.search.advice import advice
from services.search.criteria import Criteria, NumberRange, circle, is_cut, period
from services.search.finding import Ask, SearchFailedError, find, pages, to_resemble
from services.search.options import Amount, Countries, Currency, Day, Near, Phrases, Words
from services.search.phrases import number_range
from services.search.printing import JsonLines, Printer, Readable
from services.search.query import Sort, names_request, request
from services.search.reading import ask, connected, steady
from services.search.results import facets
from services.search.similar import Model


class Search(Settings):
    """Search the index by words, names, numbers and dates; all that is asked for must hold.

    Options that name something can be given several times. Without any, the newest articles.
    """

    words: Words = Field(default=[])
    """Up to three must all occur, of more most; "…" keeps together, | is or, - not, * any end."""
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
    story: Name | None = None
    """The story_id of the articles."""
    near: Near = ""
    """A place named is within KM kilometres: LAT,LON,KM, as 50.45,30.52,100 or =-33.9,151.2,50."""
    similar: Name | None = None
    """The article_id or URL of an article that those found resemble."""
    sort: Literal["relevance", "date"] | None = None
    """Default: by relevance if there are words or --similar, else the newest first."""
    size: int = Field(default=10, ge=1, le=100)
    """Articles to show."""
    limit: int | None = Field(default=None, ge=1)
    """Show so many, however many, from one state of the index."""
    everything: bool = Field(default=False, validation_alias="all")
    """Show all that is found."""
    page_size: int = Field(default=200, ge=1, le=1000)
    """With --limit or --all: articles to fetch at a time."""
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

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        measures = {"limit": self.limit is not None, "all": self.everything}
        given = [name for name, is_given in measures.items() if is_given]
        given += ["size"] if given and "size" in self.model_fields_set else []
        if len(given) > 1:
            raise ValueError(f"--{given[0]} and --{given[1]} exclude each other")
        return self

    def cli_cmd(self) -> None:
        """Print what is found."""
        console = Console(highlight=False)
        try:
            with connected(self.elasticsearch) as client:
                if self.everything or self.limit:
                    with steady(client, self.elasticsearch) as ask_steadily:
                        self.print_pages(console, ask_steadily)
                else:
                    self.print_found(console, lambda body: ask(client, self.elasticsearch, body))
        except SearchFailedError as error:
            raise SystemExit(f"newsreel search: {error}") from error

    def print_found(self, console: Console, ask: Ask) -> None:
        """Search with `ask` and print the best to `console`."""
        found = find(ask, self.criteria(), **self._asked(ask, self.size))
        printer = self._printer(console)
        if not self.as_json and not (found.hits or found.others):
            console.print(Text("\n".join(self._advice(ask))))
            return
        printer.head(found, len(found.hits))
        printer.hits(found.hits, first=1)
        printer.others(found.others, first=len(found.hits) + 1)
        printer.facets(found)

    def print_pages(self, console: Console, ask: Ask) -> None:
        """Print page after page; `ask` answers from one state of the index."""
        body = request(self.criteria(), **self._asked(ask, self.page_size))
        printer, rank = self._printer(console), 1
        for found in pages(ask, body, page=self.page_size, limit=self.limit):
            if rank == 1:
                first = found
                if not self.as_json and not found.hits:
                    console.print(Text("\n".join(self._advice(ask))))
                    return
                printer.head(found, min(found.total, self.limit or found.total))
            printer.hits(found.hits, first=rank)
            rank += len(found.hits)
        printer.facets(first)

    def _asked(self, ask: Ask, size: int) -> dict[str, Any]:
        like = self._model(ask)
        ranked = bool(like or self.criteria().words)
        sort: Sort = self.sort or ("relevance" if ranked else "date")
        seconds = self.elasticsearch.timeout
        return {"size": size, "sort": sort, "facets": self.facets, "seconds": seconds, "like": like}

    def _model(self, ask: Ask) -> Model | None:
        if not self.similar:
            return None
        is_url = self.similar.startswith(("http://", "https://"))
        return to_resemble(ask, str(article_id("", "", self.similar)) if is_url else self.similar)

    def _printer(self, console: Console) -> Printer:
        if self.as_json:
            return JsonLines(console)
        if is_cut(self.criteria().words):
            console.print("Only the first words are searched.", style="dim")
        return Readable(console)

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
            story=self.story,
            near=circle(self.near) if self.near else None,
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
        if self.similar and wanted == Criteria():
            return ["Nothing found that resembles it."]
        named = wanted.names
        known = facets(ask(names_request(named, self.elasticsearch.timeout))) if named else {}
        return advice(wanted, known)
