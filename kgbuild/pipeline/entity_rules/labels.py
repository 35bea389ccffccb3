"""Names of entities in Arabic and English: from the lists, the gazetteers, or spelt in the other script by rule."""

from __future__ import annotations

import re

from kgbuild import ontology
from kgbuild.linking.actors import curated_actors
from kgbuild.linking.places import Place
from kgbuild.linking.transliterate import transliterate
from kgbuild.pipeline.antecedents import Cluster
from kgbuild.pipeline.entity_rules.translated_names import english_name
from kgbuild.pipeline.entity_rules.translated_places import countryside, english_place, joined_sides
from kgbuild.pipeline.entity_rules.translated_words import english_words

_ACCUSATIVE = re.compile(r"(?:اً|ًا)(?=\s|$)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def spaced(cls: str) -> str:
    """A class name as words: BarrelBomb is "barrel bomb"."""
    return _CAMEL.sub(" ", cls).lower()


def entity_label(cluster: Cluster, place: Place | None, named_after: Place | None) -> dict[str, str]:
    """Labels by language. `place` is the entity in a gazetteer, `named_after` the place whose countryside it is.

    Names written in Latin letters that no list holds have an English label only.
    """
    actor = curated_actors().get(cluster.key or "")
    if actor is not None:
        return dict(sorted(actor.label.items()))
    if place is not None:
        return {"ar": _arabic(cluster, place), "en": place.label}
    if cluster.group == "weapon":
        # One weapon of a class stands for all of them, in every article: it bears the class's name, not this text's.
        return dict(sorted(ontology.labels()[cluster.cls].items()))
    english = _english(cluster, named_after)
    return {"en": english} if cluster.name.isascii() else {"ar": _ACCUSATIVE.sub("", cluster.name), "en": english}


def _arabic(cluster: Cluster, place: Place) -> str:
    name = place.names[0] if place.names else cluster.name
    return f"محافظة {name}" if place.cls == "Governorate" else name


def _english(cluster: Cluster, named_after: Place | None) -> str:
    if cluster.generic:
        return spaced(cluster.cls)
    if cluster.name.isascii():
        return cluster.name
    if cluster.sides:
        core = named_after.label.removesuffix(" Governorate") if named_after else countryside(cluster.name.split()[1])
        sides = [english_words("sides")[side] for side in cluster.sides if side in english_words("sides")]
        return " ".join(part for part in (joined_sides(sides), core, "countryside") if part)
    if cluster.cls == "Person":
        return transliterate(cluster.name)
    if cluster.group == "place":
        return english_place(cluster.name, cluster.cls)
    return english_name(cluster.name, cluster.group)
