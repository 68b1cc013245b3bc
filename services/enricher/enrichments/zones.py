"""Where the article stands on its page: title and body, the rest is boilerplate."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from schemas.enriched_article import Span, Title
from services.enricher.draft import Draft
from services.enricher.layout.boilerplate import Line, is_boilerplate, lines
from services.enricher.layout.titles import (
    LONGEST_TITLE,
    TITLE_WORDS,
    names_authors,
    without_site,
)

_WORD = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]|[^\W_]+(?:['’.-][^\W_]+)*")
_SLUG = re.compile(r"[a-z0-9'’]+(?:-[a-z0-9'’]+){2,}")
_SENTENCE_END = re.compile(r"[.!?…。！？]['\"’”»)\]]*$")  # noqa: RUF001 - Chinese full stops
_FULL_STOP = re.compile(r"[.…。]['\"’”»)\]]*$")
_ABBREVIATION = re.compile(r"\b(?:(?:[A-Z]\.){2,}|(?:Inc|Corp|Ltd|Jr|Sr|Co|St)\.)$")
_HEADING_MARK = re.compile(r"#{1,6} ")
_LEADS_ON = re.compile(r"[,;:–—-]$")


@dataclass(frozen=True, slots=True)
class Zones:
    """The fields `title` and `body` of an article; the zones are disjoint and in order."""

    title: Title | None
    body: tuple[Span, ...]


def zones(draft: Draft) -> Zones:
    """Find title and body by the form of each line and by its place.

    A headline from metadata is the title wherever it stands; else the title is a headline above
    the first paragraph.
    """
    page = [_without_mark(_without_slug(line)) for line in lines(draft.text)]
    headline = draft.raw.headline and draft.raw.headline.strip()
    stated = page[:1] if not headline and _states_title(draft, page) else []
    kept = [*stated, *_without_boilerplate(page[len(stated) :])]
    if headline:
        at = next((i for i, line in enumerate(kept) if _is_headline(line, headline)), None)
    else:
        at = _title_at(kept)
        at = 0 if at is None and stated else at
    if at is not None:
        title: Title | None = _as_title(draft.text, kept[at])
    else:
        title = Title(text=headline) if headline else None
    return Zones(title, _spans(page, _body(kept, at)))


def _as_title(text: str, line: Line) -> Title:
    words = without_site(text[line.start : line.end])
    return Title(text=words, start=line.start, end=line.start + len(words))


def _states_title(draft: Draft, page: Sequence[Line]) -> bool:
    """Whether the text is of a page with a title, which a blank line sets apart, and prose."""
    title, gap, _ = draft.text[: LONGEST_TITLE + 2].partition("\n\n")
    stated = draft.raw.content_type == "text/html" and gap and "\n" not in title
    return bool(stated) and any(map(_is_prose, page[1:]))


def _without_mark(line: Line) -> Line:
    """Cut the mark that makes a line a heading."""
    mark = _HEADING_MARK.match(line.text)
    rest = line.text[mark.end() :] if mark else line.text
    return Line(line.end - len(rest), line.end, rest) if mark else line


def _is_headline(line: Line, headline: str) -> bool:
    return _same(line.text, headline) or _same(without_site(line.text), headline)


def _without_slug(line: Line) -> Line:
    """Cut a URL slug that is glued to the headline it was made from."""
    slug = _SLUG.match(line.text)
    if not slug:
        return line
    rest = line.text[slug.end() :].lstrip()
    if not _letters(rest).startswith(_letters(slug.group())):
        return line
    return Line(line.end - len(rest), line.end, rest)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _same(line: str, headline: str) -> bool:
    return bool(_letters(line)) and _letters(line) == _letters(headline)


def _without_boilerplate(page: Sequence[Line]) -> list[Line]:
    """Drop junk lines, and the list of links below a line that announces one."""
    kept: list[Line] = []
    among_links = False
    for line, following in zip_longest(page, page[1:]):
        among_links = among_links and (line.is_bullet or not _is_prose(line))
        if _runs_on(line, following):
            kept.append(line)
        elif line.announces_links:
            among_links = line.text.endswith(":") or len(line.text.split()) <= 3
        elif not among_links and not is_boilerplate(line):
            kept.append(line)
    return kept


def _runs_on(line: Line, following: Line | None) -> bool:
    """Whether a sentence goes on in the next line: text that was broken to a width."""
    if following is None or following.start - line.end > 2 or not following.text[:1].islower():
        return False
    return len(following.text.split()) >= 3 and not is_boilerplate(following)


def _title_at(kept: Sequence[Line]) -> int | None:
    """Choose among the headlines above the first paragraph the one that it takes up."""
    lead = next((i for i, line in enumerate(kept) if _is_prose(line)), None)
    if lead is None:
        return 0 if len(kept) > 1 and _may_be_title(kept[0]) else None
    candidates = [i for i in range(lead) if _may_be_title(kept[i])]
    if len(candidates) < 2:
        return next(iter(candidates), None)
    told = _stems(" ".join(line.text for line in kept[lead : lead + 3])[:2000])
    taken_up = [i for i in candidates if _stems(kept[i].text) & told]
    return next(iter(taken_up or candidates))


def _body(kept: Sequence[Line], title: int | None) -> list[Line]:
    """Leave out what stands above the title, and names and sections between it and the lead."""
    if title is None:
        return list(kept)
    below = kept[title + 1 :]
    lead = next((i for i, line in enumerate(below) if _is_prose(line)), 0)
    told = without_site(kept[title].text)
    return [line for i, line in enumerate(below) if i >= lead or _is_standfirst(line, told)]


def _is_standfirst(line: Line, title: str) -> bool:
    """Whether a line between title and lead is of the article: no author, nor the title again."""
    return _may_be_title(line) and not (names_authors(line.text) or _same(line.text, title))


def _spans(page: Sequence[Line], body: Sequence[Line]) -> tuple[Span, ...]:
    """Join lines with nothing but white space between them."""
    wanted = {line.start for line in body}
    spans: list[Span] = []
    joins = False
    for line in page:
        keep = line.start in wanted
        if keep and joins:
            spans[-1] = Span(start=spans[-1].start, end=line.end)
        elif keep:
            spans.append(Span(start=line.start, end=line.end))
        joins = keep
    return tuple(spans)


def _words(line: Line) -> int:
    return sum(1 for _ in _WORD.finditer(line.text))


def _may_be_title(line: Line) -> bool:
    """Whether a line has the form of a headline: some words, and no full stop."""
    text = line.text
    if len(text) > LONGEST_TITLE or _words(line) not in TITLE_WORDS or _LEADS_ON.search(text):
        return False
    stops = _FULL_STOP.search(text) and not _ABBREVIATION.search(text) and not text.isupper()
    return not stops and not _is_prose(line)


def _is_prose(line: Line) -> bool:
    """Whether a line is a paragraph: a sentence that ends, or too long for a headline."""
    if len(line.text) > LONGEST_TITLE or (words := _words(line)) > TITLE_WORDS[-1]:
        return True
    if line.text.isupper() or _ABBREVIATION.search(line.text):
        return False
    if _FULL_STOP.search(line.text):
        return words >= 4
    return bool(_SENTENCE_END.search(line.text)) and words >= 20


def _stems(text: str) -> set[str]:
    """Cut words to five letters, so that `strike` and `strikes` are the same."""
    return {word.group().casefold()[:5] for word in _WORD.finditer(text) if len(word.group()) > 3}
