"""Reads one counted phrase of people: "14 civilians", "two girls", "one of the guards", "A, B and C", "others"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kgbuild.pipeline.annotations import Number
from kgbuild.pipeline.casualty_rules.counted import person_near
from kgbuild.pipeline.casualty_rules.listed import NameCounter
from kgbuild.pipeline.casualty_rules.people import PeopleReader

_NUMBER_OF = {"singular": (1, 1), "dual": (2, 2), "plural": (None, None)}
_ONE_MORE_REACH = 24
_LONGEST_OFFICE = 12
_REACH_OF_NATIONAL = 3
_OF_BODIES = ("killed", "injured")
_OF_THEM = ("هم", "هما", "هن")


@dataclass(frozen=True, slots=True)
class CasualtyMention:
    """One figure with its words; `head` is the token that tells the effect, `person` the index of the people's noun."""

    start: int
    end: int
    effect: str
    min: int | None
    max: int | None
    group: str
    head: int
    person: int | None = None
    part: bool = False
    nationality: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A word that says what happened to people."""

    start: int
    end: int
    effect: str
    verbal: bool


@dataclass(frozen=True, slots=True)
class PhraseReader(PeopleReader):
    """Reads phrases of one document.

    `numbers` by first token; `persons`, all `names` and `times`: first token → end. `forces` are the first tokens of
    fighters' names, `deeds` those of verbs and `events` of nouns of incidents; `places` are all tokens of names of
    places, which may be a noun for people elsewhere (الراعي).
    """

    numbers: Mapping[int, Number]
    persons: Mapping[int, int]
    names: Mapping[int, int]
    forces: frozenset[int] = frozenset()
    times: Mapping[int, int] = field(default_factory=dict)
    deeds: frozenset[int] = frozenset()
    events: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()

    def may_count(self, index: int) -> bool:
        """Whether a phrase without a head may start at the token: with a number, or a word that counts."""
        counting, words = self.lexicon.counting, self.words
        return index in self.numbers or words.norms[index] in counting or words.lemmas[index] in counting

    def at(self, index: int, limit: int, head: Head | None) -> CasualtyMention | None:
        """The phrase that starts at `index` and ends by `limit`; `head` governs it, or None where it stands alone."""
        head_index = head.start if head else index
        if index in self.places:
            return None
        if head is not None and index in self.persons:
            return self._named(index, limit, head_index)
        if head is not None and (first := self._listed.behind_each(index, limit)) is not None:
            return replace(self._named(first, limit, head_index), start=index)
        number = self.numbers.get(index)
        if number is not None and number.end <= limit:
            phrase = self._counted(number, limit, head)
        else:
            phrase = self._uncounted(index, limit, head)
        if phrase is None:
            return None
        group = phrase.group if phrase.group != "unknown" else self._group_behind(phrase.end)
        return replace(phrase, group=group, nationality=self._nationality(phrase.person))

    def _group_behind(self, index: int) -> str:
        """The group that "of" or "among" gives: "wounded *of the civilians*", "eleven *of ISIS*"."""
        start = index
        while index < len(self.words.norms) - 1 and self._is("ranks", index):
            index += 1
        if index == start:
            return "unknown"
        if index in self.forces:
            return "combatant"
        definite = self.words.norms[index].startswith("ال")
        return self._people_at(index).group if definite and self.is_people(index) else "unknown"

    def with_one_more(self, phrase: CasualtyMention, limit: int) -> CasualtyMention:
        """One person told of by one, "… and another …, and a third": counted together."""
        if (phrase.min, phrase.max) != (1, 1):
            return phrase
        count, end = 1, phrase.end
        for index in range(phrase.end, min(limit, phrase.end + _ONE_MORE_REACH)):
            if self._is("one_more", index) and self._is("and", index - 1):
                count, end = count + 1, index + 1
        return replace(phrase, min=count, max=count, end=end)

    def is_joined(self, index: int) -> bool:
        """Whether "and", "in addition to" or an opening bracket stands right before the token."""
        if self.words.norms[index - 1] == "(":
            return index not in self.persons  # another name of the same person
        if self.lexicon.joiners.longest_before(self.words.norms, index, 0):
            return True
        previous = self.words.skip_back(index - 1, 0)
        while previous > 0 and self._is("own", previous):  # "and his wife"
            previous -= 1
        return previous >= 0 and self._is("and", previous)

    def behind_office(self, index: int, limit: int) -> int:
        """Where an office between commas behind a name ends: "X, *a senior leader of Y,* and two of his guards"."""
        if index + 1 >= limit or self.words.norms[index] != "," or not self._is("one", index + 1):
            return index
        closing = range(index + 2, min(limit, index + _LONGEST_OFFICE))
        return next((i + 1 for i in closing if self.words.norms[i] == ","), index)

    def counts_people(self, number: Number) -> bool:
        """Whether a noun for people stands behind the number."""
        return self._person_near(number.end, len(self.words.norms)) is not None

    def _counted(self, number: Number, limit: int, head: Head | None) -> CasualtyMention | None:
        head_index = head.start if head else number.start
        person = self._person_near(number.end, limit)
        if person is not None:
            people, end = self._people_at(person), person + 1
            effect, group = people.effect or "", people.group
            if not effect and (told := self._told_behind(end, limit)):  # "four soldiers missing"
                effect, end = told, end + 1
        elif head is not None and self._stands_alone(number.end, limit) and not self._counts_before(number, head):
            end, effect, group = number.end, "", "unknown"
        else:
            return None
        part = person is not None and self._is_known(person)
        return CasualtyMention(number.start, end, effect, number.min, number.max, group, head_index, person, part)

    def _counts_before(self, number: Number, head: Head) -> bool:
        """Whether a figure behind its noun counts that: "members of *one* family"."""
        follows = number.start > head.end and self.words.tags[number.start - 1] == "WORD"
        return follows and self.words.norms[number.start] in self.lexicon.behind and number.min == 1

    @property
    def _listed(self) -> NameCounter:
        return NameCounter(self, self.persons, self.numbers)

    def _told_behind(self, index: int, limit: int) -> str | None:
        """What befell those counted, where the word behind them says so and is nobody's ("*victims of* Assad")."""
        if index >= limit or not self.is_indefinite(index) or index + 1 in self.names:
            return None
        return self.effect_of(index)

    def _named(self, index: int, limit: int, head_index: int) -> CasualtyMention:
        """People told of by name, counted: "the killing of A, B and C"."""
        count, end = self._listed.count(index, limit)
        return CasualtyMention(index, end, "", count, count, "unknown", head_index, index)

    def _stands_alone(self, index: int, limit: int) -> bool:
        """Whether no noun follows a bare number, which would say what else it counts ("ten days")."""
        index = self.words.skip_forward(index, limit)
        if index >= limit or index in self.times or self.words.tags[index] in ("PUNCT", "CLITIC"):
            return True
        return any(self._is(kind, index) for kind in ("filler", "adverbial", "barriers", "others", "part", "and"))

    def _uncounted(self, index: int, limit: int, head: Head | None) -> CasualtyMention | None:
        head_index = head.start if head else index
        if self._is("others", index) and head is not None:
            return CasualtyMention(index, index + 1, "", None, None, "unknown", head_index)
        if self._is("one", index) or self._is("some", index):
            person = self._person_near(index + 1, limit)
            if person is None and head is not None and self.words.norms[index].endswith(_OF_THEM):
                return CasualtyMention(index, index + 1, "", 1, 1, "unknown", head_index)  # "one of them"
            if person is None:
                return None
            people = self._people_at(person)
            low, high = (1, 1) if self._is("one", index) else (None, None)
            return CasualtyMention(index, person + 1, people.effect or "", low, high, people.group, head_index, person)
        if not self.is_people(index) or not self._counts_by_itself(index, limit, head):
            return None
        return self._noun(index, limit, head)

    def _counts_by_itself(self, index: int, limit: int, head: Head | None) -> bool:
        """Whether a bare noun is a figure: not "the injury of", not the unknown men who did it."""
        people = self._people_at(index)
        if self.is_happening(index) or self._is_bare_singular(index):
            return False
        if people.nationality is not None and (
            head is None
            or (people.number == "singular" and not self._is_a_national(index, head))
            or (index > head.end and self._describes(index - 1))
        ):
            return False  # "a Syrian town"
        if head is None:
            return people.effect is not None
        if self.lexicon.has("beside", self.words.lemmas[index]) and index != head.end:
            return False
        if self.lexicon.has("adjectival", self.words.lemmas[index]) and index > head.end and self._describes(index - 1):
            return False
        if self._is("further", index) and index > head.end and self._describes(index - 1):
            return self.is_people(index - 1)  # "another attack" counts nobody
        if index + 1 >= limit or not self.lexicon.has("nameless", self.words.lemmas[index + 1]):
            return True
        return index + 2 < limit and self._is("identity", index + 2)  # "of unknown identity" is said of the dead

    def _is_a_national(self, index: int, head: Head) -> bool:
        """Whether the adjective of a nation right behind the head names a person: "the killing of *a Syrian*"."""
        befalls = head.verbal or self._is("befalling", head.start)
        near = index == head.end and index - head.start < _REACH_OF_NATIONAL  # not behind "among them"
        return near and befalls and head.effect in _OF_BODIES and self.is_indefinite(index)

    def _noun(self, index: int, limit: int, head: Head | None) -> CasualtyMention:
        """A noun whose own form counts, or that is counted by the names or the figure behind it."""
        people, head_index = self._people_at(index), head.start if head else index
        effect, end = people.effect or "", index + 1
        low, high = _NUMBER_OF[people.number]
        bound = self.lexicon.bounds.longest_at(self.words.norms, end, limit) if end < limit else None
        if bound is not None and low is not None:
            high, end = None, bound[0]
        names = self.words.skip_forward(end, limit)
        if low != 1 and head is not None and names in self.persons:
            named = self._named(names, limit, head_index)
            named = replace(named, start=index, group=people.group, effect=effect, person=index)
            return named if low is None else replace(named, min=low, max=high)
        if end < limit and self.words.norms[end] in self.lexicon.behind:
            low = high = self.lexicon.behind[self.words.norms[end]]
            end += 1
        elif people.number == "plural" and (number := self._number_behind(end, limit)) is not None:
            counted = self._counted(number, limit, head)
            if counted is None or counted.person is None:
                low, high, end = number.min, number.max, number.end
            elif effect:  # "the bodies of seven civilians", "the wounded some 100 people"
                return replace(counted, start=index, effect=effect, head=head_index)
        return CasualtyMention(index, end, effect, low, high, people.group, head_index, index)

    def _number_behind(self, index: int, limit: int) -> Number | None:
        """ "the 32 dead" with the figure as an adjective behind the noun (الضحايا الـ32)."""
        while index < min(limit, len(self.words.norms)) and self._is("article", index):
            index += 1
        number = self.numbers.get(index)
        return number if number and number.end <= limit and (number.exact or self.counts_people(number)) else None

    def _person_near(self, index: int, limit: int) -> int | None:
        return person_near(self.words, self.lexicon, self.names, index, limit)
