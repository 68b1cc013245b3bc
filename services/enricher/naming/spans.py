"""What the entity model hands over: labelled stretches of one text."""

from collections.abc import Callable, Sequence
from typing import NamedTuple


class LabelledSpan(NamedTuple):
    """A stretch of a text, in code points, with the label the model gives it (OntoNotes 5)."""

    start: int
    end: int
    label: str


Recognise = Callable[[Sequence[str]], Sequence[Sequence[LabelledSpan]]]
"""The entity model: from the zones of an article to the spans of each, in order and apart."""
