"""English names of places that no list knows: northern Lebanon, Aleppo–Damascus road, al-Qaim crossing.

A place's head noun is translated, its name spelt in Latin letters. A settlement or a quarter is its name alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kgbuild.language.folding import fold_text
from kgbuild.linking.place_spelling import known_spelling, phonetic_spelling, spelled
from kgbuild.linking.transliterate import listed_spelling, transliterate
from kgbuild.pipeline.entity_rules.translated_names import english_name
from kgbuild.pipeline.entity_rules.translated_words import adjective, bare, english_words, is_side, noun

_SMALL = frozenset(("Town", "Village", "Neighbourhood", "District"))
_JOINS = re.compile("[-–—ـ/]")
_DASHES = "-–—ـ/"


def english_place(name: str, cls: str) -> str:
    """The English of a place's Arabic name."""
    words = _separated(name)
    phrase = english_words("phrases").get(" ".join(map(bare, words)))
    if phrase is not None:
        return str(phrase)
    if cls in _SMALL:
        return _names_of(name, _old_or_new) or transliterate(name)
    head = english_words("places").get(bare(words[0])) if len(words) > 1 and cls != "City" else None
    if cls == "Road":
        return _road(words, head)
    if head is None:
        end = english_words("classes").get(fold_text(cls), "")
        return " ".join(part for part in (_names_of(name, _side_or_name), end) if part)
    return " ".join(part for part in _headed(head, words[1:]) if part)


def _names_of(name: str, spell: Callable[[Sequence[str]], str]) -> str:
    """A name, or several between strokes and dashes (أبين/ بينه)."""
    parts = [spell(part.split()) for part in _JOINS.split(name) if part.strip()]
    return ("/" if "/" in name else "–").join(parts)


def _old_or_new(words: Sequence[str]) -> str:
    """A quarter or village; parts of a known town as Old Aleppo."""
    known = known_spelling(" ".join(words[:-1])) if len(words) > 1 else None
    part = english_words("parts").get(bare(words[-1]))
    return _part_of(part, known) if known and part else phonetic_spelling(" ".join(words))


def _part_of(part: str, town: str) -> str:
    return f"{part} {town.removeprefix('al-')}"


def countryside(core: str) -> str:
    """The name of what a countryside belongs to."""
    return _side_or_name(core.split())


def _separated(name: str) -> list[str]:
    """The words of a name, dashes as words of their own."""
    for dash in _DASHES:
        name = name.replace(dash, f" {dash} ")
    return name.split() or [""]


def _headed(head: str, rest: Sequence[str]) -> Iterator[str]:
    """A head noun with its name; sides behind it stand before all (eastern neighbourhoods, western part of Mosul)."""
    prepositions = english_words("prepositions")
    of = next(
        (i for i, word in enumerate(rest) if fold_text(word) in prepositions or _is_of_settlement(word)), len(rest)
    )
    own, whole = [*rest[:of]], [*rest[of + 1 :]]
    sides = []
    while own and (is_side(own[-1]) or (whole and adjective(own[-1]))):
        sides.append(_english_adjective(own.pop()))
    yield from sides
    yield spelled(_without_heads(own))
    yield head
    if whole:
        common = noun(whole[0]) if len(whole) == 1 and whole[0].startswith("ال") else None
        yield prepositions.get(fold_text(rest[of]), "of")
        yield f"the {common.text}" if common else _side_or_name(whole)


def _is_of_settlement(word: str) -> bool:
    """The "of" that is joined to the noun after it: لمدينة."""
    folded = fold_text(word)
    return folded.startswith("ل") and folded[1:] in english_words("way")["settlements"]


def _side_or_name(words: Sequence[str]) -> str:
    """شمال غرب سوريا is northwestern Syria, a known place with a side behind it likewise (الغوطة الشرقية)."""
    sides = english_words("directions")
    count = next((i for i, word in enumerate(words) if fold_text(word) not in sides), 0)
    if count and not words[0].startswith("ال"):
        return f"{joined_sides([sides[fold_text(word)] for word in words[:count]])} {_side_or_name(words[count:])}"
    words = _without_heads(words)
    known = known_spelling(" ".join(words[:-1])) if len(words) > 1 else None
    if known and is_side(words[-1]):
        return f"{_english_adjective(words[-1])} {known}"
    if known and bare(words[-1]) in english_words("parts"):
        return _part_of(english_words("parts")[bare(words[-1])], known)
    return spelled([word for word in words if word not in _DASHES])


def joined_sides(sides: Sequence[str]) -> str:
    """Northern and western are northwestern."""
    if len(sides) == 2 and sides[0] in ("northern", "southern"):
        return sides[0].removesuffix("ern") + sides[1]
    return " ".join(sides)


def _english_adjective(word: str) -> str:
    found = adjective(word)
    return found.text if found else spelled([word])


def _without_heads(words: Sequence[str]) -> list[str]:
    """A name without "town of" before it."""
    heads = english_words("way")["settlements"]
    begin = next((i for i, word in enumerate(words) if bare(word).removeprefix("ل") not in heads), 0)
    return [*words[begin:]]


def _road(words: Sequence[str], head: str | None) -> str:
    """A road by its ends, "A–B road", or by its name."""
    leads = any(bare(word).startswith(tuple(english_words("way")["leads"])) for word in words)
    ends = list(_ends(words[1:] if head else words))
    tail = []
    while ends and (found := _tail(ends[-1])):
        tail.append(found)
        ends[-1] = ends[-1][:-1]
    names = [_end_name(end) for end in ends]
    if leads and names:
        return f"{head or 'road'} to {' and '.join(names)}"
    return " ".join(part for part in ("–".join(names), *reversed(tail), head or "road") if part)


def _end_name(end: Sequence[str]) -> str:
    """A place at the end of a road, or a facility (سد تشرين)."""
    facility = len(end) > 1 and noun(end[0]) is not None and known_spelling(" ".join(end)) is None
    return english_name(" ".join(end), "facility") if facility else _side_or_name(end)


def _tail(end: Sequence[str]) -> str | None:
    """The adjective of the road behind the name of its end."""
    if len(end) < 2 or known_spelling(" ".join(end)) is not None:
        return None
    found = adjective(end[-1])
    return found.text if found and found.kind == "adjective" else None


def _ends(words: Sequence[str]) -> Iterator[list[str]]:
    """The names between the words that join them; two known places side by side are two (طريق دمشق حلب)."""
    way, between = english_words("way"), False
    end: list[str] = []
    for word in words:
        if bare(word) in way["between"] or fold_text(word) in way["joins"] or word in _DASHES or _is_participle(word):
            between = True
            yield from _split(end)
            end = []
        elif word.startswith("و") and between and end and listed_spelling(word) is None:
            yield from _split(end)
            end = [word[1:]]
        else:
            end.append(word)
    yield from _split(end)


def _is_participle(word: str) -> bool:
    return any(bare(word).startswith(stem) for stem in english_words("way")["between"] if len(stem) > 3)


def _split(words: Sequence[str]) -> Iterator[list[str]]:
    own = _without_heads(words)
    if not own:
        return
    name = " ".join(own)
    for at in range(1, len(own)):
        if known_spelling(name) is None and known_spelling(" ".join(own[:at])) and known_spelling(" ".join(own[at:])):
            yield from (own[:at], own[at:])
            return
    yield own
