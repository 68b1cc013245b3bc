"""Enrich the raw examples of the contract: `python -m tests.unit.schemas.examples`.

An example of a released version is a promise to its consumers: add one, don't change one.
"""

from datetime import UTC, datetime
from pathlib import Path

from schemas.raw_article import RawArticle
from services.enricher.enrichments import enrichments
from services.enricher.pipeline import enrich
from services.enricher.recognition.model import MODEL, load

EXAMPLES = Path(__file__).parents[3] / "schemas" / "examples"
RAW, ENRICHED = EXAMPLES / "raw_article.v1", EXAMPLES / "enriched_article.v1"
ENRICHED_AT = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)


def main() -> None:
    """Write an enriched example for each raw one that has none yet."""
    functions = enrichments(load())
    for path in sorted(RAW.glob("*.json")):
        target = ENRICHED / path.name
        if not target.exists():
            raw = RawArticle.from_json(path.read_bytes())
            [made] = enrich([raw], functions, MODEL, ENRICHED_AT)
            target.write_text(made.model_dump_json(indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
