"""Names of entities in Arabic and English: from the lists, the gazetteers, or spelt in the other script by rule."""

from __future__ import annotations

import re
from functools import cache

from kgbuild import ontology
from kgbuild.language.folding import fold_text
from kgbuild.linking.actors import curated_actors
from kgbuild.linking.places import Place
from kgbuild.linking.transliterate import transliterate
from kgbuild.pipeline.antecedents import Cluster
from kgbuild.pipeline.lexicon import lexicon

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
        core = named_after.label.removesuffix(" Governorate") if named_after else transliterate(cluster.name.split()[1])
        return " ".join((*_side(cluster.sides), core, "countryside"))
    if cluster.group == "actor":
        return _common_noun(cluster) or transliterate(cluster.name)
    return transliterate(cluster.name)


@cache
def _table(name: str) -> dict[str, str]:
    return {fold_text(word): english for word, english in lexicon("ar", "latin")[name].items()}


def _side(sides: tuple[str, ...]) -> tuple[str, ...]:
    """الشمالي الشرقي is northeastern."""
    words = [_table("sides")[side] for side in sides if side in _table("sides")]
    if len(words) == 2 and words[0] in ("northern", "southern"):
        return (words[0].removesuffix("ern") + words[1],)
    return tuple(words)


def _common_noun(cluster: Cluster) -> str | None:
    """The English of an actor that is named by common nouns alone (فصائل شيعية مسلحة); None where one is unknown."""
    words = [word.removeprefix("ال") if len(word) > 4 else word for word in fold_text(cluster.name).split()]
    english = [_table("actors").get(word) for word in words]
    if None in english or not english:
        return None
    return " ".join(word for word in reversed(english) if word)
