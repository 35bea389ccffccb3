"""How English writes a place within another name: the spelling that the gazetteers have for its Arabic name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kgbuild.linking.countries import countries
from kgbuild.linking.gazetteer import curated_places, default_gazetteer
from kgbuild.linking.latin_spelling import close_key, vowelless_key
from kgbuild.linking.places import Place, place_key
from kgbuild.linking.transliterate import is_listed, listed_spelling, transliterate

_ASSIMILATED = re.compile(r"^(?:A[lnrstdz]|Ash|Adh|Ath)[ -](?=[A-Z])")
_CLASS = re.compile(r" (?:Governorate|State|Crossing)$")
_NOT_CONSONANTS = re.compile(r"[aeiouyw'\s-]")
_DOUBLED = re.compile(r"(.)\1+")
_CHIEF = ("City", "Governorate")
_LONGEST = 4
_NEIGHBOURS = ("SY", "IQ")


def known_spelling(name: str) -> str | None:
    """The English name of a country or place that is called so; None where no gazetteer knows it.

    Of the embedded gazetteer only names of Syria and Iraq count, and a label only where it spells the Arabic name.
    """
    key = place_key(name)
    if key in _countries():
        return _countries()[key]
    places = default_gazetteer().by_name.get(key, ())
    place = next((p for p in places if _is_called(p, key)), None) or next((p for p in places if _spells(p, name)), None)
    return None if place is None else _plain(place.label)


def phonetic_spelling(name: str) -> str:
    """The name of a small place: as a gazetteer spells it where that is the Arabic name, never Cairo or Aleppo."""
    places = default_gazetteer().by_name.get(place_key(name), ())
    place = next((p for p in places if _spells(p, name)), None)
    return transliterate(name) if place is None else _plain(place.label)


def spelled(words: Sequence[str]) -> str:
    """A name in Latin letters, the places in it as the gazetteers and the list of words have them."""
    found: list[str] = []
    begin = end = 0
    while end < len(words):
        taken, known = _place_at(words, end)
        if known is not None:
            found += [transliterate(" ".join(words[begin:end])), known]
            begin = end + taken
        end += taken
    return " ".join(part for part in (*found, transliterate(" ".join(words[begin:]))) if part)


def _place_at(words: Sequence[str], begin: int) -> tuple[int, str | None]:
    """How many words are one name from here, and its spelling where it is a place's."""
    for taken in range(min(_LONGEST, len(words) - begin), 1, -1):
        name = " ".join(words[begin : begin + taken])
        if is_listed(name):
            return taken, None
        known = known_spelling(name)
        if known is not None:
            return taken, known
    name = words[begin]
    listed = is_listed(name) or (listed_spelling(name) is not None and not _is_chief_town(name))
    return 1, None if listed else known_spelling(name)


def _is_chief_town(name: str) -> bool:
    """Whether it is a country, governorate or city, whose English name goes before the spelling of the word."""
    key = place_key(name)
    places = default_gazetteer().by_name.get(key, ())
    return key in _countries() or any(p.cls in _CHIEF and _is_called(p, key) for p in places)


def _is_called(place: Place, key: str) -> bool:
    """Whether a curated place goes by this name; a governorate only by its first one (التأميم is a quarter, too)."""
    if place.key not in curated_places():
        return False
    return place.cls != "Governorate" or place_key(place.names[0]) == key


def _spells(place: Place, name: str) -> bool:
    """Whether the label is this name, and not another one of the place."""
    if place.country not in _NEIGHBOURS:
        return False
    latin = transliterate(name)
    if place.key in curated_places():
        return _consonants(place.label) == _consonants(latin)
    keys = {close_key(place.label), vowelless_key(place.label)} & {close_key(latin), vowelless_key(latin)}
    return bool(keys - {None})


def _consonants(label: str) -> str:
    """What is left of a name without article, vowels and doublings; p is written for b."""
    words = [_NOT_CONSONANTS.sub("", word) for word in label.lower().replace("al-", "").replace("p", "b").split()]
    return _DOUBLED.sub(r"\1", "".join(words)).removesuffix("h")


def _plain(label: str) -> str:
    return _ASSIMILATED.sub("al-", _CLASS.sub("", label))


@cache
def _countries() -> dict[str, str]:
    return {place_key(name): place.label for place in countries().values() for name in place.names}
