"""Write the JSON Schema files and the AsyncAPI document: `python -m schemas.generate`."""

import json
from pathlib import Path
from typing import Any

from schemas.brake import BrakeState
from schemas.enriched_article import EnrichedArticle
from schemas.event import Event
from schemas.raw_article import Article, RawArticle
from schemas.resolution import Resolution
from schemas.topics import (
    BRAKES,
    ENRICHED,
    ENRICHER_GROUP,
    INDEXER_GROUP,
    RAW,
    RESOLUTIONS,
    TOPICS,
    Topic,
)

FOLDER = Path(__file__).parent / "json"
EVENTS: dict[str, type[Event]] = {
    "raw_article.v1": RawArticle,
    "enriched_article.v1": EnrichedArticle,
    "resolution.v1": Resolution,
    "brake_state.v1": BrakeState,
}
CARRIES = {
    RAW.name: "raw_article.v1",
    ENRICHED.name: "enriched_article.v1",
    RESOLUTIONS.name: "resolution.v1",
    BRAKES.name: "brake_state.v1",
}
PURPOSE = {
    RAW.name: "Articles as their sources delivered them. Key: article_id.",
    ENRICHED.name: "Articles with entities, numbers, dates and quotes. Key: article_id.",
    "news-raw-dlq": "Raw events that can't be enriched: the original bytes, the reason in headers.",
    "news-enriched-dlq": "Enriched events that can't be indexed: the original bytes likewise.",
    "news-dlq-resolutions": "What became of a dead letter, by its topic-partition-offset.",
    "news-brakes": "Whether a service holds because too much was refused. Key: the service.",
}
CE_HEADERS = ("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_dataschema")


def documents() -> dict[str, str]:
    """Return each file's name and text, byte-stable."""
    schemas = {f"{name}.schema.json": json_schema(name) for name in EVENTS}
    files: dict[str, Any] = schemas | {"asyncapi.json": asyncapi()}
    return {
        name: json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        for name, content in files.items()
    }


def json_schema(name: str) -> dict[str, Any]:
    """Describe an event in JSON Schema 2020-12."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:newsreel:{name.replace('.', ':')}",
    }
    return head | EVENTS[name].model_json_schema()


def asyncapi() -> dict[str, Any]:
    """Describe topics, messages and who reads and writes them in AsyncAPI 3.0."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "newsreel",
            "version": "1",
            "description": "News articles, raw and enriched, on Kafka.",
        },
        "defaultContentType": "application/json",
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "operations": {
            "enrich": _operation("receive", RAW, ENRICHER_GROUP),
            "publishEnriched": _operation("send", ENRICHED, ENRICHER_GROUP),
            "index": _operation("receive", ENRICHED, INDEXER_GROUP),
            "replay": _operation("send", RAW, "the producer"),
        },
        "components": {"messages": {name: _message(name) for name in EVENTS}},
    }


def _channel(topic: Topic) -> dict[str, Any]:
    carried = CARRIES.get(topic.name)
    reference = {"$ref": f"#/components/messages/{carried}"}
    return {
        "address": topic.name,
        "description": PURPOSE[topic.name],
        "messages": {carried: reference} if carried else {},
        "bindings": {
            "kafka": {
                "partitions": topic.partitions,
                "topicConfiguration": _configuration(topic),
            }
        },
    }


def _configuration(topic: Topic) -> dict[str, Any]:
    measured = (".bytes", ".ms")
    numbers = {name: int(value) for name, value in topic.config.items() if name.endswith(measured)}
    return {"cleanup.policy": [topic.cleanup], **numbers}


def _operation(action: str, topic: Topic, who: str) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{topic.name}"},
        "summary": f"By {who}.",
    }


def _message(name: str) -> dict[str, Any]:
    message = {
        "name": name,
        "contentType": "application/json",
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"./{name}.schema.json"},
        },
    }
    return message | (_article_parts() if issubclass(EVENTS[name], Article) else {})


def _article_parts() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "headers": {
            "type": "object",
            "required": [*CE_HEADERS, "content-type"],
            "properties": dict.fromkeys((*CE_HEADERS, "content-type", "traceparent"), text),
        },
        "bindings": {"kafka": {"key": {"type": "string", "format": "uuid"}}},
    }


def main() -> None:
    """Write the files."""
    for name, text in documents().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
