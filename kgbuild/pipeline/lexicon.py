"""Loads lexicon files and spells out their entries' forms; what the files mean is written at their heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from spacy.language import Language

from kgbuild.arabic.inflect import VerbForm, adjective_forms, noun_forms, verb_forms
from kgbuild.language.folding import fold_key
from kgbuild.language.lexicons import lexicon as lexicon

_PRONOUNS = ("ه", "ها", "هم", "هما", "هن")


def adjectives_of_nation(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The adjective of an entry of nationalities.toml and its other spellings (أمريكي, أميركي)."""
    return (entry["adjective"], *entry.get("spellings", ()))


def language_of(nlp: Language) -> str:
    """The pipeline's language code, which spaCy's types leave open."""
    return nlp.lang or "ar"


def nouns_of(entry: str, language: str) -> dict[str, str]:
    """Folded forms → grammatical number of a noun written "singular/plural/…".

    Arabic forms come in all cases and with possessive pronouns.
    """
    singular, *plurals = entry.split("/")
    if language != "ar":
        return dict.fromkeys(map(fold_key, plurals), "plural") | {fold_key(singular): "singular"}
    forms = {form: found.number for form, found in noun_forms(singular, plurals).items()}
    with_pronoun: dict[str, str] = {}
    for form, number in forms.items():
        with_pronoun |= dict(_with_pronouns(form, number, fold_key(singular)))
    return with_pronoun | forms


def nouns_with_pronoun(entry: str) -> frozenset[str]:
    """The folded forms of an Arabic noun, written as for `nouns_of`, that end in a possessive pronoun."""
    singular, *plurals = entry.split("/")
    return frozenset(nouns_of(entry, "ar")) - frozenset(noun_forms(singular, plurals))


def _with_pronouns(form: str, number: str, singular: str) -> Iterator[tuple[str, str]]:
    """A noun's form with each pronoun → number. An alif or ya that the pronoun keeps is the dual's (طفلاه، طفليها)."""
    added = form[len(singular) :] if form.startswith(singular) else ""
    nisba = added == "ي" and number != "plural"  # قتالي + ه would read as the adjective قتالية, unlike مقاتليه
    if added in ("ا", "ي") and not singular.endswith(("ا", "ي", "ه")):
        number = "dual"
    pronouns = _PRONOUNS[1:] if nisba else _PRONOUNS
    stem = form[:-1] + "ت" if form.endswith("ه") else form
    stems = (stem, stem[:-1] + "ئ", stem[:-1] + "ؤ") if stem.endswith("ء") else (stem,)
    for one in stems:
        yield from ((fold_key(one + pronoun), number) for pronoun in pronouns)


def verbs_of(parts: Sequence[str], language: str, *, only_past: bool = False, pronouns: bool = True) -> Iterator[str]:
    """Folded forms of a verb, of all persons and tenses that reports use: Arabic [past, present], English [base, past,
    -ing].

    Arabic forms come also with object pronouns.
    """
    if language != "ar":
        base, past, present = parts
        yield from map(fold_key, (past,) if only_past else (base, f"{base}s", f"{base}es", past, present))
        return
    past, present = parts
    for form, found in verb_forms(past, present).items():
        if (only_past and found.tense != "past") or _is_other_word(form, found):
            continue
        yield form
        if not pronouns:
            continue
        stem = form[:-1] if form.endswith("وا") else form
        for pronoun in _PRONOUNS:
            yield stem + pronoun


def _is_other_word(form: str, found: VerbForm) -> bool:
    """Whether a form of the first person is rather another word: "I …" is not said in reports, and أقدم is "older"."""
    if found.person != 1 or found.tense == "past":
        return False
    return found.number == "singular" or form in _unlike_verbs()


@cache
def _unlike_verbs() -> frozenset[str]:
    return folded(lexicon("ar", "homographs")["first_person"])


def verbs_with_object(parts: Sequence[str], language: str) -> Iterator[str]:
    """The Arabic forms of a verb that end in an object pronoun: "(which) it carried out"."""
    plain = set(verbs_of(parts, language, pronouns=False))
    yield from (form for form in verbs_of(parts, language) if form not in plain)


def folded(words: Iterable[str]) -> frozenset[str]:
    """Single words as they stand in `token.norm_`."""
    return frozenset(fold_key(word) or word for word in words)


def spelt_out(entries: Iterable[str]) -> frozenset[str]:
    """The words folded, and all forms of adjectives marked `*`, with and without the article: those of "المدعوم*" only
    with it.
    """
    plain, forms = set[str](), set[str]()
    for entry in entries:
        if entry.endswith("*"):
            bare = entry[:-1].removeprefix("ال")
            found = adjective_forms(bare)
            forms.update(f"ال{form}" for form in found)
            forms.update(found if bare == entry[:-1] else ())
        else:
            plain.add(entry)
    return folded(plain) | forms
