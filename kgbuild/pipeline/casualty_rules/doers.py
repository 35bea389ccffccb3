"""People right behind a verb who hurt others: "a suicide bomber killed 32 people", "a sniper of X killed two"."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention, Head, PhraseReader

_REACH_OF_VICTIMS = 16


@dataclass(frozen=True, slots=True)
class Doers:
    """Tells those who hurt from those hurt."""

    reader: PhraseReader

    def victims_of(self, phrase: CasualtyMention, head: Head, limit: int) -> int | None:
        """Where the people stand whom those at the phrase hurt: "a suicide bomber killed 32 people", "gunmen kidnapped
        four doctors".
        """
        if not head.verbal:
            return None
        if (behind := self._behind_force(phrase, limit)) is not None:
            return behind
        reach = _REACH_OF_VICTIMS if self._is("attackers", phrase.start) else 2 * self._is_nominative(phrase)
        near = range(phrase.end, min(limit, phrase.end + reach))
        return next((i for i in near if self._is_object(i) and not self.reader.is_joined(i)), None)

    def _behind_force(self, phrase: CasualtyMention, limit: int) -> int | None:
        """Where those stand whom one man of a force hurt: "a sniper *of X* killed *two children*"."""
        of = phrase.end
        alone = phrase.min == 1 and phrase.start == phrase.person and phrase.group == "combatant"
        if not alone or of + 1 >= limit or not self._is("of", of) or of + 1 not in self.reader.names:
            return None
        victims = self.reader.names[of + 1]
        return victims if victims < limit and self._is_object(victims) else None

    def _is_nominative(self, phrase: CasualtyMention) -> bool:
        """Whether it is fighters without a figure, by their ending the subject."""
        fighters = phrase.group == "combatant" and phrase.min is None and phrase.start == phrase.person
        return fighters and self.reader.words.norms[phrase.start].endswith("ون")

    def _is_object(self, index: int) -> bool:
        """Whether people are counted at the token or stand there in the accusative."""
        number = self.reader.numbers.get(index)
        if number is not None:
            return self.reader.counts_people(number)
        return self.reader.is_people(index) and self.reader.words.norms[index].endswith("ا")

    def _is(self, kind: str, index: int) -> bool:
        return self.reader.lexicon.has(kind, self.reader.words.norms[index])
