"""Leaders, speakers and members of what was named before: "the Observatory … its director X", "one of its men, X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.model import Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.lexicon import language_of, lexicon
from kgbuild.pipeline.relation_rules.patterns import Patterns, Phrase, ends_with
from kgbuild.pipeline.words import Words, sentences_of

_REACH = 4
_AND = "و"
_SENTENCES = 2
_UNLED = frozenset(("MediaOrganization", "State"))


class Possessed:
    """Reads the table `[possessed]` of relations.toml: by type of relation, nouns with a pronoun before a person."""

    def __init__(self, nlp: Language, patterns: Patterns) -> None:
        table = lexicon(language_of(nlp), "relations").get("possessed", {})
        self._fillers = patterns.fillers
        self._called = patterns.groups.get("called", frozenset())
        self._titles: list[tuple[str, Phrase]] = [
            (type_, patterns.phrase(title)) for type_, titles in table.items() for title in titles
        ]

    def read(self, words: Words, doc: Doc) -> Iterator[Relation]:
        """Heads and speakers of the actor named last, in this sentence or the one before."""
        mentions: Sequence[EntityMention] = doc._.mentions
        if not any(m.cls == "Person" for m in mentions):
            return
        starts = [start for start, _ in sentences_of(doc)]
        reach, last = 0, None
        for mention in mentions:
            while reach < len(starts) and starts[reach] <= mention.start:
                reach += 1
            if mention.group == "actor" and mention.entity and mention.cls not in _UNLED:
                last = mention
            elif mention.cls == "Person" and last is not None and last.start >= starts[max(0, reach - _SENTENCES)]:
                yield from self._of(words, mention, last)

    def _of(self, words: Words, person: EntityMention, actor: EntityMention) -> Iterator[Relation]:
        before = [
            words.norms[i]
            for i in range(max(actor.end, person.start - 2 * _REACH), person.start)
            if words.tags[i] not in ("SPACE", "PUNCT") and words.norms[i] not in self._fillers
        ]
        if before[-2:-1] == [_AND] and before[-1] in self._called:  # أحد قادته ويدعى …
            before = before[:-2]
        type_ = next((t for t, title in self._titles if ends_with(before[-_REACH:], title)), None)
        if type_ is not None and person.entity:
            spans = ((words.starts[m.start], words.ends[m.end - 1]) for m in (actor, person))
            yield Relation(
                type=type_, subject=person.entity, object=actor.entity, evidence=tuple(spans), confidence=0.7
            )
