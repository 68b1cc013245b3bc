from services.search.similar import model, similar_clause

SOURCE = {
    "title": "Quake",
    "body": "word " * 10_000,
    "people": "Ada",
    "places": ["Lviv", "Kyiv"],
    "signature": ["band-1"],
}


def like(**changes):
    return model({"hits": {"hits": [{"_id": "a", "_source": SOURCE | changes}]}})


def test_an_article_does_not_resemble_itself():
    assert similar_clause(like())["bool"]["must_not"] == {"ids": {"values": ["a"]}}


def test_it_takes_telling_words_or_a_copy_and_names_only_rank():
    clause = similar_clause(like())["bool"]
    words, copies = clause["must"]["bool"]["should"]
    assert copies["terms"]["signature"] == ["band-1"]
    assert words["more_like_this"]["like"][0].startswith("Quake\nword word")
    assert [next(iter(one["term"].items())) for one in clause["should"]] == [
        ("people", {"value": "Ada"}),
        ("places", {"value": "Lviv"}),
        ("places", {"value": "Kyiv"}),
    ]


def test_what_is_asked_is_bounded_whatever_the_article():
    clause = similar_clause(like(people=[f"P{n}" for n in range(3000)], signature=None))["bool"]
    [words] = clause["must"]["bool"]["should"]
    assert len(words["more_like_this"]["like"][0]) < 20_100
    assert len(clause["should"]) == 22


def test_no_article_is_no_model():
    assert model({"hits": {"hits": []}}) is None
