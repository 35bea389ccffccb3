"""The written forms of Arabic words, in folded spelling and without the article or clitics."""

from __future__ import annotations

_PRONOUN_SUFFIXES = ("هما", "كما", "ها", "هم", "هن", "نا", "كم", "كن", "ني", "ه", "ي", "ك")


def strip_suffix(norm: str) -> list[tuple[str, str]]:
    """The ways to read a folded word as stem and pronoun: (stem, suffix), the word itself with "" first.

    A ta-marbuta that the suffix opened is closed again: عائلته gives عائله as well as عائلت.
    """
    readings = [(norm, "")]
    for suffix in _PRONOUN_SUFFIXES:
        stem = norm[: -len(suffix)]
        if not norm.endswith(suffix) or len(stem) < 2:
            continue
        readings.append((stem, suffix))
        if stem.endswith("ت") and len(stem) > 2:
            readings.append((stem[:-1] + "ه", suffix))
    return readings
