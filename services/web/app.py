"""The web page: routes, and what is asked of Elasticsearch for each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from services.search.advice import advice
from services.search.criteria import Criteria, is_cut
from services.search.query import names_request
from services.search.query import request as search_request
from services.search.reading import SearchFailedError
from services.search.results import facets as counted
from services.search.results import results
from services.search.story.reading import Search, chapters, story_ids
from services.search.story.telling import HOW, tell
from services.web import article, found
from services.web.asked import SIZE, Asked, criteria, read
from services.web.headers import SecurityHeaders
from services.web.pages import STATIC, page

Ask = Callable[[dict[str, Any]], Mapping[str, Any]]


def create_app(ask: Ask, stories: Search, *, seconds: float, hosts: Sequence[str]) -> ASGIApp:
    """Make the application.

    `ask` searches the read alias, `stories` that and what is remembered of stories; both may block
    or raise SearchFailedError. `seconds` bound an answer. `hosts` are the names it may be asked
    under: without that bound any page that a browser has open could read this one, through a name
    of its own that leads here.
    """
    views = Views(ask, stories, seconds)
    app = Starlette(
        routes=[
            Route("/", views.search),
            Route("/article/{article_id:uuid}", views.article),
            Route("/story/{story_id:path}", views.story),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        ],
        exception_handlers={
            HTTPException: _refused,
            SearchFailedError: _unavailable,
            Exception: _refused,
        },
    )
    return SecurityHeaders(app)  # around Starlette's own answer to a crash, too


@dataclass(frozen=True)
class Views:
    """A page each; Starlette runs them in threads, as `ask` blocks."""

    ask: Ask
    stories: Search
    seconds: float

    def search(self, request: Request) -> Response:
        """Show what is found, and what to narrow it by."""
        asked = read(request.query_params.multi_items())
        try:
            wanted = criteria(asked)
        except ValueError as error:
            return page("mistake.html", 400, asked=asked, message=str(error))
        results_ = results(self.ask(self._request(asked, wanted)))
        return page(
            "search.html",
            asked=asked,
            results=results_,
            summary=found.summary(asked, results_),
            chosen=found.chosen(asked),
            facets=found.facets(asked, results_),
            previous=found.previous(asked),
            following=found.following(asked, results_),
            cut=is_cut(asked.q),
            advice=[] if results_.total else self._advice(wanted),
        )

    def article(self, request: Request) -> Response:
        """Show one article."""
        shown = article.article(self.ask(article.request(str(request.path_params["article_id"]))))
        if shown is None:
            raise HTTPException(404)
        return page("article.html", article=shown)

    def story(self, request: Request) -> Response:
        """Show the articles of one story, and the figures in which they differ."""
        ids = story_ids(self.stories, request.path_params["story_id"])
        told = tell(chapters(self.stories, ids))
        if not told.chapters:
            raise HTTPException(404)
        return page("story.html", story=told, how=HOW)

    def _request(self, asked: Asked, wanted: Criteria) -> dict[str, Any]:
        body = search_request(
            wanted, size=SIZE, sort=asked.order, facets=True, seconds=self.seconds
        )
        return body | {"from": (asked.page - 1) * SIZE}

    def _advice(self, wanted: Criteria) -> list[str]:
        named = wanted.names
        known = counted(self.ask(names_request(named, self.seconds))) if named else {}
        return advice(wanted, known)


def _refused(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return page("missing.html" if status == 404 else "refused.html", status, failed=status >= 500)


def _unavailable(_request: Request, error: Exception) -> Response:
    return page("unavailable.html", 503, message=str(error))
