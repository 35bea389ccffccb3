"""Scores of an extractor over annotated articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from kgbuild.evaluation.entities import match_entities
from kgbuild.evaluation.gold import Gold
from kgbuild.evaluation.incidents import match_incidents
from kgbuild.evaluation.tally import Rates, Tally
from kgbuild.model import Article, Extraction


@dataclass(frozen=True, slots=True)
class Scores:
    """`rows`: entities, entity_class, incidents, slots, relations, then each group and slot; `articles` by id."""

    rows: dict[str, Rates]
    articles: dict[str, Tally]


def evaluate(pairs: Iterable[tuple[Gold, Article]], extract: Callable[[Article], Extraction]) -> Scores:
    """Extract every article and compare it with its annotation; an annotated publication date goes before none."""
    total, articles = Tally(), {}
    for gold, article in pairs:
        if article.published is None and gold.published:
            article = replace(article, published=date.fromisoformat(gold.published))
        tally = Tally()
        extraction = extract(article)
        match_incidents(gold, extraction, match_entities(gold, extraction, tally), tally)
        total.take_in(tally)
        articles[article.id] = tally
    return Scores(_rows(total), articles)


def _rows(total: Tally) -> dict[str, Rates]:
    groups = {
        "entities": total.kinds("entity:"),
        "entity_class": ["class"],
        "incidents": ["incident"],
        "slots": total.kinds("slot:"),
        "relations": ["relation"],
    }
    single = total.kinds("entity:") + total.kinds("slot:")
    return {name: total.rates(kinds) for name, kinds in groups.items()} | {kind: total.rates([kind]) for kind in single}
