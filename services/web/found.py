"""What a search page shows of what was found, each link with the search it leads to."""

from dataclasses import dataclass

from services.search.query import FACETS
from services.search.results import Results, printable
from services.web.asked import LAST_PAGE, PARAMETERS, SIZE, Asked, link, narrowed, widened

_LABELS = {parameter: FACETS[field].capitalize() for parameter, field in PARAMETERS.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """A name to narrow by, or one to leave out again."""

    label: str
    href: str
    count: int = 0
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The names of one field."""

    label: str
    choices: tuple[Choice, ...]


def chosen(asked: Asked) -> tuple[Choice, ...]:
    """List what the search is narrowed by; each link leaves one out."""
    return tuple(
        Choice(f"{_LABELS[parameter]}: {printable(value)}", widened(asked, parameter, value))
        for parameter, value in asked.chosen
    )


def facets(asked: Asked, found: Results) -> tuple[Facet, ...]:
    """List the facets that have a value; each link narrows by it, or no longer if it did."""
    counted = found.facets or {}
    made = (
        Facet(
            _LABELS[parameter],
            tuple(
                _choice(asked, parameter, bucket.value, bucket.count)
                for bucket in counted.get(field, ())
            ),
        )
        for parameter, field in PARAMETERS.items()
    )
    return tuple(facet for facet in made if facet.choices)


def summary(asked: Asked, found: Results) -> str:
    """Say which of how many articles are shown."""
    noun = "article" if found.total == 1 else "articles"
    total = f"{found.total:,}" if found.total_is_exact else f"more than {found.total:,}"
    if not found.hits or len(found.hits) == found.total:
        return f"{total} {noun}"
    first = (asked.page - 1) * SIZE + 1
    return f"{first:,} to {first + len(found.hits) - 1:,} of {total} {noun}"


def previous(asked: Asked) -> str | None:
    """Write the address of the page before, if there is one."""
    return link(asked, page=asked.page - 1) if asked.page > 1 else None


def following(asked: Asked, found: Results) -> str | None:
    """Write the address of the page after, if there is one."""
    more = found.total > asked.page * SIZE and asked.page < LAST_PAGE
    return link(asked, page=asked.page + 1) if more else None


def _choice(asked: Asked, parameter: str, value: str, count: int) -> Choice:
    """Tell chosen from not as the search does, in whatever case."""
    same = [one for one in asked.chosen if one[0] == parameter and one[1].lower() == value.lower()]
    href = widened(asked, *same[0]) if same else narrowed(asked, parameter, value)
    return Choice(printable(value), href, count, chosen=bool(same))
