"""The work of those that copy: to check each record as ours does."""

from schemas.raw_article import RawArticle
from schemas.reading import read


def require_article(key: bytes, value: bytes) -> None:
    """Raise `ValueError` where it is none."""
    article = read(RawArticle, key, value)
    if not isinstance(article, RawArticle):
        raise ValueError(article.error_message)  # noqa: TRY004 - it is the value that is wrong
