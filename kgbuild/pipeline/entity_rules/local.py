"""Names that an article introduces with a head noun and then uses bare (قرية كفرتعال … على كفرتعال)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgbuild.pipeline.entity_rules.areas import RURAL, SIDE
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.names import is_rare, name_stops, speech_verbs
from kgbuild.pipeline.entity_rules.trie import Trie
from kgbuild.pipeline.entity_rules.view import View

_BARE = frozenset(("City", "Town", "Village", "Neighbourhood", "District", "Area", "Camp"))
_PROCLITICS = frozenset("وفبلك")


class LocalNames:
    """The names of one document's places and persons, looked up again in its text."""

    def __init__(self, view: View, found: Iterable[Found]) -> None:
        self._view = view
        self._places: Trie[Found] = Trie()
        self._single: dict[str, Found] = {}
        self._surnames: dict[str, Found] = {}
        self._last_names: dict[str, Found] = {}
        for one in found:
            if one.cls == "Person" and one.end - one.start > 1:
                self._surname(one)
            elif one.group == "place" and not one.generic and one.key is None and one.cls in _BARE:
                self._place(one)

    def _place(self, one: Found) -> None:
        view = self._view
        start = one.start + (1 if one.head is not None and _head_inside(view, one) else 0)
        words = [one.name] if one.name and " " not in one.name else view.norms[start : one.end]
        if (
            start >= one.end
            or one.head in (RURAL, SIDE)
            or not all(view.tags[i] == "WORD" for i in range(start, one.end))
        ):
            return
        if len(words) == 1 and (words[0] in name_stops() or not (is_rare(words[0]) or words[0].startswith("ال"))):
            return
        self._places.add(words, one)
        if len(words) == 1:
            self._single[words[0]] = one

    def _surname(self, one: Found) -> None:
        word = self._view.norms[one.end - 1]
        if word not in name_stops():
            self._last_names.setdefault(word, one)
        if (word.startswith("ال") and len(word) > 4) or is_rare(word):
            self._surnames.setdefault(word, one)

    def _speaks(self, start: int) -> bool:
        """Whether a verb of speech stands before, after which a surname counts though it is an everyday word."""
        return start > 0 and self._view.norms[start - 1] in speech_verbs()

    def again(self, taken: Iterable[Found]) -> Iterator[Found]:
        """Further mentions of these names, outside the mentions `taken`."""
        view = self._view
        covered = {index for one in taken for index in range(one.start, one.end)}
        for start in range(len(view)):
            if start in covered or view.tags[start] != "WORD":
                continue
            found = self._places.longest(view.exact, start, view.line_end(start))
            word = view.norms[start]
            if found is not None:
                yield Found(start, found[0], found[1].cls, rank=2, confidence=0.8)
            elif word in self._surnames or (word in self._last_names and self._speaks(start)):
                yield Found(start, start + 1, "Person", rank=2, confidence=0.7)
            elif word[0] in _PROCLITICS and word[1:] in self._single:
                one = self._single[word[1:]]
                yield Found(start, start + 1, one.cls, rank=2, confidence=0.7, name=view.texts[start][1:])


def _head_inside(view: View, one: Found) -> bool:
    """Whether the mention begins with its head noun."""
    return one.head is not None and one.head.split()[0] in view.stems[one.start]
