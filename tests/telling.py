"""Articles whose text says in JSON what is to be read out of them: building and merging are tested without language."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from kgbuild import ids, vocab
from kgbuild.config import DEFAULT_BASE
from kgbuild.model import Article, Casualty, DateInterval, Entity, Extraction, FacilityEffect, Mention, Report

BASE = DEFAULT_BASE
PLACES = {
    "Syria": ("Country", None, None),
    "Raqqa Governorate": ("Governorate", "Syria", None),
    "Raqqa": ("City", "Raqqa Governorate", (39.01, 35.95)),
    "Mansour": ("Neighbourhood", "Raqqa", (39.02, 35.95)),
    "Tabqa": ("Town", "Raqqa Governorate", (38.55, 35.84)),
    "Karama": ("Village", "Raqqa Governorate", (39.28, 35.87)),
}


def tells(
    cls: str = "AirStrike",
    place: str | None = "Raqqa",
    day: str | None = "2017-06-08",
    *,
    last: str | None = None,
    killed: tuple[int | None, int | None] | None = None,
    injured: tuple[int | None, int | None] | None = None,
    by: str | None = None,
    facility: tuple[str, str] | None = None,
    victim: str | None = None,
    certainty: str = "asserted",
) -> dict[str, Any]:
    """One report. `killed` and `injured` are (min, max), `facility` is (class, name)."""
    return dict(locals())


def article(
    name: str,
    *reports: dict[str, Any],
    published: str | None = "2017-06-09",
    publisher: str | None = None,
    words: str | None = None,
) -> Article:
    """An article that tells these reports; its publisher is its name unless given.

    `words` make up most of the text; if not given they are the article's own, so that no two are alike.
    """
    padding = words or " ".join(f"{name}{n}" for n in range(300))
    return Article(
        id=name,
        source=f"{name}.txt",
        text=json.dumps({"reports": reports, "words": padding}),
        published=date.fromisoformat(published) if published else None,
        publisher=publisher or f"Example {name}",
        language="en",
    )


def make_extract() -> Callable[[Article], Extraction]:
    return extract


def extract(article: Article) -> Extraction:
    """What the text says; ValueError for a text that is no JSON."""
    return _Reader(article).extraction(json.loads(article.text)["reports"])


class _Reader:
    def __init__(self, article: Article) -> None:
        self.article = article
        self.entities: dict[str, Entity] = {}
        self.mentions: list[Mention] = []

    def extraction(self, told: list[dict[str, Any]]) -> Extraction:
        reports = tuple(self.report(n, r) for n, r in enumerate(told, start=1))
        return Extraction(
            article=self.article,
            iri=ids.document_iri(BASE, self.article.id),
            mentions=tuple(self.mentions),
            entities=tuple(self.entities.values()),
            reports=reports,
        )

    def report(self, number: int, told: dict[str, Any]) -> Report:
        facility = told["facility"] and self.entity(told["facility"][0], told["facility"][1], told["place"])
        by = told["by"] and self.entity("ArmedGroup", told["by"])
        return Report(
            id=f"i{number}",
            iri=ids.report_iri(BASE, self.article.id, number),
            cls=told["cls"],
            date=self.when(told),
            trigger=(0, 1),
            evidence=((0, 1),),
            places=(self.place(told["place"]),) if told["place"] else (),
            perpetrators=(by,) if by else (),
            targets=(facility,) if facility else (),
            facilities=(FacilityEffect(entity=facility, effect="destroyed"),) if facility else (),
            victims=(self.entity("Person", told["victim"]),) if told["victim"] else (),
            casualties=tuple(
                Casualty(effect=e, min=told[e][0], max=told[e][1], group="unknown", start=1, end=2)
                for e in ("killed", "injured")
                if told[e]
            ),
            certainty=told["certainty"],
        )

    def when(self, told: dict[str, Any]) -> DateInterval | None:
        if told["day"] is None:
            return None
        first, last = (date.fromisoformat(d) for d in (told["day"], told["last"] or told["day"]))
        return DateInterval(earliest=first, latest=last, precision="day" if first == last else "days")

    def place(self, name: str) -> str:
        cls, container, point = PLACES[name]
        within = (self.place(container),) if container else ()
        return self.entity(cls, name, point=point, within=within, iri=ids.known_entity_iri(BASE, name))

    def entity(self, cls: str, name: str, container: str | None = None, **known: Any) -> str:
        iri = known.pop("iri", None) or ids.unknown_entity_iri(BASE, cls, name.casefold(), container or "")
        within = known.pop("within", None) or ((self.place(container),) if container else ())
        for entity in self.entities.values():
            if entity.iri == iri:
                return entity.id
        number = len(self.entities) + 1
        mention = f"m{number}"
        self.entities[iri] = Entity(
            id=f"e{number}",
            iri=iri,
            cls=cls,
            group=vocab.GROUP_OF[cls],
            label={"en": name},
            within=within,
            mentions=(mention,),
            **known,
        )
        found = Mention(
            id=mention, start=0, end=2, text=self.article.text[:2], entity=f"e{number}", cls=cls, confidence=0.9
        )
        self.mentions.append(found)
        return f"e{number}"
