"""Finds what the text states of two named entities (`kgbuild_relations`).

Reads tokens, sentences, `doc._.mentions` and `doc._.entities`; sets `doc._.relations`. Patterns are in
`data/<language>/relations.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.model import Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.lexicon import folded, language_of, lexicon
from kgbuild.pipeline.words import Words, words_of

_REACH = 8
_SLACK = 1
"""Words that may stand between two names beside the phrase that relates them."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of the file; `lead` stands before the left name, `phrase` between the two."""

    type: str
    left: frozenset[str]
    right: frozenset[str]
    from_left: bool
    lead: tuple[str, ...]
    phrase: tuple[str, ...]


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
                tokens(phrase),
            )
            for entry in lexicon(language_of(nlp), "relations")["relation"]
            for lead in entry.get("lead", [""])
            for phrase in entry["phrases"]
        ]
        members = lexicon(language_of(nlp), "relations")["members"]
        self._member_cues = folded(members["cues"])
        self._forces = frozenset(members["classes"])

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        found: dict[tuple[str, str, str], Relation] = {}
        for relation in (*self._stated(words, doc), *self._members(words, doc), *self._contained(words, doc)):
            if relation.subject != relation.object:
                found.setdefault((relation.type, relation.subject, relation.object), relation)
        doc._.relations = tuple(found.values())
        return doc

    def _stated(self, words: Words, doc: Doc) -> Iterator[Relation]:
        for sentence in doc.sents:
            mentions = [m for m in doc._.mentions if sentence.start <= m.start < sentence.end and m.entity]
            for a, b in combinations(mentions, 2):
                if a.end <= b.start <= a.end + _REACH:
                    yield from self._between(words, a, b, sentence.start)

    def _between(self, words: Words, a: EntityMention, b: EntityMention, start: int) -> Iterator[Relation]:
        between = [words.norms[i] for i in range(a.end, b.start) if words.tags[i] not in ("SPACE", "PUNCT")]
        before = tuple(n for n, t in zip(words.norms[start : a.start], words.tags[start : a.start], strict=True)
                       if t not in ("SPACE", "PUNCT"))  # fmt: skip
        for pattern in self._patterns:
            if a.group not in pattern.left or b.group not in pattern.right:
                continue
            if pattern.lead and before[-len(pattern.lead) :] != pattern.lead:
                continue
            if not _holds(between, pattern.phrase):
                continue
            subject, object_ = (a, b) if pattern.from_left else (b, a)
            yield Relation(
                type=pattern.type,
                subject=subject.entity,
                object=object_.entity,
                evidence=((words.starts[a.start], words.ends[b.end - 1]),),
                confidence=0.8,
            )

    def _members(self, words: Words, doc: Doc) -> Iterator[Relation]:
        """Persons named behind "among them" belong to the force named last before it."""
        for sentence in doc.sents:
            cue = next((i for i in range(sentence.start, sentence.end) if words.norms[i] in self._member_cues), None)
            if cue is None:
                continue
            mentions = [m for m in doc._.mentions if sentence.start <= m.start < sentence.end and m.entity]
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


def _holds(between: list[str], phrase: tuple[str, ...]) -> bool:
    """Whether the words between two names are the phrase, give or take a word."""
    if not phrase:
        return len(between) == 0
    size = len(phrase)
    if len(between) > size + _SLACK:
        return False
    return any(tuple(between[i : i + size]) == phrase for i in range(len(between) - size + 1))
