from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.enriched_article import Entity, Span, Title
from services.enricher.draft import Draft
from services.enricher.enrichments.entities import entities
from services.enricher.naming.spans import LabelledSpan, Recognise
from tests.unit.enricher.builders import draft

LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT", "EVENT", "DATE", "WORK_OF_ART")


def draft_of(text: str, zones: Sequence[tuple[int, int]] = (), title: int = 0) -> Draft:
    """Make a draft of a text: `title` is the length of its headline, else all of it is body."""
    headline = Title(text=text[:title], start=0, end=title) if title else None
    body = tuple(Span(start=start, end=end) for start, end in zones or [(0, len(text))])
    return draft(text, title=headline, body=body)


def sees(*seen: str) -> Recognise:
    """Recognise in any text, as a model would, the first place of each of "LABEL text"."""

    def recognised(text: str) -> list[LabelledSpan]:
        spans = []
        for entry in seen:
            label, name = entry.split(" ", 1)
            start = text.find(name)
            if start >= 0:
                spans.append(LabelledSpan(start, start + len(name), label))
        return sorted(spans)

    return lambda zones: [recognised(zone) for zone in zones]


def found(text: str, *seen: str) -> list[str]:
    """Give each mention in order as "TYPE text", with " = name" where it is called otherwise."""
    mentions = sorted(
        (mention.start, entity.type, mention.text, entity.name)
        for entity in entities([draft_of(text)], sees(*seen))[0]
        for mention in entity.mentions
    )
    return [
        f"{kind} {surface}" + (f" = {name}" if name != surface else "")
        for _, kind, surface, name in mentions
    ]


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        ("on 5 May in a year", "DATE 5 May", []),
        ("sang Ode to Zorbia here", "WORK_OF_ART Ode to Zorbia", []),
        ("sang Senator Zeb Quorl here", "WORK_OF_ART sang Senator Zeb Quorl", ["PERSON Zeb Quorl"]),
        ("sang Aberdeen here", "WORK_OF_ART Aberdeen", ["GPE Aberdeen"]),
    ],
)
def test_what_is_no_name_as_a_whole_may_hold_one(text: str, seen: str, expected: list[str]) -> None:
    assert found(text, seen) == expected


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        ("Staff of the Acme Corporation's lab", ["ORG the Acme Corporation's"], "Acme Corporation"),
        ("and then Senator Maria Quell spoke", ["PERSON Senator Maria Quell"], "Maria Quell"),
        ("He met Mr. Quell there", ["PERSON Mr. Quell"], "Quell"),
        ("the mayor, Park Won-soon, left", ["PERSON Park Won"], "Park Won-soon"),
        ("with Dejene Debela behind", ["PERSON Debela"], "Dejene Debela"),
        ("for Said bin Taimur there", ["PERSON Said"], "Said bin Taimur"),
        ("that Paul Quell, Jr. left", ["PERSON Paul Quell"], "Paul Quell, Jr."),
        ("that Paul Quell left", ["PERSON Paul Quell"], "Paul Quell"),
        ("in Fishmongers' Hall there", [], "Fishmongers' Hall"),
        (
            'so Edward "Eddie" Van Quell died',
            ["PERSON Edward", "PERSON Van Quell"],
            'Edward "Eddie" Van Quell',
        ),
        ("so James (Jim) Quell died", ["PERSON James", "PERSON Quell"], "James (Jim) Quell"),
        ("a Committee on Vague Matters met", ["ORG Committee"], "Committee on Vague Matters"),
        ("the Office said on Tuesday that Acme fell", ["ORG Acme"], "Acme"),
    ],
)
def test_a_span_is_cut_and_extended_to_the_name(text: str, seen: list[str], expected: str) -> None:
    assert [name.split(" ", 1)[1] for name in found(text, *seen)] == [expected]


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        ("Troops left Kyiv", ["PERSON Kyiv"], ["GPE Kyiv"]),
        ("Troops left Kiev", [], ["GPE Kiev = Kyiv"]),
        ("aid for kyiv", [], ["GPE kyiv = Kyiv"]),
        ("the Swedes won", ["PERSON Swedes"], ["NORP Swedes = Swedish"]),
        ("sailing the Black Sea", ["ORG Black Sea"], ["LOC Black Sea"]),
        ("said the WHO", [], ["ORG WHO = World Health Organization"]),
        ("“Nato will stand”", [], ["ORG Nato = NATO"]),
        ("it sold more Caesar howitzers", [], ["PRODUCT Caesar = CAESAR howitzer"]),
        ("Julius Caesar fell", ["PERSON Julius Caesar"], ["PERSON Julius Caesar"]),
        ("a friend of Caesar fell", [], []),
        ("the Lindby Airport closed", ["ORG Lindby Airport"], ["FAC Lindby Airport"]),
        ("the Costa Rara power plant", ["GPE Costa Rara"], ["FAC Costa Rara"]),
        ("flown by Boeing 737s", ["ORG Boeing"], ["PRODUCT Boeing 737s = Boeing 737"]),
        ("as Typhoon Zelda neared", ["PERSON Zelda"], ["EVENT Typhoon Zelda"]),
        ("the 2019 general election", [], ["EVENT 2019 general election"]),
        ("data held by UpGuard", ["PERSON UpGuard"], ["ORG UpGuard"]),
        ("asked Quell, who resigned", ["ORG Quell"], ["PERSON Quell"]),
        (
            "two lawyers from the United Nations' Vague Matters Office",
            ["ORG the United Nations' Vague Matters Office"],
            ["ORG United Nations", "ORG Vague Matters Office"],
        ),
        ("talks between Crete and Cyprus", ["ORG Crete and Cyprus"], ["LOC Crete", "GPE Cyprus"]),
        (
            "said US Senator Quincy Roe",
            ["ORG US Senator Quincy Roe"],
            ["GPE US = United States", "PERSON Quincy Roe"],
        ),
        ("near Manay, villagers", ["PERSON Manay"], ["GPE Manay"]),
        ("she wrote on X after talks", [], ["ORG X = X (Twitter)"]),
    ],
)
def test_a_name_is_typed_by_tables_and_wording(
    text: str, seen: list[str], expected: list[str]
) -> None:
    assert found(text, *seen) == expected


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("It was in May 7 weeks ago", ["EVENT May 7"]),
        ("Cases of COVID-19 rose", ["ORG COVID-19"]),
        ("it cost US$5 million", ["GPE US"]),
        ("Protesters left. The protesters sang", ["NORP Protesters"]),
        ("the Parliament met", ["ORG Parliament"]),
        ("It said 40 percent", ["PERCENT 40 percent"]),
    ],
)
def test_what_names_nothing_is_left_out(text: str, seen: list[str]) -> None:
    assert found(text, *seen) == []


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        (
            "Wanda Roe left. Roe, who is 40, smiled at Wanda.",
            ["PERSON Wanda Roe"],
            ["PERSON Wanda Roe", "PERSON Roe = Wanda Roe", "PERSON Wanda = Wanda Roe"],
        ),
        (
            "Moammar al-Eryani left, al-Eryani said.",
            ["PERSON Moammar al-Eryani"],
            ["PERSON Moammar al-Eryani", "PERSON al-Eryani = Moammar al-Eryani"],
        ),
        (
            "The National Moth Council (NMC) met. The NMC sang.",
            ["ORG The National Moth Council"],
            [
                "ORG National Moth Council",
                "ORG NMC = National Moth Council",
                "ORG NMC = National Moth Council",
            ],
        ),
        (
            "The International Cricket Council (ICC) met. The ICC sang.",
            [],
            [
                "ORG International Cricket Council",
                "ORG ICC = International Cricket Council",
                "ORG ICC = International Cricket Council",
            ],
        ),
        (
            "The Brandt Party (AFP) won, said the BBC.",
            ["ORG The Brandt Party"],
            ["ORG Brandt Party", "ORG AFP = Agence France-Presse", "ORG BBC"],
        ),
        (
            "Elijah Cummings died, said Maya Rocke Cummings.",
            ["PERSON Elijah Cummings", "ORG Maya Rocke Cummings"],
            ["PERSON Elijah Cummings", "PERSON Maya Rocke Cummings"],
        ),
        (
            "Hurricane Zelda came. Zelda then left.",
            ["EVENT Hurricane Zelda"],
            ["EVENT Hurricane Zelda", "EVENT Zelda = Hurricane Zelda"],
        ),
        (
            "Two Airbus A300s and an A300 landed.",
            [],
            ["PRODUCT Airbus A300s = Airbus A300", "PRODUCT A300 = Airbus A300"],
        ),
        (
            "Quall spoke. A friend of Quall did not.",
            ["PERSON Quall"],
            ["PERSON Quall", "PERSON Quall"],
        ),
        (
            "Greg Allen is from Allen, Texas, said Allen.",
            ["PERSON Greg Allen"],
            ["PERSON Greg Allen", "GPE Allen", "GPE Texas", "PERSON Allen = Greg Allen"],
        ),
        (
            "The San Antonio Spurs won. It was a home game for the Spurs.",
            ["ORG San Antonio Spurs"],
            ["ORG San Antonio Spurs", "ORG Spurs = San Antonio Spurs"],
        ),
    ],
)
def test_a_short_form_stands_for_the_full_name_of_the_article(
    text: str, seen: list[str], expected: list[str]
) -> None:
    assert found(text, *seen) == expected


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        (
            "M. K. Stalin spoke. Then Stalin left.",
            ["PERSON M. K. Stalin"],
            ["PERSON M. K. Stalin", "PERSON Stalin = M. K. Stalin"],
        ),
        (
            "Pierre Trudeau, father of Justin Trudeau, spoke. Then Trudeau left.",
            ["PERSON Pierre Trudeau", "PERSON Justin Trudeau"],
            ["PERSON Pierre Trudeau", "PERSON Justin Trudeau", "PERSON Trudeau = Justin Trudeau"],
        ),
        (
            "Macron and Brigitte Macron came. Then Macron left.",
            ["PERSON Brigitte Macron"],
            [
                "PERSON Macron = Emmanuel Macron",
                "PERSON Brigitte Macron",
                "PERSON Macron = Emmanuel Macron",
            ],
        ),
    ],
)
def test_a_known_surname_is_that_of_the_person_whom_the_article_names(
    text: str, seen: list[str], expected: list[str]
) -> None:
    assert found(text, *seen) == expected


