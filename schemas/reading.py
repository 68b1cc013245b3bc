"""Read an article's event from a record, or say why that can't be done."""

from typing import TypeVar

from pydantic import ValidationError

from schemas.headers import Rejection
from schemas.raw_article import Article

Kind = TypeVar("Kind", bound=Article)


def read(kind: type[Kind], key: bytes | None, value: bytes | None) -> Kind | Rejection:
    """Read the event; whatever the bytes are, the answer is an event or a rejection."""
    if value is None:
        return Rejection("null_value", "ValueError", "a record without a value")
    try:
        article = kind.from_json(value)
    except ValidationError as error:
        return Rejection(_reason(error), type(error).__name__, str(error))
    if key != str(article.article_id).encode():
        return Rejection("wrong_key", "ValueError", f"the key is not {article.article_id}")
    return article


def _reason(error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    if any(problem["type"] == "json_invalid" for problem in problems):
        return "not_json"
    if any(problem["loc"] == ("schema_version",) for problem in problems):
        return "unknown_schema_version"
    return "schema_violation"
