"""The dashboard News: when, who, where, how much and how many."""

from charts import number, ranking, spread, spreads, table, timeline
from columns import count, distinct, latest, metric, percentile, top
from dashboards import Dashboard, Panel, Row, dashboard
from links import LINKS, NEWS
from maps import PLACES
from saving import ARTICLES, TIME, Object
from searches import ALL
from views import CURRENCIES

AMOUNTS = [
    (0, 1e3, "under 1 thousand"),
    (1e3, 1e6, "1 thousand to 1 million"),
    (1e6, 1e7, "1 to 10 million"),
    (1e7, 1e8, "10 to 100 million"),
    (1e8, 1e9, "100 million to 1 billion"),
    (1e9, 1e10, "1 to 10 billion"),
    (1e10, 1e11, "10 to 100 billion"),
    (1e11, None, "over 100 billion"),
]
PERSONS = [
    (1, 10, "1 to 9"),
    (10, 100, "10 to 99"),
    (100, 1000, "100 to 999"),
    (1000, None, "1,000 or more"),
]

STORIES = {
    "group": top("story", "Story", 20),
    "title": latest("title.keyword", "Newest title"),
    "count": count("Articles"),
    "killed": metric("max", "killed", "Killed, at most"),
    "newest": latest("@timestamp", "Newest", "date"),
}
FIGURES = {
    "group": top("figures", "Figure", 100),
    "count": count("Articles"),
    "newest": latest("@timestamp", "Newest", "date"),
    "title": latest("title.keyword", "Newest title"),
}
CASUALTIES = {
    "group": top("places", "Place", 25, by="killed"),
    "killed": metric("max", "killed", "Killed, at most"),
    "median": metric("median", "killed", "Killed, median"),
    "high": percentile("killed", 95, "Killed, 95 % are below"),
    "injured": metric("max", "injured", "Injured, at most"),
    "count": count("Articles", only="killed: * or injured: *"),
}
PIPELINES = {
    "group": top("enrichment.pipeline", "Pipeline", 5),
    "model": top("enrichment.model", "Model", 5),
    "count": count("Articles"),
    "cut": count("With cut fields", only="truncated_fields: *"),
    "skipped": count("Not enriched in full", only="enrichment.skipped: *"),
}

ROWS: list[Row] = [
    (3, [Panel("links", "Dashboards", 48, shown=("links", LINKS))]),
    (
        6,
        [
            Panel("number", "Articles", 10, number(count("Articles"))),
            Panel("stories-number", "Stories", 10, number(distinct("story_id", "Stories"))),
            Panel("copies", "Copies", 10, number(count("Copies", only="duplicate_of: *"))),
            Panel("killed", "Killed", 9, number(metric("max", "killed", "At most, in one figure"))),
            Panel(
                "injured", "Injured", 9, number(metric("max", "injured", "At most, in one figure"))
            ),
        ],
    ),
    (
        9,
        [
            Panel(
                "time",
                "Articles over time",
                48,
                timeline("@timestamp", {"count": count("Articles")}, "bar_stacked", ARTICLES),
            )
        ],
    ),
    (
        13,
        [
            Panel("people", "People", 16, ranking("people", "Person")),
            Panel("organizations", "Organisations", 16, ranking("organizations", "Organisation")),
            Panel("places", "Places", 16, ranking("places", "Place")),
        ],
    ),
    (
        13,
        [
            Panel("countries", "Countries", 16, ranking("countries", "Country")),
            Panel("groups", "Groups", 16, ranking("groups", "Group")),
            Panel("sources", "Sources", 16, ranking("sources", "Source")),
        ],
    ),
    (
        18,
        [
            Panel("map", "Places on the map", 24, shown=("map", PLACES)),
            Panel("stories", "Stories, the largest first", 24, table(STORIES)),
        ],
    ),
    (
        16,
        [
            Panel("figures", "Figures", 24, table(FIGURES)),
            Panel("casualties", "Killed and injured, by place named", 24, table(CASUALTIES)),
        ],
    ),
    (
        14,
        [
            Panel(
                "money",
                "Articles by amount of money and currency",
                32,
                spreads({f"money_{code}": name for code, name in CURRENCIES.items()}, AMOUNTS),
            ),
            Panel("currencies", "Currencies", 16, ranking("money_currencies", "Currency")),
        ],
    ),
    (
        12,
        [
            Panel(
                "killed-spread",
                "Articles by number killed",
                12,
                spread("killed", "Killed", PERSONS),
            ),
            Panel(
                "injured-spread",
                "Articles by number injured",
                12,
                spread("injured", "Injured", PERSONS),
            ),
            Panel("kinds", "Kinds of numbers", 12, ranking("number_kinds", "Kind of number", 25)),
            Panel("counted", "What is counted", 12, ranking("counted", "What is counted")),
        ],
    ),
    (
        10,
        [
            Panel("languages", "Languages", 16, ranking("language", "Language")),
            Panel("pipelines", "Pipeline", 32, table(PIPELINES)),
        ],
    ),
    (20, [Panel("articles", "Articles, newest first", 48, shown=("search", ALL))]),
]


def news() -> Object:
    """Show the articles at a glance."""
    return dashboard(
        Dashboard(
            key=NEWS,
            title="News",
            description="The articles at a glance: when, who, where, how much and how many.",
            rows=ROWS,
            controls=[
                ("people", "people", "Person"),
                ("places", "places", "Place"),
                ("organizations", "organizations", "Organisation"),
                ("sources", "sources", "Source"),
                ("stories", "story", "Story"),
            ],
            times=TIME,
            slider=True,
        )
    )
