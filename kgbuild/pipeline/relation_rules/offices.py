"""Who holds which office of which country, who is a member of what, and of which nation somebody is.

An office is a title, the adjective of a nation, and a name (الرئيس التركي رجب طيب إردوغان); the country or its
government has to be named in the article. Members are the persons named behind "among them" or "the dead are".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.language.folding import fold_key
from kgbuild.model import Entity, Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.entity_rules.nations import nation_of
from kgbuild.pipeline.lexicon import folded, language_of, lexicon
from kgbuild.pipeline.relation_rules.patterns import Patterns, ends_with
from kgbuild.pipeline.words import Words, sentences_of

_REACH = 7
_TO = "ل"
_ARTICLE = "ال"
_CITIZENS = frozenset(("ArmedGroup", "PoliticalOrganization", "Organization", "Person"))


class Offices:
    """Reads the tables `[members]`, `[[office]]` and `[nationality]` of relations.toml."""

    def __init__(self, nlp: Language, patterns: Patterns) -> None:
        data: Mapping[str, Any] = lexicon(language_of(nlp), "relations")
        self._fillers = patterns.fillers
        self._cues = folded(data["members"]["cues"])
        self._forces = frozenset(data["members"]["classes"])
        self._of_members = folded(data["members"].get("nouns", ()))
        self._offices = [
            ([patterns.phrase(title) for title in office["titles"]], office) for office in data.get("office", ())
        ]
        self._holders = {fold_key(name): code for code, names in data.get("holders", {}).items() for name in names}
        self._counterparts = folded(data.get("counterparts", {}).get("words", ()))
        ministries = data.get("ministries", {})
        self._ministers = folded(ministries.get("ministers", ()))
        self._ministry = folded(ministries.get("ministry", ()))
        self._governments = folded(data.get("governments", {}).get("words", ()))
        self._citizens = folded(data.get("nationality", {}).get("people", ()))
        self._verbs = frozenset(
            form
            for verb in data.get("nationality", {}).get("verbs", ())
            for forms in patterns.phrase(verb)
            for form in forms
        )
        self._called = folded(data.get("nationality", {}).get("called", ()))
        self._nationality = folded(data.get("nationality", {}).get("nouns", ()))

    def read(self, words: Words, doc: Doc) -> Iterator[Relation]:
        """All these relations of one document."""
        mentions = [m for m in doc._.mentions if m.entity]
        countries, governments = self._states(doc._.entities)
        yield from self._members(words, doc, mentions)
        yield from self._ministers_of(words, doc, mentions)
        if not countries and not governments:
            return
        nations = {
            e.id: self._holders.get(fold_key(e.label.get("ar", ""))) for e in doc._.entities if e.cls == "Person"
        }
        states = {"government": governments, "country": countries}
        last: list[Mapping[str, Any]] = []
        for mention in mentions:
            if mention.cls == "Person":
                yield from self._office(words, mention, states, nations.get(mention.entity), last)
            if mention.cls in _CITIZENS:
                yield from self._nation(words, mention, countries)

    def _states(self, entities: Iterable[Entity]) -> tuple[dict[str, str], dict[str, str]]:
        """ISO code → entity of the countries and of the governments that the article names."""
        entities = tuple(entities)
        countries, governments = countries_of(entities), {}
        for entity in entities:
            if entity.cls == "GovernmentBody":
                names = fold_key(entity.label.get("ar", "")).split()
                codes = (code for name in names[1:] if (code := nation_of(name.removeprefix("ال"))))
                code = next(codes, None) if names and names[0].removeprefix("ال") in self._governments else None
                if code:
                    governments[code] = entity.id
        return countries, governments

    def _office(
        self,
        words: Words,
        person: EntityMention,
        states: Mapping[str, Mapping[str, str]],
        known: str | None,
        last: list[Mapping[str, Any]],
    ) -> Iterator[Relation]:
        """The office before a person's name; `known` is the nation of an office holder whose title names none.

        `last` holds the office read last, which a counterpart has in another state (ونظيره التركي …).
        """
        before = self._before(words, person)
        code = nation_of(words.lemmas[before[-1]]) if before else None
        title = before[:-1] if code else before
        norms = [words.norms[i] for i in title][-_REACH:]
        code = code or known
        held = self._longest(norms) if code else None
        if held is None and code and last and self._counterparts.intersection(norms[-1:]):
            held = (0, last[0])
        if held is None or code is None:
            return
        length, office = held
        last[:] = [office]
        span = (words.starts[title[-1 - length]], words.ends[person.end - 1])
        found = [states[name][code] for name in office["of"] if code in states[name]]
        for body in found if office.get("all") else found[:1]:
            yield _holds(office["type"], person, body, span)

    def _longest(self, words: list[str]) -> tuple[int, Mapping[str, Any]] | None:
        """The longest title at the end of the words, and how many it governs: a deputy prime minister is no premier."""
        fits = [
            (len(title) + governed, governed, number)
            for number, (titles, office) in enumerate(self._offices)
            for title in titles
            for governed in range(office["governs"] + 1)
            if _is_title(words, title, governed)
        ]
        return (max(fits)[1], self._offices[max(fits)[2]][1]) if fits else None

    def _before(self, words: Words, person: EntityMention) -> list[int]:
        """The words of weight before a person's name, ranks left out."""
        return [
            i
            for i in range(max(0, person.start - 2 * _REACH), person.start)
            if words.tags[i] not in ("SPACE", "PUNCT") and words.norms[i] not in self._fillers
        ]

    def _ministers_of(self, words: Words, doc: Doc, mentions: Iterable[EntityMention]) -> Iterator[Relation]:
        """Ministers lead the ministries that the article names: وزير العدل حسن الشمري, وزارة العدل."""
        bodies = ((fold_key(e.label.get("ar", "")).split(), e.id) for e in doc._.entities if e.cls == "GovernmentBody")
        ministries = [(names[1:], id_) for names, id_ in bodies if names and names[0] in self._ministry]
        for person in mentions if ministries else ():
            before = self._before(words, person) if person.cls == "Person" else []
            at = next((n for n in reversed(range(len(before))) if words.lemmas[before[n]] in self._ministers), None)
            field = [words.norms[i] for i in before[at + 1 :]] if at is not None else []
            held = next(
                (id_ for names, id_ in ministries if field and names[: len(field)] == field[: len(names)]), None
            )
            if at is not None and held is not None:
                yield _holds("leaderOf", person, held, (words.starts[before[at]], words.ends[person.end - 1]))

    def _nation(self, words: Words, mention: EntityMention, countries: Mapping[str, str]) -> Iterator[Relation]:
        """حزب الله اللبناني, روسي الجنسية."""
        after = [i for i in range(mention.end, min(mention.end + 4, len(words.norms))) if words.tags[i] == "WORD"]
        index = after[0] if after else mention.end - 1
        if mention.cls == "Person":
            said = not self._nationality.isdisjoint(words.norms[i] for i in after[1:3])
            index = next((i for i in after[:2] if nation_of(words.lemmas[i])), index)
            before = [] if said else self._before(words, mention)
            citizen = self._citizen(words, before) if len(before) > 1 else None
            if citizen is not None:
                index, said = citizen, True
        else:
            said = bool(after) and after[0] <= mention.end + 1 and words.norms[index] != words.lemmas[index]
            if not said or nation_of(words.lemmas[index]) is None:
                index, said = mention.end - 1, mention.end - mention.start > 1
                said = said and _TO not in words.norms[mention.start : index]  # الفصائل المعارضة للنظام السوري
        code = nation_of(words.lemmas[index]) if said else None
        if code is not None and code in countries:
            span = (words.starts[mention.start], max(words.ends[index], words.ends[mention.end - 1]))
            yield Relation(
                type="nationality", subject=mention.entity, object=countries[code], evidence=(span,), confidence=0.7
            )

    def _citizen(self, words: Words, before: Sequence[int]) -> int | None:
        """The adjective before a name that tells the nation.

        It stands behind a noun of people (الشاب التونسي) or a verb, before "by nationality" (السوري الجنسية), or in
        front of "is called" (شاب تركي يبلغ 20 عاما ويدعى).
        """
        noun, adjective = (words.norms[i] for i in before[-2:])
        if noun in self._citizens:
            return before[-1]
        if adjective in self._nationality:
            return before[-2]
        if adjective in self._called:
            pairs = [(a, b) for a, b in pairwise(before) if words.norms[a] in self._citizens]
            return next((b for _, b in reversed(pairs) if nation_of(words.lemmas[b])), None)
        of_verb = adjective.startswith(_ARTICLE) and not noun.startswith(_ARTICLE) and noun in self._verbs
        return before[-1] if of_verb else None

    def _members(self, words: Words, doc: Doc, mentions: list[EntityMention]) -> Iterator[Relation]:
        """Persons named behind a cue belong to the force named last before it, in this sentence or the two before."""
        if not any(m.cls == "Person" for m in mentions):
            return
        forces: list[tuple[int, EntityMention]] = []
        position = 0
        for number, (start, end) in enumerate(sentences_of(doc)):
            cue = next((i for i in range(start, end) if words.norms[i] in self._cues), None)
            while position < len(mentions) and mentions[position].start < end:
                mention = mentions[position]
                position += 1
                if cue is not None and mention.start > cue and mention.cls == "Person" and forces:
                    yield from self._member(words, mention, forces[-1], number)
                elif mention.cls in self._forces and (cue is None or mention.end <= cue):
                    forces.append((number, mention))

    def _member(
        self, words: Words, person: EntityMention, force: tuple[int, EntityMention], number: int
    ) -> Iterator[Relation]:
        said, group = force
        led = not self._of_members.isdisjoint(words.norms[max(0, group.start - 3) : group.start])
        if said != number and not (led and number - said <= 2):
            return
        spans = (
            (words.starts[group.start], words.ends[group.end - 1]),
            (words.starts[person.start], words.ends[person.end - 1]),
        )
        yield Relation(type="memberOf", subject=person.entity, object=group.entity, evidence=spans, confidence=0.6)


def _holds(type_: str, person: EntityMention, held: str, span: tuple[int, int]) -> Relation:
    return Relation(type=type_, subject=person.entity, object=held, evidence=(span,), confidence=0.8)


def countries_of(entities: Iterable[Entity]) -> dict[str, str]:
    """ISO code → id of the countries among the entities."""
    keys = ((entity.iri.rsplit("/", 1)[1], entity.id) for entity in entities)
    return {key[-2:].upper(): id_ for key, id_ in keys if key.startswith("country-")}


def _is_title(words: list[str], title: tuple[frozenset[str], ...], governed: int) -> bool:
    """Whether the words are the title and `governed` more behind it; counted from the end."""
    return ends_with(words[: len(words) - governed], title)
