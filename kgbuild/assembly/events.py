"""Which triggers of a clause tell incidents, and which of them tell one together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kgbuild.assembly.background import is_purpose, is_unreal
from kgbuild.assembly.clauses import Clause
from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import ARMED, BOMBINGS, GROUND, KILLINGS, STRIKES, related
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.triggers import Company, Trigger

_REACH_OF_SUBJECT = 5
_REACH_OF_OBJECT = 12
_REACH_OF_LOAD = 3
_REACH_OF_ADJECTIVES = 2
_REACH_OF_REPLY = 9
_REACH_OF_MEANS = 3
_WEIGHT = {
    "gain": 3,
    "suicide": 4,
    "chemical": 4,
    "assassinate": 3,
    "airstrike": 3,
    "shell": 3,
    "blast": 3,
    "explode": 2,
}
"""How much a trigger says of what happened; the others weigh 1."""

_PLURAL_OF_PEOPLE = "وا"
_FLYING = frozenset({"Aircraft", "Helicopter", "Drone"})


@dataclass(frozen=True, slots=True)
class EventFinder:
    """Finds the events of the clauses of one sentence."""

    cues: Cues
    found: Findings

    def groups(self, clause: Clause) -> list[list[Trigger]]:
        """Triggers that tell one incident together; what stands behind "after", "in reply to" is another."""
        groups: list[list[Trigger]] = []
        for trigger in self._events(clause):
            if not groups or self._opens_group(trigger, groups[-1], clause):
                groups.append([trigger])
            else:
                groups[-1].append(trigger)
        return groups

    def meant(self, trigger: Trigger, sentence: Clause) -> Trigger | None:
        """The word in the first of its meanings that has the company it needs in the sentence, if any."""
        for meaning in (trigger.meaning, *trigger.others):
            if meaning.id == "shoot-down" and self._is_drop(trigger, sentence):
                continue
            if meaning.id == "fall" and self._people_fell(trigger, sentence):
                continue
            if meaning.company is None or self._has_company(trigger, meaning.company, sentence):
                return replace(trigger, meaning=meaning, others=()) if meaning.cls else None
        return None

    def _is_drop(self, trigger: Trigger, sentence: Clause) -> bool:
        """ "warplanes *dropped* bombs": aircraft right behind the verb are its subject where a weapon is its object."""
        names = [m for m in self.found.names_in(trigger.end, sentence.end) if m.group == "weapon"][:2]
        if len(names) < 2 or names[0].start != trigger.end or names[1].cls in _FLYING:
            return False
        bare = self.cues.kinds.get(self.found.words.norms[names[1].start - 1]) is None
        return bare and names[1].start - names[0].end <= _REACH_OF_LOAD

    def _people_fell(self, trigger: Trigger, sentence: Clause) -> bool:
        """Whether those who "fell" are counted right behind the verb, or it has the plural of people."""
        counted = any(0 <= c.start - trigger.end <= 1 for c in sentence.casualties)
        return counted or self.found.words.norms[trigger.start].endswith(_PLURAL_OF_PEOPLE)

    def tells(self, trigger: Trigger, clause: Clause) -> bool:
        """Whether a word tells an incident here: a weak one beside a casualty, a name that it is aimed at or a date."""
        meaning = trigger.meaning
        if self._names_ground(trigger):
            return False
        if meaning.company is not None:
            found = self._has_company(trigger, meaning.company, clause)
            return found and (meaning.id != "enter" or self._fighters_follow(trigger))
        if not meaning.weak:
            return True
        names = self.found.names_in(clause.start, clause.end)
        if meaning.id == "target":
            return bool(names or clause.casualties)
        if meaning.id == "massacre":
            return bool(clause.casualties) or _stands_behind(trigger, names, _REACH_OF_OBJECT)
        if meaning.id == "flee":
            return any(m.cls in ARMED and abs(m.start - trigger.start) <= _REACH_OF_SUBJECT for m in names)
        return any(date.interval.earliest for date in self.found.dates_in(clause.start, clause.end))

    def _names_ground(self, trigger: Trigger) -> bool:
        """ "the front of the fighting": where it is fought, not that it is."""
        before = self.found.words.skip_back(trigger.start - 1, 0)
        fighting = trigger.meaning.frame == "clash" and trigger.meaning.form == "noun" and trigger.definite
        return fighting and before >= 0 and self.found.words.lemmas[before] in self.cues.words.grounds

    def _has_company(self, trigger: Trigger, company: Company, stretch: Clause) -> bool:
        words = self.found.words
        if trigger.start > stretch.start and words.norms[trigger.start - 1] in company.barred:
            return False
        near = range(trigger.end, min(stretch.end, trigger.end + company.reach))
        told = (i for i in near if words.norms[i] in company.words or words.lemmas[i] in company.words)
        if any(not self._names_actor(i) for i in told):
            return True
        if not any(m.group in company.names or m.cls in company.names for m in self.found.mentions):
            return False  # to tell the speakers from those spoken of costs more
        names = [m for m in self.found.names_in(stretch.start, stretch.end) if {m.group, m.cls} & company.names]
        return _stands_behind(trigger, names, company.reach) or _falls(trigger, names)

    def _names_actor(self, index: int) -> bool:
        """Whether the word belongs to the name of an actor (هيئة تحرير الشام)."""
        return any(m.group == "actor" and m.start <= index < m.end for m in self.found.mentions)

    def _events(self, clause: Clause) -> list[Trigger]:
        """The triggers that tell something; those only aimed at, planned or feared where there are no others."""
        events = [t for t in clause.triggers if self.tells(t, clause)]
        real: list[Trigger] = []
        aim_ends: int | None = None
        for trigger in events:
            goes_on = aim_ends is not None and trigger.start - aim_ends <= 1  # "to regain control of"
            if goes_on or is_purpose(self.found.words, trigger, clause.start, self.cues):
                aim_ends = trigger.end
            elif not is_unreal(self.found.words, trigger.start, clause.start, self.cues):
                real.append(trigger)
        return real or events

    def _fighters_follow(self, trigger: Trigger) -> bool:
        """Whether those who move are fighters or a force, not a convoy or a law."""
        words = self.found.words
        armed = {m.start for m in self.found.mentions if m.cls in ARMED}
        near = range(trigger.end, min(len(words.norms), trigger.end + 2))
        return any(i in armed or words.lemmas[i] in self.cues.words.fighters for i in near)

    def _opens_group(self, trigger: Trigger, group: list[Trigger], clause: Clause) -> bool:
        norms = self.found.words.norms
        turned = self.turn(group[-1].end, trigger.start) is not None
        if turned or self._came_earlier(trigger.start, clause.start):
            return not _was_fought_for(trigger, group)
        if self.accompanies(trigger, clause) or self.reply(trigger, group[-1].end) is not None:
            return True
        behind = self.found.words.skip_forward(trigger.end, clause.end)
        if behind < clause.end and norms[behind] in self.cues.words.another:
            return True
        before = range(max(clause.start, trigger.start - 2), trigger.start)
        if trigger.meaning.frame == "clash" and any(norms[i] in self.cues.verbs.following for i in before):
            return True
        first = trigger.start
        while first - 1 > clause.start and norms[first - 1] in self.cues.words.between_times:
            first -= 1
        if self._came_earlier(first, clause.start):
            return True
        return not trigger.meaning.weak and not any(_one_story(t.meaning.cls, trigger.meaning.cls) for t in group)

    def turn(self, start: int, end: int) -> int | None:
        """Where between two triggers a clause opens that tells what came earlier: "hit X *after the army* shelled"."""
        table, norms = self.cues.segments.turning, self.found.words.norms
        found = (i for i in range(start, end) if table.longest_at(norms, i, end) is not None)
        return next(found, None)

    def accompanies(self, trigger: Trigger, clause: Clause) -> bool:
        """Whether "accompanied by", "amid" stands before the event noun: another event of the same hours."""
        norms, table = self.found.words.norms, self.cues.segments.accompanying
        reach = _REACH_OF_ADJECTIVES if self.cues.words.articles else 0  # "amid heavy shelling"
        near = range(trigger.start, max(clause.start, trigger.start - reach) - 1, -1)
        return any(table.longest_before(norms, index, clause.start) is not None for index in near)

    def reply(self, trigger: Trigger, start: int) -> int | None:
        """Where the verb stands by which the event is an answer to another: "the army *hit back* with shelling"."""
        norms, replying = self.found.words.norms, self.cues.verbs.replying
        if norms[trigger.start] in replying:
            return trigger.start
        reach = 1 if trigger.definite else _REACH_OF_MEANS  # not "replied that the attack …"
        means = range(trigger.start - 1, max(start, trigger.start - reach) - 1, -1)
        by = next((i for i in means if self.cues.kinds.get(norms[i]) == "as"), start)
        return next((i for i in range(max(start, by - _REACH_OF_REPLY), by) if norms[i] in replying), None)

    def _came_earlier(self, index: int, start: int) -> bool:
        return self.cues.segments.earlier.longest_before(self.found.words.norms, index, start) is not None


def lead_of(group: list[Trigger]) -> Trigger:
    """The trigger that says most of what happened."""
    return max(group, key=lambda t: (not t.meaning.weak, _WEIGHT.get(t.meaning.id, 1), -t.start))


def _falls(trigger: Trigger, names: list[EntityMention]) -> bool:
    """ "(they said that) shells *fell*": what comes down may stand right before the verb."""
    meaning = trigger.meaning
    falling = meaning.frame == "explosion" and meaning.form == "verb"
    return falling and any(0 <= trigger.start - m.end <= 1 and m.cls not in _FLYING for m in names)


def _stands_behind(trigger: Trigger, names: list[EntityMention], reach: int) -> bool:
    return any(trigger.end <= m.start <= trigger.end + reach for m in names)


def _was_fought_for(trigger: Trigger, group: list[Trigger]) -> bool:
    """Whether the clash right behind "after" is that by which ground was gained or lost: "took X after battles"."""
    return trigger.meaning.frame == "clash" and any(
        t.meaning.frame in ("gain", "withdraw") or t.meaning.id == "offensive" for t in group
    )


def _one_story(a: str, b: str) -> bool:
    """Whether words of two classes may tell one incident in a clause: "assassinated X by setting off a bomb"."""
    means = STRIKES | BOMBINGS | GROUND
    return related(a, b) or (a in KILLINGS and b in means) or (b in KILLINGS and a in means)
