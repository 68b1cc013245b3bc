"""The saved searches: lists of articles, to read and to change."""

from saving import ARTICLES, DOCUMENTS, PAUSED, TIME, Object, saved, source, to_data_view

ALL = "newsreel-articles"
INCOMPLETE = "newsreel-incomplete"

WHO = ["people", "organizations", "places"]

# id, title, description, query, columns after the title
SEARCHES: list[tuple[str, str, str, str, list[str]]] = [
    (
        ALL,
        "Articles",
        "The articles with who, where and how much; newest first.",
        "",
        ["sources", *WHO, "figures", "url"],
    ),
    (
        "newsreel-killed",
        "Articles: more than 100 killed",
        "A plain field with all numbers of killed that an article names.",
        "killed > 100",
        ["figures", "killed", "injured", "places"],
    ),
    (
        "newsreel-billions",
        "Articles: more than a billion euros",
        "Braces ask that one and the same number be money, in euros, and that large.",
        'numbers:{ kind:"money" and unit:"EUR" and value > 1000000000 }',
        ["figures", "money_eur", "organizations", "places"],
    ),
    (
        "newsreel-cold",
        "Articles: colder than 30 °C below zero",
        "Units are compared in one base unit, so degrees Fahrenheit are found too.",
        'numbers:{ unit_base:"degree_celsius" and value_base < -30 }',
        ["figures", "number_units", "places"],
    ),
    (
        "newsreel-stoltenberg",
        "Articles: a person by name and kind",
        "Braces ask that one and the same entity have the name and be a person.",
        'entities:{ name:"Jens Stoltenberg" and type:"PERSON" }',
        [*WHO, "speakers"],
    ),
    (
        "newsreel-copies",
        "Articles: copies of another",
        "Nearly the same text as an article that was there before.",
        "duplicate_of: *",
        ["sources", "duplicate_of", "duplicate_similarity", "story_id"],
    ),
    (
        INCOMPLETE,
        "Articles: not enriched in full",
        "An enrichment was not done, or a field was cut.",
        "enrichment.skipped: * or truncated_fields: *",
        ["language", "enrichment.skipped", "truncated_fields", "sources"],
    ),
]


def search(key: str, about: tuple[str, str], query: str, columns: list[str], view: str) -> Object:
    """List what the query finds, the newest first; `about` is title and description."""
    index = "kibanaSavedObjectMeta.searchSourceJSON.index"
    attributes = {
        "title": about[0],
        "description": about[1],
        "columns": columns,
        "sort": [["@timestamp", "desc"]],
        "grid": {"columns": {"title": {"width": 360}} if "title" in columns else {}},
        "hideChart": False,
        "isTextBasedQuery": False,
        "timeRestore": view != DOCUMENTS,
        "kibanaSavedObjectMeta": source(query, indexRefName=index),
    }
    if view != DOCUMENTS:
        attributes |= {"timeRange": TIME, "refreshInterval": PAUSED}
    return saved("search", key, "10.5.0", attributes, [to_data_view(index, view)])


def searches() -> list[Object]:
    """List articles by what is in them, and those that were withdrawn."""
    found = [
        search(key, (title, description), query, ["title", *columns], ARTICLES)
        for key, title, description, query, columns in SEARCHES
    ]
    withdrawn = (
        "Articles: withdrawn",
        "Of a withdrawn article its id, version and source are kept.",
    )
    columns = ["article_id", "version", "status", "sources", "@timestamp"]
    return [
        *found,
        search("newsreel-withdrawn", withdrawn, 'not status:"usable"', columns, DOCUMENTS),
    ]
