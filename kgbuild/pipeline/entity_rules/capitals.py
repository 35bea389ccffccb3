"""Capitals that stand for the government of their country (نفت أنقرة, بحسب موسكو)."""

from __future__ import annotations

from functools import cache

from kgbuild.arabic.inflect import adjective_forms, strip_suffix, verb_forms
from kgbuild.language.folding import fold_text
from kgbuild.linking.countries import country_data
from kgbuild.pipeline.entity_rules.names import speech_verbs
from kgbuild.pipeline.entity_rules.view import View


def is_government(view: View, index: int, country: str | None) -> bool:
    """Whether the word is the capital of this country and the word before it what a government does or says."""
    if index == 0 or country is None or view.breaks[index] or view.norms[index] != _capitals().get(country):
        return False
    if view.norms[index - 1] in _joining():
        return index > 1 and not view.breaks[index - 1] and view.lemmas[index - 2] in _standing()
    before = view.norms[index - 1]
    words = {before, *(stem for stem, suffix in strip_suffix(before) if suffix)}
    return not words.isdisjoint(_government_words())


@cache
def _capitals() -> dict[str, str]:
    data = country_data()
    return {code: fold_text(name) for code, name in (data["capital"] | data["government"]["capitals"]).items()}


@cache
def _joining() -> frozenset[str]:
    return frozenset(map(fold_text, country_data()["government"]["joining"]))


@cache
def _standing() -> frozenset[str]:
    """Words for how somebody or something stands to a government, before a word that joins them (موالية ل)."""
    data = country_data()["government"]
    verbs = (form for past, present in data["holding"] for form in verb_forms(past, present))
    return frozenset((*(form for word in data["standing"] for form in adjective_forms(word)), *verbs))


@cache
def _government_words() -> frozenset[str]:
    """Words before the capital that stands for its government."""
    data = country_data()["government"]
    verbs = (form for past, present in data["verbs"] for form in verb_forms(past, present))
    return frozenset((*map(fold_text, data["words"]), *verbs)) | speech_verbs()
