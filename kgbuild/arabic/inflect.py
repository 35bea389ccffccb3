"""The written forms of Arabic words by rule, so that one line of a lexicon adds a word in all its forms.

Forms are in folded spelling, without the article and without clitics. Pass words as a dictionary spells them: the rules
look at hamza, ى and ة, which folding hides; a final shadda marks a doubled verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kgbuild.language.folding import fold_text

GrammaticalNumber = Literal["singular", "dual", "plural"]
Gender = Literal["masculine", "feminine", "any"]
Tense = Literal["past", "present"]

_PRONOUN_SUFFIXES = ("هما", "كما", "ها", "هم", "هن", "نا", "كم", "كن", "ني", "ه", "ي", "ك")
_SHADDA = "\u0651"
_DIACRITICS = dict.fromkeys(range(0x64B, 0x653))


@dataclass(frozen=True, slots=True)
class NounForm:
    """What a written form of a noun or adjective says; `construct`: only before a genitive or a pronoun."""

    number: GrammaticalNumber
    feminine: bool = False
    construct: bool = False


@dataclass(frozen=True, slots=True)
class VerbForm:
    """What a written form of a verb says; where a form is ambiguous, the third person and the past win."""

    person: int
    gender: Gender
    number: GrammaticalNumber
    tense: Tense


def strip_suffix(norm: str) -> list[tuple[str, str]]:
    """The ways to read a folded word as stem and pronoun: (stem, suffix), the word itself with "" first.

    What the suffix changed is undone as well: عائلته gives عائله besides عائلت, ابناؤه gives ابناء besides ابناو.
    """
    readings = [(norm, "")]
    for suffix in _PRONOUN_SUFFIXES:
        stem = norm[: -len(suffix)]
        if not norm.endswith(suffix) or len(stem) < 2:
            continue
        readings.append((stem, suffix))
        if stem.endswith("ت") and len(stem) > 2:
            readings.append((stem[:-1] + "ه", suffix))
        elif stem.endswith(("او", "اي")) and len(stem) > 3:
            readings.append((stem[:-1] + "ء", suffix))
    return readings


def noun_forms(singular: str, plurals: Iterable[str] = (), *, feminine: str | None = None) -> dict[str, NounForm]:
    """The forms of a noun: singular, accusative in -ا, dual, and each plural.

    A plural "-ون" or "-ات" is built on the singular, any other is written out. `feminine` adds the singular of the
    feminine counterpart (قتيلة) with its dual and its plural in -ات. Where -ين may be dual or plural, it is plural.
    """
    forms: dict[str, NounForm] = {}
    _add_singular(forms, singular, feminine=singular.endswith("ة"))
    for plural in plurals:
        _add_plural(forms, _sound_plural(singular, plural) if plural.startswith("-") else plural)
    if feminine is not None:
        _add_singular(forms, feminine, feminine=True)
        _add_plural(forms, _sound_plural(feminine, "-ات"), feminine=True)
    return forms


def adjective_forms(masculine: str) -> dict[str, NounForm]:
    """The forms of an adjective with regular feminine and sound plurals: مدني, مدنية, مدنيان, مدنيون, مدنيات …"""
    return noun_forms(masculine, ["-ون"], feminine=masculine + "ة")


def _sound_plural(singular: str, suffix: str) -> str:
    stem = singular[:-1] if singular.endswith("ة") else singular
    return stem + suffix[1:]


def _add_singular(forms: dict[str, NounForm], singular: str, *, feminine: bool) -> None:
    folded = fold_text(singular)
    forms.setdefault(folded, NounForm("singular", feminine))
    if not singular.endswith(("ة", "ا", "ى", "اء")):
        forms.setdefault(folded + "ا", NounForm("singular", feminine))
    for stem in _dual_stems(singular):
        for ending, construct in (("ان", False), ("ين", False), ("ا", True), ("ي", True)):
            forms.setdefault(fold_text(stem + ending), NounForm("dual", feminine, construct))


def _dual_stems(singular: str) -> tuple[str, ...]:
    if singular.endswith("ة"):
        return (singular[:-1] + "ت",)
    if singular.endswith("ى"):
        return (singular[:-1] + "ي",)
    return (singular, singular[:-1] + "ئ") if singular.endswith("اء") else (singular,)


def _add_plural(forms: dict[str, NounForm], plural: str, *, feminine: bool = False) -> None:
    folded = fold_text(plural)
    feminine = feminine or plural.endswith("ات")
    forms.setdefault(folded, NounForm("plural", feminine))
    if plural.endswith("ون") and len(plural) > 4:
        # -ين is written alike in the dual and the plural; unpointed, the plural is the safe reading
        forms[folded[:-2] + "ين"] = NounForm("plural", feminine)
        forms[folded[:-1]] = NounForm("plural", feminine, construct=True)
        forms[folded[:-2] + "ي"] = NounForm("plural", feminine, construct=True)
    elif plural.endswith("ين") and len(plural) > 4:
        forms[folded] = NounForm("plural", feminine)
        forms[folded[:-1]] = NounForm("plural", feminine, construct=True)
        forms.setdefault(folded[:-2] + "و", NounForm("plural", feminine, construct=True))
    elif not plural.endswith(("ة", "ا", "ى", "ي", "اء", "ات")):
        forms.setdefault(folded + "ا", NounForm("plural", feminine))


def verb_forms(past: str, present: str) -> dict[str, VerbForm]:
    """The forms of a verb given by its third person masculine singular: قصف and يقصف, شنّ and يشنّ, تبنى and يتبنى.

    Takes strong, doubled, hollow and defective verbs, active or (given as أصيب and يصاب) passive. Before a pronoun the
    plural loses its alef (قتلوه) and a final ى becomes ا (تبناها): what is left (قتلو, تبنا) is listed too.
    """
    forms: dict[str, VerbForm] = {}
    for form, (person, gender, number) in _past(past, present.translate(_DIACRITICS)):
        forms.setdefault(fold_text(form), VerbForm(person, gender, number, "past"))
    for form, (person, gender, number) in _present(present, hollow=_is_hollow(past, present)):
        forms.setdefault(fold_text(form), VerbForm(person, gender, number, "present"))
    return forms


_Subject = tuple[int, Gender, GrammaticalNumber]
_HE: _Subject = (3, "masculine", "singular")
_SHE: _Subject = (3, "feminine", "singular")
_BOTH: _Subject = (3, "masculine", "dual")
_BOTH_F: _Subject = (3, "feminine", "dual")
_THEY: _Subject = (3, "masculine", "plural")
_THEY_F: _Subject = (3, "feminine", "plural")
_I: _Subject = (1, "any", "singular")
_WE: _Subject = (1, "any", "plural")
_YOU_ALL: _Subject = (2, "masculine", "plural")


@dataclass(frozen=True, slots=True)
class _Stems:
    """A verb's stems before no ending, before ت, before ا of the dual, before و, and before ن and the like."""

    bare: str
    t: str
    dual: str
    plural: str
    consonant: str


