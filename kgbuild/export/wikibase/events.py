"""An incident as an item: what its accounts say, each with its source, and what holds of it over all of them."""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild.export.records import Event
from kgbuild.export.wikibase.claims import Draft, snak
from kgbuild.export.wikibase.concepts import concept_iri, concepts
from kgbuild.export.wikibase.context import Context, phrased
from kgbuild.export.wikibase.figures import add_figures
from kgbuild.export.wikibase.model import Quantity
from kgbuild.export.wikibase.properties import rendering
from kgbuild.export.wikibase.times import point_in_time
from kgbuild.export.wikibase.voices import Said, Told, Voices

_ROLES = ("place", "target", "weapon", "victim", "affected", "destroyed", "damaged", "outOfService", "hit")


def draft_event(context: Context, event: Event) -> Draft:
    """The item of an incident."""
    draft = Draft(str(context.item(event.iri)))
    for words, language in event.labels:
        draft.name(words, language)
    cls = concepts()[concept_iri(event.cls)].labels
    count = dict.fromkeys(cls, str(event.report_count or len(event.accounts)))
    draft.describe(phrased("event", {"cls": cls, "count": count}))
    _Writer(context, event, draft).write()
    return draft


class _Writer:
    def __init__(self, context: Context, event: Event, draft: Draft) -> None:
        self.context, self.event, self.draft = context, event, draft
        self.voices = Voices(context, event.accounts, draft)

    def write(self) -> None:
        self.classes()
        self.dates()
        for role in _ROLES:
            self.told(role, role)
        self.accused()
        self.participants()
        add_figures(self.context, self.event, self.voices, self.draft)
        self.overall()

    def classes(self) -> None:
        told: Told = {}
        for account in self.event.accounts:
            if account.cls is not None:
                told.setdefault(self.kind(account.cls), []).append(account)
        for cls in self.event.types:
            told.setdefault(self.kind(cls), [])
        self.voices.write(told, [self.kind(self.event.cls)])

    def kind(self, cls: str) -> Said:
        return snak("instance-of", self.context.code(cls)), ()

    def dates(self) -> None:
        told: Told = {}
        for account in self.event.accounts:
            if account.date and (said := point_in_time(account.date)):
                told.setdefault(said, []).append(account)
        held = point_in_time(self.event.date) if self.event.date else None
        if held is not None:
            told.setdefault(held, [])
        self.voices.write(told, [held] if held else [])

    def told(self, role: str, *roles: str) -> None:
        """What stands in `role` for the incident, and in `roles` for the accounts; see `names`."""
        held = [self.named(role, iri) for iri in self.event.roles.get(role, ())]
        told: Told = {}
        for account in self.event.accounts:
            for iri in _distinct(iri for name in roles for iri in account.roles.get(name, ())):
                told.setdefault(self.named(role, iri), []).append(account)
        for said in held:
            told.setdefault(said, [])
        self.voices.write(told, held)

    def accused(self) -> None:
        """Perpetrators. Whom one account names as such is no longer alleged, even where others only allege."""
        sure = set(self.event.roles.get("perpetrator", ()))
        told: Told = {}
        for account in self.event.accounts:
            blamed = (*account.roles.get("perpetrator", ()), *account.roles.get("allegedPerpetrator", ()))
            for iri in _distinct(blamed):
                role = "perpetrator" if iri in sure else "allegedPerpetrator"
                told.setdefault(self.named(role, iri), []).append(account)
        for role in ("perpetrator", "allegedPerpetrator"):
            held = [self.named(role, iri) for iri in self.event.roles.get(role, ())]
            own = {said: accounts for said, accounts in told.items() if said[0].property == rendering(role)}
            self.voices.write(own | {said: told.get(said, []) for said in held}, held, accusing=True)

    def participants(self) -> None:
        self.told("participant", "participant")
        blamed = {*self.event.roles.get("perpetrator", ()), *self.event.roles.get("allegedPerpetrator", ())}
        for iri in self.event.roles.get("participant", ()):
            part = (("perpetrator", blamed), ("target", self.event.roles.get("target", ())))
            roles = [snak("object-role", self.context.code(f"role/{name}")) for name, those in part if iri in those]
            self.draft.add(self.named("participant", iri)[0], qualifiers=roles)

    def named(self, role: str, iri: str) -> Said:
        return snak(rendering(role).key, self.context.item(iri)), ()

    def overall(self) -> None:
        """What only the merged incident has."""
        event, draft = self.event, self.draft
        draft.add(snak("graph-iri", event.iri))
        if event.status is not None:
            draft.add(snak("status", self.context.code(event.status)))
        if event.report_count is not None:
            draft.add(snak("report-count", Quantity(str(event.report_count))))
        for place in event.roles.get("place", ()):
            for part in self.context.country(place) + self.context.coordinates(self.context.graph.thing(place)):
                draft.add(part)


def _distinct(iris: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(iris))
