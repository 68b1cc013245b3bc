"""Gold files and enriched articles from disk; what can't be used is told with its file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from schemas.enriched_article import EnrichedArticle
from services.accuracy.annotations import GoldArticle, GoldSet, UnusableError
from services.accuracy.checks import problems

MOST_LINES = 20
"""Lines about bad gold files that are shown."""
FORMAT = "the format is in tests/gold/GUIDE.md of newsreel's own folder"


def gold_sets(folders: Sequence[Path]) -> list[GoldSet]:
    """Read folders; where two have the same name, their paths are the heads."""
    names = [folder.resolve().name for folder in folders]
    counts = Counter(names)
    heads = [
        name if counts[name] == 1 else str(folder)
        for name, folder in zip(names, folders, strict=True)
    ]
    found: list[GoldSet] = []
    lines: list[str] = []
    for head, folder in zip(heads, folders, strict=True):
        try:
            found.append(GoldSet(head, gold_articles(folder)))
        except UnusableError as error:
            lines += error.lines
    if lines:
        more = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
        raise UnusableError(*lines[:MOST_LINES], *more, FORMAT)
    return found


def gold_articles(folder: Path) -> tuple[GoldArticle, ...]:
    """Read the articles of a folder; raises `UnusableError` with all that is wrong with them."""
    if not folder.is_dir():
        why = "give the folder, not a file in it" if folder.exists() else "there is no such folder"
        raise UnusableError(f"{folder}: {why}")
    articles: list[GoldArticle] = []
    lines: list[str] = []
    for path in sorted(folder.glob("*.json")):
        try:
            articles.append(gold_article(path))
        except UnusableError as error:
            lines += [f"{path}: {line}" for line in error.lines]
    if not lines and not articles:
        lines = [f"{folder}: there is no *.json in it; each is one annotated article"]
    if lines:
        raise UnusableError(*lines)
    return tuple(articles)


def gold_article(path: Path) -> GoldArticle:
    """Read one gold file, with the text beside it if it has none of its own."""
    try:
        gold = GoldArticle.model_validate(_content(path))
    except ValidationError as error:
        raise UnusableError(*_explained(error)) from error
    lines = [*problems(gold)]
    if gold.item != path.stem:
        lines.insert(0, f"id is {gold.item!r}; it has to be the file's name, {path.stem!r}")
    if lines:
        raise UnusableError(*lines)
    return gold


def enriched_articles(path: Path) -> list[EnrichedArticle]:
    """Read JSON lines, such as `newsreel enrich` prints."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise UnusableError(f"{path}: {error.strerror}") from error
    articles: list[EnrichedArticle] = []
    for number, line in enumerate(lines, start=1):
        try:
            articles += [EnrichedArticle.from_json(line)] if line.strip() else []
        except ValidationError as error:
            why = next(_explained(error))
            told = f"{path}:{number}: not an enriched article as `newsreel enrich` prints it: {why}"
            raise UnusableError(told) from error
    return articles


def _content(path: Path) -> dict[str, Any]:
    data = _bytes(path)
    try:
        content = from_json(data)
    except ValueError as error:
        raise UnusableError(f"is not JSON: {error}") from error
    if not isinstance(content, dict):
        raise UnusableError("has to be one JSON object, the annotations of one article")
    beside = path.with_suffix(".txt")
    if beside.is_file():
        text = _text(beside)
        if content.setdefault("text", text) != text:
            raise UnusableError(f"its text is not that of {beside.name}; leave one of them out")
    elif "text" not in content:
        raise UnusableError(f"text is missing, and there is no {beside.name} beside it")
    return content


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode()
    except UnicodeDecodeError as error:
        told = f"{path.name} is not UTF-8: {error.reason} at byte {error.start}"
        raise UnusableError(told) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnusableError(f"{path.name}: {error.strerror}") from error


def _explained(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_context=False):
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in problem["loc"])
        where = "".join(steps).removeprefix(".")
        if problem["type"] == "missing":
            yield f"{where} is missing"
        else:
            given = repr(problem["input"])
            shown = given if len(given) <= 40 else f"{given[:40]}…"
            yield f"{where}: {problem['msg']}, not {shown}".removeprefix(": ")
