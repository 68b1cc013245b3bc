"""What the benchmark tells: a table for each leg, and all of it as JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from tests.bench.rounds import Run
from tests.bench.summary import Spread, Summary, summary

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "enrichment": {
        "per_cpu_second": "articles of 2.4 KB per CPU s",
        "cpu": "CPU s per 1,000",
        "rss_mb": "MB",
        "found_per_article": "found per article",
        "differing": "articles that differ",
    },
    "transform": {
        "per_second": "records/s",
        "cpu": "CPU s per 1,000",
        "rss_mb": "MB",
        "stall_ms": "longest stall, ms",
        "missing": "missing",
        "repeated": "repeated",
    },
    "sink": {
        "per_second": "documents/s",
        "cpu": "CPU s per 1,000",
        "cpu_elasticsearch": "Elasticsearch's",
        "rss_mb": "MB",
        "stall_ms": "longest stall, ms",
        "missing": "missing",
        "repeated": "repeated",
    },
    "pool": {
        "sized_per_second": "articles of 2.4 KB/s",
        "of_cores": "of two cores alone",
        "cpu": "CPU s per 1,000",
        "largest_mb": "MB of the largest process",
        "grown_mb": "grown in the second half",
        "stall_ms": "longest stall, ms",
        "missing": "missing",
        "repeated": "repeated",
    },
    "growth": {
        "per_second": "articles/s",
        "cpu": "CPU s per 1,000",
        "cpu_kafka": "Kafka's",
        "rss_mb": "MB",
        "missing": "missing",
        "repeated": "repeated",
    },
    "path": {
        "per_second": "articles/s",
        "cpu": "CPU s per 1,000",
        "cpu_enricher": "the enricher's",
        "cpu_indexer": "the indexer's",
        "rss_mb": "MB",
        "largest_mb": "MB of the largest process",
        "stall_ms": "longest stall, ms",
        "missing": "missing",
        "repeated": "repeated",
    },
    "latency": {
        "offered_per_second": "articles/s",
        "p50_s": "p50, s",
        "p95_s": "p95, s",
        "p99_s": "p99, s",
        "stall_ms": "longest stall, ms",
        "rss_mb": "MB",
        "missing": "missing",
        "repeated": "repeated",
    },
}
TITLES: Mapping[str, str] = {
    "enrichment": "Enrichment on one core",
    "transform": "Kafka → Kafka",
    "sink": "Kafka → Elasticsearch",
    "pool": "Kafka → enricher → Kafka",
    "growth": "More partitions, workers and processes",
    "path": "Producer → Kafka → enricher → Kafka → indexer → Elasticsearch",
    "latency": "From publish to searchable",
}
ABSENT = "–"


def markdown(found: Summary) -> str:
    """Write the tables: medians, and ranges where there is more than one round."""
    parts = []
    for leg, contestants in found.items():
        names = [one for one in COLUMNS[leg] if any(one in of for of in contestants.values())]
        rows = [["", *(COLUMNS[leg][name] for name in names)]]
        rows += [
            [contestant, *(cell(figures.get(name)) for name in names)]
            for contestant, figures in contestants.items()
        ]
        parts.append(f"### {TITLES[leg]}\n\n{table(rows)}\n")
    return "\n".join(parts)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Write a table whose first row is its head, with numbers to the right."""
    head, *body = ("| " + " | ".join(row) + " |" for row in rows)
    rule = "|---|" + "--:|" * (len(rows[0]) - 1)
    return "\n".join([head, rule, *body])


def cell(spread: Spread | None) -> str:
    """Write a median and its range."""
    if spread is None:
        return ABSENT
    middle, least, most = map(number, (spread.median, spread.least, spread.most))
    return middle if least == most else f"{middle} ({least}–{most})"


def number(value: float) -> str:
    """Write three digits that count."""
    if value == round(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    digits = 3 if abs(value) < 1 else 2 if abs(value) < 10 else 1
    return f"{value:.{digits}f}"


def as_json(runs: Iterable[Run], about: Mapping[str, object]) -> str:
    """Write all runs, the cold round too, with medians and ranges of the others."""
    listed = list(runs)
    found = {
        leg: {
            contestant: {name: asdict(spread) for name, spread in figures.items()}
            for contestant, figures in contestants.items()
        }
        for leg, contestants in summary(listed).items()
    }
    told = {**about, "summary": found, "runs": [asdict(run) for run in listed]}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
