"""Ways to find entities with a spaCy model: spaCy's own, and a faster one to the same result."""

from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any

import numpy as np
import structlog
from spacy.attrs import IDS  # type: ignore[import-not-found]  # Cython without types
from spacy.language import Language
from thinc.api import Model

from services.enricher.naming.spans import LabelledSpan
from services.enricher.recognition.forms import FirstWindowLayer, Forms, FormVectors
from services.enricher.recognition.layers import Floats, WindowLayer, spread
from services.enricher.recognition.transitions import Weights, decode, weights_of
from services.enricher.recognition.words import Runs, Words

log = structlog.get_logger(__name__)

Read = Callable[[Sequence[str]], list[list[LabelledSpan]]]
"""From texts to the entities of each, in order."""

DERIVED_FOR: dict[str, Any] = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "maxout_pieces": 2,
    "use_upper": True,
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "include_static_vectors": False,
        },
        "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "window_size": 1},
    },
}
"""What the configuration of a model must say for `at_once` to read as it does; sizes may differ."""

_SAMPLE = (
    "Ursula von der Leyen met 27 EU leaders in Brussels on Monday, 3 May 2024.",
    " \n",
    "$2.5 billion",
    "The United Nations Office for the Coordination of Humanitarian Affairs doesn't agree",
)


def fastest(nlp: Language, fast: Callable[[Language], Read] | None = None) -> Read:
    """Return `fast` (`at_once`) if it reads as the model does, else spaCy's own loop; log why."""
    own = one_by_one(nlp)
    if not is_derived_for(nlp):
        log.warning("Entities are read by spaCy's own loop, at a fraction of the speed.")
        return own
    read = (fast or at_once)(nlp)
    if read(_SAMPLE) != own(_SAMPLE):
        log.warning("Entities are read by spaCy's own loop: the faster one differs from it.")
        return own
    return read


def is_derived_for(nlp: Language) -> bool:
    """Tell whether the model has the shape that `at_once` was derived for."""
    if nlp.pipe_names != ["ner"]:
        return False
    return _agrees(nlp.config["components"]["ner"].get("model"), DERIVED_FOR)


def _agrees(given: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(given, dict) and all(
            _agrees(given.get(name), value) for name, value in wanted.items()
        )
    return bool(given == wanted)


def one_by_one(nlp: Language) -> Read:
    """Read as spaCy does."""

    def read(texts: Sequence[str]) -> list[list[LabelledSpan]]:
        return [
            [LabelledSpan(span.start_char, span.end_char, span.label_) for span in doc.ents]
            for doc in nlp.pipe(texts)
        ]

    return read


def at_once(nlp: Language) -> Read:
    """Read all tokens at once; see `forms`, `layers` and `transitions` for how."""
    ner: Any = nlp.get_pipe("ner")
    tok2vec, lower, upper = (ner.model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
    inner, _, linear = tok2vec.layers
    embed, encode = inner.layers
    extract, _, hashed, mixed, _ = embed.layers
    _look_up_only(nlp, [*extract.attrs["columns"], "IS_SPACE"])
    layers = [_window_layer(residual) for residual in encode.layers[0].layers]
    first = FirstWindowLayer(layers[0])
    forms = FormVectors(
        lambda rows: mixed.layers[0].predict(hashed.layers[0].predict(rows)),
        len(layers[0].gain),
        first.learn,
    )
    cut = Runs(partial(_cut, nlp, extract.attrs["columns"]), forms)
    weights = weights_of(
        [*ner.move_names[:-1], "U-", ner.move_names[-1]],  # spaCy has U- as well, but hides it
        (lower.get_param("W"), lower.get_param("b"), lower.get_param("pad")),
        (upper.get_param("W"), upper.get_param("b")),
    )
    matrix = linear.get_param("W").T.copy()
    return _AtOnce(cut, forms, first, layers[1:], matrix, linear.get_param("b"), weights)


@dataclass(frozen=True, slots=True)
class _AtOnce:
    cut: Runs
    forms: FormVectors
    first: FirstWindowLayer
    others: Sequence[WindowLayer]
    matrix: Floats
    bias: Floats
    weights: Weights

    def __call__(self, texts: Sequence[str]) -> list[list[LabelledSpan]]:
        found: list[list[LabelledSpan]] = [[] for _ in texts]
        filled = {number: text for number, text in enumerate(texts) if text}
        if not filled:
            return found
        words = self.cut(filled.values())
        vectors = self._vectors(words)
        numbers, offsets = list(filled), [0, *accumulate(map(len, filled.values()))]
        for begin, end, label in decode(self.weights, vectors, words.counts, words.space):
            start, stop = words.span(begin, end)
            place = bisect(offsets, start) - 1
            offset = offsets[place]
            found[numbers[place]].append(LabelledSpan(start - offset, stop - offset, label))
        return found

    def _vectors(self, words: Words) -> Floats:
        rows, places = spread(words.rows, words.counts, 1 + len(self.others))
        x = self.first(rows, self.forms.kept)
        for layer in self.others:
            x = layer(x)
        vectors: Floats = (x.T @ self.matrix).take(places, axis=0) + self.bias
        return vectors


def _look_up_only(nlp: Language, attributes: Iterable[str]) -> None:
    """Leave out what else spaCy finds out about a new word: that is a third of what one costs."""
    vocab: Any = nlp.vocab
    for unread in set(vocab.lex_attr_getters) - {IDS[name] for name in attributes}:
        del vocab.lex_attr_getters[unread]


def _cut(nlp: Language, columns: Sequence[str], text: str) -> tuple[Forms, Sequence[int]]:
    """Cut a text into tokens, and tell the form and the length of each."""
    attributes = np.asarray(nlp.make_doc(text).to_array([*columns, "LENGTH"]), np.uint64)
    return attributes[:, :-1], attributes[:, -1].tolist()


def _window_layer(residual: Model[Any, Any]) -> WindowLayer:
    maxout, norm = (
        next(node for node in residual.walk() if node.name == name)
        for name in ("maxout", "layernorm")
    )
    parameters = [(maxout, "W"), (maxout, "b"), (norm, "G"), (norm, "b")]
    return WindowLayer.of(*(np.asarray(node.get_param(name)) for node, name in parameters))
