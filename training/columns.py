"""Corpora in columns, a word a line: Universal NER (IOB2) and WikiGold (IO)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from training.prose import Sentence

TEXT = "# text = "
DOCUMENT = "# newdoc"
WIKIGOLD_DOCUMENT = "-DOCSTART-"


def iob2(lines: Iterable[str]) -> Iterator[list[Sentence]]:
    """Read the documents of a corpus of Universal NER: number, word, tag, tab-separated."""
    document, rows, text = list[Sentence](), list[tuple[str, str]](), None
    for line in (*lines, "", DOCUMENT):
        if line.startswith(TEXT):
            text = line.removeprefix(TEXT)
        elif line.startswith(DOCUMENT):
            yield from filter(None, [document])
            document = []
        elif line and not line.startswith("#"):
            _, word, tag, *_ = line.split("\t")
            rows.append((word, tag))
        elif rows and not line:
            document.append(_sentence(rows, text))
            rows, text = [], None


def wikigold(lines: Iterable[str]) -> Iterator[list[Sentence]]:
    """Read the documents of WikiGold: word and tag, separated by a space."""
    document, rows = list[Sentence](), list[tuple[str, str]]()
    for line in (*lines, "", WIKIGOLD_DOCUMENT):
        if line.startswith(WIKIGOLD_DOCUMENT):
            yield from filter(None, [document])
            document = []
        elif line:
            word, _, tag = line.rpartition(" ")
            rows.append((word, tag))
        elif rows:
            document.append(_sentence(rows, None))
            rows = []


def _sentence(rows: Sequence[tuple[str, str]], text: str | None) -> Sentence:
    words, tags = zip(*rows, strict=True)
    return Sentence(words, list(names(tags)), text)


def names(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Read names off tags; without a B a name begins where the type changes."""
    begins = [
        index
        for index, (before, tag) in enumerate(pairwise(("O", *tags)))
        if tag != "O" and (tag[0] == "B" or tag[2:] != before[2:])
    ]
    for first in begins:
        last = first + 1
        while last < len(tags) and tags[last] == f"I-{tags[first][2:]}":
            last += 1
        yield first, last, tags[first][2:]
