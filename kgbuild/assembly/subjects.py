"""Finds who is the subject of what a clause tells: "fighters of X and of Y attacked", "men of X launched a raid"."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.stretch import Stretch
from kgbuild.pipeline.triggers import Trigger

_LONGEST_SUBJECT = 14
_LIGHT_REACH = 14
_FRAMES = frozenset({"gain", "withdraw", "clash"})
_ACTS = frozenset(
    {
        "ambush",
        "armed-attack",
        "attack",
        "offensive",
        "operation",
        "campaign",
        "infiltrate",
        "open-fire",
        "behead",
        "lead-away",
        "arrest",
        "set-fire",
        "shoot-down",
        "raid",
        "siege",
        "loot",
        "arson",
        "abduct",
        "detain",
        "execute",
        "bombard",
        "shell",
        "blast",
        "launch",
    }
)
"""Meanings whose verb has those who act behind it: bare "targeted men of X" rather tells who was hit."""
_NOUNS = frozenset(
    {"ambush", "armed-attack", "attack", "offensive", "operation", "campaign", "infiltrate", "raid", "blast"}
)


@dataclass(frozen=True, slots=True)
class SubjectFinder:
    """Reads the subject of one stretch among its names."""

    stretch: Stretch

    def subjects(self) -> frozenset[int]:
        """The first tokens of the actors that the subject names; empty where it names none or none is told."""
        lead = self.stretch.lead
        if lead is None or lead.meaning.form == "passive":
            return frozenset()
        meaning = lead.meaning
        acting = meaning.frame in _FRAMES or meaning.id in (_ACTS if meaning.form == "verb" else _NOUNS)
        if acting and (found := self._phrase(lead.end)[0]):
            return found
        if meaning.form == "verb" and meaning.id == "target":
            found, end = self._phrase(lead.end)
            return found if self._object_at(end) else frozenset()
        light = self._light_verb(lead) if meaning.form == "noun" else None
        if light is not None:
            return self._phrase(light + 1)[0] or self._before(light)
        return self._before(lead.start) if acting and meaning.form == "verb" else frozenset()

    def _object_at(self, index: int) -> bool:
        """Whether the object of a verb stands there: a word behind no preposition ("X's men hit *positions* of")."""
        words = self.stretch.words
        while index < self.stretch.end and (index in self.stretch.times or words.tags[index] == "SPACE"):
            index += 1
        inside = index < self.stretch.end and words.tags[index] == "WORD"
        return inside and words.norms[index] not in self.stretch.cues.kinds

    def _before(self, verb: int) -> frozenset[int]:
        """The actors of a subject that stands before its verb."""
        words, cues = self.stretch.words, self.stretch.cues.words
        for index in range(max(self.stretch.start, verb - _LONGEST_SUBJECT), verb):
            if words.lemmas[index] in cues.fighters:
                found, end = self._phrase(index)
                while end < verb and words.norms[end] in cues.auxiliaries:
                    end += 1
                if found and end == verb:
                    return found
        return frozenset()

    def _light_verb(self, lead: Trigger) -> int | None:
        """The verb that carries the event noun ("launched a raid"), if no other noun of that kind stands between."""
        for index in range(lead.start - 1, max(self.stretch.start, lead.start - _LIGHT_REACH) - 1, -1):
            if self.stretch.words.norms[index] in self.stretch.cues.verbs.light:
                return index
        return None

    def _phrase(self, index: int) -> tuple[frozenset[int], int]:
        """The actors of the noun phrase at `index`, and its end: fighters, "of", their force, and those joined."""
        words, cues = self.stretch.words, self.stretch.cues
        actors = {m.start: m for m in self.stretch.names if m.group == "actor"}
        found: set[int] = set()
        fighters = joined = False
        limit = min(self.stretch.end, index + _LONGEST_SUBJECT)
        while index < limit:
            mention = actors.get(index)
            if mention is not None:
                if not fighters or (found and not joined):
                    break  # a bare name is read by its prepositions; one behind another is the object
                found.add(index)
                index, joined = mention.end, False
            elif words.lemmas[index] in cues.words.fighters or self._attacks_unnamed(index):
                fighters, index = True, index + 1
            elif self._is_inside(index, fighters=fighters):
                joined = joined or words.norms[index] == "،" or cues.kinds.get(words.norms[index]) == "and"
                index += 1
            else:
                break
        return frozenset(found), index

    def _attacks_unnamed(self, index: int) -> bool:
        """ "*a sniper* of X opened fire"; of a verb of seizing or killing he may be who suffered."""
        lead = self.stretch.lead
        attacks = lead is not None and lead.meaning.frame in ("attack", "detonate")
        return attacks and self.stretch.words.norms[index] in self.stretch.cues.words.unnamed

    def _is_inside(self, index: int, *, fighters: bool) -> bool:
        words, cues = self.stretch.words, self.stretch.cues
        norm = words.norms[index]
        if words.tags[index] in ("SPACE", "PUNCT", "NUM"):
            return norm not in (".", "؛", ":")
        return (
            (fighters and cues.kinds.get(norm) in ("from", "for", "and"))
            or norm in cues.words.adjectives
            or words.lemmas[index] in cues.words.heads
            or norm in cues.words.belonging
            or (fighters and words.norms[index - 1] in cues.words.belonging)
            or (len(norm) > 3 and norm.endswith(("ي", "يه", "ون", "ين", "يون")))
        )
