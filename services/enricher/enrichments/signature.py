"""What near-duplicate search needs: articles that share a band are candidates for being copies."""

import re
from hashlib import blake2b, shake_256

import numpy as np

from services.enricher.draft import Draft

SHINGLE = 5
"""Words; long enough that unrelated articles share none but set phrases."""
BANDS = 32
ROWS = 4
"""With four rows a band, copies of similarity .9 share some 20 bands, of .5 two, of .2 none."""

_WORD = re.compile(r"\w+")
# Odd multipliers and offsets of 128 hash functions, the same on every machine and for ever:
# signatures of different seeds can't be compared.
_SEEDS = np.frombuffer(shake_256(b"newsreel signature 1").digest(16 * BANDS * ROWS), dtype="<u8")
_FACTORS, _OFFSETS = _SEEDS[: BANDS * ROWS] | np.uint64(1), _SEEDS[BANDS * ROWS :]
_HIGH_HALF = np.uint64(32)


def signature(draft: Draft) -> tuple[str, ...]:
    """Hash the body's word 5-grams into 32 MinHash bands, each a band number and 12 hex digits.

    The share of equal MinHashes estimates the Jaccard similarity of two bodies' 5-grams
    (Broder 1997; multiply-shift hashing, Dietzfelbinger 1996). An empty body has no signature.
    """
    words = [word for span in draft.body for word in _words(draft.text[span.start : span.end])]
    if not words:
        return ()
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}
    hashes = np.array([_hash(shingle) for shingle in shingles], dtype=np.uint64)
    minima = [
        ((hashes * factor + offset) >> _HIGH_HALF).min()
        for factor, offset in zip(_FACTORS, _OFFSETS, strict=True)
    ]
    bands = np.array(minima, dtype="<u4").reshape(BANDS, ROWS)
    return tuple(
        f"{i:02}-{blake2b(band.tobytes(), digest_size=6).hexdigest()}"
        for i, band in enumerate(bands)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _hash(shingle: str) -> int:
    digest = blake2b(shingle.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
