"""The words of casualties, spelled out from `data/<language>/casualties.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spacy.language import Language

from kgbuild.arabic.inflect import adjective_forms, noun_forms
from kgbuild.language.folding import fold_key
from kgbuild.pipeline.lexicon import adjectives_of_nation, folded, language_of, lexicon, nouns_of, verbs_of
from kgbuild.pipeline.phrases import PhraseTable, Tokenize, phrase_set, tokenize_with


@dataclass(frozen=True, slots=True)
class People:
    """A noun for people in one of its forms; `effect` where the noun itself tells what befell them ("the dead")."""

    group: str
    number: str
    effect: str | None = None
    nationality: str | None = None


@dataclass(frozen=True, slots=True)
class CasualtyWords:
    """Everything the reading of tolls asks of the language; the file says what each set is for.

    `heads` gives (effect, whether the word is a verb); `people` is by folded form; `behind` are figures that stand
    behind their noun; `joiners` join people to those told before, as "and" does, `alongside` behind a passive;
    figures reach over `asides`; `bounds` are "at least" behind a noun; `pronouns` count those meant by "his death";
    `parted` gives those objects of a verb that tell of deaths.
    """

    heads: PhraseTable[tuple[str, bool]]
    people: Mapping[str, People]
    behind: Mapping[str, int]
    joiners: PhraseTable[str]
    alongside: PhraseTable[str]
    asides: PhraseTable[str]
    bounds: PhraseTable[str]
    pronouns: Mapping[str, int]
    parted: Mapping[str, frozenset[str]]
    sets: Mapping[str, frozenset[str]]
    homographs: frozenset[str]
    nations: Mapping[str, str]
    parting: frozenset[str]
    """What sub-counts stand behind, and what stands for those counted."""
    heading: frozenset[str]
    """What `heads` begin with, and what else may be read as one."""
    counting: frozenset[str]
    """What a phrase begins with that no number opens: nouns for people, "one of", "some of"."""

    def has(self, kind: str, word: str) -> bool:
        """Whether the folded word is in the set of this name."""
        return word in self.sets[kind]


def casualty_words(nlp: Language) -> CasualtyWords:
    """The words of the pipeline's language."""
    language = language_of(nlp)
    data = lexicon(language, "casualties")
    words, nations = data["words"], _nations(language)
    tokens = tokenize_with(nlp)
    heads, people = _heads(data, language, tokens), _people(data, language, nations)
    parted = {
        form: folded(entry["objects"])
        for entry in data.get("parted", ())
        for pair in entry["verbs"]
        for form in verbs_of(pair, language)
    }
    return CasualtyWords(
        heads=heads,
        people=people,
        behind={fold_key(word): value for word, value in data["numbers"].items()},
        joiners=phrase_set(words["joiners"], tokens),
        alongside=phrase_set(words["alongside"], tokens),
        asides=phrase_set(words["asides"], tokens),
        bounds=phrase_set(lexicon(language, "numbers")["bounds_after"]["at_least"], tokens),
        pronouns={fold_key(word): value for word, value in data["pronouns"].items()},
        parted=parted,
        sets={kind: folded(words[kind]) for kind in words},
        homographs=folded(lexicon(language, "homographs")["words"]),
        nations={form: nation for form, (nation, _) in nations.items()},
        parting=folded((*words["among"], *words["part"], *words["those_counted"])),
        heading=folded(words["so"]) | parted.keys() | heads.by_first.keys(),
        counting=folded((*words["one"], *words["some"])) | people.keys(),
    )


def _heads(data: Mapping[str, Any], language: str, tokens: Tokenize) -> PhraseTable[tuple[str, bool]]:
    heads: PhraseTable[tuple[str, bool]] = PhraseTable()
    for form in data["words"]["falling"]:
        heads.add([fold_key(form)], ("killed", True))
    for effect in data["effect"]:
        for phrase in effect.get("phrases", []):
            heads.add(tokens(phrase), (effect["name"], True))
        # قتل is rather "was killed" than "killing", but إصابة rather "injury" than "hit him"
        for pair in effect["verbs"]:
            for form in verbs_of(pair, language, pronouns=False):
                heads.add([form], (effect["name"], True))
        for noun in effect["nouns"]:
            for form, number in nouns_of(noun, language).items():
                if number != "dual":  # the dual of جرح has the letters of "the wounded"
                    heads.add([form], (effect["name"], False))
        for pair in effect["verbs"]:
            for form in verbs_of(pair, language):
                heads.add([form], (effect["name"], True))
    return heads


def _nations(language: str) -> dict[str, tuple[str, str]]:
    """Folded forms of the adjectives of nations → the adjective itself, and the grammatical number."""
    if language != "ar":
        return {}
    nations: dict[str, tuple[str, str]] = {}
    for entry in lexicon(language, "nationalities")["nation"].values():
        for adjective in adjectives_of_nation(entry):
            forms = adjective_forms(adjective) | noun_forms(adjective, entry.get("plurals", ()))
            nations |= {form: (entry["adjective"], found.number) for form, found in forms.items()}
    return nations


def _people(
    data: Mapping[str, list[dict[str, list[str]]]], language: str, nations: Mapping[str, tuple[str, str]]
) -> dict[str, People]:
    people = {form: People("unknown", number, nationality=nation) for form, (nation, number) in nations.items()}
    for kind in data["people"]:
        for noun in kind["nouns"]:
            for form, number in nouns_of(noun, language).items():
                if form not in people or people[form].nationality:
                    people[form] = People(str(kind["group"]), number)
    for kind in data["victim"]:
        for noun in kind["nouns"]:
            for form, number in nouns_of(noun, language).items():
                people[form] = People("unknown", number, str(kind["effect"]))
    return people
