"""The fast way to read entities gives what spaCy's own loop gives."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from structlog.testing import capture_logs

from services.enricher.naming.spans import LabelledSpan
from services.enricher.recognition.forms import FirstWindowLayer, Forms, FormVectors
from services.enricher.recognition.layers import Floats, WindowLayer, paired, spread
from services.enricher.recognition.model import WEIGHTS, batches, load
from services.enricher.recognition.reading import Read, at_once, fastest, one_by_one
from services.enricher.recognition.transitions import STEPS, Weights, decode, weights_of
from services.enricher.recognition.words import Runs

CORPUS = Path(__file__).parents[2] / "corpus" / "wikinews-2019-2020.jsonl"

Found = list[list[LabelledSpan]]
Both = Callable[[Sequence[str]], tuple[Found, Found]]

ODD = st.lists(
    st.one_of(
        st.sampled_from(
            ["Angela", "Merkel", "U.S.", "Bank", "of", "the", "Kyiv's", "3 May 2024", "$", "5", "."]
        ),
        st.sampled_from(
            [" ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u200b", "-", "(", "👩‍🚀", "🇺🇦"]
        ),
        st.text(max_size=6),
    ),
    max_size=60,
).map(" ".join)


@pytest.fixture(scope="module")
def both() -> Both:
    """Read some texts with the shipped model both ways."""
    fast, slow = at_once(spacy.load(WEIGHTS)), one_by_one(spacy.load(WEIGHTS))

    return lambda texts: (fast(texts), slow(texts))


def test_the_articles_of_the_corpus_have_the_same_entities(both: Both) -> None:
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    fast, slow = both([article["text"] for article in articles])
    assert fast == slow
    assert sum(map(len, slow)) > 10 * len(articles)


@settings(deadline=None)
@given(st.lists(ODD, max_size=4))
def test_odd_texts_have_the_same_entities(both: Both, texts: list[str]) -> None:
    fast, slow = both(texts)
    assert fast == slow


@pytest.mark.parametrize(
    "text", ["", "Kyiv", " ", "\n \n", "👩‍🚀", "Kyiv Kyiv " * 1_500, "the of " * 1_500, "A." * 900]
)
def test_texts_at_the_edge_have_the_same_entities(both: Both, text: str) -> None:
    fast, slow = both([text, "Angela Merkel", text])
    assert fast == slow


def test_a_text_of_a_megabyte_is_read_piece_by_piece(both: Both) -> None:
    text = "Angela Merkel met reporters in Kyiv and spoke of it " * 20_000
    spans = load()([text])[0]
    assert len(text) > 1_000_000
    (_, start, end), *_ = next(batches([text]))
    first = both([text[start:end]])[1][0]
    assert len(spans) >= len(first) * (len(text) // (end - start))
    assert {text[span.start : span.end] for span in spans} >= {"Angela Merkel", "Kyiv"}


def test_a_model_of_another_shape_is_read_by_its_own_loop_and_says_so() -> None:
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    ner.add_label("PERSON")  # type: ignore[attr-defined]  # a Pipe has none, this one has
    nlp.initialize()
    with capture_logs() as logs:
        read = fastest(nlp)
        read(["Angela Merkel"])
        read(["Angela Merkel"])
    assert [entry["log_level"] for entry in logs] == ["warning"]


def test_a_model_that_the_fast_way_reads_otherwise_is_read_by_its_own_loop() -> None:
    nlp = spacy.load(WEIGHTS)
    own = one_by_one(nlp)

    def wrong(_: Language) -> Read:
        return lambda texts: [[] for _ in texts]

    with capture_logs() as logs:
        read = fastest(nlp, wrong)
    assert len(logs) == 1
    text = "Angela Merkel met reporters."
    assert read([text]) == own([text]) != [[]]


LABELS = ("PERSON", "GPE", "ORG")
MOVES = [*(f"{kind}-{label}" for kind in "BILU" for label in LABELS), "U-", "O"]
WIDTH, HIDDEN, PIECES = 5, 4, 2


def drawn(seed: int, keeps_open: float) -> tuple[Weights, tuple[np.ndarray, ...]]:
    """Draw a decoder; `keeps_open` is added to the score of I-, so that entities get long."""
    random = np.random.default_rng(seed)

    def array(*shape: int) -> np.ndarray:
        return random.normal(size=shape).astype(np.float32)

    lower = array(3, HIDDEN, PIECES, WIDTH), array(HIDDEN, PIECES), array(1, 3, HIDDEN, PIECES)
    output = array(len(MOVES), HIDDEN), array(len(MOVES))
    output[1][[move.startswith("I") for move in MOVES]] += keeps_open
    return weights_of(MOVES, lower, output), (*lower, *output)


def step_by_step(
    parameters: tuple[np.ndarray, ...], x: np.ndarray, space: np.ndarray
) -> list[tuple[int, int, str]]:
    """Decode one text as spaCy does: token by token, the best of the legal moves."""
    w, b, pad, v, c = parameters
    found, opened = [], None
    for i in range(len(x)):
        features = (i, -1, -1) if opened is None else (i, opened[0], i - 1)
        shares = [w[f] @ x[row] if row >= 0 else pad[0, f] for f, row in enumerate(features)]
        scores = v @ (sum(shares) + b).max(axis=1) + c
        legal = [
            is_legal(move, opened, last=i == len(x) - 1, space=bool(space[i])) for move in MOVES
        ]
        move = MOVES[int(np.where(legal, scores, -np.inf).argmax())]
        if move[0] == "B":
            opened = i, move[2:]
        elif move[0] == "U":
            found.append((i, i + 1, move[2:]))
        elif move[0] == "L":
            assert opened
            found.append((opened[0], i + 1, move[2:]))
            opened = None
    return found


def is_legal(move: str, opened: tuple[int, str] | None, *, last: bool, space: bool) -> bool:
    kind, label = move[0], move[2:]
    if opened is not None:
        return label == opened[1] and (kind == "L" or (kind == "I" and not last))
    if kind == "O":
        return True
    return bool(label) and not space and (kind == "U" or (kind == "B" and not last))


@pytest.mark.parametrize("keeps_open", [-2.0, 0.0, 2.0, 5.0, 50.0])
@pytest.mark.parametrize("seed", range(20))
def test_any_weights_decode_as_step_by_step(seed: int, keeps_open: float) -> None:
    weights, parameters = drawn(seed, keeps_open)
    random = np.random.default_rng(seed + 1_000)
    lengths = [1, 2, 4 * STEPS, 30]
    x = random.normal(size=(sum(lengths), WIDTH)).astype(np.float32)
    space = random.random(len(x)) < 0.2
    wanted, start = [], 0
    for length in lengths:
        text = slice(start, start + length)
        found = step_by_step(parameters, x[text], space[text])
        wanted += [(start + first, start + end, label) for first, end, label in found]
        start += length
    assert decode(weights, x, lengths, space) == wanted


def embedding(asked: list[int]) -> Callable[[Forms], Floats]:
    """Make ten times the first attribute of a form; note how many were asked for."""

    def embed(rows: Forms) -> Floats:
        asked.append(len(rows))
        return np.asarray(rows[:, :2] * np.uint64(10)).astype(np.float32)

    return embed


def test_the_vector_of_a_form_is_made_once() -> None:
    asked: list[int] = []
    told: list[tuple[int, int]] = []
    vectors = FormVectors(embedding(asked), 2, lambda row, new: told.append((row, len(new))), 4)
    for numbers in ([1, 2, 1], [3, 2], [4, 5, 6, 7, 8, 1], [8, 1]):
        rows = vectors.rows(np.array([[number] * 4 for number in numbers], np.uint64))
        assert vectors.kept[rows].tolist() == [[10.0 * number] * 2 for number in numbers]
        assert vectors.full == (8 in numbers)
    assert asked == [2, 1, 5]
    assert told == [(1, 2), (3, 1), (4, 5)]


def drawn_layer(seed: int) -> tuple[WindowLayer, Callable[[Floats], Floats]]:
    """Draw parameters; return their layer, and what it computes, as thinc writes it."""
    random = np.random.default_rng(seed)
    shapes = (WIDTH, 3, 3 * WIDTH), (WIDTH, 3), (WIDTH,), (WIDTH,)
    w, b, gain, shift = (random.normal(size=shape).astype(np.float32) for shape in shapes)

    def plain(x: Floats) -> Floats:
        padded = np.pad(x, ((1, 1), (0, 0)))
        windows = np.hstack([padded[:-2], x, padded[2:]])
        best = (np.einsum("tw,opw->top", windows, w) + b).max(axis=2)
        normal = (best - best.mean(axis=1, keepdims=True)) / best.std(axis=1, keepdims=True)
        return np.asarray(normal * gain + shift + x)

    return WindowLayer.of(w, b, gain, shift), plain


@pytest.mark.parametrize("tokens", [2, 4, 6, 50])
def test_a_layer_of_pairs_is_one_of_windows(tokens: int) -> None:
    layer, plain = drawn_layer(tokens)
    x = np.random.default_rng(tokens).normal(size=(tokens, WIDTH)).astype(np.float32)
    assert np.allclose(layer(paired(x).T.copy()), paired(plain(x)).T, atol=1e-5)


@pytest.mark.parametrize("most", [1, 4, 8])
def test_what_forms_give_adds_up_to_a_layer_over_windows(most: int) -> None:
    layer, plain = drawn_layer(most)
    first = FirstWindowLayer(layer, most)
    for rows in ([0, 1, 2, 0], [0, 7, 7, 0, 7, 0], [0, 1, 5, 2, 0, 0, 3, 4, 6, 7, 7, 0]):
        vectors = np.random.default_rng(len(rows)).normal(size=(8, WIDTH)).astype(np.float32)
        vectors[0] = 0
        first.learn(1, vectors[1:3])
        first.learn(3, vectors[3:])
        wanted = paired(plain(vectors[rows])).T
        assert np.allclose(first(np.array(rows), vectors), wanted, atol=1e-5)


@pytest.mark.parametrize("lengths", [[1], [2], [3, 1], [1, 2, 3]])
def test_texts_are_laid_out_apart_and_even(lengths: list[int]) -> None:
    rows = np.arange(1, sum(lengths) + 1)
    laid, places = spread(rows, lengths, 2)
    assert len(laid) % 2 == 0
    assert paired(laid)[places].tolist() == rows.tolist()
    gaps = "".join("x" if row else "." for row in laid).rstrip(".")
    assert gaps == ".." + "..".join("x" * length for length in lengths)
    assert laid[-2:].tolist() == [0, 0]


def forms(doc: Doc) -> Forms:
    return np.asarray(doc.to_array(["ORTH", "ORTH"]), np.uint64)


WORDS = "To the sea, and U.S. too. "


@pytest.mark.parametrize("most", [1_000, 10_000])
def test_runs_are_cut_once_and_forgotten_when_they_are_too_many(most: int) -> None:
    nlp, cuts = spacy.blank("en"), list[str]()

    def cut(text: str) -> tuple[Forms, Sequence[int]]:
        cuts.append(text)
        doc = nlp.make_doc(text)
        return forms(doc), [len(token) for token in doc]

    embed = embedding([])
    vectors = FormVectors(embed, 2, lambda *_: None)
    runs = Runs(cut, vectors, most)
    for _ in range(2):
        for text in (WORDS, " \n" + WORDS * 2, "so\nit"):
            docs = [nlp.make_doc(text), nlp.make_doc(WORDS)]
            words = runs([text, WORDS])
            assert list(words.counts) == [len(doc) for doc in docs]
            tokens = [token for doc in docs for token in doc]
            wanted = embed(np.concatenate([forms(doc) for doc in docs]))
            assert np.array_equal(vectors.kept[words.rows], wanted)
            spans = [words.span(at, at + 1) for at in range(len(tokens))]
            assert [words.text[start:end] for start, end in spans] == list(map(str, tokens))
            assert words.space.tolist() == [token.is_space for token in tokens]
    assert (len([text for text in cuts if "sea," in text]) == 1) is (most > 1_000)
