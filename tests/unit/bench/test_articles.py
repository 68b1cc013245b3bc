from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from schemas.enriched_article import EnrichedArticle
from schemas.raw_article import RawArticle
from schemas.reading import read
from tests.bench.articles import enriched_articles, many, raw_articles, record, texts, varied
from tests.builders import enriched_article


def test_more_articles_than_the_corpus_has_differ_in_their_names_alone():
    few = len(texts())
    first, second = texts()[0], next(islice(many(texts()), few, None))[1]
    assert first != second
    assert [len(word) for word in first.split()] == [len(word) for word in second.split()]


@given(st.integers(1, 10_000), st.sampled_from(texts()))
def test_a_name_becomes_the_same_other_name_wherever_it_stands(seed, text):
    pairs = set(zip(text.split(), varied(text, seed).split(), strict=True))
    assert len(pairs) == len({word for word, _ in pairs})


def test_an_article_is_the_same_in_each_run():
    assert list(raw_articles(3, begin=1000)) == list(raw_articles(3, begin=1000))


def test_enriched_articles_keep_their_evidence_and_are_different_articles():
    made = list(enriched_articles([enriched_article()], 5))
    assert len({one.article_id for one in made}) == 5
    assert len({one.text for one in made}) > 1
    assert len({one.signature for one in made}) == 5
    for one in made:
        for entity in one.entities:
            assert [one.text[at.start : at.end] for at in entity.mentions] == [
                at.text for at in entity.mentions
            ]


def test_records_are_what_the_workers_read():
    (raw,) = raw_articles(1)
    (enriched,) = enriched_articles([enriched_article()], 1)
    for kind, article in ((RawArticle, raw), (EnrichedArticle, enriched)):
        made = record(article, "a-topic")
        assert read(kind, made.key, made.value) == article
