"""The small words that give names their parts in an incident, read from the language's data files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.language import Language

from kgbuild.assembly.damage_words import DamageWords
from kgbuild.assembly.role_words import RoleWords
from kgbuild.assembly.verb_forms import VerbForms, forms_of
from kgbuild.language.days_between import DaysBetween, days_between
from kgbuild.language.folding import fold_key
from kgbuild.pipeline.lexicon import folded, language_of, lexicon, nouns_of, spelt_out
from kgbuild.pipeline.phrases import PhraseTable, Tokenize, phrase_set, tokenize_with

_SHORT_FORM = 3


@dataclass(frozen=True, slots=True)
class Refinement:
    """One row of refine.toml."""

    classes: frozenset[str]
    weapons: frozenset[str]
    words: frozenset[str]
    actors: frozenset[str]
    to: str


@dataclass(frozen=True, slots=True)
class SegmentCues:
    """Where clauses begin: [segments] in roles.toml; `openings` open what somebody says."""

    openers: PhraseTable[str]
    soft_openers: frozenset[str]
    earlier: PhraseTable[str]
    turning: PhraseTable[str]
    accompanying: PhraseTable[str]
    elaborating: frozenset[str]
    openings: frozenset[str]
    adding: frozenset[str]
    joining: PhraseTable[str]

    @classmethod
    def of(cls, lists: Mapping[str, list[str]], tokens: Tokenize) -> SegmentCues:
        return cls(
            openers=phrase_set(lists["openers"], tokens),
            soft_openers=folded(lists["soft_openers"]),
            earlier=phrase_set(lists["earlier"], tokens),
            turning=phrase_set(lists["turning"], tokens),
            accompanying=phrase_set(lists["accompanying"], tokens),
            elaborating=frozenset(lists["elaborating"]),
            openings=folded(lists["openings"]),
            adding=frozenset(lists["adding"]),
            joining=phrase_set(lists["joining"], tokens),
        )


@dataclass(frozen=True, slots=True)
class TollCues:
    """Words about figures, from casualties.toml; `the_hurt` gives what befell those that a noun names."""

    nouns: frozenset[str]
    the_hurt: Mapping[str, str]
    some_hurt: frozenset[str]
    bodies: frozenset[str]
    burial: frozenset[str]
    earlier: PhraseTable[str]
    rising: PhraseTable[str]

    @classmethod
    def of(cls, language: str, tokens: Tokenize) -> TollCues:
        casualties = lexicon(language, "casualties")
        words = casualties["words"]
        nouns = (noun for effect in casualties["effect"] for noun in effect["nouns"])
        hurt = {
            form: str(kind["effect"])
            for kind in casualties["victim"]
            for noun in kind["nouns"]
            for form in nouns_of(noun, language)
        }
        return cls(
            nouns=frozenset(form for noun in nouns for form in nouns_of(noun, language)),
            the_hurt={norm: hurt.get(norm.removeprefix("ال"), "killed") for norm in folded(words["the_hurt"])},
            some_hurt=folded(words["some_hurt"]),
            bodies=folded(words["bodies"]),
            burial=folded(words["burial"]),
            earlier=phrase_set(words["earlier_toll"], tokens),
            rising=phrase_set(words["rising"], tokens),
        )


@dataclass(frozen=True, slots=True)
class BackgroundCues:
    """What marks totals, habits, plans and denials, from background.toml."""

    totals: PhraseTable[str]
    habitual: PhraseTable[str]
    irrealis: PhraseTable[str]
    natural: PhraseTable[str]
    reminders: PhraseTable[str]
    negations: frozenset[str]
    upcoming: frozenset[str]
    vague_counts: frozenset[str]
    struggles: frozenset[str]
    freeing: frozenset[str]
    attempts: frozenset[str]
    may: frozenset[str]
    past_with_t: frozenset[str]
    lasting: frozenset[str]
    future: frozenset[str]

    @classmethod
    def of(cls, lists: Mapping[str, Any], tokens: Tokenize, language: str) -> BackgroundCues:
        # Shortened forms are written like other words (تسع is nine as well as "strives").
        verbs = (v for v in forms_of(lists["irrealis_verbs"], language, pronouns=False) if len(v) > _SHORT_FORM)
        return cls(
            totals=phrase_set(lists["totals"], tokens),
            habitual=phrase_set(lists["habitual"], tokens),
            irrealis=phrase_set((*lists["irrealis"], *sorted(verbs)), tokens),
            natural=phrase_set(lists["natural"], tokens),
            reminders=phrase_set(lists["reminders"], tokens),
            negations=folded(lists["negations"]),
            upcoming=folded(lists["upcoming"]),
            vague_counts=folded(lists["vague_counts"]),
            struggles=folded(lists["struggles"]),
            freeing=folded(lists["freeing"]),
            attempts=folded(lists["attempts"]),
            may=folded(lists["may"]),
            past_with_t=folded(lists["past_with_t"]),
            lasting=forms_of(lists["lasting"], language, pronouns=False),
            future=folded(lists["future"]),
        )


@dataclass(frozen=True, slots=True)
class Cues:
    """Everything that assembly asks of the language. Sets and tables hold folded tokens.

    `roles` gives the part of the name behind a phrase; `kinds` the sense of a bare preposition or conjunction; an actor
    behind `control` only holds the ground; `blame` says that somebody is accused of what was told before, `contest`
    that accounts of it differ.
    """

    roles: PhraseTable[str]
    kinds: Mapping[str, str]
    control: PhraseTable[str]
    hedges: PhraseTable[str]
    contest: PhraseTable[str]
    neutral: frozenset[str]
    blame: PhraseTable[str]
    damage: DamageWords
    refinements: tuple[Refinement, ...]
    words: RoleWords
    verbs: VerbForms
    segments: SegmentCues
    tolls: TollCues
    background: BackgroundCues
    days_between: DaysBetween


@lru_cache(maxsize=4)
def cues_for(nlp: Language) -> Cues:
    """The cues of the pipeline's language."""
    language, tokens = language_of(nlp), tokenize_with(nlp)
    roles, speech = lexicon(language, "roles"), lexicon(language, "attribution")["speech"]
    return Cues(
        roles=_labelled(roles["cues"], tokens),
        kinds={fold_key(word): kind for kind, words in roles["kinds"].items() for word in words},
        control=phrase_set(roles["words"]["control"], tokens),
        hedges=phrase_set(speech["hedges"], tokens),
        contest=phrase_set(speech["contest"], tokens),
        neutral=folded(speech["neutral"]),
        blame=phrase_set(lexicon(language, "attribution")["blaming"]["deeds"], tokens),
        damage=DamageWords.of(language, tokens),
        refinements=tuple(map(_refinement, lexicon(language, "refine")["refine"])),
        words=RoleWords.of(roles["words"]),
        verbs=VerbForms.of(language),
        segments=SegmentCues.of(roles["segments"], tokens),
        tolls=TollCues.of(language, tokens),
        background=BackgroundCues.of(lexicon(language, "background"), tokens, language),
        days_between=days_between(language),
    )


def _labelled(lists: Mapping[str, list[str]], tokens: Tokenize) -> PhraseTable[str]:
    """A table in which each phrase stands for the name of its list; its first word may stand for all forms of it."""
    table: PhraseTable[str] = PhraseTable()
    for label, phrases in lists.items():
        for phrase in phrases:
            first, _, rest = phrase.partition("* ")
            for form in spelt_out([f"{first}*"]) if rest else ("",):
                table.add(tokens(f"{form} {rest}" if rest else phrase), label)
    return table


def _refinement(row: Mapping[str, Any]) -> Refinement:
    weapons, actors = frozenset(row["weapons"]), frozenset(row.get("actors", ()))
    return Refinement(frozenset(row["from"]), weapons, folded(row["words"]), actors, row["to"])
