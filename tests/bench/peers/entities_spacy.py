"""The entities of the model that ships, through spaCy's own `nlp.pipe` with its default BLIS.

`python -m tests.bench.peers.entities_spacy FILE`
"""

from collections.abc import Iterable, Iterator

import spacy

from services.enricher.recognition.model import WEIGHTS
from tests.bench.percore import Found, main

AT_ONCE = 64


def entities(texts: Iterable[str]) -> Iterator[Found]:
    """Find them."""
    for doc in nlp.pipe(texts, batch_size=AT_ONCE):
        yield [(one.start_char, one.end_char, one.label_) for one in doc.ents]


if __name__ == "__main__":
    nlp = spacy.load(WEIGHTS)
    main(entities)
