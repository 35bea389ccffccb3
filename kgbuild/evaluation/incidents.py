"""Which extracted incidents are the annotated ones, and how many of their slots agree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kgbuild.evaluation.entities import Matches
from kgbuild.evaluation.gold import Annotation, Gold
from kgbuild.evaluation.tally import Tally
from kgbuild.model import Extraction, Report, Span

_UNKNOWN = re.compile(r"!(e\d+)")
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


def match_incidents(gold: Gold, extraction: Extraction, matches: Matches, tally: Tally) -> None:
    """Pair the incidents one to one so that the pairs share the most, then count incidents, slots and relations."""
    text = extraction.article.text
    pairs = pair_incidents(gold, extraction, matches, text)
    for number, report in pairs.items():
        if gold.incidents[number].get("optional"):
            continue
        tally.add("incident", right=1)
        for slot, counts in slot_counts(gold.incidents[number], report, matches).items():
            note = f"~ {gold.incidents[number]['id']}.{slot}: {_named(counts.note, extraction)}" if counts.note else ""
            tally.add(f"slot:{slot}", right=counts.right, wrong=counts.wrong, missed=counts.missed, note=note)
    for number, annotation in enumerate(gold.incidents):
        if number not in pairs and not annotation.get("optional"):
            _count_missed(annotation, tally)
    for report in spurious(gold, extraction, pairs):
        _count_spurious(report, matches, text, tally)
    _count_relations(gold, extraction, matches, tally)


def spurious(gold: Gold, extraction: Extraction, pairs: dict[int, Report]) -> list[Report]:
    """The reports that tell no annotated incident, nor touch one that may be left out."""
    text = extraction.article.text
    optional = [s for a in gold.incidents if a.get("optional") for s in _spans(text, a["evidence"])]
    alone = [report for report in extraction.reports if report not in pairs.values()]
    return [report for report in alone if not _overlap(list(report.evidence), optional)]


def pair_incidents(gold: Gold, extraction: Extraction, matches: Matches, text: str) -> dict[int, Report]:
    """The report that each annotated incident, by its number, is told by; no report serves two."""
    scored = []
    for number, annotation in enumerate(gold.incidents):
        spans = _spans(text, annotation["evidence"])
        for position, report in enumerate(extraction.reports):
            if _overlap(spans, list(report.evidence)):
                counts = slot_counts(annotation, report, matches).values()
                agreement = sum(c.right for c in counts) - 0.25 * sum(c.wrong for c in counts)
                scored.append((agreement, number, position))
    pairs: dict[int, Report] = {}
    used: set[int] = set()
    for _, number, position in sorted(scored, reverse=True):
        if number not in pairs and position not in used:
            pairs[number] = extraction.reports[position]
            used.add(position)
    return pairs


def slot_counts(annotation: Annotation, report: Report, matches: Matches) -> dict[str, Counts]:
    """How the fillers of each slot agree with the annotated incident."""
    wanted, got = _annotated(annotation), extracted_fillers(report, matches)
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


def _named(note: str, extraction: Extraction) -> str:
    """The note with the names of entities that nobody annotated in place of their ids."""
    names = {e.id: next(iter(e.label.values()), e.id) for e in extraction.entities}
    return _UNKNOWN.sub(lambda match: f"!{names[match[1]]}", note)


def _shown(item: object) -> str:
    """An entity's id, or a pair such as effect and figure; an extracted entity that is no annotated one has a "!"."""
    return " ".join(map(str, item)) if isinstance(item, tuple) else str(item)


def _annotated(annotation: Annotation) -> dict[str, Filler]:
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


def _count_missed(annotation: Annotation, tally: Tally) -> None:
    tally.add("incident", missed=1, note=f"- missed incident {annotation['id']} {annotation['class'][0]}")
    for slot, filler in _annotated(annotation).items():
        tally.add(f"slot:{slot}", missed=len(filler.must))
    tally.add("slot:class", missed=1)
    if annotation.get("date"):
        tally.add("slot:date", missed=1)


def _count_spurious(report: Report, matches: Matches, text: str, tally: Tally) -> None:
    start, end = report.evidence[0]
    tally.add("incident", wrong=1, note=f"+ spurious incident {report.cls}: {text[start:end][:70]}")
    for slot, filler in extracted_fillers(report, matches).items():
        tally.add(f"slot:{slot}", wrong=len(filler.must))
    tally.add("slot:class", wrong=1)


def _count_relations(gold: Gold, extraction: Extraction, matches: Matches, tally: Tally) -> None:
    have = {(r.type, matches.get(r.subject), matches.get(r.object)) for r in extraction.relations}
    for relation in gold.relations:
        key = (relation["type"], relation["subject"], relation["object"])
        if relation.get("optional"):
            continue
        if key in have:
            tally.add("relation", right=1)
        else:
            tally.add("relation", missed=1, note=f"- missed relation {' '.join(key)}")


def _spans(text: str, quotes: list[str]) -> list[Span]:
    return [(at, at + len(quote)) for quote in quotes if (at := text.find(quote)) >= 0]


def _overlap(a: list[Span], b: list[Span]) -> bool:
    return any(x < d and c < y for x, y in a for c, d in b)
