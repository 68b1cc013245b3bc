"""The window layers of spaCy's small models, in few and large matrix products.

What is computed is what spaCy's `MaxoutWindowEncoder.v2` (Tok2Vec.v2) computes: layers that each
look one token to the left and one to the right. The pieces of a maxout are blocks one after the
other here, so their maximum is taken over whole rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]

_TINY = np.float32(1e-8)
"""What thinc adds to a variance."""


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
