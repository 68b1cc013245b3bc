"""The saved searches: lists of articles and of dead letters, to read and to change."""

from saving import (
    ALL_LETTERS,
    ARTICLES,
    DOCUMENTS,
    LETTERS,
    PAUSED,
    TIME,
    TIMELESS,
    Object,
    saved,
    source,
    to_data_view,
)

ALL = "newsreel-articles"
INCOMPLETE = "newsreel-incomplete"
OPEN_LETTERS = "newsreel-dead-letters-open"

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
        ["sources", "duplicate_of", "duplicate_similarity", "story"],
    ),
    (
        INCOMPLETE,
        "Articles: not enriched in full",
        "An enrichment was not done, or a field was cut.",
        "enrichment.skipped: * or truncated_fields: *",
        ["language", "enrichment.skipped", "truncated_fields", "sources"],
    ),
]

ABOUT_A_LETTER = ["letter", "reason", "error", "article_id", "sources", "tries"]

# id, title, description, query, view
OF_LETTERS: list[tuple[str, str, str, str, str]] = [
    (
        OPEN_LETTERS,
        "Dead letters: open",
        "Refused, neither replayed nor dropped, and still in Kafka: see newsreel dead-letters.",
        'state:"open"',
        ALL_LETTERS,
    ),
    (
        "newsreel-dead-letters-index",
        "Dead letters of the index stage",
        "Enriched articles that the indexer refused, and what became of them.",
        'stage:"indexer"',
        LETTERS,
    ),
    (
        "newsreel-dead-letters-enrich",
        "Dead letters of the enrich stage",
        "Raw articles that the enricher refused, and what became of them.",
        'stage:"enricher"',
        LETTERS,
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
        "grid": {
            "columns": {name: {"width": 360} for name in ("title", "error") if name in columns}
        },
        "hideChart": False,
        "isTextBasedQuery": False,
        "timeRestore": view not in TIMELESS,
        "kibanaSavedObjectMeta": source(query, indexRefName=index),
    }
    if view not in TIMELESS:
        attributes |= {"timeRange": TIME, "refreshInterval": PAUSED}
    return saved("search", key, "10.5.0", attributes, [to_data_view(index, view)])


def searches() -> list[Object]:
    """List articles by what is in them, those that were withdrawn, and dead letters."""
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
        *(
            search(key, (title, about), query, [*ABOUT_A_LETTER, "state"], view)
            for key, title, about, query, view in OF_LETTERS
        ),
    ]
