"""Which extracted entities are the annotated ones."""

from __future__ import annotations

from kgbuild.evaluation.gold import Annotation, Gold, classes_of
from kgbuild.evaluation.names import name_keys, same_name
from kgbuild.evaluation.tally import Tally
from kgbuild.model import Entity, Extraction

Matches = dict[str, str]
"""Extracted entity id → annotated entity id."""


def match_entities(gold: Gold, extraction: Extraction, tally: Tally) -> Matches:
    """Pair the entities and count them by group and class; an entity found twice is once right and once wrong."""
    texts = {m.id: m.text for m in extraction.mentions}
    taken: dict[str, str] = {}
    matches: Matches = {}
    for entity in extraction.entities:
        keys = name_keys([*(texts[m] for m in entity.mentions), *entity.label.values()])
        hit = _best(gold, entity, keys, taken)
        if hit is None:
            _count_spurious(gold, entity, keys, tally)
            continue
        matches[entity.id] = hit["id"]
        if hit["id"] in taken:
            if not hit.get("optional"):
                tally.add(f"entity:{entity.group}", wrong=1, note=f"+ duplicate of {hit['id']}: {_some(keys)}")
        else:
            taken[hit["id"]] = entity.id
            _count_right(hit, entity, tally)
    for annotation in gold.entities:
        if annotation["id"] not in taken and not annotation.get("optional"):
            note = f"- missed {annotation['group']} {classes_of(annotation)[0]}: {annotation['names'][0]}"
            tally.add(f"entity:{annotation['group']}", missed=1, note=note)
    return matches


def _best(gold: Gold, entity: Entity, keys: frozenset[str], taken: dict[str, str]) -> Annotation | None:
    """The annotation that the entity is; of several with the name, a free one of its class."""
    peers = [a for a in gold.entities if a["group"] == entity.group or (_is_state(a) and entity.group in _STATE_GROUPS)]
    hits = [a for a in peers if keys & name_keys(a["names"])] or [
        a for a in peers if same_name(keys, name_keys(a["names"]))
    ]
    hits.sort(key=lambda a: (a["id"] in taken, entity.cls not in classes_of(a), bool(a.get("optional"))))
    return hits[0] if hits else None


_STATE_GROUPS = ("actor", "place")


def _is_state(annotation: Annotation) -> bool:
    """A state acts and is a place: either reading is right."""
    return bool({"State", "Country"} & set(classes_of(annotation)))


def _count_right(annotation: Annotation, entity: Entity, tally: Tally) -> None:
    if annotation.get("optional"):
        return
    tally.add(f"entity:{annotation['group']}", right=1)
    if entity.cls in classes_of(annotation):
        tally.add("class", right=1)
    else:
        note = f"~ class of {annotation['id']}: {entity.cls} instead of {classes_of(annotation)[0]}"
        tally.add("class", wrong=1, missed=1, note=note)


def _count_spurious(gold: Gold, entity: Entity, keys: frozenset[str], tally: Tally) -> None:
    if any(a.get("optional") and keys & name_keys(a["names"]) for a in gold.entities):
        return
    if entity.mentions:
        tally.add(f"entity:{entity.group}", wrong=1, note=f"+ spurious {entity.group} {entity.cls}: {_some(keys)}")


def _some(keys: frozenset[str]) -> str:
    return " / ".join(sorted(keys)[:3])
