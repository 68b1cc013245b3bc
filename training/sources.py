"""The annotated texts in `sources/`, and how each is read; README.md names their licences."""

import lzma
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.annotated import annotated, texts
from training.columns import iob2, wikigold
from training.docred import docred
from training.passages import Passage
from training.pieces import pieces
from training.prose import Sentence, passage

FOLDER = Path(__file__).parent / "sources"
CORPUS = Path(__file__).parents[1] / "tests" / "corpus" / "wikinews-2019-2020.jsonl"

Read = Callable[[Iterable[str]], Iterator[list[Sentence]]]


@dataclass(frozen=True, slots=True)
class Source:
    """A corpus that others annotated: its files, and the types it has."""

    files: tuple[str, ...]
    read: Read
    annotates: frozenset[str]


SOURCES = (
    Source(("ewt_dev.iob2", "ewt_test.iob2"), iob2, frozenset({"PER", "ORG", "LOC"})),
    Source(("pud.iob2",), iob2, frozenset({"PER", "ORG", "LOC"})),
    Source(("wikigold.conll.txt",), wikigold, frozenset({"PER", "ORG", "LOC", "MISC"})),
    Source(
        ("redocred_dev.json", "redocred_test.json"),
        docred,
        frozenset({"PER", "ORG", "LOC", "MISC"}),
    ),
)


def coarse(source: Source) -> list[Passage]:
    """Read a corpus in pieces; its types are still its own."""
    documents = (document for file in source.files for document in source.read(_lines(file)))
    return [piece for document in documents for piece in pieces(passage(document))]


def ours() -> list[Passage]:
    """Read our own annotations, an article a passage."""
    articles = texts(CORPUS.read_text("utf-8").splitlines())
    return list(annotated(_lines("annotations.jsonl"), articles))


def _lines(file: str) -> list[str]:
    content = lzma.decompress((FOLDER / f"{file}.xz").read_bytes()).decode()
    return content.rstrip("\n").split("\n")
