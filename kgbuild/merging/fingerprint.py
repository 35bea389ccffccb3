"""A short summary of a text's word sequences, so that copies can be recognised without the text (MinHash)."""

from __future__ import annotations

import hashlib
import re

Fingerprint = tuple[int, ...]

SIZE = 32
"""Numbers in a fingerprint: the estimate of likeness is within about 0.1."""

_BAND = 4
_COPY, _AKIN = 0.6, 0.25

_SEQUENCE = 3
_FEWEST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
_PRIME = (1 << 61) - 1
_SPREAD = tuple(
    (int.from_bytes(h[:7], "big") | 1, int.from_bytes(h[7:14], "big"))
    for h in (hashlib.sha256(f"kgbuild {n}".encode()).digest() for n in range(SIZE))
)


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text, empty for one of fewer than twelve words, which is alike by chance."""
    words = _WORD.findall(text.casefold())
    if len(words) < _FEWEST_WORDS:
        return ()
    sequences = {" ".join(words[i : i + _SEQUENCE]) for i in range(len(words) - _SEQUENCE + 1)}
    numbers = [int.from_bytes(hashlib.blake2b(s.encode(), digest_size=7).digest(), "big") for s in sequences]
    return tuple(min((a * n + b) % _PRIME for n in numbers) & 0xFFFFFFFF for a, b in _SPREAD)


def bands(words: Fingerprint) -> list[str]:
    """Keys of which two fingerprints share one with probability 0.7 at a likeness of 0.6, 0.99 at 0.8, 0.03 at 0.25."""
    return [f"words {i} {words[i : i + _BAND]}" for i in range(0, len(words), _BAND)]


def is_copy(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether two texts are nearly the same: one agency's report, printed twice."""
    return alike(a, b) >= _COPY


def is_akin(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether two texts have some of their wording in common."""
    return alike(a, b) >= _AKIN


def alike(a: Fingerprint, b: Fingerprint) -> float:
    """The estimated share of word sequences that two texts have in common, 0 where one has no fingerprint."""
    if not a or len(a) != len(b):
        return 0.0
    return sum(x == y for x, y in zip(a, b, strict=True)) / len(a)
