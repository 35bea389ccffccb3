"""The working record of one telling of one incident, before the tellings within an article are joined."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgbuild.model import DateInterval
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention
from kgbuild.pipeline.triggers import Trigger


@dataclass(slots=True)
class Frame:
    """One telling. Entities are ids of the document; spans count in tokens.

    `anaphoric`: the trigger points back to an incident told before ("the shelling killed …"). `earlier`: told as what
    came before another incident, `beside`: as what went along with it, `aside`: in what a relative clause says of
    a name, `past`: on a day long before the article's. `seats` are the places of who says so, or of "the area",
    `listed` those joined by "and" to another place of the incident.
    `ground`: an attack on a place or a position. `likened`: "a similar attack", "the second bomb", another than that
    told. `further`: "another attack", which is another where a toll is told of it. `answering`: what somebody hit back
    with. `risen`: its toll is what an earlier one rose to.
    `context_date` is that of a related incident told shortly before, used where no other is said.
    """

    cls: str
    trigger: Trigger | None
    head: int
    start: int
    end: int
    sentence: int
    headline: bool = False
    anaphoric: bool = False
    earlier: bool = False
    beside: bool = False
    aside: bool = False
    past: bool = False
    hedged: bool = False
    background: bool = False
    ground: bool = False
    likened: bool = False
    answering: bool = False
    risen: bool = False
    further: bool = False
    agents: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    wider: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    seats: list[str] = field(default_factory=list)
    weapons: list[str] = field(default_factory=list)
    victims: list[str] = field(default_factory=list)
    facilities: dict[str, str | None] = field(default_factory=dict)
    casualties: list[CasualtyMention] = field(default_factory=list)
    superseded: list[CasualtyMention] = field(default_factory=list)
    date: DateInterval | None = None
    context_date: DateInterval | None = None
    sources: list[str] = field(default_factory=list)
    certainty: str = "asserted"
    spans: list[tuple[int, int]] = field(default_factory=list)
    tellings: int = 1

    @property
    def given(self) -> bool:
        """Whether it is told by an event noun with the article, "the shelling"."""
        return self.trigger is not None and self.trigger.definite and self.trigger.meaning.form == "noun"

    @property
    def is_another(self) -> bool:
        """Whether it is none of the incidents told before."""
        return self.likened or (self.further and bool(self.casualties))

    def add(self, slot: str, *entities: str) -> None:
        """Add entities to a slot, each once, in order."""
        have: list[str] = getattr(self, slot)
        have.extend(e for e in dict.fromkeys(entities) if e not in have)

    def add_span(self, start: int, end: int) -> None:
        """Add a stretch that tells of the incident, once."""
        if (start, end) not in self.spans:
            self.spans.append((start, end))

    def set_fate(self, facility: str, effect: str) -> None:
        """What became of a facility, the worst told; shells and fire hit what they are meant for, unlike bombs."""
        if self.facilities.get(facility) != "destroyed":
            self.facilities[facility] = effect
        if self.cls in AIMED:
            self.add("targets", facility)


HOLDERS = frozenset({"Country", "Governorate"})
"""Classes of places in which much else happens."""
STRIKES = frozenset({"AirStrike", "DroneStrike", "Shelling", "Bombardment", "ChemicalAttack"})
AIMED = STRIKES | {"Arson", "Looting"}
"""Classes whose damage is meant."""
BOMBINGS = frozenset({"Bombing", "CarBombing", "SuicideBombing", "MineExplosion", "Explosion"})
KILLINGS = frozenset({"Killing", "Shooting", "Assassination", "Execution"})
GROUND = frozenset({"ArmedClash", "Offensive", "TerritorialGain", "Withdrawal", "Raid"})
TREATIES = frozenset({"Agreement", "Ceasefire", "Withdrawal", "Evacuation"})
"""Classes of what is agreed on or done because of it."""
SEIZURES = frozenset({"Detention", "Abduction", "Raid", "Torture"})
WAGED = STRIKES | {"ArmedClash", "Offensive", "TerritorialGain", "Protest", "Displacement"}
"""Classes of what goes on in a war here and there, which a telling may mean as a whole."""
CLAIMABLE = BOMBINGS | {"Offensive"}
FAMILIES = (STRIKES, BOMBINGS, KILLINGS, GROUND, SEIZURES)
ARMED = frozenset({"ArmedGroup", "StateForce", "MilitaryCoalition"})
LASTING = frozenset(
    {"Siege", "Offensive", "ArmedClash", "Displacement", "Protest", "Ceasefire", "Detention", "Abduction"}
)
"""Classes of incidents that go on for days."""
GENERIC = frozenset({"Bombardment", "Explosion", "Killing", "Offensive"})
"""Classes that a telling with fewer words may give to what another tells precisely."""

_KINDS = {"Bombing": ("CarBombing", "SuicideBombing"), "AirStrike": ("DroneStrike",)}


def related(a: str, b: str) -> bool:
    """Whether two classes may be tellings of one incident."""
    if a == b or any(a in family and b in family for family in FAMILIES):
        return True
    if "Killing" in (a, b):  # "three dead" may be the toll of any attack
        return bool({a, b} & (STRIKES | BOMBINGS | GROUND | KILLINGS))
    for generic, precise in ((a, b), (b, a)):
        if generic in ("Offensive", "Explosion", "Bombardment") and precise in STRIKES | BOMBINGS:
            return True
        if generic == "Offensive" and precise in KILLINGS:  # "an armed attack"
            return True
    return False


def more_precise(a: Frame, b: Frame) -> str:
    """The class with more in it: not generic, and a strike or bombing before the bare toll."""
    if a.cls == b.cls or b.cls in _KINDS.get(a.cls, ()):
        return b.cls
    for generic, precise in ((a.cls, b.cls), (b.cls, a.cls)):
        if generic == "Offensive" and precise in KILLINGS - GENERIC:
            return precise
    if a.cls in KILLINGS and b.cls not in KILLINGS:
        return b.cls
    if a.cls in GENERIC and b.cls not in GENERIC and b.cls not in KILLINGS:
        return b.cls
    if a.cls == "Offensive" and b.cls in STRIKES:
        return b.cls
    if b.cls == "TerritorialGain":
        return b.cls
    return a.cls
