"""Reads the notation of the entity lexicons and tells which entries a written word may be a form of.

An entry is a phrase. Its first word is a noun, `singular/plural/plural`, of which the dual, the sound plurals and the
cases are made by rule; a word marked `*` is an adjective in all its forms; the others stand as they are. The article is
free on every word, since phrases are compared without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from kgbuild.arabic.inflect import NounForm, adjective_forms, noun_forms, strip_suffix
from kgbuild.language.folding import fold_text
from kgbuild.pipeline.entity_rules.trie import Payload, Trie
from kgbuild.pipeline.lexicon import lexicon

_SINGLE = NounForm("singular")
_MOST_WORDS = 200_000
_CLITICS = frozenset("بلكوفس")


class Word(NamedTuple):
    """A written word in the lexicons' spelling: `exact` is the norm alone, in the shape that tries take."""

    norm: str
    lemma: str
    stems: tuple[str, ...]
    exact: tuple[str]
    owned: bool


class Forms:
    """The forms of every inflected word of the lexicons, and the spelling variants.

    A stem is the folded singular of a noun or masculine of an adjective. `numbers` tells of a form of a noun whether it
    is singular, dual or plural.
    """

    def __init__(self) -> None:
        self.stems: dict[str, tuple[str, ...]] = {}
        self.numbers: dict[tuple[str, str], NounForm] = {}
        self._seen: dict[str, tuple[str, ...]] = {}
        self._words: dict[tuple[str, str], Word] = {}
        self._possessed: set[str] = set()
        self._variants = {
            fold_text(variant): fold_text(words[0])
            for words in lexicon("ar", "variants")["words"]
            for variant in words[1:]
        }

    def canonical(self, word: str) -> str:
        """The spelling the lexicons use; the article stays."""
        if word in self._variants:
            return self._variants[word]
        if word.startswith("ال") and word[2:] in self._variants:
            return "ال" + self._variants[word[2:]]
        return word

    def word(self, written_norm: str, written_lemma: str) -> Word:
        """What is known of a word by its folded form and that without the article."""
        found = self._words.get((written_norm, written_lemma))
        if found is None:
            if len(self._words) > _MOST_WORDS:
                self._words.clear()
            norm, lemma = self.canonical(written_norm), self.canonical(written_lemma)
            found = Word(norm, lemma, self.readings(lemma), (norm,), self.possessed(lemma))
            self._words[written_norm, written_lemma] = found
        return found

    def readings(self, lemma: str) -> tuple[str, ...]:
        """The word itself and all stems of which it may be a form, a possessive pronoun taken off."""
        found = self._seen.get(lemma)
        if found is None:
            found = self._seen[lemma] = self._read(self.canonical(lemma))
            if len(self._seen) > _MOST_WORDS:
                self._seen.clear()
        return found

    def possessed(self, lemma: str) -> bool:
        """Whether the readings of this word come from taking a possessive pronoun off (منزله)."""
        return self.canonical(lemma) in self._possessed

    def _read(self, lemma: str) -> tuple[str, ...]:
        stems = self.stems.get(lemma)
        if stems is None:
            stems = next((self.stems[s] for s, suffix in strip_suffix(lemma) if suffix and s in self.stems), ())
            if stems:
                self._possessed.add(lemma)
        return (lemma, *(stem for stem in stems if stem != lemma))

    def number(self, lemma: str, stem: str) -> NounForm:
        """What the form says of the noun; singular where it is not one of ours."""
        return self.numbers.get((self.canonical(lemma), stem), _SINGLE)

    def phrase(self, entry: str) -> tuple[str, ...]:
        """Enter the forms of an entry's words; the stems to look for in the text."""
        return tuple(stem for index, word in enumerate(entry.split()) for stem in self._word(word, index == 0))

    def _word(self, word: str, first: bool) -> tuple[str, ...]:
        if word.endswith("*"):
            stem = self.canonical(fold_text(word[:-1]))
            self._enter(stem, adjective_forms(word[:-1]))
        elif first:
            singular, *plurals = word.split("/")
            stem = self.canonical(fold_text(singular))
            self._enter(stem, noun_forms(singular, plurals or ["-ات"] * singular.endswith("ة")))
        else:
            stem = self.canonical(fold_text(word))
            stem = stem.removeprefix("ال") if word.startswith("ال") and len(stem) > 4 else stem
        return (stem,)

    def _enter(self, stem: str, forms: dict[str, NounForm]) -> None:
        for form, found in forms.items():
            written = self.canonical(form)
            known = self.stems.get(written, ())
            if stem not in known:
                self.stems[written] = (*known, stem)
                self._seen.clear()
                self._words.clear()
            self.numbers.setdefault((written, stem), found)


@cache
def arabic_forms() -> Forms:
    """The forms of all entity lexicons, filled as they are loaded."""
    return Forms()


def phrase_trie(sections: dict[str, Sequence[str]], forms: Forms) -> Trie[str]:
    """A trie over stems from tables of class → entries; the payload is the class."""
    trie: Trie[str] = Trie()
    for cls, entries in sections.items():
        for entry in entries:
            trie.add(forms.phrase(entry), cls)
    return trie


def stem_set(entries: Iterable[str], forms: Forms) -> frozenset[str]:
    """The stems of one-word entries."""
    return frozenset(forms.phrase(entry)[0] for entry in entries)


@cache
def stems_of(file: str, *path: str) -> frozenset[str]:
    """The stems of a list of one-word entries in a lexicon file of `data/ar`."""
    return stem_set(section(file, *path), arabic_forms())


def name_trie(
    names: Iterable[tuple[str, Payload]], tokenize: Callable[[str], list[str]], forms: Forms
) -> Trie[Payload]:
    """A trie over exact words, in the lexicons' spelling."""
    trie: Trie[Payload] = Trie()
    for name, payload in names:
        trie.add([forms.canonical(word) for word in tokenize(name)], payload)
    return trie


def section(name: str, *path: str) -> Any:
    """A table or list of a lexicon file of `data/ar`."""
    found: Any = lexicon("ar", name)
    for part in path:
        found = found[part]
    return found
