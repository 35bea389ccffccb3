"""The words that tell of the fate of houses, vehicles and the like, read from damage.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kgbuild.arabic.inflect import adjective_forms, noun_forms
from kgbuild.pipeline.lexicon import folded, lexicon, nouns_of, verbs_of, verbs_with_object
from kgbuild.pipeline.phrases import PhraseTable, Tokenize

_EFFECTS = ("destroyed", "damaged", "burnt", "outOfService")


@dataclass(frozen=True, slots=True)
class DamageWords:
    """Folded words → effect. What the pronoun of an `attached` form stands for was named before it; `participles` stand
    right behind the thing. Where only one of its `parts`, or it only `partly`, was destroyed, it is damaged;
    `quantities` may stand before it.
    """

    told: PhraseTable[str]
    attached: Mapping[str, str]
    participles: Mapping[str, str]
    parts: frozenset[str]
    partly: frozenset[str]
    quantities: frozenset[str]

    @classmethod
    def of(cls, language: str, tokens: Tokenize) -> DamageWords:
        lists = lexicon(language, "damage")
        table: PhraseTable[str] = PhraseTable()
        attached: dict[str, str] = {}
        participles: dict[str, str] = {}
        for effect in _EFFECTS:
            for phrase in lists[effect]["phrases"]:
                table.add(tokens(phrase), effect)
            for word, pronoun in _forms(lists[effect], language):
                if pronoun:
                    attached.setdefault(word, effect)
                else:
                    table.add([word], effect)
            for adjective in lists[effect]["participles"]:
                participles.update(dict.fromkeys(adjective_forms(adjective), effect))
        words = lists["words"]
        quantities = folded(words["quantities"]) | _numerals(language)
        return cls(table, attached, participles, folded(words["parts"]), folded(words["partly"]), quantities)


def _forms(lists: Mapping[str, list[str]], language: str) -> Iterator[tuple[str, bool]]:
    """(form, whether it ends in a pronoun) of the verbs and nouns, which in English never do."""
    for verb in lists["verbs"]:
        yield from ((form, False) for form in verbs_of(verb, language, pronouns=False))
        yield from ((form, True) for form in verbs_with_object(verb, language))
    for entry in lists["nouns"]:
        singular, *plurals = entry.split("/")
        bare = noun_forms(singular, plurals)
        yield from ((form, form not in bare) for form in nouns_of(entry, language))


def _numerals(language: str) -> frozenset[str]:
    numbers = lexicon(language, "numbers")
    told = [words for part in ("units", "tens", "hundreds") for words in numbers.get(part, {}).values()]
    return folded(word for words in told for word in words)
