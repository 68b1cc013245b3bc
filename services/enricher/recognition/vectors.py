"""The token vectors of spaCy's small models, in few and large matrix products.

What is computed is what spaCy's `MultiHashEmbed.v2` and `MaxoutWindowEncoder.v2` (Tok2Vec.v2)
compute: a first layer from the form of a word, then layers that each look one token to the left and
one to the right. Three things follow that spaCy does not use: the first layer is the same wherever
a form stands, so it is kept; so is what a form gives to the product of the first window layer,
which is a sum over the three tokens of the window; and the pieces of a maxout can be blocks one
after the other, whose maximum is taken over whole rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]
Forms = NDArray[np.uint64]
"""A row a token: NORM, PREFIX, SUFFIX and SHAPE, all that the first layer knows of it."""

MOST_FORMS = 20_000
"""Forms with more of which none is kept any more: 10 MB with their keys. English news has some 60
new ones in an article once the first few hundred articles are read."""

MOST_SHARES = 3_000
"""Forms whose shares of the first window layer are kept: 10 MB. The first to come are the common
ones, three of four tokens; the shares of the others are computed where they stand. To keep 10,000
saved no time that could be measured."""

_TINY = np.float32(1e-8)
"""What thinc adds to a variance."""


class FormVectors:
    """The first layer, computed once for each form of a word."""

    def __init__(
        self,
        embed: Callable[[Forms], Floats],
        width: int,
        learn: Callable[[int, Floats], None],
        most: int = MOST_FORMS,
    ) -> None:
        """Tell `learn` the vectors that are new, and the row of the first."""
        self._embed, self._tell = embed, learn
        self._most = most
        self.kept = np.zeros((1, width), np.float32)
        """A vector in each row, and rows that are not taken yet. Row 0 is that of no word."""
        self.forget()

    def forget(self) -> None:
        """Keep nothing any more."""
        self._rows: dict[bytes, int] = {}
        self.kept = self.kept[:1].copy()

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
        first = 1 + len(self._rows)
        end = first + len(keys)
        if end > len(self.kept):
            larger = np.empty((2 * end, vectors.shape[1]), np.float32)
            larger[:first] = self.kept[:first]
            self.kept = larger
        self.kept[first:end] = vectors
        self._tell(first, vectors)
        self._rows.update(zip(keys, range(first, end), strict=True))


@dataclass(frozen=True, slots=True)
class WindowLayer:
    """A maxout over a token and its two neighbours, normalised and added to the token.

    A token is a column of x here, so what is done to all tokens alike goes over long rows; the
    columns are `paired`. A layer takes the tokens two by two: both lie in each other's window, so
    four products of one token's size give what six would (Winograd's F(2, 3); A. Lavin and S. Gray,
    "Fast Algorithms for Convolutional Neural Networks", 2016, section 4.1).
    """

    weights: Floats
    """(3, pieces × width, width): from the token before, the token itself and the one after to the
    pieces, one after the other."""
    bias: Floats
    """(pieces × width, 1)"""
    gain: Floats
    """(width, 1), as is the next one."""
    shift: Floats
    filters: Floats
    """(4, pieces × width, width): what a pair's four columns are multiplied by."""

    @classmethod
    def of(cls, weights: Floats, bias: Floats, gain: Floats, shift: Floats) -> "WindowLayer":
        """Take thinc's parameters: (width, pieces, 3 × width), (width, pieces), twice (width,)."""
        width, pieces, _ = weights.shape
        by_place = weights.reshape(width, pieces, 3, width).transpose(2, 1, 0, 3)
        rows = by_place.reshape(3, pieces * width, width)
        before, here, after = rows
        sums = (before + here + after) / 2, (before - here + after) / 2
        filters = np.stack([before, *sums, after])
        return cls(rows, bias.T.reshape(-1, 1), gain[:, None], shift[:, None], filters)

    def __call__(self, x: Floats) -> Floats:
        """Apply the layer to (width, tokens); beyond both ends there is nothing."""
        sums = _pairs(x)
        first, both, other, last = self.filters @ sums
        both += self.bias
        first += both
        first += other
        both -= other
        both -= last
        halves = (pieces.reshape(-1, *sums.shape[1:]) for pieces in (first, both))
        best = np.hstack([reduce(np.maximum, pieces) for pieces in halves])
        return self.after(best, x)

    def after(self, best: Floats, x: Floats) -> Floats:
        """Apply to `x` what follows on the maximum of the pieces."""
        mean = np.full(len(x), 1 / len(x), np.float32)
        best -= mean @ best
        variance = np.einsum("ij,ij->j", best, best) / np.float32(len(x)) + _TINY
        best *= 1 / np.sqrt(variance)
        best *= self.gain
        best += self.shift
        best += x
        return best


