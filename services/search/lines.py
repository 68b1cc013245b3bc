"""What is found, as lines for a program, and in one sentence."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from services.search.results import Facets, Hit, Results


def summary(found: Results, shown: int | None = None) -> str:
    """Say how many articles were found and how many of them are shown: by default its hits."""
    shown = len(found.hits) if shown is None else shown
    total = f"{found.total:,}" if found.total_is_exact else f"more than {found.total:,}"
    noun = "article" if found.total == 1 else "articles"
    first = f", the first {shown:,}" if shown < found.total else ""
    partial = "; the server did not search all of the index in time" if found.partial else ""
    return f"{total} {noun}{first}{partial}"


def json_lines(found: Results) -> Iterator[str]:
    """Write each hit as a line of JSON, then the facets if there are any."""
    yield from map(hit_line, found.hits)
    if found.facets is not None:
        yield facets_line(found.total, found.facets)


def hit_line(hit: Hit) -> str:
    """Write a hit."""
    return json.dumps(asdict(hit), ensure_ascii=False)


def facets_line(total: int, facets: Facets) -> str:
    """Write the facets, and how many articles they are counted over."""
    counted = {
        name: {bucket.value: bucket.count for bucket in buckets} for name, buckets in facets.items()
    }
    return json.dumps({"total": total, "facets": counted}, ensure_ascii=False)
