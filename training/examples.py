"""Passages as spaCy learns from them."""

from spacy.language import Language
from spacy.training import Example

from training.passages import Passage


def example(nlp: Language, passage: Passage) -> Example:
    """Make an example; a name that does not end where tokens end is unknown."""
    gold = nlp.make_doc(passage.text)
    found = [(span, gold.char_span(span.start, span.end, span.label)) for span in passage.spans]
    known = [entity for _, entity in found if entity is not None]
    odd = [span.place for span, entity in found if entity is None]
    taken = {token.i for entity in known for token in entity}
    places = (gold.char_span(*place, alignment_mode="expand") for place in (*odd, *passage.unknown))
    tokens = {token.i for place in places if place is not None for token in place}
    missing = [gold[index : index + 1] for index in sorted(tokens - taken)]
    gold.set_ents(known, missing=missing, default="outside")
    return Example(nlp.make_doc(passage.text), gold)
