"""Units called after the body they belong to: the commandos of the federal police are part of the federal police."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kgbuild.linking.actors import curated_actors
from kgbuild.model import Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.entity_rules.nations import nation_of
from kgbuild.pipeline.words import Words

_BODIES = frozenset(("StateForce", "ArmedGroup", "GovernmentBody"))


def nested_units(words: Words, doc: Doc) -> Iterator[Relation]:
    """partOf between actors of one article, the name of the one ending with the whole name of the other.

    The actors that the lists know tell their own parents: كتائب حزب الله is no part of حزب الله.
    """
    known = {e.id for e in doc._.entities if e.iri.rsplit("/", 1)[-1] in curated_actors()}
    bodies: dict[tuple[str, ...], EntityMention] = {}
    for mention in doc._.mentions:
        name = tuple(words.lemmas[mention.start : mention.end])
        adjective = len(name) == 1 and nation_of(name[0])  # "Turkish" of "Turkish and American jets"
        if mention.entity and mention.cls in _BODIES and not adjective:
            bodies.setdefault(name, mention)
    for name, unit in bodies.items():
        whole = next((bodies[name[n:]] for n in range(1, len(name)) if name[n:] in bodies), None)
        if whole is not None and unit.entity not in known:
            span = (words.starts[unit.start], words.ends[unit.end - 1])
            yield Relation(type="partOf", subject=unit.entity, object=whole.entity, evidence=(span,), confidence=0.7)
