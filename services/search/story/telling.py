"""A story as values: its articles in order of time, and their figures side by side."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from services.search.story.comparing import Comparison, Said, compare

QUALIFIERS = {
    "approximately": "about ",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "less_than": "less than ",
    "up_to": "up to ",
}
HOW = {
    "disagree": "articles of one day disagree",
    "move": "it changes with time",
    "compatible": "different, and both can be right",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One article of a story."""

    article_id: str
    moment: str
    """ISO 8601, as precise as it is known."""
    fetched: bool
    """The moment is that of the fetch, as no date of publication is known."""
    source: str
    title: str
    url: str | None
    story_id: str | None
    duplicate_of: str | None
    duplicate_similarity: float | None
    figures: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """All that is shown of a story."""

    chapters: tuple[Chapter, ...]
    comparisons: tuple[Comparison, ...]
    """Of originals only: a copy repeats what its original says."""


def tell(chapters: Iterable[Chapter]) -> Story:
    """Put a story's articles in order of time and compare their figures."""
    told = tuple(sorted(chapters, key=lambda one: (one.moment, one.article_id)))
    here = {one.article_id for one in told}
    originals = [one for one in told if one.duplicate_of not in here]
    return Story(told, tuple(compare(said for one in originals for said in one.figures)))


def figure(said: Said) -> str:
    """Write a figure as the article does, with its qualifier."""
    return QUALIFIERS.get(said.qualifier, "") + said.words


def as_json(story: Story) -> dict[str, Any]:
    """Write a story for a program."""
    return {
        "stories": sorted({one.story_id for one in story.chapters if one.story_id}),
        "articles": [_without_figures(one) for one in story.chapters],
        "figures": [
            {
                "kind": one.subject.kind,
                "unit": one.subject.unit or None,
                "counted": one.heading,
                "how": one.how,
                "said": [asdict(said) for said in one.said],
            }
            for one in story.comparisons
        ],
    }


def _without_figures(chapter: Chapter) -> dict[str, Any]:
    return {name: value for name, value in asdict(chapter).items() if name != "figures"}
