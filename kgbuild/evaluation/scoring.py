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


def evaluate(pairs: Iterable[tuple[Gold, Article]], extract: Callable[[Article], Extraction | None]) -> Scores:
    """Extract every article and compare it with its annotation; an annotated publication date goes before none.

    Of an article without an extraction everything is missed.
    """
    total, articles = Tally(), {}
    for gold, article in pairs:
        if article.published is None and gold.published:
            article = replace(article, published=date.fromisoformat(gold.published))
        tally = Tally()
        extraction = extract(article) or Extraction(article=article, iri="")
        if not extraction.article.text:  # a store that does not keep the text
            extraction = replace(extraction, article=article)
        match_incidents(gold, extraction, match_entities(gold, extraction, tally), tally)
        total.take_in(tally)
        articles[article.id] = tally
    return Scores(rows(total), articles)


def rows(total: Tally) -> dict[str, Rates]:
    """The rates by kind, as `Scores` lists them."""
    groups = {
        "entities": total.kinds("entity:"),
        "entity_class": ["class"],
        "incidents": ["incident"],
        "slots": total.kinds("slot:"),
        "relations": ["relation"],
    }
    single = total.kinds("entity:") + total.kinds("slot:")
    return {name: total.rates(kinds) for name, kinds in groups.items()} | {kind: total.rates([kind]) for kind in single}