def _past(past: str, present: str) -> Iterator[tuple[str, _Subject]]:
    stems = _past_stems(past, present)
    yield stems.bare, _HE
    if past.endswith("ى"):
        yield stems.bare[:-1] + "ا", _HE
    yield stems.t + "ت", _SHE
    for plural in {stems.plural, _seated(stems.plural)}:
        yield plural + "وا", _THEY
        yield plural + "و", _THEY
    yield stems.dual + "ا", _BOTH
    yield stems.t + "تا", _BOTH_F
    before_n = stems.consonant.removesuffix("ن")  # أعلن and -نا make أعلنّا
    yield before_n + "ن", _THEY_F
    yield before_n + "نا", _WE
    yield stems.consonant + "ت", _I
    yield stems.consonant + "تم", _YOU_ALL


def _past_stems(past: str, present: str) -> _Stems:
    plain = past.translate(_DIACRITICS)
    if plain.endswith("ى"):
        short = plain[:-1]
        return _Stems(plain, short, short + "ي", short, short + "ي")
    if plain.endswith("ا"):
        short = plain[:-1]
        return _Stems(plain, short, short + "و", short, short + "و")
    if plain.endswith("ي"):
        return _Stems(plain, plain, plain, plain[:-1], plain)
    if past.endswith(_SHADDA) or len(plain) == 2:
        return _Stems(plain, plain, plain, plain, plain + plain[-1])
    if len(plain) > 2 and _loses_middle(plain, present):
        return _Stems(plain, plain, plain, plain, plain[:-2] + plain[-1])
    return _Stems(plain, plain, plain, plain, plain)


def _loses_middle(past: str, present: str) -> bool:
    """Whether a long vowel before the last letter is short before ت and ن: عاد and عدت, أصيب (يصاب) and أصبت, but not
    أيد (يؤيد), whose ي is a consonant.
    """
    if past[-2] == "ي":
        return present[-2] == "ا" and (past.startswith("أ") or len(past) == 3)
    return past[-2] == "ا"


def _is_hollow(past: str, present: str) -> bool:
    past, present = past.translate(_DIACRITICS), present.translate(_DIACRITICS)
    if len(past) < 3 or len(present) < 4 or present[-2] not in "اوي":
        return False
    return past[-2] == "ا" or (past[-2] == "ي" and present[-2] == "ا")


def _seated(stem: str) -> str:
    """The stem with its final hamza on a waw, as some write it before -وا and -ون: بدؤوا."""
    return stem[:-1] + "ؤ" if stem.endswith(("أ", "ء")) else stem


def _present(present: str, *, hollow: bool) -> Iterator[tuple[str, _Subject]]:
    plain = present.translate(_DIACRITICS)
    stem = plain[1:]
    for prefix, subject in (("ي", _HE), ("ت", _SHE), ("ن", _WE), ("أ", _I)):
        yield from ((prefix + bare, subject) for bare in _bare_presents(stem, hollow=hollow))
    plural = stem[:-1] if stem.endswith(("ى", "ي", "و")) else stem
    for prefix, subject in (("ي", _THEY), ("ت", _YOU_ALL)):
        for written in {plural, _seated(plural)}:
            yield from ((prefix + written + ending, subject) for ending in ("ون", "وا", "و"))
    dual = stem[:-1] + "ي" if stem.endswith("ى") else stem
    for prefix, subject in (("ي", _BOTH), ("ت", _BOTH_F)):
        yield from ((prefix + dual + ending, subject) for ending in ("ان", "ا"))
    consonant = stem[:-2] + stem[-1] if hollow else dual
    yield "ي" + consonant.removesuffix("ن") + "ن", _THEY_F


def _bare_presents(stem: str, *, hollow: bool) -> Iterator[str]:
    """The stem without ending: as it is, before a pronoun, and after لم."""
    yield stem
    if stem.endswith("ى"):
        yield stem[:-1] + "ا"
    if stem.endswith(("ى", "ي", "و")):
        yield stem[:-1]
    elif hollow:
        yield stem[:-2] + stem[-1]
