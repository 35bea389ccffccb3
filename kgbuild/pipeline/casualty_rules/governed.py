"""Figures that a word of what befell people governs: those behind it, those before it, those its own form counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kgbuild.pipeline.casualty_rules.before_verb import PeopleBeforeVerb
from kgbuild.pipeline.casualty_rules.doers import Doers
from kgbuild.pipeline.casualty_rules.heads import Heads
from kgbuild.pipeline.casualty_rules.named import named_behind
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention, Head, PhraseReader
from kgbuild.pipeline.casualty_rules.sums import divided, summed, with_effects
from kgbuild.pipeline.words import COMMAS

_REACH = 9
"""How many tokens a figure may stand away from the word that governs it."""
_REACH_OF_NEXT = 5
"""The same for a figure joined to the one before it."""
_REACH_OF_MORE = 12
"""How far behind a verb more of those may stand whom it tells of."""
_REACH_OF_TOLLS = 36
"""How far from "the number of the dead" the figure may stand that it rose to."""
_REACH_OF_FALL = 4
_NEGATION_REACH = 5
_REACH_OF_CAUSE = 10
"""Tokens that the cause may take up between the verb and those it counts ("were killed in the raid on X five men")."""


@dataclass(slots=True)
class GovernedTolls:
    """Those of the sentence of tokens [start, end). `taken` are the tokens that belong to a figure already."""

    reader: PhraseReader
    start: int
    end: int
    heads: Heads = field(init=False)
    taken: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.heads = Heads(self.reader, self.start, self.end)
        self.taken = {i for head in self.heads.found if head.end > head.start + 1 for i in range(head.start, head.end)}

    def read(self) -> Iterator[CasualtyMention]:
        """Figures behind or before the words that govern them."""
        before: list[CasualtyMention] = []
        for position, head in enumerate(self.heads.found):
            if self.is_negated(head.start) or self.heads.repeats(position):
                continue
            if self._is("falling", head.start):
                yield from self._fallen(head, self.heads.limit(position))
                continue
            if self.heads.tells_toll(head):
                yield from with_effects(self._risen(head), (head.effect,))
                continue
            joined = self.heads.joins_previous(position)
            shared = before if joined and self.heads.agrees(head) else []
            follows = bool(before)
            if before := self._before(head) if self.heads.looks_back(position) else []:
                more = self._alongside(head, position) or self._and_more(head, position)
                yield from with_effects([*before, *more], (head.effect,))
            elif follows or not joined:
                phrases = summed(self.behind(head, self.heads.limit(position)), self.reader)
                if not phrases and self._is("toll", head.start):
                    phrases = self._risen(head)
                if not phrases and not shared and head.verbal:
                    phrases = self._before(head)
                phrases = phrases or shared or self._told_by_pronoun(head) or self._cases(head)
                if not phrases and not head.verbal:
                    phrases = self._named(named_behind(self.reader, head, self.end, self.taken))
                if self._is("figure_only", head.start):
                    phrases = [p for p in phrases if p.start in self.reader.numbers or self._is("some", p.start)]
                yield from with_effects(phrases, self.heads.joined_effects(position))

    def _alongside(self, head: Head, position: int) -> list[CasualtyMention]:
        """ "X was killed *along with two guards*": more of those hurt, behind a verb that looks back."""
        joined = self.reader.lexicon.alongside.longest_at(self.reader.words.norms, head.end, self.end)
        limit = self.heads.limit(position)
        if joined is None or joined[0] >= limit:
            return []
        return self.behind(replace(head, end=joined[0]), limit)

    def _and_more(self, head: Head, position: int) -> list[CasualtyMention]:
        """ "four soldiers were killed in X *and six gunmen*": more of them behind it, not told of by the next verb."""
        if position + 1 < len(self.heads.found) and self.heads.looks_back(position + 1):
            return []
        found: list[CasualtyMention] = []
        for index in range(head.end, min(self.heads.limit(position), head.end + _REACH_OF_MORE)):
            if index in self.reader.deeds or self.reader.words.norms[index] in COMMAS:
                break
            if index in self.reader.numbers and index not in self.taken and self.reader.is_joined(index):
                phrase = self.reader.at(index, self.end, head)
                if phrase is not None and (phrase.person is not None or self._is("of", phrase.end)):
                    found.append(self.take(phrase))
        return found

    def _is(self, kind: str, index: int) -> bool:
        return self.reader.lexicon.has(kind, self.reader.words.norms[index])

    def is_negated(self, index: int) -> bool:
        """Whether a negation stands shortly before, in the same clause: not "a source it did not name said that"."""
        for before in range(index - 1, max(self.start, index - _NEGATION_REACH) - 1, -1):
            if self._is("complementizers", before):
                return False
            if self._is("negated", before) and not self._is("still", before + 1):
                return True
        return False

    def behind(self, head: Head, limit: int) -> list[CasualtyMention]:
        """The counted people behind a head, with those joined to them by "and"."""
        phrases: list[CasualtyMention] = []
        index, gap = head.end, 0
        while index < limit and gap < (_REACH_OF_NEXT if phrases else _REACH):
            phrase = None
            if index not in self.taken and (not phrases or self.reader.is_joined(index)):
                phrase = self.reader.at(index, limit, head)
            if phrase is not None and (victims := Doers(self.reader).victims_of(phrase, head, limit)) is not None:
                index, gap = victims, 0
                continue
            if phrase is not None and not self._names_group(phrase, head, phrases):
                phrases.append(self.take(self.reader.with_one_more(phrase, limit)))
                index, gap = phrases[-1].end, 0
                continue
            stop = self._passed(index, limit, first=not phrases)
            if stop == index and self._is_barrier(index, head):
                break
            index, gap = max(stop, index + 1), gap + 1
        return phrases

    def _fallen(self, head: Head, limit: int) -> Iterator[CasualtyMention]:
        """People who "fell": only those counted right beside the verb, for shells and towns fall too."""
        if self.heads.agrees(head):
            phrases = self._before(head)
        else:
            near = range(head.end, min(limit, head.end + _REACH_OF_FALL))
            found = (self.reader.at(i, limit, head) for i in near if i not in self.taken)
            phrases = [p for p in found if p is not None][:1]
        for phrase in phrases:
            mixed = self._mixed_effects(phrase)
            vague = phrase.min is None or phrase.max is None or phrase.max > phrase.min
            said = phrase.effect or phrase.person is None or (phrase.min is None and not mixed)
            if said or (mixed and not vague) or (phrase.start == phrase.person and phrase.min != 2):
                self.taken.difference_update(range(phrase.start, phrase.end))
                continue
            self.take(phrase)
            yield from divided(phrase, mixed) if mixed else with_effects([phrase], (head.effect,))

    def _mixed_effects(self, phrase: CasualtyMention) -> tuple[str, ...]:
        """Those of "(20 people fell), some dead and some wounded"."""
        near = range(phrase.end, min(self.end, phrase.end + _REACH_OF_NEXT))
        mixed = next((i for i in near if self._is("mixed", i)), None)
        if mixed is None:
            return ()
        told = (self.reader.effect_of(i) for i in (mixed + 1, mixed + 3) if i < self.end)
        return tuple(dict.fromkeys(effect for effect in told if effect))

    def _told_by_pronoun(self, head: Head) -> list[CasualtyMention]:
        """ "(it led) to his death": as many as the pronoun says; or as the dual of the verb says."""
        if self.heads.is_dual(head):
            return [self.take(CasualtyMention(head.start, head.end, "", 2, 2, "unknown", head.start))]
        count = self.reader.lexicon.pronouns.get(self.reader.words.norms[head.start])
        if count is None or head.verbal or not self._is("leading", head.start - 1):
            return []
        return [self.take(CasualtyMention(head.start, head.end, "", count, count, "unknown", head.start))]

    def _cases(self, head: Head) -> list[CasualtyMention]:
        """ "three cases of abduction": as many people as cases."""
        noun = head.start - 1
        if head.verbal or noun < self.start or not self._is("cases", noun):
            return []
        number = next((n for i in range(noun - 1, self.start - 1, -1)[:2] if (n := self.reader.numbers.get(i))), None)
        if number is None and not self.reader.is_two(noun):
            return []
        start, low, high = (noun, 2, 2) if number is None else (number.start, number.min, number.max)
        return [self.take(CasualtyMention(start, head.end, "", low, high, "unknown", head.start))]

    def _names_group(self, phrase: CasualtyMention, head: Head, before: list[CasualtyMention]) -> bool:
        """Whether a noun counts nobody: "the police arrested", "men of the army and the police"."""
        if phrase.person is None or phrase.start != phrase.person:
            return False
        if before and self._is_ruled(phrase.person, before[-1]):
            return True
        definite = self.reader.words.norms[phrase.start].startswith("ال")
        return phrase.min is None and definite and (head.verbal or bool(before))

    def _is_ruled(self, noun: int, before: CasualtyMention) -> bool:
        """Whether the figure before rules the noun as well, both being accusatives ("13 soldiers and policemen")."""
        if before.person is None or before.start == before.person:
            return False
        return all(self.reader.words.norms[i].endswith("ا") for i in (noun, before.person))

    def _passed(self, index: int, limit: int, *, first: bool) -> int:
        """Where what belongs to the people before ends, or a time before them ("during the last two days"): "of" and a
        name, or words such as "in addition to".
        """
        time = index + 1 if self._is("during", index) else index
        if time in self.reader.times:
            return self.reader.times[time]
        if first and self._is_cause(index) and (figure := self._behind_cause(index, limit)) > index:
            return figure
        if self._is("of", index) and index + 1 in self.reader.names:
            return self.reader.names[index + 1]
        if first:
            return index
        if (office := self.reader.behind_office(index, limit)) > index:
            return office
        if self._is("of", index):
            return index + 1
        joined = self.reader.lexicon.joiners.longest_at(self.reader.words.norms, index, limit)
        return joined[0] if joined is not None else self.reader.names.get(index, index)

    def _is_cause(self, index: int) -> bool:
        return index in self.reader.events or self._is("causes", index)

    def _behind_cause(self, index: int, limit: int) -> int:
        """Where the figure stands behind a cause told before it, no verb, comma or clause between; else `index`."""
        for at in range(index + 1, min(limit, index + _REACH_OF_CAUSE)):
            number = self.reader.numbers.get(at)
            if number is not None:
                return at if at - index > 1 and at not in self.taken and self.reader.counts_people(number) else index
            if self.reader.is_two(at):
                return at
            verb = at in self.reader.deeds and at not in self.reader.places  # سرت is a town as well as a verb
            if verb or self.reader.words.tags[at] == "PUNCT" or self._opens_another(at):
                return index
        return index

    def _opens_another(self, index: int) -> bool:
        return any(self._is(kind, index) for kind in ("and", "part", "mixed", "complementizers", "who", "some"))

    def _is_barrier(self, index: int, head: Head) -> bool:
        """Whether a head governs nothing behind the token; "a family of five", "the toll rose to five" go on."""
        if self.reader.lexicon.asides.longest_at(self.reader.words.norms, index, self.end):
            return False
        if self._is("measures", index) and any(
            self._is("measured", i) for i in range(head.start, min(index, head.end + 3))
        ):
            return False
        return any(self._is(kind, index) for kind in ("part", "mixed", "barriers", "life"))

    def take(self, phrase: CasualtyMention) -> CasualtyMention:
        self.taken.update(range(phrase.start, phrase.end))
        return phrase

    def _before(self, head: Head) -> list[CasualtyMention]:
        """The counted people before a verb, with their sum."""
        people = PeopleBeforeVerb(self.reader, self.heads, self.start, self.taken).read(head)
        return summed([self.take(p) for p in people], self.reader)

    def _named(self, phrase: CasualtyMention | None) -> list[CasualtyMention]:
        return [] if phrase is None else [self.take(phrase)]

    def _risen(self, head: Head) -> list[CasualtyMention]:
        """ "the number of those killed by … rose *to 49*", "rose *to 9* … the number of the dead"."""
        near = range(max(self.start, head.start - _REACH_OF_TOLLS), min(self.end, head.end + _REACH_OF_TOLLS))
        for index in sorted(near, key=lambda i: (i < head.start, i)):
            number = self.reader.numbers.get(index)
            if number is None or index in self.taken or not self._is_told_as_toll(index):
                continue
            phrase = self.reader.at(index, self.end, head)
            if phrase is not None:
                return [self.take(phrase)]
            if self.reader.words.tags[index - 1] == "CLITIC" or not self._is("risen", index - 1):
                continue  # "for three days" is no toll
            return [self.take(CasualtyMention(index, number.end, "", number.min, number.max, "unknown", head.start))]
        return []

    def _is_told_as_toll(self, index: int) -> bool:
        """Whether "to" or "reached" stands before the figure."""
        return self._is("risen", index - 1) or self._is("reached", index - 1)
