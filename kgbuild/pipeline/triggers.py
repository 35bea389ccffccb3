"""Finds the words that tell incidents (`kgbuild_triggers`).

Reads tokens and `doc._.segments`; sets `doc._.triggers`. The words and what they mean are in
`data/<language>/triggers.toml`.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.pipeline.lexicon import folded, language_of, lexicon, nouns_of, verbs_of
from kgbuild.pipeline.phrases import PhraseTable, tokenize_with
from kgbuild.pipeline.words import Words, words_of

Form = Literal["verb", "passive", "noun"]


_STOPS = frozenset(".;!?")
_REACH_OF_ARTICLE = 2
"""Words between which an adjective may stand: "the latest attack"."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One entry of the lexicon, in one of its forms. Without a class it tells no incident."""

    id: str
    cls: str
    frame: str
    weak: bool
    form: Form
    number: str = "singular"
    company: Company | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """What at most `reach` tokens behind a word makes it tell an incident: a name of `names`, or one of `words`.

    `names` are groups and classes of entities; `words` are folded, without their article. Right behind one of `barred`
    the word tells none.
    """

    names: frozenset[str]
    words: frozenset[str]
    reach: int
    barred: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that tells an incident. `definite`: it points back ("the shelling") or stands in construct.

    `others` are further meanings of the word; the first whose company is there is meant.
    """

    start: int
    end: int
    meaning: Meaning
    definite: bool = False
    others: tuple[Meaning, ...] = ()


@Language.factory("kgbuild_triggers", assigns=["doc._.triggers"], requires=["doc._.segments", "doc._.dates"])
def create(nlp: Language, name: str) -> TriggerFinder:
    """The component for the pipeline's language."""
    return TriggerFinder(nlp)


class TriggerFinder:
    """Looks every token up in the lexicon of the language."""

    def __init__(self, nlp: Language) -> None:
        self._of_headlines: PhraseTable[Meaning] = PhraseTable()
        language = language_of(nlp)
        self._homographs = folded(lexicon(language, "homographs")["words"])
        self._articles = folded(lexicon(language, "roles")["words"]["articles"])
        self._standing = folded(lexicon(language, "roles")["words"]["standing"])
        self._compounds = folded(lexicon(language, "roles")["words"]["compound_heads"])
        self._alike = folded(lexicon(language, "roles")["words"]["alike"])
        self._before_alike = folded(lexicon(language, "roles")["words"]["before_alike"])
        self._describing = folded(lexicon(language, "roles")["words"]["before_participles"])
        entries = lexicon(language, "triggers")["trigger"]
        self._table = _table_of(entries, nlp, language)
        for entry in (e for e in entries if e.get("finite") == "past"):
            meaning = _meaning(entry, "verb", "singular", _company(entry))
            for pair in entry["verbs"]:
                for text in verbs_of(pair, language, pronouns=False):
                    self._of_headlines.add([text], meaning)

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        times = {index for date in doc._.dates for index in range(date.start, date.end)}
        doc._.triggers = tuple(
            trigger
            for segment in doc._.segments
            if segment.kind in ("headline", "body")
            for trigger in self._alone(words, segment.start, segment.end, segment.kind == "headline")
            if trigger.start not in times  # فجر is dawn as well as "blew up"
        )
        return doc

    def _alone(self, words: Words, start: int, end: int, headline: bool) -> list[Trigger]:
        """The triggers, but for weapons whose sentence says in another word what they did ("a third bomb went off")."""
        found = list(self._find(words, start, end, headline))
        weapons = [trigger for trigger in found if self._is_weapon(words, trigger.start)]
        if not weapons:
            return found
        stops = [index for index in range(start, end) if words.norms[index] in _STOPS]
        sentences = {trigger.start: bisect(stops, trigger.start) for trigger in found}
        telling = {sentences[trigger.start] for trigger in found if trigger not in weapons}
        return [trigger for trigger in found if trigger not in weapons or sentences[trigger.start] not in telling]

    def _find(self, words: Words, start: int, end: int, headline: bool) -> Iterator[Trigger]:
        index = start
        while index < end:
            found = self._at(words, index, end)
            if found is None and headline:
                found = self._news(words, index, end)
            if found is None:
                index += 1
            else:
                if found.meaning.cls or found.meaning.company:
                    yield found
                index = found.end

    def _at(self, words: Words, index: int, end: int) -> Trigger | None:
        if words.tags[index] != "WORD":
            return None
        as_written = self._table.longest_at(words.norms, index, end)
        bared = self._table.longest_at(words.lemmas, index, end)
        hits = [hit for hit in (as_written, bared) if hit is not None]
        if words.norms[index] in self._homographs:
            hits = [hit for hit in hits if hit[0] > index + 1]
        if not hits or self._describes(words, index):
            return None
        stop, meanings = max(hits, key=lambda hit: hit[0])
        if stop == index + 1 and self._is_weapon(words, index):
            meanings = [m for m in meanings if m.form == "noun"]  # "a roadside bomb", not "they bomb"
        articled = as_written is None and not self._articles and words.norms[index] != words.lemmas[index]
        if words.texts[index].endswith("ة") or articled:
            meanings = [m for m in meanings if m.form == "noun"]  # "killers", not "killed him"; "at dawn"
        return (
            Trigger(index, stop, meanings[0], self._is_definite(words, index), tuple(meanings[1:]))
            if meanings
            else None
        )

    def _describes(self, words: Words, index: int) -> bool:
        """Whether an English word only describes the noun behind it: "the besieged town", "displacement camp"."""
        if not words.norms[index].endswith("ed"):
            return index + 1 < len(words.norms) and words.lemmas[index + 1] in self._compounds
        return index > 0 and words.norms[index - 1] in self._describing

    def _is_weapon(self, words: Words, index: int) -> bool:
        """Whether a word with the letters of a verb is the noun of a weapon by the word before it."""
        return index > 0 and words.norms[index] in self._alike and words.norms[index - 1] in self._before_alike

    def _is_definite(self, words: Words, index: int) -> bool:
        """Whether the word has an article: before it as a word, or on it, so that it is more than its lemma."""
        if self._articles:
            near = words.norms[max(0, index - _REACH_OF_ARTICLE) : index]
            return any(norm in self._articles for norm in near)
        return words.norms[index] != words.lemmas[index]

    def _news(self, words: Words, index: int, end: int) -> Trigger | None:
        """The present of a headline tells what is new ("X takes Y"), unless it describes a name before it."""
        hit = self._of_headlines.longest_at(words.norms, index, end)
        around = {words.norms[i] for i in (index - 1, index + 1) if 0 <= i < end}
        return Trigger(index, hit[0], hit[1]) if hit is not None and not around & self._standing else None


