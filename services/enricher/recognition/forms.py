"""What depends on the form of a word alone, computed once and kept.

That is the first layer of spaCy's small models (`MultiHashEmbed.v2`), which is the same wherever a
form stands, and what a form gives to the product of the first window layer: that is a sum over the
three tokens of the window.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from services.enricher.recognition.layers import Floats, Rows, WindowLayer, paired

Forms = NDArray[np.uint64]
"""A row a token: NORM, PREFIX, SUFFIX and SHAPE, all that the first layer knows of it."""

MOST_FORMS = 20_000
"""Forms with more of which none is kept any more: 10 MB with their keys. English news has some 60
new ones in an article once the first few hundred articles are read."""

MOST_SHARES = 3_000
"""Forms whose shares of the first window layer are kept: 10 MB. The first to come are the common
ones, three of four tokens; the shares of the others are computed where they stand. To keep 10,000
saved no time that could be measured."""


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
