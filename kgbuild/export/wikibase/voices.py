"""Who says what: statements with the accounts that support them.

Ranks. Where the accounts differ, what holds for the merged incident is preferred and the rest normal. What only denials
mention accuses nobody: where it is an accusation, it is deprecated. What no article says in its own voice bears
"sourcing circumstances"; a denial adds who disputes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from kgbuild.export.records import Account
from kgbuild.export.wikibase.claims import Draft, snak
from kgbuild.export.wikibase.context import Context
from kgbuild.export.wikibase.model import Reference, Snak

Said: TypeAlias = tuple[Snak, tuple[Snak, ...]]
"""What is said: the main snak, and the qualifiers without which it would say something else."""

Told: TypeAlias = dict[Said, list[Account]]
"""What is said, each with the accounts that say so; none where only the merged incident does."""


class Voices:
    """Writes what the accounts of one incident say into its draft."""

    def __init__(self, context: Context, accounts: Sequence[Account], draft: Draft) -> None:
        self._context, self._draft = context, draft
        self._references = {a.iri: context.account_references(a) for a in accounts}

    def write(self, told: Mapping[Said, Sequence[Account]], held: Collection[Said], *, accusing: bool = False) -> None:
        """Add what is told; `held` is what of it holds for the merged incident, `accusing` whether it lays blame."""
        differ = any(said not in held for said in told)
        for said, accounts in told.items():
            denied = accusing and bool(accounts) and all(a.certainty == "denied" for a in accounts)
            rank = "deprecated" if denied else "preferred" if differ and said in held else "normal"
            self.add(said, accounts, rank)

    def add(self, said: Said, accounts: Sequence[Account], rank: str) -> None:
        """Add one statement with the references and circumstances of the accounts that make it."""
        main, apart = said
        self._draft.add(
            main, apart=apart, qualifiers=self._circumstances(accounts), references=self._of(accounts), rank=rank
        )

    def _of(self, accounts: Iterable[Account]) -> list[Reference]:
        return [reference for a in accounts for reference in self._references[a.iri]]

    def _circumstances(self, accounts: Sequence[Account]) -> list[Snak]:
        certainties = {a.certainty for a in accounts}
        unsure = [] if "asserted" in certainties else sorted(certainties)
        disputing = {source for a in accounts if a.certainty == "denied" for source in a.sources}
        found = [snak("circumstances", self._context.code(f"certainty/{c}")) for c in unsure]
        return found + [snak("disputed-by", self._context.item(source)) for source in sorted(disputing)]
