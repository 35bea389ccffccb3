"""Every case in tests/cases/incidents says what must be read out of a sentence; its README explains the fields."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kgbuild.extract import Extractor
from kgbuild.language.folding import fold_key
from kgbuild.model import Article, Extraction, Report

CASES = Path(__file__).parent.parent / "cases" / "incidents"
Case = dict[str, Any]


def _cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["case"], 1):
            yield pytest.param(case, id=f"{path.stem}-{number}")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize("case", list(_cases()))
def test_case(case: Case, extractor: Extractor) -> None:
    day = case.get("published", "2017-06-09")
    published = date.fromisoformat(day) if day else None
    article = Article(
        id="case", source="case", text=case["text"], published=published, language=case.get("language", "ar")
    )
    extraction = extractor(article)
    told = [_describe(extraction, report) for report in extraction.reports]
    wanted = case["incidents"]
    assert len(told) == len(wanted), f"{case['rule']}: {told}"
    free = list(extraction.reports)
    for incident in wanted:
        match = next((r for r in free if _fits(extraction, r, incident)), None)
        assert match is not None, f"{case['rule']}: wanted {incident}, got {told}"
        free.remove(match)


def _fits(extraction: Extraction, report: Report, wanted: Case) -> bool:
    return all(_CHECKS[field](extraction, report, value) for field, value in wanted.items())


def _names(extraction: Extraction, entity_id: str) -> set[str]:
    entity = next(e for e in extraction.entities if e.id == entity_id)
    texts = {m.text for m in extraction.mentions if m.entity == entity_id}
    return {f" {fold_key(name)} " for name in (*texts, *entity.label.values())}


def _same(extraction: Extraction, entities: tuple[str, ...], wanted: list[str]) -> bool:
    """Whether the entities and the wanted names pair off, each name being part of one entity's names."""
    free = list(entities)
    for name in wanted:
        key = fold_key(name)
        hit = next((e for e in free if any(key in n for n in _names(extraction, e))), None)
        if hit is None:
            return False
        free.remove(hit)
    return not free


def _figures(report: Report, *, part: bool = False, superseded: bool = False) -> list[tuple[str, int, int]]:
    return sorted(
        (c.effect, -1 if c.min is None else c.min, -1 if c.max is None else c.max)
        for c in report.casualties
        if c.part == part and c.superseded == superseded
    )


def _wanted_figures(value: list[list[Any]]) -> list[tuple[str, int, int]]:
    return sorted((effect, low, high) for effect, low, high in value)


def _facilities(extraction: Extraction, report: Report, wanted: dict[str, str]) -> bool:
    if not _same(extraction, tuple(f.entity for f in report.facilities), list(wanted)):
        return False
    return all(
        any(
            (f.effect or "") == effect and any(fold_key(name) in n for n in _names(extraction, f.entity))
            for f in report.facilities
        )
        for name, effect in wanted.items()
    )


def _date(extraction: Extraction, report: Report, wanted: list[str]) -> bool:
    return report.date is not None and [str(report.date.earliest), str(report.date.latest)] == wanted


def _weapons(extraction: Extraction, report: Report, wanted: list[str]) -> bool:
    return set(wanted) <= {e.cls for e in extraction.entities if e.id in report.weapons}


_CHECKS: dict[str, Callable[[Extraction, Report, Any], bool]] = {
    "class": lambda x, r, v: r.cls == v,
    "certainty": lambda x, r, v: r.certainty == v,
    "places": lambda x, r, v: _same(x, r.places, v),
    "perpetrators": lambda x, r, v: _same(x, r.perpetrators, v),
    "targets": lambda x, r, v: _same(x, r.targets, v),
    "victims": lambda x, r, v: _same(x, r.victims, v),
    "sources": lambda x, r, v: _same(x, r.sources, v),
    "casualties": lambda x, r, v: _figures(r) == _wanted_figures(v),
    "parts": lambda x, r, v: _figures(r, part=True) == _wanted_figures(v),
    "superseded": lambda x, r, v: _figures(r, superseded=True) == _wanted_figures(v),
    "groups": lambda x, r, v: {(c.effect, c.group) for c in r.casualties} == {(e, g) for e, g in v},
    "weapons": _weapons,
    "facilities": _facilities,
    "date": _date,
}


def _describe(extraction: Extraction, report: Report) -> Case:
    def names(ids: tuple[str, ...]) -> list[str]:
        return [e.label.get("ar") or e.label.get("en", "") for e in extraction.entities if e.id in ids]

    return {
        "class": report.cls,
        "places": names(report.places),
        "perpetrators": names(report.perpetrators),
        "targets": names(report.targets),
        "weapons": names(report.weapons),
        "casualties": [(c.effect, c.min, c.max, c.part) for c in report.casualties],
        "certainty": report.certainty,
        "sources": names(report.sources),
    }
