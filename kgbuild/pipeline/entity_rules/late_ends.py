"""Ends of persons' names that come later than the shape of the words tells."""

from __future__ import annotations

from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.names import Names, is_rare, verb_stops
from kgbuild.pipeline.entity_rules.sources import Sources
from kgbuild.pipeline.entity_rules.view import View

_SELDOM = 4e-6


@cache
def _said() -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("persons", "title", "said"))


class LateEnds:
    """Reads them in one document, behind a given name that a title or a verb of speech announces."""

    def __init__(self, view: View, sources: Sources, names: Names) -> None:
        self._view = view
        self._sources = sources
        self._names = names

    def past_split(self, at: int, limit: int) -> int:
        """Past a foreign name whose first letter was taken for a particle (فيليب ل|اليو)."""
        view = self._view
        split = at + 1 < limit and view.norms[at] in ("ل", "ب", "س", "ك") and view.tags[at] == "CLITIC"
        if not split or view.tags[at + 1] != "WORD" or not view.glued[at + 1] or view.definite(at + 1):
            return at
        norm = view.norms[at + 1]
        known = self._sources.places.longest(view.exact, at + 1, limit) is not None
        known = known or not is_rare(norm, _SELDOM) or not is_rare(f"ال{norm}ن", _SELDOM)  # بمتمردي ends no name
        return at if known else at + 2

    def to_what_is_said(self, at: int, limit: int) -> int:
        """Past an everyday word that what is said follows at once: "قال غسان سلامة إن …"."""
        view = self._view
        if at + 1 >= limit or view.tags[at] != "WORD" or view.breaks[at] or self._names.ends_name(at):
            return at
        sources = self._sources
        known = bool(sources.roles.longest(view.stems, at, limit) or sources.places.longest(view.exact, at, limit))
        known = known or view.norms[at] in verb_stops()
        return at if known or view.norms[at + 1] not in _said() else at + 1
