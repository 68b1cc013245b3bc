"""What is asked to find articles, and in which steps; who is asked is an argument."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from services.search.criteria import Criteria
from services.search.query import Sort, request
from services.search.results import Results, results
from services.search.similar import Model, model, model_request
from services.search.words import is_loosenable

Answer = Mapping[str, Any]
Ask = Callable[[dict[str, Any]], Answer]


class SearchFailedError(Exception):
    """The search could not be done; the message says in one line why and what to do."""


def find(  # noqa: PLR0913 - as `request`
    ask: Ask,
    wanted: Criteria,
    *,
    size: int,
    sort: Sort,
    facets: bool,
    seconds: float,
    like: Model | None = None,
) -> Results:
    """Search; when fewer than `size` have the words, add the best that have some of them.

    Those are ranked below and not counted, neither in the total nor in the facets.
    """
    found = results(
        ask(request(wanted, size=size, sort=sort, facets=facets, seconds=seconds, like=like))
    )
    missing = size - len(found.hits)
    if sort == "date" or missing <= 0 or not is_loosenable(wanted.words):
        return found
    loose = replace(wanted, loose=True)
    body = request(loose, size=size, sort=sort, facets=False, seconds=seconds, like=like)
    known = {hit.article_id for hit in found.hits}
    others = [hit for hit in results(ask(body)).hits if hit.article_id not in known]
    return replace(found, others=tuple(others[:missing]))


# The alias holds back what was withdrawn, but a point in time of noida-db forgets the alias.
_USABLE = {"term": {"status": "usable"}}


def pages(ask: Ask, body: dict[str, Any], *, page: int, limit: int | None) -> Iterator[Results]:
    """Yield up to `limit` of what is found, or all of it, in pages of `page`; always at least one.

    `ask` must answer from one state of the index. Only the first page has facets. Raises
    SearchFailedError when the server could not search all of the index: a stream with holes
    would look whole.
    """
    body = {**body, "query": {"bool": {"must": body["query"], "filter": _USABLE}}}
    left = limit
    after: list[Any] = []
    while True:
        size = page if left is None else min(page, left)
        answer = ask({**_after(body, after), "size": size, "track_total_hits": True})
        found = results(answer)
        if found.partial:
            raise SearchFailedError(
                "the server did not search all of the index in time, so not all was read; "
                "raise --elasticsearch.timeout or ask for smaller pages with --page-size"
            )
        yield found
        left = None if left is None else left - len(found.hits)
        if len(found.hits) < size or left == 0:
            return
        after = answer["hits"]["hits"][-1]["sort"]


def _after(body: dict[str, Any], after: list[Any]) -> dict[str, Any]:
    if not after:
        return body
    return {key: value for key, value in body.items() if key != "aggs"} | {"search_after": after}


def to_resemble(ask: Ask, article_id: str) -> Model:
    """Return the article that others are to resemble.

    Raises SearchFailedError if there is none.
    """
    found = model(ask(model_request(article_id)))
    if found is None:
        raise SearchFailedError(
            f"there is no article {article_id!r}; --json shows the article_id of each hit"
        )
    return found