def test_a_body_keeps_the_old_name_of_its_city_but_not_an_old_spelling() -> None:
    assert found("the Bombay High Court", "ORG Bombay High Court") == ["ORG Bombay High Court"]
    assert found("the Kiev Defense Council", "ORG Kiev Defense Council") == [
        "ORG Kiev Defense Council = Kyiv Defense Council"
    ]


@pytest.mark.parametrize("text", ["It cost GBP 3m.", "It cost N4.5bn.", "It cost EUR 40 million."])
def test_an_amount_of_money_is_no_name(text: str) -> None:
    assert found(text, "PRODUCT " + text.removeprefix("It cost ").removesuffix(".")) == []


def test_in_a_title_case_headline_only_known_and_recurring_names_count() -> None:
    headline = "Quell Announces Army Withdrawal From Southern Syria"
    seen = ["PERSON Quell Announces", "ORG Army Withdrawal", "PERSON Ann Quell"]
    assert found(f"{headline}\nIt was said today.", *seen) == ["GPE Syria"]
    assert found(f"{headline}\nIt was said by Ann Quell.", *seen) == [
        "PERSON Quell = Ann Quell",
        "GPE Syria",
        "PERSON Ann Quell",
    ]


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        ("the retailer Ocmore fell", ["PERSON Ocmore"], "ORG Ocmore"),
        ("the town Makila fell", ["PERSON Makila"], "GPE Makila"),
        ("his wife Amandra left", ["ORG Amandra"], "PERSON Amandra"),
    ],
)
def test_the_noun_before_a_name_types_it(text: str, seen: list[str], expected: str) -> None:
    assert found(text, *seen) == [expected]


