"""Who holds which office of which country, and who is a member of what.

An office is a title, the adjective of a nation, and a name (الرئيس التركي رجب طيب إردوغان); the country or its
government has to be named in the article. Members are the persons named behind "among them" or "the dead are".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.language.folding import fold_key
from kgbuild.model import Entity, Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.entity_rules.nations import nation_of
from kgbuild.pipeline.lexicon import folded, language_of, lexicon
from kgbuild.pipeline.relation_rules.patterns import Patterns, ends_with
from kgbuild.pipeline.relation_rules.surroundings import weighty_before
from kgbuild.pipeline.words import Words, sentences_of

_REACH = 7


class Offices:
    """Reads the tables `[members]` and `[[office]]` of relations.toml."""

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
        before = weighty_before(words, self._fillers, person)
        code = nation_of(words.lemmas[before[-1]]) if before else None
        title = before[:-1] if code else before
        norms = [words.norms[i] for i in title][-_REACH:]
        code = code or known
        held = self._longest(norms) if code else None
        if held is None and code and last and self._counterparts.intersection(norms[-1:]):
            held = (0, last[0])
        if held is None or code is None:
            yield from self._office_behind(words, person, states)
            return
        length, office = held
        last[:] = [office]
        span = (words.starts[title[-1 - length]], words.ends[person.end - 1])
        yield from self._held(office, person, code, states, span)

    def _office_behind(
        self, words: Words, person: EntityMention, states: Mapping[str, Mapping[str, str]]
    ) -> Iterator[Relation]:
        """The office right behind a person's name (مولود جاويش أوغلو وزير الخارجية التركي)."""
        behind = [
            i
            for i in range(person.end, min(person.end + _REACH + 2, len(words.norms)))
            if words.tags[i] not in ("SPACE", "PUNCT") and words.norms[i] not in self._fillers
        ]
        for number, index in enumerate(behind[:_REACH]):
            code = nation_of(words.lemmas[index]) if number else None
            office = self._opening([words.norms[i] for i in behind[:number]]) if code else None
            if code and office is not None:
                span = (words.starts[person.start], words.ends[index])
                yield from self._held(office, person, code, states, span)
                return

    def _opening(self, words: list[str]) -> Mapping[str, Any] | None:
        """The office that the words are with what it governs, the longest title first."""
        fits = [
            (len(title), number)
            for number, (titles, office) in enumerate(self._offices)
            for title in titles
            if 0 <= len(words) - len(title) <= office["governs"] and _is_title(words, title, len(words) - len(title))
        ]
        return self._offices[max(fits)[1]][1] if fits else None

    def _held(
        self,
        office: Mapping[str, Any],
        person: EntityMention,
        code: str,
        states: Mapping[str, Mapping[str, str]],
        span: tuple[int, int],
    ) -> Iterator[Relation]:
        """The relation of a person to what the office is of."""
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

    def _ministers_of(self, words: Words, doc: Doc, mentions: Iterable[EntityMention]) -> Iterator[Relation]:
        """Ministers lead the ministries that the article names: وزير العدل حسن الشمري, وزارة العدل."""
        bodies = ((fold_key(e.label.get("ar", "")).split(), e.id) for e in doc._.entities if e.cls == "GovernmentBody")
        ministries = [(names[1:], id_) for names, id_ in bodies if names and names[0] in self._ministry]
        for person in mentions if ministries else ():
            before = weighty_before(words, self._fillers, person) if person.cls == "Person" else []
            at = next((n for n in reversed(range(len(before))) if words.lemmas[before[n]] in self._ministers), None)
            field = [words.norms[i] for i in before[at + 1 :]] if at is not None else []
            held = next(
                (id_ for names, id_ in ministries if field and names[: len(field)] == field[: len(names)]), None
            )
            if at is not None and held is not None:
                yield _holds("leaderOf", person, held, (words.starts[before[at]], words.ends[person.end - 1]))

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
