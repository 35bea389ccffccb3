"""Which capitalised names of an English text are organisations, by the nouns in them and the letters they go by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kgbuild.linking.actors import curated_actors
from kgbuild.pipeline.english_sources import EnglishSources
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.view import View

_JOINTS = ("of", "for", "and", "on", "the", "to", "-")
_FEWEST_LETTERS, _MOST_LETTERS = 2, 8

_CAPITALISED = frozenset({"StateForce", "GovernmentBody", "Organization", "InternationalOrganization"})
"""Classes whose nouns make no name of a place before them: al-Amin police, Anbar government."""

Singulars = list[tuple[str, str]]


class EnglishOrganisations:
    """Those of one document. `is_capital` says whether a word may be part of a name, `name_end` where a name ends."""

    def __init__(
        self,
        view: View,
        sources: EnglishSources,
        singulars: Singulars,
        is_capital: Callable[[int], bool],
        name_end: Callable[[int, int], int | None],
    ) -> None:
        self._view = view
        self._sources = sources
        self._singulars = singulars
        self._is_capital = is_capital
        self._name_end = name_end
        self._spelt_out = dict(self._abbreviations())

    def at(self, start: int, end: int, limit: int) -> Iterator[Found]:
        """Those that the name of words [start, end) belongs to."""
        yield from self._with_noun(start, end, limit)
        yield from self._of_media(start, end, limit)
        letters = self._spelt_out.get(self._view.texts[start]) if end == start + 1 else None
        if letters is not None:
            yield replace(letters, start=start, end=end)

    def has_noun(self, start: int, end: int) -> bool:
        """Whether the noun of an organisation stands in the name, so that "General" before it is no rank."""
        return any(self._sources.actor_heads.longest(self._singulars, i, end) for i in range(start, end))

    def is_named(self, start: int, end: int) -> bool:
        """Whether the name ends in the noun of an organisation, or is a newspaper's, so that it is no person's."""
        ends = (self._sources.actor_heads.longest(self._singulars, at, end) for at in range(max(start, end - 2), end))
        heads = any(found is not None and found[0] == end for found in ends)
        return heads or next(self._of_media(start, end, len(self._view)), None) is not None

    def _with_noun(self, start: int, end: int, limit: int) -> Iterator[Found]:
        for index in range(start + 1, min(end + 1, limit)):
            found = self._sources.actor_heads.longest(self._singulars, index, limit)
            if found is None or (not self._is_capital(index) and (found[0] < end or found[1] in _CAPITALISED)):
                continue
            whole = self._continued(max(found[0], end), limit)
            if (found[0] >= end and (index < end or end - start > 1)) or (whole > end and index < end):
                head = self._singulars[index][1]
                yield Found(start, whole, found[1], head=head, rank=2, confidence=0.7, open=True)
                return

    def _continued(self, end: int, limit: int) -> int:
        """The end of what goes on behind "for" and "of": Commission *for Human Rights*."""
        while end + 1 < limit and self._view.norms[end] in ("for", "of", "and"):
            following = end + 1 + (self._view.norms[end + 1] == "the")
            if self._view.norms[end] == "and" and self._view.norms[end - 1] in ("'s",):
                return end
            name = self._name_end(following, limit)
            if name is None or (self._view.norms[end] == "of" and not self._is_about(following)):
                return end
            end = name
        return end

    def _is_about(self, start: int) -> bool:
        """Whether a noun stands there rather than the name of a country or a town ("the Army of Conquest")."""
        exact, limit = self._view.exact, self._view.line_end(start)
        return self._sources.countries.longest(exact, start, limit) is None

    def _of_media(self, start: int, end: int, limit: int) -> Iterator[Found]:
        """Saba agency, the Roj page; the channel al-Sumaria."""
        view, sources = self._view, self._sources
        found = sources.media.longest(self._singulars, end, limit) if end < limit else None
        if found is not None:
            yield Found(start, found[0], "MediaOrganization", head=view.norms[end], rank=4, confidence=0.7)
            return
        before = (sources.media.longest(self._singulars, at, start) for at in range(max(0, start - 2), start))
        if any(one is not None and one[0] == start for one in before):
            yield Found(start, end, "MediaOrganization", rank=4, confidence=0.7)

    def _abbreviations(self) -> Iterator[tuple[str, Found]]:
        """Letters in brackets behind the name that they stand for → what they name, as if they were that name."""
        for opening in range(1, len(self._view) - 2):
            begin = self._spelling(opening)
            if begin is None:
                continue
            known = self._sources.actors.longest(self._view.exact, begin, opening)
            name = " ".join(self._view.texts[begin:opening])
            found = Found(begin, opening, self._class_of(begin, opening), rank=3, confidence=0.7, name=name)
            if known is not None and known[0] == opening:
                key = known[1][0]
                found = Found(begin, opening, curated_actors()[key].cls, key=key, rank=6)
            yield self._view.texts[opening + 1], found

    def spelt_out(self, opening: int) -> Iterator[Found]:
        """The name before the bracket at this word, where the letters in it are its own."""
        begin = self._spelling(opening) if 0 < opening < len(self._view) - 2 else None
        if begin is not None:
            yield Found(begin, opening, self._class_of(begin, opening), rank=3, confidence=0.7)

    def _spelling(self, opening: int) -> int | None:
        """Where the name begins whose first letters stand in the bracket at `opening`."""
        view = self._view
        letters = view.texts[opening + 1]
        short = letters.isupper() and letters.isalpha() and _FEWEST_LETTERS <= len(letters) <= _MOST_LETTERS
        if not short or view.norms[opening] != "(" or view.norms[opening + 2] != ")":
            return None
        index, left = opening - 1, len(letters)
        while left and index >= 0 and opening - index <= 3 * _MOST_LETTERS:
            initial = view.texts[index][:1]
            if initial.isupper() and initial == letters[left - 1]:
                left -= 1
            elif initial.isupper() or view.norms[index] not in _JOINTS:
                return None
            index -= 1
        return index + 1 if not left else None

    def _class_of(self, start: int, end: int) -> str:
        found = (self._sources.actor_heads.longest(self._singulars, i, end) for i in range(end - 1, start - 1, -1))
        return next((one[1] for one in found if one is not None), "Organization")
