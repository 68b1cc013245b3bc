"""spaCy's decoder of entities, for all tokens at once.

The decoder goes from token to token and gives each one of the moves B-, I-, L-, U- (begin, in, last
and only token of an entity, by label) or O. A move's score is

    output(maxout(lower[0, next token] + lower[1, first token of the open entity]
                  + lower[2, token before the next one] + bias))

where the last two stand only while an entity is open, else a learned padding stands for them
(`StateC.set_context_tokens` with n = 3 and `precomputable_affine` in spaCy 3.8). So outside of
entities nothing depends on the moves before, and one product scores every token as if no entity
were open there. Where the best move is B-, only I- and L- of its label are legal from there on: the
walk to the entity's end goes side by side for all tokens that could begin one. Read from left to
right, the entities are those that begin where no earlier one is still open.

Legal moves as in `ner.pyx`, for texts without preset entities or sentence starts: no entity begins
on white space or, with more than one token, on the last token; there only L- may follow.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.enricher.recognition.layers import Floats, Rows

STEPS = 16
"""Tokens to walk side by side. Few entities are longer, and a text in which every token seems to
begin an endless one must not take quadratic time: the rest of those that count is walked alone."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The decoder's parameters; `hidden` and the pieces of its maxout lie side by side."""

    labels: tuple[str, ...]
    lower: Floats
    """(3, width, pieces x hidden): from a token's vector to its share, by feature."""
    bias: Floats
    """(pieces x hidden,)"""
    closed: Floats
    """(pieces x hidden,): `bias`, and what stands for the open entity while there is none."""
    outside: Floats
    """(hidden, moves): B- by label, U- by label and O, in the order of spaCy's moves."""
    outside_bias: Floats
    closing: Floats
    """(labels, hidden): by how much L- scores more than I-."""
    closing_bias: Floats
    """(labels,)"""

    def hidden(self, shares: Floats) -> Floats:
        """Take the maximum of the pieces."""
        width = self.outside.shape[0]
        best = shares[:, :width]
        for piece in range(width, shares.shape[1], width):
            best = np.maximum(best, shares[:, piece : piece + width])
        return best


def weights_of(
    moves: Sequence[str],
    lower: tuple[Floats, Floats, Floats],
    output: tuple[Floats, Floats],
) -> Weights:
    """Arrange the parameters of a model: the names of its moves, then as thinc has them.

    `lower` are W (3, hidden, pieces, width), b (hidden, pieces) and pad (1, 3, hidden, pieces),
    `output` W (moves, hidden) and b (moves,). "B-PERSON" is a move; what has no label is none.
    """
    labels = tuple(move[2:] for move in moves if move.startswith("B-"))
    index = {move: i for i, move in enumerate(moves)}
    outside = [index[f"{kind}-{label}"] for kind in "BU" for label in labels] + [index["O"]]
    stays, closes = ([index[f"{kind}-{label}"] for label in labels] for kind in "IL")
    w, b, pad = lower
    scores, score_bias = output
    bias = b.T.reshape(-1)
    padding = pad[0].transpose(0, 2, 1).reshape(3, -1)
    return Weights(
        labels=labels,
        lower=np.ascontiguousarray(w.transpose(0, 3, 2, 1).reshape(3, w.shape[3], -1)),
        bias=bias,
        closed=bias + padding[1] + padding[2],
        outside=np.ascontiguousarray(scores[outside].T),
        outside_bias=score_bias[outside],
        closing=scores[closes] - scores[stays],
        closing_bias=score_bias[closes] - score_bias[stays],
    )


def decode(
    weights: Weights, vectors: Floats, lengths: Sequence[int], space: NDArray[np.bool_]
) -> list[tuple[int, int, str]]:
    """Return (first, end, label) of all entities, in rows of `vectors` and in order.

    `lengths` are the tokens of each text, `space` marks white space.
    """
    shares = vectors @ weights.lower[0]
    last = np.zeros(len(vectors), np.bool_)
    last[np.cumsum(lengths) - 1] = True
    walk = _Walk(weights, vectors, shares, last)
    moves = _outside(weights, shares, last, space)
    count = len(weights.labels)
    labels = moves % count
    starts = np.flatnonzero(moves < count)
    ends = np.arange(len(vectors))
    ends[starts] = walk.ends(starts, labels[starts], 1, STEPS)
    found, free = [], 0
    for first in np.flatnonzero(moves < 2 * count).tolist():
        if first < free:
            continue
        end = ends[first]
        if end < 0:
            alone = np.array([first])
            end = walk.ends(alone, labels[alone], STEPS + 1, len(vectors))[0]
        free = int(end) + 1
        found.append((first, free, weights.labels[labels[first]]))
    return found


def _outside(
    weights: Weights, shares: Floats, last: NDArray[np.bool_], space: NDArray[np.bool_]
) -> Rows:
    """Choose the best legal move of each token as if no entity were open."""
    count = len(weights.labels)
    scores = weights.hidden(shares + weights.closed) @ weights.outside
    scores += weights.outside_bias
    scores[space, : 2 * count] = -np.inf
    scores[last, :count] = -np.inf
    return np.asarray(scores.argmax(axis=1))


@dataclass(frozen=True, slots=True)
class _Walk:
    weights: Weights
    vectors: Floats
    shares: Floats
    last: NDArray[np.bool_]

    def ends(self, starts: Rows, labels: Rows, step: int, most: int) -> Rows:
        """Walk from each start, side by side, to the last row of its entity.

        The first row to decide about is `step` after the start, the last one `most` after it; -1
        where that did not do.
        """
        ends = np.full(len(starts), -1)
        shares = self.vectors[starts] @ self.weights.lower[1] + self.weights.bias
        open_ = np.arange(len(starts))
        while len(open_) and step <= most:
            rows = starts[open_] + step
            closes = self.last[rows] | self._closes(rows, shares[open_], labels[open_])
            ends[open_[closes]] = rows[closes]
            open_ = open_[~closes]
            step += 1
        return ends

    def _closes(self, rows: Rows, first: Floats, labels: Rows) -> NDArray[np.bool_]:
        before = self.vectors[rows - 1] @ self.weights.lower[2]
        hidden = self.weights.hidden(self.shares[rows] + first + before)
        gain = np.einsum("ij,ij->i", hidden, self.weights.closing[labels])
        return np.asarray(gain > -self.weights.closing_bias[labels])
