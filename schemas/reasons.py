"""Why an event becomes a dead letter: the codes, what they mean, what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """What a reason code means, and what an operator does about it."""

    meaning: str
    remedy: str


REASONS = {
    "null_value": Reason(
        "The record has no value.",
        "Drop it. To withdraw an article, send it with status canceled and a higher version.",
    ),
    "not_json": Reason("The value is not UTF-8 JSON.", "Mend the producer, or replay with --file."),
    "schema_violation": Reason(
        "The value breaks the event's schema.", "Mend the producer, or replay with --file."
    ),
    "unknown_schema_version": Reason(
        "This release does not read this schema_version.", "Deploy one that does, then replay."
    ),
    "wrong_key": Reason(
        "The record's key is not the article_id of its value.", "Mend the producer, then drop it."
    ),
    "enrichment_failed": Reason(
        "An enrichment raised on a valid article: a bug.", "Mend it, deploy, then replay."
    ),
    "enrichment_timeout": Reason(
        "Enriching took longer than the time limit, twice.",
        "Replay; if it fails again, raise NEWSREEL_ENRICHER__TIME_LIMIT first.",
    ),
    "enrichment_crashed": Reason(
        "The process that enriched the article died, twice.",
        "Give the enricher more memory, then replay.",
    ),
    "too_large": Reason(
        "The enriched event is larger than its topic allows.",
        "Raise the topic's max.message.bytes, or drop it.",
    ),
    "document_rejected": Reason(
        "Elasticsearch refused the document.",
        "See dlq_error_message; mend the mapping with newsreel provision, then replay.",
    ),
}
"""The closed list of reason codes."""