def test_the_names_of_a_list_are_of_the_type_of_most_of_them() -> None:
    seen = ["ORG Carras", "PERSON Lanuz", "ORG Quell"]
    assert found("they then also hit Carras, Madrid, Lanuz, and Lima. Quell saw it", *seen) == [
        "GPE Carras",
        "GPE Madrid",
        "GPE Lanuz",
        "GPE Lima",
        "ORG Quell",
    ]


def test_the_parliament_is_that_of_the_country_the_article_is_about() -> None:
    assert found("In India, Indian papers said Parliament met", "ORG Parliament")[-1] == (
        "ORG Parliament = Parliament of India"
    )
    assert found("the UK Parliament met") == [
        "ORG UK Parliament = Parliament of the United Kingdom"
    ]


def test_the_senate_is_american_only_in_an_article_about_the_united_states() -> None:
    assert found("the Senate in Rome, Italy") == ["ORG Senate", "GPE Rome", "GPE Italy"]
    assert found("U.S. voters and the Senate")[1] == "ORG Senate = United States Senate"


def place(text: str, name: str) -> Entity:
    return next(entity for entity in entities([draft_of(text)], sees())[0] if entity.name == name)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Talks in Ukraine went on", "Ukraine", "UA"),
        ("Talks in Kyiv, Ukraine, went on", "Kyiv", "UA"),
        ("Talks with Russia in Moscow went on", "Moscow", "RU"),
        ("The Paris talks went on", "Paris", None),
        ("The Paris talks with France went on", "Paris", "FR"),
        ("Talks in Georgia with U.S. envoys went on", "Georgia", None),
        ("Voters in Texas went on", "Texas", None),
        ("U.S. voters in Texas went on", "Texas", "US"),
    ],
)
def test_a_place_gets_a_country_where_it_is_certain(
    text: str, name: str, country: str | None
) -> None:
    assert place(text, name).country == country


