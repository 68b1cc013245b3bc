from services.search.results import Bucket, Hit, Results
from services.web.asked import LAST_PAGE, Asked
from services.web.found import chosen, facets, following, previous, summary


def hit(number=0):
    return Hit(
        article_id=str(number),
        version=1,
        score=None,
        title="Title",
        first_words="",
        timestamp="2024",
        timestamp_origin="published",
        source="reuters",
    )


def found(total, shown, **changes):
    return Results(tuple(map(hit, range(shown))), total, **changes)


def test_a_chosen_name_can_be_left_out_again():
    asked = Asked(q="war", chosen=(("place", "Kyiv"), ("person", "X")))
    assert [(one.label, one.href) for one in chosen(asked)] == [
        ("Places: Kyiv", "/?q=war&person=X"),
        ("People: X", "/?q=war&place=Kyiv"),
    ]


def test_a_facet_narrows_and_one_that_is_chosen_widens_in_whatever_case():
    counted = {"places": (Bucket("Kyiv", 3), Bucket("Lviv", 1)), "people": ()}
    (places,) = facets(Asked(chosen=(("place", "KYIV"),)), found(3, 3, facets=counted))
    assert places.label == "Places"
    assert [(c.label, c.href, c.count, c.chosen) for c in places.choices] == [
        ("Kyiv", "/", 3, True),
        ("Lviv", "/?place=KYIV&place=Lviv", 1, False),
    ]


def test_the_summary_says_which_of_how_many():
    assert summary(Asked(), found(1, 1)) == "1 article"
    assert summary(Asked(), found(7, 7)) == "7 articles"
    assert summary(Asked(page=2), found(23, 10)) == "11 to 20 of 23 articles"
    assert summary(Asked(), found(10000, 10, total_is_exact=False)) == (
        "1 to 10 of more than 10,000 articles"
    )


def test_pages_end_where_the_articles_or_elasticsearch_do():
    assert previous(Asked()) is None
    assert previous(Asked(page=2)) == "/"
    assert following(Asked(), found(11, 10)) == "/?page=2"
    assert following(Asked(page=2), found(20, 10)) is None
    assert following(Asked(page=LAST_PAGE), found(99_999, 10)) is None
