"""The data views: which index, which time, how fields are called and written."""

from dataclasses import dataclass

from saving import ALL_LETTERS, ARTICLES, DOCUMENTS, INDEXED, LAGS, LETTERS, Object, dumped, saved

CURRENCIES = {
    "usd": "US dollars",
    "eur": "Euros",
    "gbp": "Pounds",
    "jpy": "Yen",
    "cny": "Yuan",
    "inr": "Indian rupees",
    "rub": "Roubles",
    "uah": "Hryvnias",
    "aud": "Australian dollars",
    "cad": "Canadian dollars",
}
"""The currencies that have a field of their own, `money_usd` and so on."""

LABELS = {
    "@timestamp": "Published or fetched",
    "counted": "What is counted",
    "countries": "Countries",
    "duplicate_of": "Copy of",
    "duplicate_similarity": "Likeness of the copy",
    "enrichment.model": "Model",
    "enrichment.pipeline": "Pipeline",
    "enrichment.skipped": "Not done",
    "entities.name": "Name",
    "events": "Events",
    "facilities": "Facilities",
    "fetched_at": "Fetched",
    "figures": "Figures",
    "groups": "Groups",
    "indexed_at": "Indexed",
    "injured": "Injured",
    "killed": "Killed",
    "language": "Language",
    "money_amounts": "Amounts of money",
    "money_currencies": "Currencies",
    "number_kinds": "Kinds of numbers",
    "number_units": "Units",
    "organizations": "Organisations",
    "people": "People",
    "place_points": "Places on the map",
    "places": "Places",
    "products": "Products",
    "published_at": "Published",
    "seconds_since_published": "Seconds from published to searchable",
    "seconds_to_searchable": "Seconds from fetched to searchable",
    "sources": "Source",
    "speakers": "Who is quoted",
    "status": "Status",
    "story": "Story",
    "story_id": "Id of the story",
    "timestamp_origin": "Where the time is from",
    "title": "Title",
    "title.keyword": "Title as a whole",
    "truncated_fields": "Cut fields",
    "url": "Address",
    "word_count": "Words",
} | {f"money_{code}": name for code, name in CURRENCIES.items()}

WHOLE = {"id": "number", "params": {"pattern": "0,0"}}
DECIMAL = {"id": "number", "params": {"pattern": "0,0.[00]"}}
SHORT = {"id": "number", "params": {"pattern": "0,0.[00]a"}}
FORMATS = {
    "counts": DECIMAL,
    "duplicate_similarity": {"id": "percent", "params": {"pattern": "0%"}},
    "injured": WHOLE,
    "killed": WHOLE,
    "money_amounts": SHORT,
    "percentages": DECIMAL,
    "seconds_since_published": WHOLE,
    "seconds_to_searchable": DECIMAL,
    "url": {"id": "url", "params": {"type": "a", "urlTemplate": "{{rawValue}}"}},
    "word_count": WHOLE,
} | {f"money_{code}": SHORT for code in CURRENCIES}

LAG_LABELS = {
    "@timestamp": "Measured",
    "group": "Consumer group",
    "lag": "Events waiting",
    "partitions": "Partitions",
    "topic": "Topic",
    "worst_lag": "Events waiting on the worst partition",
    "worst_partition": "Worst partition",
}
LETTER_LABELS = {
    "@timestamp": "Refused",
    "article_id": "Article",
    "error": "Error",
    "excerpt": "Beginning of the bytes",
    "letter": "Dead letter",
    "reason": "Reason",
    "resolved_at": "Settled",
    "resolved_by": "Settled by",
    "size": "Bytes",
    "sources": "Source",
    "stage": "Stage",
    "state": "State",
    "tries": "Tries",
}


@dataclass(frozen=True)
class Fields:
    """How the fields of an index are called and written."""

    labels: dict[str, str]
    formats: dict[str, Object]


OF_ARTICLES = Fields(LABELS, FORMATS)
OF_LAGS = Fields(LAG_LABELS, dict.fromkeys(["lag", "worst_lag", "worst_partition"], WHOLE))
OF_LETTERS = Fields(LETTER_LABELS, dict.fromkeys(["size", "tries"], WHOLE))


def data_view(
    key: str, name: str, index: str, time: str | None, fields: Fields = OF_ARTICLES
) -> Object:
    """Name an index or alias; without a time field, a dashboard's time does not narrow it."""
    called = {field: {"customLabel": label} for field, label in fields.labels.items()}
    attributes = {
        "title": index,
        "name": name,
        "fieldAttrs": dumped(called),
        "fieldFormatMap": dumped(fields.formats),
        "fields": "[]",
        "runtimeFieldMap": "{}",
        "sourceFilters": "[]",
        "allowHidden": False,
    }
    if time:
        attributes["timeFieldName"] = time
    return saved("index-pattern", key, "8.0.0", attributes, [])


def data_views() -> list[Object]:
    """Show the articles by when they are from, by when they came, and with the withdrawn ones.

    Only the write alias shows the stubs of withdrawn articles; these have no time of indexing.
    The other indices are what `newsreel monitor` writes.
    """
    letters, time = "news-dead-letters", "@timestamp"
    return [
        data_view(ARTICLES, "News articles", "news-articles", "@timestamp"),
        data_view(INDEXED, "News articles by time of indexing", "news-articles", "indexed_at"),
        data_view(DOCUMENTS, "News articles with withdrawn ones", "news-articles-write", None),
        data_view(LAGS, "Newsreel's operations", "news-operations", time, OF_LAGS),
        data_view(LETTERS, "Newsreel's dead letters", letters, time, OF_LETTERS),
        data_view(ALL_LETTERS, "Dead letters of whatever time", letters, None, OF_LETTERS),
    ]
