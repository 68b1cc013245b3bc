"""The dashboard Operations: what waits, what was refused, how fast articles come, and how late."""

from charts import number, ranking, spread, table, timeline
from columns import count, latest, metric, percentile, top
from dashboards import Dashboard, Panel, Row, dashboard
from links import LINKS, NEWS, OPERATIONS
from saving import ALL_LETTERS, DOCUMENTS, INDEXED, LAGS, LETTERS, Object
from searches import INCOMPLETE, OPEN_LETTERS

DELAY = "seconds_to_searchable"
DELAYS = [
    (0, 1, "under 1 s"),
    (1, 2, "1 to 2 s"),
    (2, 5, "2 to 5 s"),
    (5, 10, "5 to 10 s"),
    (10, 30, "10 to 30 s"),
    (30, 60, "30 to 60 s"),
    (60, 600, "1 to 10 min"),
    (600, 3600, "10 min to 1 h"),
    (3600, None, "over 1 h"),
]
PERCENTILES = {
    "half": percentile(DELAY, 50, "Half are faster"),
    "most": percentile(DELAY, 95, "95 % are faster"),
    "nearly": percentile(DELAY, 99, "99 % are faster"),
}

# Only where a source gives a time of day; a replayed archive is as old as it is.
AGE = percentile("seconds_since_published", 50, "Half are faster")

OPEN = 'state:"open"'
# The highest of a bucket: an average would hide that a worker stood still for a minute.
WAITING = {
    "split": top("group", "Consumer group", 5, by="lag"),
    "lag": metric("max", "lag", "Events waiting"),
}
WAITING_NOW = {
    "group": top("group", "Consumer group", 5, by="peak"),
    "now": latest("lag", "Waiting", "number"),
    "worst": latest("worst_partition", "Worst partition", "number"),
    "waiting": latest("worst_lag", "Waiting on it", "number"),
    "measured": latest("@timestamp", "Measured", "date"),
    "peak": metric("max", "lag", "At most"),
}
REASONS = {
    "group": top("reason", "Reason", 15),
    "stage": top("stage", "Stage", 2),
    "count": count("Dead letters"),
    "open": count("Open", only=OPEN),
    "newest": latest("@timestamp", "Newest", "date"),
}
REFUSED = {"split": top("stage", "Stage", 2), "count": count("Dead letters")}


def _by(field: str, label: str) -> Object:
    columns = {"split": top(field, label, 5), "count": count("Articles")}
    return timeline("indexed_at", columns, "bar_stacked", INDEXED)


ROWS: list[Row] = [
    (3, [Panel("links", "Dashboards", 48, shown=("links", LINKS))]),
    (
        11,
        [
            Panel("lag", "Events waiting", 24, timeline("@timestamp", WAITING, "line", LAGS)),
            Panel("lag-now", "Events waiting now", 24, table(WAITING_NOW, LAGS)),
        ],
    ),
    (
        11,
        [
            Panel(
                "letters-open",
                "Open dead letters, of whatever time",
                8,
                number(count("Open", only=OPEN), ALL_LETTERS),
            ),
            Panel("reasons", "Dead letters by reason", 22, table(REASONS, LETTERS)),
            Panel(
                "letters",
                "Dead letters by stage",
                18,
                timeline("@timestamp", REFUSED, "bar_stacked", LETTERS),
            ),
        ],
    ),
    (
        10,
        [
            Panel(
                "rate",
                "Articles indexed per minute",
                24,
                timeline(
                    "indexed_at",
                    {"count": count("Per minute", per_minute=True)},
                    "bar_stacked",
                    INDEXED,
                ),
            ),
            Panel("number", "Indexed", 8, number(count("Articles"), INDEXED)),
            Panel("delay", "Seconds to searchable", 8, number(PERCENTILES["most"], INDEXED)),
            Panel("age", "Seconds since published", 8, number(AGE, INDEXED)),
        ],
    ),
    (
        11,
        [
            Panel(
                "delays",
                "Seconds from fetched to searchable",
                28,
                timeline("indexed_at", PERCENTILES, "line", INDEXED),
            ),
            Panel(
                "delay-spread",
                "Articles by seconds from fetched to searchable",
                20,
                spread(DELAY, "Seconds to searchable", DELAYS, INDEXED),
            ),
        ],
    ),
    (
        11,
        [
            Panel(
                "pipelines", "Version of the pipeline", 24, _by("enrichment.pipeline", "Pipeline")
            ),
            Panel("models", "Version of the model", 24, _by("enrichment.model", "Model")),
        ],
    ),
    (
        13,
        [
            Panel(
                "skipped",
                "Enrichments not done",
                24,
                ranking("enrichment.skipped", "Not done", 15, INDEXED),
                leads_to=NEWS,
            ),
            Panel(
                "cut",
                "Cut fields",
                24,
                ranking("truncated_fields", "Cut field", 15, INDEXED),
                leads_to=NEWS,
            ),
        ],
    ),
    (
        11,
        [
            Panel(
                "origins",
                "Where the time is from",
                16,
                ranking("timestamp_origin", "Where the time is from", 5, INDEXED),
                leads_to=NEWS,
            ),
            Panel(
                "sources",
                "Sources",
                16,
                ranking("sources", "Source", 10, INDEXED),
                leads_to=NEWS,
            ),
            Panel(
                "statuses",
                "Status of all articles, of whatever time",
                16,
                ranking("status", "Status", 5, DOCUMENTS),
            ),
        ],
    ),
    (14, [Panel("letters-list", "Open dead letters", 48, shown=("search", OPEN_LETTERS))]),
    (16, [Panel("incomplete", "Not enriched in full", 48, shown=("search", INCOMPLETE))]),
]


def operations() -> Object:
    """Show what went on in the last week; looks again every half minute."""
    return dashboard(
        Dashboard(
            key=OPERATIONS,
            title="Operations",
            description="What waits, what was refused, how many articles come in, and how late.",
            rows=ROWS,
            controls=[
                ("sources", "sources", "Source"),
                ("pipelines", "enrichment.pipeline", "Pipeline"),
                ("models", "enrichment.model", "Model"),
            ],
            times={"from": "now-7d", "to": "now"},
            view=INDEXED,
            refresh={"pause": False, "value": 30000},
        )
    )
