"""Covering names in text, sign by sign, so that offsets still hold.

Words are compared as the extraction compares them: folded, without the Arabic article, and also without the particles
that are written in one with the word. A name of several words is covered wherever it stands, single words where that is
asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from urllib.parse import unquote, urlsplit

from kgbuild.export.ordering import NameSets
from kgbuild.language.folding import fold_text, without_article

COVER = "█"

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069"
"""Marks on letters and between them, which no class of `re` holds."""

_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_ARTICLE = "ال"
_PARTICLES = re.compile("[وف]?[بكلس]?")
_LEAST_PIECE = 2
_KIND = "name"


def words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [without_article(fold_text(match[0])) for match in _WORD.finditer(text)]


def covered(text: str) -> str:
    """A text of which only the length is left."""
    return COVER * len(text)


class NameIndex:
    """Names of several words; they lie in `names`, and only their first words in memory."""

    def __init__(self, names: NameSets) -> None:
        self._names = names
        self._lengths: defaultdict[str, set[int]] = defaultdict(set)

    def __bool__(self) -> bool:
        """Whether there are any names."""
        return bool(self._lengths)

    def add(self, name: list[str]) -> None:
        if len(name) > 1:
            self._names.add(_KIND, " ".join(name))
            self._lengths[name[0]].add(len(name))

    def longest(self, first: Iterable[str], rest: list[str]) -> int:
        """How many words belong to the longest name of one of `first` and then `rest`; 0 for none."""
        found = 0
        for word in first:
            for length in self._lengths.get(word, ()):
                if found < length <= len(rest) + 1 and self._names.has(_KIND, " ".join((word, *rest[: length - 1]))):
                    found = length
        return found


class Cover:
    """Covers the names of an index, and single words of an article's own."""

    def __init__(self, index: NameIndex | None, own: Set[str]) -> None:
        self._index, self._own = index, own

    def text(self, text: str, *, cut: bool = False) -> str:
        """The text without names; `cut` where it may begin or end within a word."""
        if not self._own and not self._index:
            return text
        found = list(_WORD.finditer(text))
        keys = [fold_text(match[0]) for match in found]
        bare = [without_article(key) for key in keys]
        signs = list(text)
        at = 0
        while at < len(found):
            forms = set(_forms(keys[at]))
            length = self._index.longest(forms, bare[at + 1 :]) if self._index else 0
            if not length and not self._own.isdisjoint(forms):
                length = 1
            if length:
                start, end = found[at].start(), found[at + length - 1].end()
                signs[start:end] = COVER * (end - start)
            at += length or 1
        if cut and found:
            self._cover_ends(text, found, signs)
        return "".join(signs)

    def _cover_ends(self, text: str, found: list[re.Match[str]], signs: list[str]) -> None:
        first, last = found[0], found[-1]
        if last.end() == len(text) and self._has(lambda word, piece: word.startswith(piece), last[0]):
            signs[last.start() :] = COVER * len(last[0])
        if first.start() == 0 and self._has(lambda word, piece: word.endswith(piece), first[0]):
            signs[: first.end()] = COVER * len(first[0])

    def _has(self, fits: Callable[[str, str], bool], piece: str) -> bool:
        forms = {form for form in (fold_text(piece), *_forms(fold_text(piece))) if len(form) >= _LEAST_PIECE}
        return any(fits(word, form) for own in self._own for word in (own, _ARTICLE + own) for form in forms)

    def address(self, url: str) -> str:
        """A URL, cut down to its host where there is a name in the rest of it."""
        parts = urlsplit(url)
        rest = unquote(url.partition(parts.netloc)[2] if parts.netloc else url)
        return url if self.text(rest) == rest else f"{parts.scheme}://{parts.netloc}/"


def _forms(word: str) -> Iterator[str]:
    """A folded word as it may be meant: whole, or with particles before it."""
    yield without_article(word)
    for end in range(1, _PARTICLES.match(word).end() + 1):  # type: ignore[union-attr]
        rest = word[end:]
        yield without_article(rest)
        if word[end - 1] == "ل" and rest.startswith("ل"):  # the article loses its alef after ل
            yield without_article(f"ا{rest}")