def test_a_location_is_where_the_place_is_and_never_made_up() -> None:
    kyiv = place("Talks in Kyiv, Ukraine, went on", "Kyiv").location
    assert kyiv is not None
    assert (round(kyiv.lat), round(kyiv.lon)) == (50, 31)
    assert place("The Paris talks went on", "Paris").location is None


def test_an_entity_has_all_its_mentions_in_order() -> None:
    [nato] = entities([draft_of("NATO met. Nato spoke. So did NATO.")], sees())
    assert [(one.name, [mention.start for mention in one.mentions]) for one in nato] == [
        ("NATO", [0, 10, 29])
    ]


def test_only_zones_are_mined() -> None:
    text = "NATO meets\nMenu: Ukraine\nTalks in Poland"
    article = draft_of(text, zones=[(25, len(text))], title=10)
    assert [entity.name for entity in entities([article], sees())[0]] == ["NATO", "Poland"]


def test_a_name_ends_with_its_line() -> None:
    text = "A talk with NATO\nUkraine asked"
    assert found(text, "ORG NATO\nUkraine") == ["ORG NATO", "GPE Ukraine"]


WORDS = st.sampled_from(
    [
        "Ukraine",
        "US$5",
        "U.S.",
        "the",
        "The",
        "President",
        "Trump",
        "Donald",
        "John",
        "Smith",
        "Smith's",
        "al-Eryani",
        "NATO",
        "(NHC)",
        "of\n",
        "",
        "",
        "",
        "for",
        "and",
        ",",
        ".",
        "–",
        "“",
        "”",
        "Kiev",
        "kyiv",
        "Ministry",
        "Health",
        "District",
        "X",
        "on",
        "Boeing",
        "737s",
        "747",
        "Hurricane",
        "Maria's",
        "2019\n",
        "",
        "",
        "",
        "World",
        "Cup",
        "Won-soon",
        "Park",
        "São",
        "Paulo",
        "é",
        "🙂",
        "\n",
        "\xa0",
        "-",
        "'",
        "’s",
        "Texas",
        "Georgia",
        "Council",
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=80))


@st.composite
def recognised(draw: st.DrawFn) -> tuple[Draft, Recognise]:
    """Draw an article, cut into zones anywhere, and a model that labels anything anywhere."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    zones = list(zip(cuts[::2], cuts[1::2], strict=False)) or [(0, len(text))]
    places = draw(
        st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30), st.sampled_from(LABELS)))
    )

    def recognise(zones: Sequence[str]) -> list[list[LabelledSpan]]:
        return [labelled(zone) for zone in zones]

    def labelled(zone: str) -> list[LabelledSpan]:
        return [
            LabelledSpan(start, min(start + length, len(zone)), label)
            for start, length, label in places
            if start < len(zone)
        ]

    return draft_of(text, zones=zones), recognise


@given(recognised())
def test_any_mention_is_evidence_in_a_zone_and_overlaps_no_other(
    drawn: tuple[Draft, Recognise],
) -> None:
    article, recognise = drawn
    [made] = entities([article], recognise)
    mentions = sorted(
        (mention.start, mention.end) for entity in made for mention in entity.mentions
    )
    for entity in made:
        assert entity.name
        for mention in entity.mentions:
            assert article.text[mention.start : mention.end] == mention.text != ""
            assert "\n" not in mention.text
            assert any(a <= mention.start and mention.end <= b for a, b in article.zones())
    assert all(one[1] <= other[0] for one, other in pairwise(mentions))
    assert len({(entity.name, entity.type) for entity in made}) == len(made)
