"""What a noun for people says by its form: whom it names, how many, what befell them, whether they are known."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.pipeline.casualty_rules.counted import is_people
from kgbuild.pipeline.casualty_rules.words import CasualtyWords, People
from kgbuild.pipeline.words import Words

_OWNERS = ("ه", "ها", "هم")


@dataclass(frozen=True, slots=True)
class PeopleReader:
    """Reads such nouns of one document."""

    words: Words
    lexicon: CasualtyWords

    def is_people(self, index: int) -> bool:
        """Whether the token is a noun for people."""
        return is_people(self.words, self.lexicon, index)

    def is_own_fighters(self, index: int) -> bool:
        """Whether the token is a noun for fighters with the pronoun of those they belong to ("its men")."""
        norm = self.words.norms[index]
        return self.is_people(index) and self._people_at(index).group == "combatant" and norm.endswith(_OWNERS)

    def tells_effect(self, index: int) -> bool:
        """Whether the token is a noun that itself tells what befell people ("the dead")."""
        people = self.lexicon.people.get(self.words.norms[index])
        return people is not None and people.effect is not None

    def effect_of(self, index: int) -> str | None:
        """What befell those that the noun at `index` names, if it says so itself."""
        return self._people_at(index).effect if self.is_people(index) else None

    def is_happening(self, index: int) -> bool:
        """Whether the noun at `index` names what befell people rather than those it befell ("the injury of")."""
        people = self._people_at(index)
        tells = people.effect is not None and self.words.lemmas[index] in self.lexicon.heads.by_first
        return tells and people.number == "singular"

    def is_indefinite(self, index: int) -> bool:
        """Whether a noun carries no article; the dual's ending is none."""
        norm, lemma = self.words.norms[index], self.words.lemmas[index]
        return norm in (lemma, lemma + "ا") or (
            norm.startswith(lemma) and self.is_people(index) and self._people_at(index).number == "dual"
        )

    def is_two(self, index: int) -> bool:
        """Whether the noun at `index` is a dual that counts people by itself ("two persons")."""
        return self.is_people(index) and self._people_at(index).number == "dual" and self.is_indefinite(index)

    def _nationality(self, person: int | None) -> str | None:
        """That of the people's noun, or of the adjective behind it, as the text gives it."""
        if person is None or not self.is_people(person):
            return None
        behind = self.words.norms[person + 1] if person + 1 < len(self.words.norms) else ""
        return self._people_at(person).nationality or self.lexicon.nations.get(behind)

    def _is_known(self, person: int) -> bool:
        """Whether the noun names those told of before ("nineteen of the dead"), so that the figure counts some."""
        of = self.words.skip_back(person - 1, 0)
        definite = self.words.norms[person] != self.words.lemmas[person] and self.words.norms[person].startswith("ال")
        return definite and of >= 0 and self._is("of", of) and self._people_at(person).effect is not None

    def _is_bare_singular(self, index: int) -> bool:
        """Whether the noun would need an article to name somebody: "rebel fire killed six"."""
        people, owned = self._people_at(index), self.lexicon.sets["own"]
        bare = people.number == "singular" and people.effect is None
        return bool(owned) and bare and self.words.norms[index - 1] not in owned

    def _describes(self, index: int) -> bool:
        """Whether the word at `index` is a noun that an adjective behind it may describe ("a terrorist act")."""
        return self.words.tags[index] == "WORD" and not any(
            self._is(k, index) for k in ("one", "some", "filler", "part")
        )

    def _is(self, kind: str, index: int) -> bool:
        return self.lexicon.has(kind, self.words.norms[index])

    def _people_at(self, index: int) -> People:
        found = self.lexicon.people.get(self.words.norms[index])
        return found if found is not None else self.lexicon.people[self.words.lemmas[index]]
