"""What near-duplicate search needs: articles that share a band are candidates for being copies."""

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from hashlib import blake2b, shake_256

import numpy as np
from numpy.typing import NDArray

from services.enricher.draft import Draft

SHINGLE = 5
"""Words; long enough that unrelated articles share none but set phrases."""
BANDS = 32
ROWS = 4
"""With four rows a band, copies of similarity .9 share some 20 bands, of .5 two, of .2 none."""

# Words are what \w+ finds; to blank out all else, ASCII's by a table, takes half the time.
_NO_WORD = re.compile(r"[^\x00-\x7f\w]")
_BLANKED = bytes(b if b > 0x7F or re.match(r"\w", chr(b)) else ord(" ") for b in range(256))
# Odd multipliers and offsets of 128 hash functions, the same on every machine and for ever:
# signatures of different seeds can't be compared.
_SEEDS = np.frombuffer(shake_256(b"newsreel signature 1").digest(16 * BANDS * ROWS), dtype="<u8")
_FACTORS, _OFFSETS = _SEEDS[: BANDS * ROWS] | np.uint64(1), _SEEDS[BANDS * ROWS :]
_HIGH_HALF = np.uint64(32)
AT_ONCE = 1024
"""Shingles hashed together, which bounds the memory that they take to a megabyte."""


def signature(draft: Draft) -> tuple[str, ...]:
    """Hash the body's word 5-grams into 32 MinHash bands, each a band number and 12 hex digits.

    The share of equal MinHashes estimates the Jaccard similarity of two bodies' 5-grams
    (Broder 1997; multiply-shift hashing, Dietzfelbinger 1996). An empty body has no signature.
    """
    words = [word for span in draft.body for word in _words(draft.text[span.start : span.end])]
    if not words:
        return ()
    hashes = np.frombuffer(b"".join(map(_digest, _shingles(words))), dtype="<u8")
    parts = (hashes[i : i + AT_ONCE] for i in range(0, len(hashes), AT_ONCE))
    minima = (reduce(np.minimum, map(_minima, parts)) >> _HIGH_HALF).astype("<u4").tobytes()
    size = len(minima) // BANDS
    bands = (minima[i : i + size] for i in range(0, len(minima), size))
    return tuple(
        f"{i:02}-{blake2b(band, digest_size=6).hexdigest()}" for i, band in enumerate(bands)
    )


def _words(text: str) -> list[bytes]:
    """Split into runs of letters, digits and underscores, without case."""
    folded = _NO_WORD.sub(" ", text.casefold()).encode(errors="surrogatepass")
    return folded.translate(_BLANKED).split()


def _shingles(words: Sequence[bytes]) -> Iterator[bytes]:
    """Join each word with those after it; fewer words than a shingle has are one."""
    if len(words) < SHINGLE:
        return iter([b" ".join(words)])
    return map(b" ".join, zip(*(words[i:] for i in range(SHINGLE)), strict=False))


_DIGEST = blake2b(digest_size=8)


def _digest(shingle: bytes) -> bytes:
    digest = _DIGEST.copy()  # a quarter cheaper than to set one up
    digest.update(shingle)
    return digest.digest()


def _minima(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Give the least value of each hash function; its high half is the least, too."""
    values = hashes * _FACTORS[:, np.newaxis]
    values += _OFFSETS[:, np.newaxis]
    minima: NDArray[np.uint64] = values.min(axis=1)
    return minima
