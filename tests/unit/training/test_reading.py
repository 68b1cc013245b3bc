import json
from pathlib import Path

import pytest

from training.annotated import annotated, line, texts
from training.columns import iob2, names, wikigold
from training.docred import docred
from training.passages import Passage, Span
from training.prose import passage, written
from training.sources import SOURCES, coarse, ours

GOLD = Path(__file__).parents[2] / "gold"

EWT = """# newdoc id = one
# text = Obama met (some) U.S. reporters.
1\tObama\tB-PER\t-\tx
2\tmet\tO\t-\tx
3\t(\tO\t-\tx
4\tsome\tO\t-\tx
5\t)\tO\t-\tx
6\tU.S.\tB-LOC\t-\tx
7\treporters\tO\t-\tx
8\t.\tO\t-\tx

# text = He left.
1\tHe\tO\t-\tx
2\tleft\tO\t-\tx
3\t.\tO\t-\tx

# newdoc id = two
# text = Paris
1\tParis\tB-LOC\t-\tx
"""
WIKIGOLD = (
    "The O\nMad I-ORG\nMarkets I-ORG\n, O\nTokyo I-LOC\n. O\n\n-DOCSTART- O\n\nHi O\n\n-DOCSTART- O"
)


def named(made: Passage) -> list[tuple[str, str]]:
    return [(made.text[span.start : span.end], span.label) for span in made.spans]


def test_universal_ner_keeps_the_text_of_its_sentences_and_its_documents_apart():
    first, second = map(passage, iob2(EWT.splitlines()))
    assert first.text == "Obama met (some) U.S. reporters. He left."
    assert named(first) == [("Obama", "PER"), ("U.S.", "LOC")]
    assert named(second) == [("Paris", "LOC")]


def test_wikigold_has_no_text_so_its_words_are_written_as_english_is():
    first, second = map(passage, wikigold(WIKIGOLD.splitlines()))
    assert first.text == "The Mad Markets, Tokyo."
    assert named(first) == [("Mad Markets", "ORG"), ("Tokyo", "LOC")]
    assert second.text == "Hi"


def test_docred_gives_each_sentence_its_mentions_but_no_times_and_numbers():
    article = {
        "sents": [["Ann", "Lee", "was", "born", "in", "1950", "."], ["Lee", "sang", "."]],
        "vertexSet": [
            [
                {"type": "PER", "pos": [0, 2], "sent_id": 0},
                {"type": "PER", "pos": [0, 1], "sent_id": 1},
            ],
            [{"type": "TIME", "pos": [5, 6], "sent_id": 0}],
        ],
    }
    [made] = map(passage, docred([json.dumps([article])]))
    assert made.text == "Ann Lee was born in 1950. Lee sang."
    assert named(made) == [("Ann Lee", "PER"), ("Lee", "PER")]


def test_tags_without_a_beginning_begin_where_the_type_changes():
    assert list(names(["I-PER", "I-PER", "I-LOC", "O", "I-LOC"])) == [
        (0, 2, "PER"),
        (2, 3, "LOC"),
        (4, 5, "LOC"),
    ]
    assert list(names(["B-PER", "B-PER", "I-PER"])) == [(0, 1, "PER"), (1, 3, "PER")]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('He said " no " , twice .', 'He said "no", twice.'),
        ("the well - known ( and old ) club", "the well-known (and old) club"),
        ("a $ 5 fee - or 10 % - is n't Ann 's", "a $5 fee-or 10%-isn't Ann's"),
    ],
)
def test_words_are_written_as_english_is(words, text):
    assert written(words.split()) == text


def test_our_annotations_are_written_and_read_again():
    corpus = [json.dumps({"url": "u", "headline": "Ann \n", "text": "Paris and Rome, late"})]
    text = "Ann\n\nParis and Rome"
    entities = [
        {"start": 0, "end": 3, "type": "PERSON", "optional": True},
        {"start": 5, "end": 10, "type": "GPE", "optional": False},
    ]
    [made] = annotated([line("u", text, entities)], texts(corpus))
    assert made == Passage(text, (Span(5, 10, "GPE"),), ((0, 3),))


def test_every_source_can_be_read():
    counts = [sum(len(piece.spans) for piece in coarse(source)) for source in SOURCES]
    assert counts == [2053, 1075, 3555, 20693]
    assert sum(len(article.spans) for article in ours()) == 7445


def test_nothing_is_learned_from_what_accuracy_is_measured_on():
    """The gold articles are of the same corpus."""
    gold = {path.read_text("utf-8")[:200] for path in GOLD.glob("*/*.txt")}
    assert gold.isdisjoint(article.text[:200] for article in ours())
