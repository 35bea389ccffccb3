"""Of which nation persons and groups are: حزب الله اللبناني, الشاب التونسي, روسي الجنسية."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.model import Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.entity_rules.nations import nation_of
from kgbuild.pipeline.lexicon import folded, language_of, lexicon
from kgbuild.pipeline.relation_rules.offices import countries_of
from kgbuild.pipeline.relation_rules.patterns import Patterns
from kgbuild.pipeline.relation_rules.surroundings import weighty_before
from kgbuild.pipeline.words import Words

_TO = "ل"
_ARTICLE = "ال"
_CITIZENS = frozenset(("ArmedGroup", "PoliticalOrganization", "Organization", "Person"))


class Nationals:
    """Reads the table `[nationality]` of relations.toml; the country has to be named in the article."""

    def __init__(self, nlp: Language, patterns: Patterns) -> None:
        data: Mapping[str, Any] = lexicon(language_of(nlp), "relations")
        self._fillers = patterns.fillers
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
        """The nations of one document's persons and groups."""
        countries = countries_of(doc._.entities)
        for mention in doc._.mentions if countries else ():
            if mention.entity and mention.cls in _CITIZENS:
                yield from self._nation(words, mention, countries)

    def _nation(self, words: Words, mention: EntityMention, countries: Mapping[str, str]) -> Iterator[Relation]:
        """حزب الله اللبناني, روسي الجنسية."""
        after = [i for i in range(mention.end, min(mention.end + 4, len(words.norms))) if words.tags[i] == "WORD"]
        index = after[0] if after else mention.end - 1
        if mention.cls == "Person":
            said = not self._nationality.isdisjoint(words.norms[i] for i in after[1:3])
            index = next((i for i in after[:2] if nation_of(words.lemmas[i])), index)
            before = [] if said else weighty_before(words, self._fillers, mention)
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
