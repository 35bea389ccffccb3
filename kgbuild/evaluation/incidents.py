"""Which extracted incidents are the annotated ones; counts of these, of their slots, and of relations."""

from __future__ import annotations

import re

from kgbuild.evaluation.entities import Matches
from kgbuild.evaluation.gold import Annotation, Gold
from kgbuild.evaluation.slots import annotated_fillers, extracted_fillers, slot_counts
from kgbuild.evaluation.tally import Tally
from kgbuild.model import Extraction, Report, Span

_UNKNOWN = re.compile(r"!(e\d+)")


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


def _named(note: str, extraction: Extraction) -> str:
    """The note with the names of entities that nobody annotated in place of their ids."""
    names = {e.id: next(iter(e.label.values()), e.id) for e in extraction.entities}
    return _UNKNOWN.sub(lambda match: f"!{names[match[1]]}", note)


def _count_missed(annotation: Annotation, tally: Tally) -> None:
    tally.add("incident", missed=1, note=f"- missed incident {annotation['id']} {annotation['class'][0]}")
    for slot, filler in annotated_fillers(annotation).items():
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
