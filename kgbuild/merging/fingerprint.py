"""A short summary of a text's word sequences, so that copies can be recognised without the text (MinHash)."""

from __future__ import annotations

import hashlib
import re

SIZE = 32
"""Numbers in a fingerprint: the estimate of likeness is within about 0.1."""

_BAND = 4

_SEQUENCE = 3
_FEWEST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
_PRIME = (1 << 61) - 1
_SPREAD = tuple(
    (int.from_bytes(h[:7], "big") | 1, int.from_bytes(h[7:14], "big"))
    for h in (hashlib.sha256(f"kgbuild {n}".encode()).digest() for n in range(SIZE))
)


def fingerprint(text: str) -> tuple[int, ...]:
    """The fingerprint of a text, empty for one of fewer than twelve words, which is alike by chance."""
    words = _WORD.findall(text.casefold())
    if len(words) < _FEWEST_WORDS:
        return ()
    sequences = {" ".join(words[i : i + _SEQUENCE]) for i in range(len(words) - _SEQUENCE + 1)}
    numbers = [int.from_bytes(hashlib.blake2b(s.encode(), digest_size=7).digest(), "big") for s in sequences]
    return tuple(min((a * n + b) % _PRIME for n in numbers) & 0xFFFFFFFF for a, b in _SPREAD)


def bands(words: tuple[int, ...]) -> list[str]:
    """Keys of which two fingerprints share one with probability 0.7 at a likeness of 0.6, 0.99 at 0.8, 0.03 at 0.25."""
    return [f"words {i} {words[i : i + _BAND]}" for i in range(0, len(words), _BAND)]
