"""Adjectives of nations beside military words and words of government: قصف تركي, السلطات اليمنية."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kgbuild.arabic.inflect import adjective_forms
from kgbuild.language.folding import fold_text
from kgbuild.linking.actors import curated_actors
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.lexicon import section, stems_of
from kgbuild.pipeline.entity_rules.sources import Sources, adjectives_of
from kgbuild.pipeline.entity_rules.view import View
from kgbuild.pipeline.lexicon import adjectives_of_nation

_LOOK_BACK = 6


@cache
def _nations() -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """Form of the adjective → (country code, the actors it stands for)."""
    found: dict[str, tuple[str, Mapping[str, str]]] = {}
    for code, nation in section("nationalities", "nation").items():
        plurals = (fold_text(plural) for plural in nation.get("plurals", ()))
        forms = (form for word in adjectives_of_nation(nation) for form in adjective_forms(word))
        found |= dict.fromkeys((*forms, *plurals), (code, nation))
    return found


@cache
def nation_of(lemma: str) -> str | None:
    """The country code of an adjective of nation, whatever its form."""
    nation = _nations().get(lemma)
    return nation[0] if nation else None


class NationRules:
    """Proposes the forces and governments that adjectives of nations stand for, in one document."""

    def __init__(self, view: View, sources: Sources) -> None:
        self._view = view
        self._sources = sources
        self._military = stems_of("nationalities", "military", "nouns")
        self._aircraft = stems_of("nationalities", "military", "aircraft")
        self._between = adjectives_of("nationalities", "military", "between")
        self._government = {
            cls: stems_of("nationalities", "government", cls) for cls in ("nouns", "StateForce", "GovernmentBody")
        }

    def __call__(self, index: int) -> Iterator[Found]:
        """قصف تركي, الطائرات الحربية الروسية: the force; السلطات اليمنية: the government."""
        view = self._view
        if view.lemmas[index] not in _nations():
            return
        code, nation = _nations()[view.lemmas[index]]
        for at in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            if view.has_stem(at, self._military):
                yield from self._force(at, index, code, nation)
                return
            for cls, stems in self._government.items():
                if at == index - 1 and self._governs(at, stems) and self._agree(at, index):
                    actual = "GovernmentBody" if cls == "nouns" else cls
                    yield Found(at, index + 1, actual, head=view.stems[at][-1], rank=3, confidence=0.8)
                    return
            if view.norms[at] not in self._between and view.lemmas[at] not in self._between:
                return
            if view.breaks[at]:
                return

    def _governs(self, noun: int, stems: frozenset[str]) -> bool:
        """Whether the word is one of these nouns, and not an adjective made of it (برلماني)."""
        view = self._view
        for stem in stems.intersection(view.stems[noun]):
            form = self._sources.forms.number(view.lemmas[noun], stem)
            return not (form.number == "dual" and form.construct)
        return False

    def _agree(self, noun: int, adjective: int) -> bool:
        """Whether noun and adjective are both feminine or both not: وزير الدفاع العراقي is no الدفاع العراقية."""
        view = self._view
        return view.lemmas[adjective].endswith("ه") or view.lemmas[noun] not in ("دفاع", "داخليه", "خارجيه")

    def _force(self, noun: int, index: int, code: str, nation: Mapping[str, str]) -> Iterator[Found]:
        view = self._view
        force = nation.get("force")
        if force:
            flies = view.has_stem(noun, self._aircraft)
            head = "طيران" if flies else None
            yield Found(index, index + 1, curated_actors()[force].cls, key=force, head=head, rank=3, confidence=0.8)
        elif view.stems[noun][-1] in ("قوات", "جيش"):
            yield Found(noun, index + 1, "StateForce", head=view.stems[noun][-1], rank=3, confidence=0.8)
