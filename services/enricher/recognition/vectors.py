"""The token vectors of spaCy's small models, in few and large matrix products.

What is computed is what spaCy's `MultiHashEmbed.v2` and `MaxoutWindowEncoder.v2` (Tok2Vec.v2)
compute: a first layer from the form of a word, then layers that each look one token to the left and
one to the right. Two things follow that spaCy does not use: the first layer is the same wherever a
form stands, so it is kept; and the pieces of a maxout can be columns side by side, whose maximum is
taken over whole rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Forms = NDArray[np.uint64]
"""A row a token: NORM, PREFIX, SUFFIX and SHAPE, all that the first layer knows of it."""

MOST_FORMS = 20_000
"""Forms with more of which none is kept any more: 10 MB with their keys. English news has some 60
new ones in an article once the first few hundred articles are read."""

_TINY = np.float32(1e-8)
"""What thinc adds to a variance."""


class FormVectors:
    """The first layer, computed once for each form of a word."""

    def __init__(self, embed: Callable[[Forms], Floats], most: int = MOST_FORMS) -> None:
        self._embed = embed
        self._most = most
        self.forget()

    def forget(self) -> None:
        """Keep nothing any more."""
        self._rows: dict[bytes, int] = {}
        self.kept = np.empty((0, 0), np.float32)
        """A vector in each row, and rows that are not taken yet."""

    @property
    def full(self) -> bool:
        """Tell whether it is time to forget."""
        return len(self._rows) > self._most

    def rows(self, forms: Forms) -> list[int]:
        """Return the row of `kept` where the vector of each form is."""
        width = forms.dtype.itemsize * forms.shape[1]
        keys: list[bytes] = np.ascontiguousarray(forms).view(f"V{width}").ravel().tolist()
        new = {key: None for key in keys if key not in self._rows}
        if new:
            self._learn(list(new))
        return [self._rows[key] for key in keys]

    def _learn(self, keys: Sequence[bytes]) -> None:
        vectors = self._embed(np.frombuffer(b"".join(keys), np.uint64).reshape(len(keys), -1))
        first = len(self._rows)
        if first + len(keys) > len(self.kept):
            larger = np.empty((2 * (first + len(keys)), vectors.shape[1]), np.float32)
            larger[:first] = self.kept[:first].reshape(first, vectors.shape[1])
            self.kept = larger
        self.kept[first : first + len(keys)] = vectors
        self._rows.update(zip(keys, range(first, first + len(keys)), strict=True))


@dataclass(frozen=True, slots=True)
class WindowLayer:
    """A maxout over a token and its two neighbours, normalised and added to the token."""

    weights: Floats
    """(3 × width, pieces × width): from a window to the pieces, one after the other."""
    bias: Floats
    gain: Floats
    shift: Floats

    @classmethod
    def of(cls, weights: Floats, bias: Floats, gain: Floats, shift: Floats) -> "WindowLayer":
        """Take thinc's parameters: (width, pieces, 3 × width), (width, pieces), twice (width,)."""
        columns = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T
        return cls(np.ascontiguousarray(columns), bias.T.reshape(-1).copy(), gain, shift)

    def __call__(self, x: Floats) -> Floats:
        """Apply the layer to (tokens, width); beyond both ends there is nothing."""
        tokens, width = x.shape
        window = np.zeros((tokens, 3 * width), np.float32)
        window[1:, :width] = x[:-1]
        window[:, width : 2 * width] = x
        window[:-1, 2 * width :] = x[1:]
        y = window @ self.weights
        y += self.bias
        best = y[:, :width]
        for piece in range(width, y.shape[1], width):
            best = np.maximum(best, y[:, piece : piece + width])
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best)[:, None] / np.float32(width) + _TINY
        best *= self.gain / np.sqrt(variance)
        best += self.shift
        best += x
        return best


def spread(vectors: Floats, lengths: Sequence[int], gap: int) -> tuple[Floats, NDArray[np.intp]]:
    """Lay texts out in one array, `gap` rows of zeros around each; return it and their rows.

    Each layer sees one row further, so `gap` layers keep the texts apart, as spaCy does.
    """
    total = sum(lengths) + gap * (len(lengths) + 1)
    starts = np.cumsum([0, *lengths])
    rows = np.concatenate(
        [np.arange(a, b) + gap * (text + 1) for text, (a, b) in enumerate(pairwise(starts))]
    )
    laid = np.zeros((total, vectors.shape[1]), np.float32)
    laid[rows] = vectors
    return laid, rows
