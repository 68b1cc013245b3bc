from hypothesis import given
from hypothesis import strategies as st

from schemas.enriched_article import Entity, Mention
from services.tail.lines import human
from tests.builders import enriched_article


def entity(name: str, times: int) -> Entity:
    mention = Mention(start=0, end=1, text="K")
    return Entity(name=name, type="ORG", mentions=(mention,) * times)


def test_a_line_tells_when_what_who_where_and_how_many_numbers() -> None:
    assert human(enriched_article()) == (
        "2024-05-03  Kyiv receives air defence  |  people: Jens Stoltenberg  |  "
        "places: Kyiv, Germany  |  1 number: 2.4 billion euros"
    )


def test_the_numbers_shown_are_those_of_the_kinds_asked_for() -> None:
    (money,) = enriched_article().numbers
    killed = money.model_copy(update={"kind": "count", "text": "nine", "of": "people killed"})
    ordinal = money.model_copy(update={"kind": "ordinal", "text": "first", "of": "time"})
    article = enriched_article(numbers=(ordinal, killed, money))
    assert human(article).endswith("  |  3 numbers: nine people killed, 2.4 billion euros")
    assert human(article, ("ordinal",)).endswith("  |  3 numbers: first")
    assert human(article, ("speed",)).endswith("  |  3 numbers")


def test_an_article_without_title_or_date_shows_its_first_words() -> None:
    line = human(enriched_article(title=None, published_at=None, entities=(), numbers=()))
    assert line.startswith("undated  Kyiv receives air defence Jens Stoltenberg said")
    assert line.endswith("…  |  0 numbers")


def test_the_most_mentioned_come_first() -> None:
    organisations = (entity("A", 1), entity("B", 3), entity("C", 2), entity("D", 1))
    assert "orgs: B, C, A  |" in human(enriched_article(entities=organisations))


def test_a_retraction_shows() -> None:
    assert "[canceled]" in human(enriched_article(status="canceled"))


@given(st.text())
def test_no_text_breaks_the_line_or_commands_the_terminal(text: str) -> None:
    assert human(enriched_article(text=text, title=None)).isprintable()
