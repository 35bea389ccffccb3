"""Scores as `kgbuild evaluate` shows them: lines for people, and the same as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgbuild.evaluation.airwars import Agreement
    from kgbuild.evaluation.clusters import BCubed
    from kgbuild.evaluation.scoring import Scores


@dataclass(frozen=True, slots=True)
class Annotated:
    """Scores on annotations."""

    scores: Scores

    @property
    def size(self) -> int:
        return len(self.scores.articles)

    def data(self, *, details: bool) -> dict[str, Any]:
        rows: dict[str, Any] = {name: asdict(rates) for name, rates in self.scores.rows.items()}
        notes = {name: tally.notes for name, tally in self.scores.articles.items()}
        return rows | ({"notes": notes} if details else {})

    def lines(self, *, details: bool) -> Iterator[str]:
        """The rates as columns that line up."""
        if details:
            yield from self._notes()
        rows = self.data(details=False)
        yield f"{'':20}" + "".join(f"{name:>11}" for name in next(iter(rows.values())))
        for kind, rates in rows.items():
            numbers = (f"{n:>11}" if isinstance(n, int) else f"{n:>11.3f}" for n in rates.values())
            yield f"{kind:20}" + "".join(numbers)

    def _notes(self) -> Iterator[str]:
        from kgbuild.evaluation.scoring import rows

        for name, tally in self.scores.articles.items():
            rates = rows(tally)
            yield f"{name}: " + ", ".join(f"{kind} {rates[kind].f1:.3f}" for kind in ("entities", "incidents", "slots"))
            yield from (f"  {note}" for note in tally.notes)


@dataclass(frozen=True, slots=True)
class Assessed:
    """Scores on assessments."""

    agreement: Agreement
    clusters: BCubed | None

    @property
    def size(self) -> int:
        return len(self.agreement.verdicts)

    def data(self, *, details: bool) -> dict[str, Any]:
        from kgbuild.evaluation.airwars import SLOTS

        found: dict[str, Any] = {
            slot: {"right": self.agreement.right[slot], "of": of, "share": self.agreement.share(slot) if of else None}
            for slot in SLOTS
            for of in [self.agreement.asked[slot]]
        }
        found |= {"b_cubed": asdict(self.clusters)} if self.clusters else {}
        return {"assessments": found | ({"verdicts": self.agreement.verdicts} if details else {})}

    def lines(self, *, details: bool) -> Iterator[str]:
        if details:
            for text, verdicts in self.agreement.verdicts.items():
                yield f"{text}: " + ", ".join(f"{slot} {'yes' if right else 'NO'}" for slot, right in verdicts.items())
        rows = self.data(details=False)["assessments"]
        clusters = rows.pop("b_cubed", None)
        yield f"{'assessments':20}{'share':>11}{'right':>11}{'of':>11}"
        for slot, row in rows.items():
            share = "-" if row["share"] is None else f"{row['share']:.3f}"
            yield f"{slot:20}{share:>11}{row['right']:>11}{row['of']:>11}"
        if clusters:
            yield "B-cubed: " + ", ".join(f"{k} {v:.3f}" for k, v in clusters.items() if k != "texts")
