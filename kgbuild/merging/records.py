"""The record of an article in the store: what was read out of it, as JSON, and what merging needs of it.

The record is what `kgbuild extract` prints, without the article's text unless that is stored, and with a fingerprint of
the text, the run that made it and, where it is known, the day on which the article was retrieved. From it an article's
statements can be made again exactly, also those that it shares with other articles; and merging reads reports from it,
not from their statements.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from kgbuild.extraction_json import from_json, to_json
from kgbuild.language.folding import fold_key
from kgbuild.merging.accounts import Account, Figure, Thing
from kgbuild.merging.fingerprint import fingerprint, is_akin
from kgbuild.merging.names import own_words
from kgbuild.model import Article, Casualty, Extraction, Run
from kgbuild.tolls import toll

_EFFECTS = ("killed", "injured")
_ROLES = ("places", "perpetrators", "targets", "weapons", "victims")


def to_record(extraction: Extraction, run: Run, *, store_text: bool) -> str:
    """The record of an extraction; the same extraction by the same run gives the same text."""
    words = fingerprint(extraction.article.text)
    kept = extraction if store_text else replace(extraction, article=replace(extraction.article, text=""))
    data = {
        **to_json(kept),
        "fingerprint": "".join(f"{n:08x}" for n in words),
        "sha256": _text_hash(extraction.article),
        "run": asdict(run),
        **_retrieved(extraction.article),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def from_record(record: str) -> tuple[Extraction, Run]:
    """The extraction, its article's text empty where it is not stored, and the run that made it."""
    data = json.loads(record)
    extraction = from_json(data)
    article = replace(extraction.article, retrieved=_day(data.get("retrieved")))
    return replace(extraction, article=article), Run(**data["run"])


def is_up_to_date(record: str, article: Article, run: Run, *, store_text: bool) -> bool:
    """Whether the record is what this run would make of this article."""
    data = json.loads(record)
    kept = article if store_text else replace(article, text="")
    document = to_json(Extraction(article=kept, iri=data["document"]["iri"]))["document"]
    if data["document"] != document or data.get("retrieved") != _retrieved(article).get("retrieved"):
        return False
    return bool(data["sha256"] == _text_hash(article) and data["run"] == asdict(run))


def is_rewritten(record: str, article: Article) -> bool:
    """Whether the article is quite another than the one of the record: neither its title nor its words are alike."""
    data = json.loads(record)
    if data["sha256"] == _text_hash(article) or data["document"]["title"] == article.title is not None:
        return False
    return not is_akin(_words(data), fingerprint(article.text))


def origin(record: str) -> str:
    """Where the article was read from."""
    return str(json.loads(record)["document"]["source"])


def named_by_path(article: Article) -> bool:
    """Whether the article's id is the path it was read from, or the end of it: nobody gave it one."""
    source = unicodedata.normalize("NFC", article.source)
    return article.id != article.url and (source == article.id or source.endswith(f"/{article.id}"))


def _retrieved(article: Article) -> dict[str, str]:
    """The day of retrieval as a field; no field where it is not known, so that records without one stay as they are."""
    return {"retrieved": article.retrieved.isoformat()} if article.retrieved else {}


def _text_hash(article: Article) -> str:
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def accounts(record: str) -> list[Account]:
    """The reports of a record."""
    return list(_accounts(json.loads(record)))


def _accounts(data: Mapping[str, Any]) -> Iterator[Account]:
    things = _things(data)
    iris = {e["id"]: e["iri"] for e in data["entities"]}
    words = _words(data)
    document = data["document"]
    for report in data["incidents"]:
        yield _account(report, document, iris, things, words)


def _words(data: Mapping[str, Any]) -> tuple[int, ...]:
    text = data["fingerprint"]
    return tuple(int(text[i : i + 8], 16) for i in range(0, len(text), 8))


def _account(
    report: Mapping[str, Any],
    document: Mapping[str, Any],
    iris: Mapping[str, str],
    things: Mapping[str, Thing],
    words: tuple[int, ...],
) -> Account:
    when = report["date"] or {"earliest": None, "latest": None, "precision": "unknown"}
    return Account(
        report=report["iri"],
        document=document["iri"],
        cls=report["class"],
        published=_day(document["published"]),
        publisher=document["publisher"],
        words=words,
        earliest=_day(when["earliest"]),
        latest=_day(when["latest"]),
        precision=when["precision"],
        **{name: tuple(iris[e] for e in report[name]) for name in _ROLES},
        facilities=_facilities(report, iris, things),
        figures=tuple(_figures(report["casualties"])),
        certainty=report["certainty"],
        things=things,
    )


def _facilities(
    report: Mapping[str, Any], iris: Mapping[str, str], things: Mapping[str, Thing]
) -> dict[str, str | None]:
    hit: dict[str, str | None] = {iris[t]: None for t in report["targets"] if things[iris[t]].group == "facility"}
    return hit | {iris[f["entity"]]: f["effect"] for f in report["facilities"]}


def _figures(casualties: list[dict[str, Any]]) -> Iterator[Figure]:
    counts = [Casualty(**c) for c in casualties]
    for effect in _EFFECTS:
        low, high = toll(counts, effect)
        if low is not None or high is not None:
            yield Figure(effect=effect, min=low, max=high)


def _things(data: Mapping[str, Any]) -> dict[str, Thing]:
    """The entities that reports name, and what is around them: the others would only fill memory."""
    by_id = {e["id"]: e for e in data["entities"]}
    named = {e for report in data["incidents"] for e in _named(report)}
    needed = named.union(*(_containers(e, by_id) for e in named))
    places = [fold_key(n) for e in data["entities"] if e["group"] == "place" for n in e["label"].values()]
    return {by_id[e]["iri"]: _thing(by_id[e], by_id, places) for e in sorted(needed)}


def _named(report: Mapping[str, Any]) -> Iterator[str]:
    for name in _ROLES:
        yield from report[name]
    for facility in report["facilities"]:
        yield facility["entity"]


def _thing(e: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]], places: list[str]) -> Thing:
    return Thing(
        iri=e["iri"],
        cls=e["class"],
        group=e["group"],
        label=e["label"],
        names=frozenset(key for name in e["label"].values() if (key := fold_key(name))),
        own_words=own_words(e["label"], places) if e["group"] == "facility" else frozenset(),
        point=(e["point"][0], e["point"][1]) if e["point"] else None,
        within=frozenset(by_id[c]["iri"] for c in _containers(e["id"], by_id)),
    )


def _containers(start: str, by_id: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Everything around an entity, near and far; an article may state a circle."""
    found: set[str] = set()
    todo = [start]
    while todo:
        for container in by_id[todo.pop()]["within"]:
            if container not in found:
                found.add(container)
                todo.append(container)
    return found - {start}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
