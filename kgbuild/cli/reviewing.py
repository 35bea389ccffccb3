"""`kgbuild review`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from kgbuild.cli.options import store_option

if TYPE_CHECKING:
    from kgbuild.building.review import Doubt
    from kgbuild.building.witness import Witness
    from kgbuild.merging import Account
    from kgbuild.store import Reader, StorePlace

_LONGEST_TITLE = 160
_LONGEST_QUOTE = 400
_MOST_QUOTES = 4


@click.command()
@store_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def review(store: StorePlace, limit: int, form: str) -> int:
    """List reports that nearly were merged or only just were, the most doubtful first.

    Decide with merge-incidents, keep-apart or split; what is decided is not listed again.
    """
    from kgbuild.building.review import doubts
    from kgbuild.store import open_store

    with open_store(store, create=False) as opened:
        found = doubts(opened)
        for doubt in islice(found, limit):
            if form == "jsonl":
                click.echo(json.dumps(_record(doubt, opened), ensure_ascii=False))
            else:
                click.echo("\n".join(_lines(doubt, opened, store)) + "\n")
    if len(found) > limit:
        click.echo(f"{limit} of {len(found)} doubts; more with --limit", err=True)
    return 0


def _record(doubt: Doubt, store: Reader) -> dict[str, Any]:
    return {
        "kind": "merged" if doubt.merged else "near miss",
        "score": doubt.score.total,
        "parts": doubt.score.parts,
        "pairs": doubt.pairs,
        "incidents": list(doubt.incidents),
        "reports": [_report(account, store) for account in doubt.reports],
    }


def _report(account: Account, store: Reader) -> dict[str, Any]:
    seen = _witness(store, account)
    return {
        "iri": account.report,
        "says": _says(account),
        "source": seen.source,
        "title": seen.title,
        "quotes": list(seen.quotes),
    }


def _witness(store: Reader, account: Account) -> Witness:
    from kgbuild.building.witness import witness

    return witness(store, account.report, account.document)


def _lines(doubt: Doubt, store: Reader, path: StorePlace) -> Iterator[str]:
    """A doubt for a person: what speaks for and against, what both say in their words, and what can be done."""
    yield _headline(doubt)
    yield from _for_and_against(doubt.score.parts)
    if doubt.merged:
        yield f"  {_named(store, doubt.incidents[0])}"
    for number, account in enumerate(doubt.reports):
        yield f"  {'AB'[number]}  {_says(account)}"
        if not doubt.merged:
            yield f"     of {_named(store, doubt.incidents[number])}"
        yield from (f"     {line}" for line in _words(_witness(store, account)))
    yield from (f"  {command} --store {path}" for command in _remedies(doubt))


def _headline(doubt: Doubt) -> str:
    from kgbuild.merging.scoring import weights

    threshold = weights().threshold
    head = f"{'one incident' if doubt.merged else 'two incidents'} now, score {doubt.score.total:g} of {threshold:g}"
    if not doubt.merged and doubt.score.total >= threshold:
        head += "; the other reports of the two agree less, or exclude it"
    return f"{head} ({doubt.pairs} pairs of their reports are in doubt)" if doubt.pairs > 1 else head


def _named(store: Reader, incident: str) -> str:
    from kgbuild.building.witness import incident_label, reports_in

    count = reports_in(store, incident)
    return f"{incident_label(store, incident)}, {count} report{'s' if count > 1 else ''}: {incident}"


def _for_and_against(parts: list[str]) -> Iterator[str]:
    """The parts of a score, which end with their points, by what they speak for."""
    given = [(*part.replace("_", " ").rsplit(" ", 1),) for part in parts]
    for word, sign in (("for", 1), ("against", -1)):
        texts = [f"{text} {points}" for text, points in given if float(points) * sign > 0]
        if texts:
            yield f"  {word}: {', '.join(texts)}"


def _words(seen: Witness) -> Iterator[str]:
    yield f"{seen.source}: {shorten(seen.title, _LONGEST_TITLE, placeholder=' …')}" if seen.title else seen.source
    for quote in seen.quotes[:_MOST_QUOTES]:
        yield f'"{shorten(quote, _LONGEST_QUOTE, placeholder=" …")}"'


def _remedies(doubt: Doubt) -> Iterator[str]:
    if doubt.merged:
        yield f"to part A from the rest: kgbuild split {doubt.incidents[0]} {doubt.reports[0].report}"
        return
    both = " ".join(doubt.incidents)
    yield f"one incident: kgbuild merge-incidents {both}"
    yield f"two incidents: kgbuild keep-apart {both}"


def _says(account: Account) -> str:
    """A report in a line."""
    labels = (account.things[p].label for p in account.places)
    places = "، ".join(label.get("ar") or next(iter(label.values()), "") for label in labels)
    figures = (f"{f.effect} {_range(f.min, f.max)}" for f in account.figures)
    told = f"published {account.published}" if account.published else None
    return "; ".join(filter(None, (account.cls, places, _days(account), *figures, account.publisher, told)))


def _days(account: Account) -> str:
    days = [str(day) for day in (account.earliest, account.latest) if day is not None]
    return " – ".join(dict.fromkeys(days)) or "no date"


def _range(low: int | None, high: int | None) -> str:
    if high is None:
        return f"{low} or more"
    return str(high) if low == high else f"{low or 0} to {high}"
