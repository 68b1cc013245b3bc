"""The data views: which index, which time, how fields are called and written."""

from saving import ARTICLES, DOCUMENTS, INDEXED, Object, dumped, saved

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
    "story_id": "Story",
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


def data_view(key: str, name: str, index: str, time: str | None) -> Object:
    """Name an index or alias; without a time field, a dashboard's time does not narrow it."""
    attributes = {
        "title": index,
        "name": name,
        "fieldAttrs": dumped({field: {"customLabel": label} for field, label in LABELS.items()}),
        "fieldFormatMap": dumped(FORMATS),
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
    """
    return [
        data_view(ARTICLES, "News articles", "news-articles", "@timestamp"),
        data_view(INDEXED, "News articles by time of indexing", "news-articles", "indexed_at"),
        data_view(DOCUMENTS, "News articles with withdrawn ones", "news-articles-write", None),
    ]