def _pairs(x: Floats) -> Floats:
    """Give a pair's four columns, (4, width, tokens / 2), that a layer multiplies by its filters.

    With the tokens a b c d, of which b c is the pair: a - c, b + c, c - b, b - d.
    """
    half = x.shape[1] // 2
    b, c = x[:, :half], x[:, half:]
    columns = np.zeros((4, len(x), half), np.float32)
    columns[0, :, 1:] = c[:, :-1]
    columns[0] -= c
    np.add(b, c, out=columns[1])
    np.subtract(c, b, out=columns[2])
    columns[3, :, :-1] = b[:, 1:]
    np.subtract(b, columns[3], out=columns[3])
    return columns


def paired(tokens: NDArray[Any]) -> NDArray[Any]:
    """Put every other token first, an even number of them, then the others."""
    return np.concatenate([tokens[::2], tokens[1::2]])


class FirstWindowLayer:
    """A window layer over form vectors, whose product is summed from what each form gives to it."""

    def __init__(self, layer: WindowLayer, most: int = MOST_SHARES) -> None:
        """Keep the shares of the first `most` rows."""
        self._layer = layer
        width = len(layer.gain)
        self._weights = np.hstack([place.T for place in layer.weights])
        self._bias = layer.bias[:, 0]
        self._kept = np.empty((most, 3, len(self._bias)), np.float32)
        """By row: what it gives to the token after it, to itself and to the one before it."""
        self.learn(0, np.zeros((1, width), np.float32))

    def learn(self, row: int, vectors: Floats) -> None:
        """Keep what form vectors give, the first of which is that of a row."""
        kept = self._kept[row : row + len(vectors)]
        kept[:] = self._shares(vectors[: len(kept)])
        kept[:, 1] += self._bias

    def _shares(self, vectors: Floats) -> Floats:
        shares: Floats = vectors @ self._weights
        return shares.reshape(-1, 3, len(self._bias))

    def __call__(self, rows: Rows, vectors: Floats) -> Floats:
        """Apply the layer to rows of the form vectors; the first one and the last must be 0.

        Returns (width, tokens), `paired`.
        """
        width = vectors.shape[1]
        product = self._product(rows, vectors)
        best = product[:, :width]
        for piece in range(width, len(self._bias), width):
            best = np.maximum(best, product[:, piece : piece + width])
        return self._layer.after(paired(best).T.copy(), vectors.take(paired(rows), axis=0).T)

    def _product(self, rows: Rows, vectors: Floats) -> Floats:
        kept = self._kept.reshape(-1, len(self._bias))
        near = 3 * np.where(rows < len(self._kept), rows, 0)
        product = kept.take(near + 1, axis=0)
        product[1:] += kept.take(near[:-1], axis=0)
        product[:-1] += kept.take(near[1:] + 2, axis=0)
        far = np.flatnonzero(rows >= len(self._kept))
        if len(far):
            shares = self._shares(vectors[rows[far]])
            for place in range(3):
                product[far + 1 - place] += shares[:, place]
        return product


def spread(rows: Rows, lengths: Sequence[int], gap: int) -> tuple[Rows, Rows]:
    """Lay the rows of texts out one after the other, `gap` times row 0 around each.

    Each layer sees one token further, so `gap` layers keep the texts apart, as spaCy does. One more
    row makes them even. Return the rows, and where the texts' own are once they are `paired`.
    """
    places = np.arange(len(rows)) + gap * (1 + np.repeat(np.arange(len(lengths)), lengths))
    size = len(rows) + gap * (len(lengths) + 1)
    laid = np.zeros(size + size % 2, np.intp)
    laid[places] = rows
    return laid, places // 2 + places % 2 * (len(laid) // 2)