def _table_of(entries: Iterable[dict[str, Any]], nlp: Language, language: str) -> PhraseTable[list[Meaning]]:
    """All forms of the entries, each with its meanings in the order of the entries."""
    tokenize = tokenize_with(nlp)
    by_form: dict[tuple[str, ...], list[Meaning]] = {}
    for entry in entries:
        company = _company(entry)
        for form, text, number in _forms(entry, language):
            tokens = tuple(tokenize(text)) if " " in text else (text,)
            meanings = by_form.setdefault(tokens, [])
            if all(m.id != entry["id"] for m in meanings):
                meanings.append(_meaning(entry, form, number, company))
    table: PhraseTable[list[Meaning]] = PhraseTable()
    for tokens, meanings in by_form.items():
        table.add(tokens, meanings)
    return table


def _company(entry: dict[str, Any]) -> Company | None:
    names, words = frozenset(entry.get("names", ())), folded(entry.get("words", ()))
    return Company(names, words, entry["reach"], folded(entry.get("not_behind", ()))) if names or words else None


def _meaning(entry: dict[str, Any], form: Form, number: str, company: Company | None) -> Meaning:
    return Meaning(entry["id"], entry["class"], entry["frame"], entry.get("weak", False), form, number, company)


def _forms(entry: dict[str, Any], language: str) -> Iterator[tuple[Form, str, str]]:
    phrases: list[str] = entry.get("phrases", [])
    nouns: list[str] = entry.get("nouns", [])
    verbs: list[list[str]] = entry.get("verbs", [])
    passives: list[list[str]] = entry.get("passives", [])
    yield from (("noun", phrase, "singular") for phrase in phrases)
    for noun in nouns:
        yield from (("noun", form, number) for form, number in nouns_of(noun, language).items())
    only_past = entry.get("finite") == "past"
    for pair in verbs:
        forms = verbs_of(pair, language, only_past=only_past, pronouns=not entry.get("intransitive", False))
        yield from (("verb", form, "singular") for form in forms)
    for pair in passives:
        yield from (("passive", form, "singular") for form in verbs_of(pair, language))
