"""Letters for the terminal, where their bytes must not act, and for programs."""

import json
from collections.abc import Iterator, Sequence

from schemas.reasons import REASONS
from schemas.resolution import Resolution
from services.dead_letters.letters import Letter, text
from services.dead_letters.resolutions import Resolutions, told
from services.runtime.terminal import harmless

HEADINGS = ("ID", "WHEN (UTC)", "STAGE", "REASON", "ARTICLE", "ORIGINAL", "TRIES", "SIZE")
_FIGURES = {"TRIES", "SIZE"}
_BYTES_A_LINE = 16


def table(letters: Sequence[Letter], resolutions: Resolutions | None = None) -> Iterator[str]:
    """Yield a heading and a line per letter; with `resolutions` also what became of each.

    No line is folded or cut: ids are there to be copied.
    """
    rows = [HEADINGS, *map(_row, letters)]
    if resolutions is not None:
        states = [_state(resolutions.get(letter.id)) for letter in letters]
        rows = [(*row, state) for row, state in zip(rows, ["STATE", *states], strict=True)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if name in _FIGURES else cell.ljust(width)
            for name, cell, width in zip(rows[0], row, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def json_line(letter: Letter, resolution: Resolution | None) -> str:
    """Write all but the value as one line of JSON; what is not known is null."""
    fields = {
        "id": letter.id,
        "written_at": letter.written_at.isoformat(),
        "stage": letter.header("dlq_stage"),
        "reason": letter.reason,
        "error_class": letter.header("dlq_error_class"),
        "error_message": letter.header("dlq_error_message"),
        "article": letter.article,
        "origin": {
            "topic": letter.topic,
            "partition": _number(letter.header("dlq_partition")),
            "offset": _number(letter.header("dlq_offset")),
            "timestamp": _number(letter.header("dlq_timestamp")),
        },
        "tries": _number(letter.header("dlq_tries")),
        "size": letter.size,
        "resolution": resolution and resolution.model_dump(mode="json", exclude={"letter"}),
    }
    return harmless(json.dumps(fields, ensure_ascii=False))


def shown(letter: Letter, value: bytes | None, resolution: Resolution | None) -> Iterator[str]:
    """Yield where a letter stands, what the reason means, its headers, and its value."""
    yield f"{letter.id}  {_state(resolution)}"
    yield f"written: {letter.written_at:%Y-%m-%d %H:%M:%SZ}"
    if letter.reason in REASONS:
        reason = REASONS[letter.reason]
        yield f"meaning: {reason.meaning}"
        yield f"remedy: {reason.remedy}"
    yield f"key: {printable(letter.article) if letter.article is not None else '(none)'}"
    yield "headers:"
    for name, content in letter.headers:
        yield f"  {printable(name)}: {printable(text(content))}"
    yield ""
    yield from _content(value)


def hex_dump(value: bytes) -> Iterator[str]:
    """Yield 16 bytes a line: the offset, the bytes, and those that are ASCII as such."""
    for start in range(0, len(value), _BYTES_A_LINE):
        part = value[start : start + _BYTES_A_LINE]
        ascii_only = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        yield f"{start:08x}  {part.hex(' '):<{3 * _BYTES_A_LINE - 1}}  |{ascii_only}|"


def printable(content: str) -> str:
    """Write as escapes what a terminal would obey."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in content)


def _content(value: bytes | None) -> Iterator[str]:
    if value is None:
        yield "(no value)"
        return
    try:
        lines = value.decode().split("\n")
    except UnicodeDecodeError:
        yield from hex_dump(value)
        return
    yield from ("\t".join(map(printable, line.split("\t"))) for line in lines)


def _row(letter: Letter) -> tuple[str, ...]:
    known = (letter.header("dlq_stage"), letter.reason, letter.article, letter.origin)
    return (
        letter.id,
        f"{letter.written_at:%Y-%m-%d %H:%M:%S}",
        *(printable(cell) if cell else "-" for cell in (*known, letter.header("dlq_tries"))),
        "none" if letter.size is None else f"{letter.size:,}",
    )


def _state(resolution: Resolution | None) -> str:
    return printable(told(resolution)) if resolution else "open"


def _number(written: str | None) -> int | None:
    is_number = written is not None and written.isascii() and written.isdigit()
    return int(written) if written is not None and is_number and len(written) < 20 else None
