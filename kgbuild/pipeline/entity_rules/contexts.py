"""Actors that a name means only by what else the article names: النظام, الاحتلال, the planes of a nation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kgbuild.linking.actors import curated_actors
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.sources import Context
from kgbuild.pipeline.entity_rules.trie import Trie
from kgbuild.pipeline.entity_rules.view import View


def by_air(found: Iterable[Found], named: Iterable[str]) -> Iterator[Found]:
    """The same mentions, those of a nation's aircraft given to its air force where the article names that."""
    actors = set(named)
    air = {n["force"]: n["air"] for n in section("nationalities", "nation").values() if n.get("air") in actors}
    for one in found:
        if one.head == "طيران" and one.key in air:
            yield replace(one, key=air[one.key])
        else:
            yield one


def read_contexts(
    contexts: Trie[tuple[Context, ...]], view: View, countries: Mapping[str, int], named: Iterable[str]
) -> Iterator[Found]:
    """Names that mean an actor only by what else the article names (النظام, الاحتلال, التحالف).

    `countries` counts what points to each, `named` are the keys of the actors that the article names.
    """
    actors = set(named)
    about = max(countries, key=lambda code: (countries[code], code), default=None)
    read = 0
    for start in range(len(view)):
        found = contexts.longest(view.exact, start, view.line_end(start)) if start >= read else None
        if found is None:
            continue
        read = found[0]
        following = view.norms[found[0]] if found[0] < len(view) else ""
        preceding = view.norms[max(0, start - 2) : start]
        fitting = (c for c in found[1] if not c.before or not c.before.isdisjoint(preceding))
        key = next((k for c in fitting if (k := _resolve(c, following, countries, about, actors))), None)
        if key:
            actors.add(key)  # what is named so is named for those that follow
            yield Found(start, found[0], curated_actors()[key].cls, key=key, rank=7, confidence=0.85)


def _resolve(
    context: Context, following: str, countries: Mapping[str, int], about: str | None, actors: set[str]
) -> str | None:
    if following in context.unless:
        return None
    present = next((key for key in context.after if key in actors), None)
    if present:
        return present
    if context.actor is None:
        return None
    if context.country is None or context.country == about:
        return context.actor
    return context.actor if countries.get(context.country, 0) * 3 >= countries.get(about or "", 1) else None
