"""What stands before a name: the word that gives it its part, over heads such as "positions of"."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.stretch import Stretch
from kgbuild.pipeline.annotations import EntityMention

_FARTHEST = 7
_CONSTRUCT = ("و", "ي")
"""Endings of those who act, before their owner ("gunmen of X did")."""


@dataclass(frozen=True, slots=True)
class Before:
    """`role` is what the cue at `index` says, `kind` the sense of the bare word there, `nearest` that of the word right
    before the name. `possession`, `control` and `origin`: whether such heads lie between; `joined`: whether "and" or a
    list's comma stands there.
    """

    role: str | None
    index: int
    kind: str
    nearest: str
    possession: bool
    control: bool
    origin: bool
    joined: bool


@dataclass(slots=True)
class _Walk:
    """Back from one name to its cue."""

    stretch: Stretch
    mention: EntityMention
    index: int
    possession: bool = False
    control: bool = False
    origin: bool = False
    owned: bool = False

    def run(self) -> None:
        for _ in range(_FARTHEST):
            if self.index < self.stretch.start or not self._steps_over():
                return
            self.index = self.stretch.words.skip_back(self.index - 1, self.stretch.start)

    def _steps_over(self) -> bool:
        """Whether the word at `index` only leads to the name; notes what it says of it."""
        words, cues = self.stretch.words, self.stretch.cues
        norm, lemma = words.norms[self.index], words.lemmas[self.index]
        control = cues.control.longest_before(words.norms, self.index + 1, self.stretch.start)
        if control is not None and self.stretch.trigger_at(control[0]) is None:
            self.control = True
            return False
        if self._owned_facility():
            return True
        if lemma in cues.words.possession and self.mention.group == "actor":
            self.possession = True
            self.origin = self.origin or lemma in cues.words.origin_heads
            return True
        if cues.kinds.get(norm) == "for" and not self.possession and self._behind_possession():
            self.owned = True
            return True
        return (
            words.tags[self.index] == "NUM"
            or self.index in self.stretch.times
            or lemma in cues.words.heads
            or (lemma in cues.words.fighters and norm.endswith(_CONSTRUCT) and self.mention.group == "actor")
            or (self.owned and not self.possession)
            or (self.mention.group == "actor" and (lemma in cues.words.fire or self._stands_weapon()))
        )

    def _stands_weapon(self) -> bool:
        return self.stretch.name_at(self.index, "weapon") is not None

    def _owned_facility(self) -> bool:
        """Whether a facility stands at `index`, as what belongs to the name: "the camp *of X*"; steps to its start."""
        facility = self.stretch.name_at(self.index, "facility") if self.mention.group == "actor" else None
        if facility is None:
            return False
        self.possession, self.index = True, facility.start
        self.origin = self.origin or self.stretch.words.lemmas[facility.start] in self.stretch.cues.words.origin_heads
        return True

    def _behind_possession(self) -> bool:
        """Whether "positions" stands before the "of" at `index`, at most an adjective between."""
        words, start = self.stretch.words, self.stretch.start
        previous = words.skip_back(self.index - 1, start)
        before = words.skip_back(previous - 1, start)
        return any(i >= start and words.lemmas[i] in self.stretch.cues.words.possession for i in (previous, before))


def before(stretch: Stretch, mention: EntityMention) -> Before:
    """Walks back from the name within the stretch."""
    words, cues, start = stretch.words, stretch.cues, stretch.start
    walk = _Walk(stretch, mention, words.skip_back(mention.start - 1, start))
    nearest = cues.kinds.get(words.norms[walk.index], "") if walk.index >= start else ""
    walk.run()
    word = words.norms[walk.index] if walk.index >= start else ""
    kind = cues.kinds.get(word, "")
    return Before(
        role=_role_of_fighters(stretch, walk.index, kind) or _role(stretch, walk.index),
        index=walk.index,
        kind=kind,
        nearest=nearest,
        possession=walk.possession,
        control=walk.control,
        origin=walk.origin,
        joined=_is_joined(stretch, walk.index, mention.group),
    )


def _role(stretch: Stretch, index: int) -> str | None:
    """The part that the cue ending at `index` gives; the verb that tells the incident is no cue of its own."""
    norms, start = stretch.words.norms, stretch.start
    if index < start:
        return None
    found = stretch.cues.roles.longest_before(norms, index + 1, start)
    opens = stretch.lead.start if stretch.lead else -1
    if found is not None and not found[0] <= opens <= index:
        return _owner(stretch, found[0]) or found[1]
    return "agent" if norms[index] in stretch.cues.verbs.done_by else None


def _role_of_fighters(stretch: Stretch, index: int, kind: str) -> str | None:
    """The part of the fighters whose name follows "of" at `index`: "at the hands of *gunmen of* X", "by fire of"."""
    words, lists = stretch.words, stretch.cues.words
    fighters = stretch.content_before(index) if kind == "from" else -1
    if fighters < stretch.start:
        return None
    if words.lemmas[fighters] not in lists.fighters and words.norms[fighters] not in lists.unnamed:
        return None
    cue = words.skip_back(fighters - 1, stretch.start)
    if cue > stretch.start and words.lemmas[cue] in lists.fire and stretch.cues.kinds.get(words.norms[cue - 1]) == "as":
        return "agent"
    return "agent" if _role(stretch, cue) == "agent" else None


def _owner(stretch: Stretch, cue: int) -> str | None:
    """The part of those whose something is, if the cue at `cue` says so: "affiliated with" behind another actor only
    tells its owner; behind a vehicle, a post or a convoy it names those who were hit.
    """
    words, start = stretch.words, stretch.start
    if words.lemmas[cue] not in stretch.cues.words.belonging:
        return None
    if stretch.name_at(words.skip_back(cue - 1, start), "actor") is not None:
        return "none"
    thing = stretch.content_before(cue)
    if thing < start or stretch.name_at(thing, "weapon") is not None:
        return None
    if _role(stretch, words.skip_back(_start_of(stretch, thing) - 1, start)) == "agent":
        return "agent"  # "at the hands of the men of a checkpoint that belongs to X"
    things = {words.lemmas[i] for i in (thing, stretch.content_before(thing)) if i >= start}
    if words.lemmas[thing] in stretch.cues.words.fighters:
        return None
    owned = stretch.name_at(thing, "facility") is not None or bool(things & stretch.cues.words.possession)
    return "target" if owned else None


def _start_of(stretch: Stretch, index: int) -> int:
    """Where the facility at `index`, and the word for those who man it, begin."""
    facility = stretch.name_at(index, "facility")
    first = facility.start if facility is not None else index
    men = stretch.words.skip_back(first - 1, stretch.start)
    return men if men >= stretch.start and stretch.words.lemmas[men] in stretch.cues.words.fighters else first


def _is_joined(stretch: Stretch, index: int, group: str) -> bool:
    """Whether "and", "as well as" or the comma of a list ends at `index`."""
    words, cues = stretch.words, stretch.cues
    if index < stretch.start:
        return False
    if words.norms[index] == "،" and _is_list_comma(stretch, index, group):
        return True
    joining = cues.segments.joining.longest_before(words.norms, index + 1, stretch.start)
    return joining is not None or cues.kinds.get(words.norms[index]) == "and"


def _is_list_comma(stretch: Stretch, index: int, group: str) -> bool:
    """Whether a name of the same kind stands before the comma."""
    previous = stretch.words.skip_back(index - 1, stretch.start)
    return any(m.end == previous + 1 and m.group == group for m in stretch.names)
