"""Finds what the text states of two named entities (`kgbuild_relations`).

Reads tokens, sentences, `doc._.mentions` and `doc._.entities`; sets `doc._.relations`. Patterns are in
`data/<language>/relations.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.model import Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.lexicon import folded, language_of, lexicon
from kgbuild.pipeline.ordered import Ordered
from kgbuild.pipeline.words import Words, words_of

_REACH = 8
_TAIL_REACH = 4


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of the file with one of its phrases; the file's head explains the fields."""

    type: str
    left: frozenset[str]
    right: frozenset[str]
    from_left: bool
    lead: tuple[str, ...]
    tail: tuple[str, ...]
    phrase: tuple[str, ...]
    slack: int


@Language.factory("kgbuild_relations", assigns=["doc._.relations"], requires=["doc._.mentions", "doc._.entities"])
def create(nlp: Language, name: str) -> RelationFinder:
    """The component for the pipeline's language."""
    return RelationFinder(nlp)


class RelationFinder:
    """Tries every pattern on neighbouring names, and reads containment off the linked places."""

    def __init__(self, nlp: Language) -> None:
        def tokens(phrase: str) -> tuple[str, ...]:
            return tuple(t.norm_ for t in nlp.make_doc(phrase) if not t.is_space)

        self._patterns = [
            Pattern(
                entry["type"],
                frozenset(entry["left"]),
                frozenset(entry["right"]),
                entry["subject"] == "left",
                tokens(lead),
                tokens(tail),
                tokens(phrase),
                entry.get("slack", 1),
            )
            for entry in lexicon(language_of(nlp), "relations")["relation"]
            for lead in entry.get("lead", [""])
            for tail in entry.get("tail", [""])
            for phrase in entry["phrases"]
        ]
        self._longest_lead = max((len(pattern.lead) for pattern in self._patterns), default=0)
        members = lexicon(language_of(nlp), "relations")["members"]
        self._member_cues = folded(members["cues"])
        self._forces = frozenset(members["classes"])

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        found: dict[tuple[str, str, str], Relation] = {}
        names = Ordered(m for m in doc._.mentions if m.entity)
        readings = (
            self._stated(words, doc, names),
            self._nested(words, doc),
            self._members(words, doc, names),
            self._contained(words, doc),
        )
        for relation in chain.from_iterable(readings):
            if relation.subject != relation.object:
                found.setdefault((relation.type, relation.subject, relation.object), relation)
        doc._.relations = tuple(found.values())
        return doc

    def _stated(self, words: Words, doc: Doc, names: Ordered[EntityMention]) -> Iterator[Relation]:
        for sentence in doc.sents:
            mentions = names.within(sentence.start, sentence.end)
            for position, a in enumerate(mentions):
                for b in mentions[position + 1 :]:
                    if b.start > a.end + _REACH:
                        break
                    if a.end <= b.start:
                        yield from self._between(words, a, b, sentence.start)

    def _between(self, words: Words, a: EntityMention, b: EntityMention, start: int) -> Iterator[Relation]:
        between = [words.norms[i] for i in range(a.end, b.start) if words.tags[i] not in ("SPACE", "PUNCT")]
        before = self._lead(words, start, a.start)
        for pattern in self._patterns:
            if a.group not in pattern.left or b.group not in pattern.right:
                continue
            if pattern.lead and before[-len(pattern.lead) :] != pattern.lead:
                continue
            if pattern.tail and not _stands_in(words.norms[b.start : b.end + _TAIL_REACH], pattern.tail):
                continue
            if not _holds(between, pattern):
                continue
            subject, object_ = (a, b) if pattern.from_left else (b, a)
            yield Relation(
                type=pattern.type,
                subject=subject.entity,
                object=object_.entity,
                evidence=((words.starts[a.start], words.ends[b.end - 1]),),
                confidence=0.8,
            )

    def _lead(self, words: Words, start: int, end: int) -> tuple[str, ...]:
        """The last words before `end`, no more than a pattern may ask for."""
        lead: list[str] = []
        index = end - 1
        while index >= start and len(lead) < self._longest_lead:
            if words.tags[index] not in ("SPACE", "PUNCT"):
                lead.append(words.norms[index])
            index -= 1
        return tuple(reversed(lead))

    def _nested(self, words: Words, doc: Doc) -> Iterator[Relation]:
        """A place in the name of a building tells where it stands ("the market of Khan Bani Saad")."""
        mentions: tuple[EntityMention, ...] = doc._.mentions
        for position, outer in enumerate(mentions):
            if outer.group != "facility":
                continue
            for inner in mentions[position + 1 :]:
                if inner.start >= outer.end:
                    break
                if inner.group == "place":
                    span = (words.starts[outer.start], words.ends[outer.end - 1])
                    yield Relation(
                        type="locatedIn", subject=outer.entity, object=inner.entity, evidence=(span,), confidence=0.8
                    )

    def _members(self, words: Words, doc: Doc, names: Ordered[EntityMention]) -> Iterator[Relation]:
        """Persons named behind "among them" belong to the force named last before it."""
        for sentence in doc.sents:
            cue = next((i for i in range(sentence.start, sentence.end) if words.norms[i] in self._member_cues), None)
            if cue is None:
                continue
            mentions = names.within(sentence.start, sentence.end)
            forces = [m for m in mentions if m.end <= cue and m.cls in self._forces]
            for person in (m for m in mentions if m.start > cue and m.cls == "Person"):
                if forces:
                    yield Relation(
                        type="memberOf",
                        subject=person.entity,
                        object=forces[-1].entity,
                        evidence=((words.starts[forces[-1].start], words.ends[person.end - 1]),),
                        confidence=0.6,
                    )

    def _contained(self, words: Words, doc: Doc) -> Iterator[Relation]:
        """Containment that linking found in the text, with the first mention as evidence."""
        first: dict[str, EntityMention] = {}
        for mention in doc._.mentions:
            first.setdefault(mention.entity, mention)
        for entity in doc._.entities:
            mention = first.get(entity.id)
            for container in entity.within:
                if mention is None:
                    continue
                yield Relation(
                    type="within" if entity.group == "place" else "locatedIn",
                    subject=entity.id,
                    object=container,
                    evidence=((words.starts[mention.start], words.ends[mention.end - 1]),),
                    confidence=0.8,
                )


def _holds(between: list[str], pattern: Pattern) -> bool:
    """Whether the words between two names are the pattern's phrase, give or take its slack."""
    if len(between) > len(pattern.phrase) + (pattern.slack if pattern.phrase else 0):
        return False
    return _stands_in(between, pattern.phrase)


def _stands_in(words: list[str], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(tuple(words[i : i + size]) == phrase for i in range(len(words) - size + 1))
