"""The articles of one story, in the order of their time."""

from typing import Any

from services.search.criteria import Criteria
from services.search.query import request as search_request

MOST = 200
"""Articles shown of one story."""


def request(story_id: str, seconds: float) -> dict[str, Any]:
    """Ask for the articles of a story, the oldest first."""
    body = search_request(Criteria(), size=MOST, sort="date", facets=False, seconds=seconds)
    return body | {
        "query": {"bool": {"filter": [{"term": {"story_id": story_id}}]}},
        "sort": [{"@timestamp": {"order": "asc"}}, {"article_id": {"order": "asc"}}],
    }
