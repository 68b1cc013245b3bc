"""Our own annotations: offsets into articles of the corpus, one article a line.

A line has the article's `url`, the characters that were `read`, and `names`: start, end, type, and
"?" for a name that is arguable.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from training.passages import Passage, Span, apart

ARGUABLE = "?"


def texts(corpus: Iterable[str]) -> dict[str, str]:
    """Read the articles of the corpus by their addresses: headline, blank line, text."""
    articles = map(json.loads, corpus)
    return {each["url"]: f"{each['headline'].strip()}\n\n{each['text']}" for each in articles}


def annotated(lines: Iterable[str], articles: Mapping[str, str]) -> Iterator[Passage]:
    """Put the annotations onto the articles they were made on."""
    for line in lines:
        article = json.loads(line)
        text = articles[article["url"]][: article["read"]]
        sure = [Span(*name) for name in article["names"] if name[-1] != ARGUABLE]
        arguable = [(name[0], name[1]) for name in article["names"] if name[-1] == ARGUABLE]
        yield Passage(text, apart(sure), tuple(arguable))


def line(url: str, text: str, entities: Iterable[Mapping[str, Any]]) -> str:
    """Write the annotation of one article, given as the gold annotations are."""
    names = [
        [each["start"], each["end"], each["type"], *([ARGUABLE] if each["optional"] else [])]
        for each in entities
    ]
    content = {"url": url, "read": len(text), "names": names}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
