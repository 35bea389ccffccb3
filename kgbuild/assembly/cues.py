"""The small words that give names their parts in an incident, read from the language's data files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language

from kgbuild.language.folding import fold_key
from kgbuild.pipeline.lexicon import folded, language_of, lexicon, nouns_of, verbs_of, verbs_with_object
from kgbuild.pipeline.phrases import PhraseTable, phrase_set


@dataclass(frozen=True, slots=True)
class Refinement:
    """One row of refine.toml."""

    classes: frozenset[str]
    weapons: frozenset[str]
    words: frozenset[str]
    to: str


@dataclass(frozen=True, slots=True)
class Cues:
    """Everything that assembly asks of the language. Sets and tables hold folded tokens."""

    language: str
    roles: PhraseTable[str]
    openers: PhraseTable[str]
    soft_openers: frozenset[str]
    earlier: PhraseTable[str]
    elaborating: frozenset[str]
    possession: frozenset[str]
    heads: frozenset[str]
    control: PhraseTable[str]
    origin_heads: frozenset[str]
    kinds: dict[str, str]
    adjectives: frozenset[str]
    another: frozenset[str]
    since: frozenset[str]
    throughout: frozenset[str]
    between_times: frozenset[str]
    following: frozenset[str]
    fighters: frozenset[str]
    belonging: frozenset[str]
    own: frozenset[str]
    gunfire: frozenset[str]
    relatives: frozenset[str]
    light: frozenset[str]
    fronting: frozenset[str]
    the_hurt: frozenset[str]
    toll_nouns: frozenset[str]
    earlier_toll: PhraseTable[str]
    rising: PhraseTable[str]
    suffered: frozenset[str]
    done_by: frozenset[str]
    auxiliaries: frozenset[str]
    effect_verbs: frozenset[str]
    effect_particles: frozenset[str]
    speech: frozenset[str]
    refinements: tuple[Refinement, ...]
    totals: PhraseTable[str]
    habitual: PhraseTable[str]
    irrealis: PhraseTable[str]
    natural: PhraseTable[str]
    stances: frozenset[str]
    mourning: frozenset[str]
    negations: frozenset[str]
    reminders: PhraseTable[str]
    vague_counts: frozenset[str]
    hedges: PhraseTable[str]
    effects_on_facilities: PhraseTable[str]


def cues_for(nlp: Language) -> Cues:
    """The cues of the pipeline's language."""
    return _load(nlp)


@lru_cache(maxsize=4)
def _load(nlp: Language) -> Cues:
    def tokens(phrase: str) -> list[str]:
        return [t.norm_ for t in nlp.make_doc(phrase) if not t.is_space]

    language = language_of(nlp)
    roles, background = lexicon(language, "roles"), lexicon(language, "background")
    speech = lexicon(language, "attribution")
    table: PhraseTable[str] = PhraseTable()
    for role, phrases in roles["cues"].items():
        for phrase in phrases:
            table.add(tokens(phrase), role)
    effects: PhraseTable[str] = PhraseTable()
    for effect, phrases in roles["facility_effects"].items():
        for phrase in phrases:
            effects.add(tokens(phrase), effect)
    words, segments = roles["words"], roles["segments"]
    return Cues(
        language=language,
        roles=table,
        openers=phrase_set(segments["openers"], tokens),
        soft_openers=folded(segments["soft_openers"]),
        earlier=phrase_set(segments["earlier"], tokens),
        elaborating=frozenset(segments["elaborating"]),
        possession=folded(words["possession"]),
        heads=folded(words["heads"]),
        control=phrase_set(words["control"], tokens),
        origin_heads=folded(words["origin_heads"]),
        kinds={fold_key(w): kind for kind, ws in roles["kinds"].items() for w in ws},
        relatives=folded(words["relatives"]),
        fronting=folded(words["fronting"]),
        adjectives=folded(words["adjectives"]),
        another=folded(words["another"]),
        since=folded(words["since"]),
        following=frozenset(form for pair in words["following"] for form in verbs_of(pair, language)),
        between_times=folded(words["between_times"]),
        throughout=folded(words["throughout"]),
        fighters=folded(words["fighters"]),
        belonging=folded(words["belonging"]),
        own=folded(words["own"]),
        gunfire=folded(words["gunfire"]),
        earlier_toll=phrase_set(lexicon(language, "casualties")["words"]["earlier_toll"], tokens),
        rising=phrase_set(lexicon(language, "casualties")["words"]["rising"], tokens),
        the_hurt=folded(lexicon(language, "casualties")["words"]["the_hurt"]),
        toll_nouns=frozenset(
            form
            for effect in lexicon(language, "casualties")["effect"]
            for noun in effect["nouns"]
            for form in nouns_of(noun, language)
        ),
        light=frozenset(form for pair in words["light"] for form in verbs_of(pair, language)),
        done_by=frozenset(
            form for pair in (*words["light"], *words["doing"]) for form in verbs_with_object(pair, language)
        ),
        suffered=frozenset(form for pair in words["suffered"] for form in verbs_of(pair, language)),
        auxiliaries=folded(words["auxiliaries"]),
        effect_verbs=folded(roles["cues"]["effect"]),
        effect_particles=folded(words["effect_particles"]),
        speech=frozenset(form for pair in speech["speech"]["verbs"] for form in verbs_of(pair, language)),
        refinements=tuple(
            Refinement(frozenset(r["from"]), frozenset(r["weapons"]), folded(r["words"]), r["to"])
            for r in lexicon(language, "refine")["refine"]
        ),
        totals=phrase_set(background["totals"], tokens),
        habitual=phrase_set(background["habitual"], tokens),
        irrealis=phrase_set(background["irrealis"], tokens),
        natural=phrase_set(background["natural"], tokens),
        stances=frozenset(form for pair in background["stances"] for form in verbs_of(pair, language, pronouns=False)),
        mourning=frozenset(
            form for pair in background["mourning"] for form in verbs_of(pair, language, pronouns=False)
        ),
        negations=folded(background["negations"]),
        vague_counts=folded(background["vague_counts"]),
        reminders=phrase_set(background["reminders"], tokens),
        hedges=phrase_set(speech["speech"]["hedges"], tokens),
        effects_on_facilities=effects,
    )
