"""Which articles the given paths hold, in a fixed order; their content is read one at a time."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from itertools import count
from pathlib import Path
from typing import Literal

Form = Literal["text", "html", "line"]

FORMS: dict[str, Form] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "line",
    ".ndjson": "line",
}
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Found:
    """A file and the item it stands for."""

    path: Path
    item: str
    form: Form
    name: str = ""

    @property
    def origin(self) -> str:
        """What messages call it: its name, else its path."""
        return self.name or shown(self.path)


@dataclass(frozen=True, slots=True)
class Received:
    """One article's bytes: a whole file, or a line of JSON."""

    origin: str
    """PATH or PATH:LINE, for messages."""
    item: str
    form: Form
    content: bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an article was not sent."""

    origin: str
    reason: str
    kind: Literal["unreadable", "refused"] = "unreadable"


def files(paths: Iterable[str]) -> Iterator[Found | Refusal]:
    """Yield the files of `paths`, folders searched through; other kinds in a folder are passed."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from _files_below(path)
        elif not path.exists():
            yield Refusal(shown(path), "there is no such file or folder")
        elif (form := FORMS.get(path.suffix.lower())) is None:
            yield Refusal(shown(path), f"not a file that ends in {', '.join(FORMS)}")
        else:
            yield Found(path, shown(path.stem), form)


def contents(found: Found, limit: int) -> Iterator[Received | Refusal]:
    """Yield the articles of a file; no more than `limit` bytes of one are held in memory."""
    try:
        with found.path.open("rb") as file:
            if found.form == "line":
                yield from _lines(found, file, limit)
            else:
                content = file.read(limit + 1)
                if len(content) > limit:
                    size = os.fstat(file.fileno()).st_size
                    yield too_large(found.origin, size, limit)
                else:
                    yield Received(found.origin, found.item, found.form, content)
    except OSError as error:
        yield Refusal(found.origin, error.strerror or str(error))


def too_large(origin: str, size: int, limit: int) -> Refusal:
    """Refuse an article for its size in bytes."""
    return Refusal(origin, f"{size:,} bytes are more than the {limit:,} allowed", "refused")


def shown(path: Path | str) -> str:
    r"""Write a path in Unicode; bytes of a name that are not UTF-8 become \xNN."""
    return os.fsencode(path).decode(errors="backslashreplace")


def _files_below(folder: Path) -> Iterator[Found | Refusal]:
    refusals: list[Refusal] = []

    def refuse(error: OSError) -> None:
        refusals.append(Refusal(shown(error.filename), error.strerror or str(error)))

    found = [
        Found(path, shown(path.relative_to(folder).with_suffix("").as_posix()), form)
        for where, _, names in os.walk(folder, onerror=refuse)
        for path in map(Path(where).joinpath, names)
        if (form := FORMS.get(path.suffix.lower()))
    ]
    yield from refusals
    yield from sorted(found, key=lambda each: each.origin)


def _lines(found: Found, file: BufferedReader, limit: int) -> Iterator[Received | Refusal]:
    longest = 6 * limit  # JSON may escape each character, and \u00e9 is six bytes for one
    for number in count(1):
        line = file.readline(longest)
        if not line:
            return
        if number == 1:
            line = line.removeprefix(BYTE_ORDER_MARK)
        origin = f"{found.origin}:{number}"
        if not line.endswith(b"\n") and len(line) == longest:
            yield too_large(origin, longest + _skip_line(file), longest)
        elif line.strip():
            yield Received(origin, f"{found.item}:{number}", "line", line)


def _skip_line(file: BufferedReader) -> int:
    """Read to the end of the line and tell how many bytes that were."""
    skipped = 0
    while piece := file.readline(1_000_000):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped
