"""How many things a common noun tells of: a house, two houses, houses, five houses.

Five houses are not the house told of before, nor the seven; the houses may be the five.
"""

from __future__ import annotations

from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.coreference_rules.clusters import Clusters
from kgbuild.pipeline.lexicon import folded

MANY = "many"
_ONE_OF = folded(("أحد", "إحدى"))


def amount_of(mention: EntityMention, clusters: Clusters) -> str:
    """Empty for one thing, the figure of those counted, else "many"."""
    words, head = clusters.words, mention.head or ""
    figure = clusters.figures.get(mention.start)
    if figure is not None:
        return "" if figure == 1 else str(figure)
    if mention.start and words.norms[mention.start - 1] in _ONE_OF:
        return ""
    noun = words.lemmas[mention.start]
    stem = head.removesuffix("ه")
    if not noun.isalpha() or noun.isascii() or noun in (head, f"{head}ا"):
        return ""
    owned = noun.startswith((f"{stem}ت", head)) and not noun.startswith(f"{stem}ات")
    return "" if owned else MANY


def may_be_one(told: str, known: str) -> bool:
    """Whether what is told of now may be what is known, by their amounts."""
    return told == known or MANY in (told, known)
