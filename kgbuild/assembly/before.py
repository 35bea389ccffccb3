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
    described: bool = False

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
        if self._owned_facility() or self._belonging():
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
            or (self.owned and (not self.possession or self._joins_owned()))
            or (self.mention.group == "actor" and (lemma in cues.words.fire or self._stands_weapon()))
        )

    def _joins_owned(self) -> bool:
        """ "positions *and* vehicles of X": whether "and" joins two things that are his."""
        words, start = self.stretch.words, self.stretch.start
        previous = words.skip_back(self.index - 1, start)
        if self.stretch.cues.kinds.get(words.norms[self.index]) != "and" or previous < start:
            return False
        owned = words.lemmas[previous] in self.stretch.cues.words.possession
        return owned or self.stretch.name_at(previous, "facility") is not None

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

    def _belonging(self) -> bool:
        """Over "affiliated with" and those who are, as over "men of" ("a raid *on gunmen affiliated with* X"); behind
        another name the words only describe that.
        """
        words, stretch, lists = self.stretch.words, self.stretch, self.stretch.cues.words
        tie = words.skip_back(self.index - 1, stretch.start)
        if self.mention.group != "actor" or tie < stretch.start or words.norms[tie] not in lists.belonging:
            return False
        cue = stretch.cues.roles.longest_before(words.norms, self.index + 1, stretch.start)
        if cue is None and words.norms[self.index] not in stretch.cues.kinds:
            return False
        thing = stretch.content_before(tie)
        while thing >= stretch.start and self._leads_to_tie(thing):
            thing = stretch.content_before(thing)
        if thing < stretch.start or stretch.weapon_before(tie) is not None:
            return False
        self.described = stretch.name_at(thing, "actor", "place") is not None
        facility, lemma = stretch.name_at(thing, "facility"), words.lemmas[thing]
        owned = facility is not None or lemma in lists.possession
        people = lemma in lists.fighters | lists.heads or words.norms[thing] in lists.unnamed
        if self.described or not (owned or people):
            return False
        self.possession = self.possession or owned
        self.origin = self.origin or lemma in lists.origin_heads
        self.index = facility.start if facility is not None else thing
        return True

    def _leads_to_tie(self, index: int) -> bool:
        """Whether the word at `index` leads to a tie ("*on* terms with", "*suspected of* links")."""
        norm, cues = self.stretch.words.norms[index], self.stretch.cues
        return norm in cues.words.suspected or norm in cues.kinds or _role(self.stretch, index) is not None

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
        role="none" if walk.described else _role_of_fighters(stretch, walk.index, kind) or _role(stretch, walk.index),
        index=walk.index,
        kind=kind,
        nearest=nearest,
        possession=walk.possession,
        control=walk.control,
        origin=walk.origin,
        joined=_is_joined(stretch, walk, mention.group),
    )


def _role(stretch: Stretch, index: int) -> str | None:
    """The part that the cue ending at `index` gives; the verb that tells the incident is no cue of its own."""
    norms, start = stretch.words.norms, stretch.start
    if index < start:
        return None
    found = stretch.cues.roles.longest_before(norms, index + 1, start)
    opens = stretch.lead.start if stretch.lead else -1
    if found is not None and not found[0] <= opens <= index:
        return found[1] if found[1] == "none" or _is_cue(stretch, found[0]) else None
    return "agent" if norms[index] in stretch.cues.verbs.done_by else None


def _is_cue(stretch: Stretch, index: int) -> bool:
    """Whether the phrase at `index` gives a part; "affiliated with" does so behind a weapon alone."""
    if stretch.words.norms[index] not in stretch.cues.words.belonging:
        return True
    return stretch.weapon_before(index) is not None


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


def _is_joined(stretch: Stretch, walk: _Walk, group: str) -> bool:
    """Whether "and", "as well as" or the comma of a list ends where the walk did; "…, *a post of* X" is no list."""
    words, cues, index = stretch.words, stretch.cues, walk.index
    if index < stretch.start:
        return False
    if cues.kinds.get(words.norms[index]) == "and":
        return True
    if walk.owned:
        return False
    joining = cues.segments.joining.longest_before(words.norms, index + 1, stretch.start)
    return joining is not None or (words.norms[index] == "،" and _is_list_comma(stretch, index, group))


def _is_list_comma(stretch: Stretch, index: int, group: str) -> bool:
    """Whether a name of the same kind stands before the comma."""
    previous = stretch.words.skip_back(index - 1, stretch.start)
    return any(m.end == previous + 1 and m.group == group for m in stretch.names)
