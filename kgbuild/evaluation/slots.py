"""What the slots of an incident hold, as annotated and as extracted, and how the two agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgbuild.evaluation.entities import Matches
from kgbuild.evaluation.gold import Annotation
from kgbuild.model import Report

_ENTITY_SLOTS = ("places", "perpetrators", "targets", "weapons", "victims")
Items = set[object]


@dataclass(frozen=True, slots=True)
class Filler:
    """What a slot must hold, and what it may hold besides."""

    must: Items
    may: Items


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, wrong and missed fillers of one slot; `note` says which were wrong or missed, "" where none was."""

    right: int
    wrong: int
    missed: int
    note: str = ""


def slot_counts(annotation: Annotation, report: Report, matches: Matches) -> dict[str, Counts]:
    """How the fillers of each slot agree with the annotated incident."""
    wanted, got = annotated_fillers(annotation), extracted_fillers(report, matches)
    if "ArmedClash" in annotation["class"]:  # who began a clash is rarely said: both roles count as taking part
        for fillers in (wanted, got):
            both = (fillers["perpetrators"], fillers["targets"])
            fillers["perpetrators"] = Filler(both[0].must | both[1].must, both[0].may | both[1].may)
            fillers["targets"] = Filler(set(), set())
    counts = {}
    for slot, filler in wanted.items():
        found = got[slot].must
        if slot == "places":
            found = found - set(annotation.get("wider", []))
        if slot in ("casualties", "subcounts"):
            found = got["casualties"].must | got["subcounts"].must
        wrong = set() if slot == "subcounts" else found - filler.must - filler.may
        missed = filler.must - found
        counts[slot] = Counts(len(found & filler.must), len(wrong), len(missed), _note(wrong, missed))
    right = report.cls in annotation["class"]
    note = "" if right else f"{report.cls} instead of {annotation['class'][0]}"
    counts["class"] = Counts(int(right), int(not right), int(not right), note)
    if annotation.get("date"):
        counts["date"] = _date_counts(annotation["date"], report)
    return counts


def _date_counts(wanted: list[str], report: Report) -> Counts:
    if _date_agrees(wanted, report):
        return Counts(1, 0, 0)
    got = "none" if report.date is None else f"{report.date.earliest} to {report.date.latest}"
    return Counts(0, int(report.date is not None), 1, f"{got} instead of {' to '.join(wanted)}")


def _note(wrong: Items, missed: Items) -> str:
    parts = (("wrong", wrong), ("missed", missed))
    return "; ".join(f"{name} {', '.join(sorted(map(_shown, items)))}" for name, items in parts if items)


def _shown(item: object) -> str:
    """An entity's id, or a pair such as effect and figure; an extracted entity that is no annotated one has a "!"."""
    return " ".join(map(str, item)) if isinstance(item, tuple) else str(item)


def annotated_fillers(annotation: Annotation) -> dict[str, Filler]:
    """What an annotated incident has to hold in each slot."""
    fillers = {}
    for slot in _ENTITY_SLOTS:
        ids = annotation.get(slot) or []
        fillers[slot] = Filler({i for i in ids if not i.endswith("?")}, {i[:-1] for i in ids if i.endswith("?")})
    figures = [
        (_kind(c.get("part"), c.get("superseded")), (c["effect"], int(c["min"])))
        for c in annotation.get("casualties") or []
        if c.get("min") is not None
    ]
    effects = annotation.get("facilities") or {}
    return fillers | _figure_fillers(figures) | {"facility_effect": Filler(_told(effects.items()), set())}


def extracted_fillers(report: Report, matches: Matches) -> dict[str, Filler]:
    """What a report says in each slot; entities that nobody annotated have an id that begins with "!"."""

    def known(entity: str) -> str:
        return matches.get(entity, f"!{entity}")

    fillers = {slot: Filler({known(e) for e in getattr(report, slot)}, set()) for slot in _ENTITY_SLOTS}
    figures = [(_kind(c.part, c.superseded), (c.effect, c.min)) for c in report.casualties if c.min is not None]
    effects = _told((known(f.entity), f.effect) for f in report.facilities)
    return fillers | _figure_fillers(figures) | {"facility_effect": Filler(effects, set())}


def _kind(part: object, superseded: object) -> str:
    return "superseded" if superseded else "part" if part else "total"


def _figure_fillers(figures: list[tuple[str, tuple[str, int]]]) -> dict[str, Filler]:
    totals: Items = {figure for kind, figure in figures if kind == "total"}
    parts: Items = {figure for kind, figure in figures if kind == "part"}
    earlier: Items = {figure for kind, figure in figures if kind == "superseded"}
    return {"casualties": Filler(totals, (parts | earlier) - totals), "subcounts": Filler(parts, totals)}


def _told(effects: Iterable[tuple[str, str | None]]) -> Items:
    """Effects that say more than that the facility was hit."""
    return {(facility, effect) for facility, effect in effects if effect and effect != "hit"}


def _date_agrees(wanted: list[str], report: Report) -> bool:
    if report.date is None or report.date.earliest is None:
        return False
    low = report.date.earliest.isoformat()
    high = (report.date.latest or report.date.earliest).isoformat()
    if len(wanted[0]) <= 7:
        return low[:7] == wanted[0][:7]
    return not (high < wanted[0] or low > wanted[1]) and low >= wanted[0][:8] + "00"
