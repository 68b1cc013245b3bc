"""Words of a corpus back to running text, since the model reads text and not words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from training.passages import Passage, Span, apart

OPENING = frozenset("([{$£€#“‘")
CLOSING = re.compile(r"[.,;:!?)\]}%…’”]+|['’](?:s|S|d|m|ll|re|ve)|n['’]t")
JOINING = frozenset({"-", "/"})
QUOTE = '"'


class Sentence(NamedTuple):
    """The words of a sentence, its names in words (last out), and its text where that is known."""

    words: Sequence[str]
    names: Sequence[tuple[int, int, str]]
    text: str | None = None


def passage(sentences: Iterable[Sentence]) -> Passage:
    """Join sentences by a space; names stay where their words are."""
    text, spans = "", list[Span]()
    for sentence in sentences:
        text += " " if text else ""
        body = sentence.text or written(sentence.words)
        places = [(len(text) + a, len(text) + b) for a, b in located(body, sentence.words)]
        for first, last, label in sentence.names:
            spans.append(Span(places[first][0], places[last - 1][1], label))
        text += body
    return Passage(text, apart(spans))


def written(words: Sequence[str]) -> str:
    """Write words as English is: no space before a comma, none after a bracket."""
    text, quoting = "", False
    for index, word in enumerate(words):
        before = words[index - 1] if index else ""
        glued = not index or before in OPENING or CLOSING.fullmatch(word) is not None
        glued |= _hyphened(words, index) or (quoting and QUOTE in {word, before})
        text += word if glued else f" {word}"
        quoting ^= word == QUOTE
    return text


def located(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Find each word after the one before; raises `ValueError` if one is not there."""
    position = 0
    for word in words:
        start = text.index(word, position)
        position = start + len(word)
        yield start, position


def _hyphened(words: Sequence[str], index: int) -> bool:
    """Tell whether a hyphen or slash stands between two words and joins them."""
    if words[index] in JOINING:
        return index + 1 < len(words) and words[index + 1][0].isalnum()
    return index > 1 and words[index - 1] in JOINING and words[index][0].isalnum()
