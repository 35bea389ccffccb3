"""Reads who and where out of English: the same lists of actors and places, English nouns, and capitalised names.

A name is a run of capitalised words and the particles that join them (Deir ez-Zor, Abu Kamal). A word of place gives it
its class from before (the village of X) or behind (X village); a title, a kunya or a verb of speech makes it a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.english.tokenizer import singular
from kgbuild.linking.actors import curated_actors
from kgbuild.linking.countries import countries
from kgbuild.pipeline.english_sources import EnglishSources
from kgbuild.pipeline.entity_rules.english_organisations import EnglishOrganisations
from kgbuild.pipeline.entity_rules.english_persons import EnglishPersons
from kgbuild.pipeline.entity_rules.english_places import EnglishPlaces
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.view import View

_LONGEST_NAME = 5
_LOOK_AHEAD = 3
_WHOLE_NAMES = frozenset(("Road", "Junction", "River", "Crossing", "Camp"))
_QUOTES = frozenset("\"'")
_ARTICLES = frozenset(("al-", "el-", "al ", "el "))


class EnglishRules:
    """Proposes the mentions that begin at a word."""

    def __init__(self, view: View, sources: EnglishSources, places: EnglishPlaces) -> None:
        self._view = view
        self._sources = sources
        self._places = places
        self._singulars = [(norm, lemma) for norm, lemma in zip(view.norms, map(singular, view.norms), strict=True)]
        self._persons = EnglishPersons(view, sources, self._capital)
        self._organisations = EnglishOrganisations(view, sources, self._singulars, self._capital, self.name_end)

    def __call__(self, start: int) -> Iterator[Found]:
        """All proposals from this word on, of every group."""
        limit = self._view.line_end(start)
        yield from self._actors(start, limit)
        yield from self._common(start, limit)
        yield from self._nouns(start, limit)
        yield from self._before(start, limit)
        end = self.name_end(start, limit)
        if end is not None:
            title = self._sources.persons.titles.longest(self._view.exact, start, end)
            if title is not None and title[0] < end and not self._organisations.has_noun(title[0], end):
                yield Found(title[0], end, "Person", rank=4, confidence=0.8)
                start = title[0]
            yield from self._named(start, end, limit)
        yield from self._backward(start)
        if self._view.norms[start + 1 : start + 2] == ["("]:
            yield from self._organisations.spelt_out(start + 1)

    def name_end(self, start: int, limit: int) -> int | None:
        """The end of the capitalised name that begins at this word."""
        view = self._view
        if not self._begins(start):
            return None
        end = start + 1
        while end < min(limit, start + 2 * _LONGEST_NAME):
            joins = self._joined(end) and end + 1 < limit and (self._capital(end + 1) or self._joined(end + 1))
            if not joins and not (self._capital(end) and not view.breaks[end]):
                break
            end += 1
        while end > start + 1 and self._joined(end - 1):
            end -= 1
        return end

    def _begins(self, start: int) -> bool:
        """Whether a name begins here: at a capital, or at the article before one (al-Nouri)."""
        if self._capital(start):
            article = start > 1 and self._view.norms[start - 1] == "-" and self._joined(start - 2)
            return not article and not (self._joined(start - 1) and self._capital(start - 2))
        lone = self._joined(start) and self._view.norms[start] != "-" and not self._capital(start - 1)
        return lone and start + 2 < len(self._view) and self._view.norms[start + 1] == "-" and self._capital(start + 2)

    def _capital(self, index: int) -> bool:
        view = self._view
        if not 0 <= index < len(view) or view.tags[index] not in ("WORD", "LATIN"):
            return False
        return view.texts[index][:1].isupper() and view.norms[index] not in self._sources.name_stops

    def _joined(self, index: int) -> bool:
        """Whether the word joins the parts of a name; a sign does where it touches both."""
        view = self._view
        if not 0 <= index < len(view) or view.norms[index] not in self._sources.particles:
            return False
        return view.tags[index] != "PUNCT" or (view.glued[index] and index + 1 < len(view) and view.glued[index + 1])

    def _text(self, start: int, end: int) -> str:
        words = self._view.texts[start:end]
        return " ".join(words).replace(" - ", "-").replace(" ' ", "'")

    def _actors(self, start: int, limit: int) -> Iterator[Found]:
        view = self._view
        found = self._sources.actors.longest(view.exact, start, limit)
        if found is not None:
            end, (key, name) = found
            written = "".join(view.texts[start:end])
            if _cased_alike(name, written):
                yield Found(start, end, curated_actors()[key].cls, key=key, rank=6)
        country = self._sources.countries.longest(view.exact, start, limit)
        if country is not None and _cased_alike(country[1][1], "".join(view.texts[start : country[0]])):
            yield Found(start, country[0], "Country", key=countries()[country[1][0]].key, rank=5)
        force = self._sources.nations.get(view.norms[start]) or self._sources.letters.get(view.texts[start])
        if force is not None:
            yield from self._force(start, force, limit)

    def _force(self, start: int, code: str, limit: int) -> Iterator[Found]:
        """Turkish drones, an Israeli air raid: the force of the nation."""
        view, key = self._view, self._sources.forces.get(code)
        if key is None and start + 1 < limit and view.norms[start + 1] in self._sources.troops:
            yield Found(start, start + 2, "StateForce", head=view.norms[start + 1], rank=3, confidence=0.7)
            return
        for index in range(start + 1, min(limit, start + 1 + _LOOK_AHEAD)):
            if key and not self._sources.military.isdisjoint(self._singulars[index]):
                rank = 3 if view.norms[start] in self._sources.nations else 7  # "US" names the country, too
                yield Found(start, start + 1, curated_actors()[key].cls, key=key, rank=rank, confidence=0.8)
                return
            if view.norms[index] not in self._sources.between:
                return

    def _common(self, start: int, limit: int) -> Iterator[Found]:
        found = self._sources.common.longest(self._singulars, start, limit)
        if found is None and start and self._view.norms[start - 1] not in self._sources.nations:
            found = self._sources.unowned.longest(self._singulars, start, limit)
        apposed = found is not None and found[1] == "ArmedGroup" and self._follows_actor(start)
        named = self._capital(start) and (found is None or self._capital(found[0] - 1))  # but "Security forces" opens
        if found is not None and not named and not apposed:  # "Islamic State insurgents" are one
            yield Found(start, found[0], found[1], head=self._view.norms[found[0] - 1], rank=2, confidence=0.7)

    def _follows_actor(self, start: int) -> bool:
        """Whether the name of an actor ends right before the word."""
        ends = (self._sources.actors.longest(self._view.exact, at, start) for at in range(max(0, start - 4), start))
        return any(found is not None and found[0] == start for found in ends)

    def _nouns(self, start: int, limit: int) -> Iterator[Found]:
        """Facilities and weapons without a name."""
        view = self._view
        for trie, unless in ((self._sources.weapons, "weapon"), (self._sources.facilities, "facility")):
            found = trie.longest(self._singulars, start, limit)
            if found is None:
                continue
            end, cls = found
            following = view.norms[end] if end < len(view) else ""
            head = self._singulars[end - 1][1]
            if any(following in self._sources.unless.get((unless, noun), ()) for noun in (head, "any")):
                continue
            yield Found(start, end, cls, head=head, generic=True, rank=4 if unless == "weapon" else 3)

    def _before(self, start: int, limit: int) -> Iterator[Found]:
        """The village of X; the towns of X, Y and Z."""
        view = self._view
        for trie, several in ((self._sources.before, False), (self._sources.several, True)):
            found = trie.longest(view.exact, start, limit)
            if found is None:
                continue
            at, cls = found
            while at < limit:
                at += view.norms[at] in _QUOTES
                end = self.name_end(at, limit)
                if end is None:
                    break
                begin = at if several else start
                yield Found(begin, end, cls, head=view.norms[start], rank=4, name=self._text(at, end))
                at = self._next(end, limit) if several else limit
        return

    def _next(self, end: int, limit: int) -> int:
        view = self._view
        while end < limit and view.norms[end] in (",", "and", '"'):
            end += 1
        return end

    def _named(self, start: int, end: int, limit: int) -> Iterator[Found]:
        """What a capitalised name is: by the word behind it, as a person, or as a place that the gazetteers know."""
        view, name = self._view, self._text(start, end)
        behind = self._noun_behind(end, limit)
        inside = next(
            (i for i in range(end - 1, start, -1) if self._sources.after.longest(self._singulars, i, end)), None
        )
        if behind is not None:
            side = start - 1 if start and view.norms[start - 1] in self._sources.locating.sides else start
            area = behind[1] == "Area" and self._singulars[behind[0] - 1][1] == "countryside"
            full = f"{view.norms[side]} {name} countryside" if side < start else f"{name} countryside"
            whole = self._text(start, behind[0]) if behind[1] in _WHOLE_NAMES else name
            yield Found(
                side if area else start, behind[0], behind[1], head=view.norms[behind[0] - 1], rank=4,
                name=full if area else whole,
            )  # fmt: skip
        elif inside is not None:
            cls = self._sources.after.longest(self._singulars, inside, end)
            if cls is not None and cls[0] == end:
                is_part = inside == start + 1 and view.norms[start] in self._sources.parts
                found, named = ("Neighbourhood", end) if is_part else (cls[1], inside)
                yield Found(start, end, found, head=view.norms[inside], rank=4, name=self._text(start, named))
        yield from self._facility(start, end, limit)
        yield from self._organisations.at(start, end, limit)
        person = not self._organisations.is_named(start, end)
        if person and self._persons.names(start, end, placed=self._places.find(name) is not None):
            yield Found(start, end, "Person", rank=3, confidence=0.8)
        place = self._places.at(start, end, name)
        if place is not None:
            yield place

    def _noun_behind(self, end: int, limit: int) -> tuple[int, str] | None:
        """The noun of place behind a name, and its class, unless the word behind it gives it another sense."""
        found = self._sources.after.longest(self._singulars, end, limit) if end < limit else None
        if found is None:
            return None
        following = self._view.norms[found[0]] if found[0] < len(self._view) else ""
        return None if following in self._sources.after_unless.get(self._view.norms[found[0] - 1], ()) else found

    def _facility(self, start: int, end: int, limit: int) -> Iterator[Found]:
        """al-Nouri Mosque, Raqqa National Hospital, a capitalised noun among them."""
        for index in range(start + 1, min(end + 1, limit)):
            found = self._sources.facilities.longest(self._singulars, index, limit)
            if found is not None and found[0] >= end and found[1] in self._sources.nameable:
                head = self._singulars[found[0] - 1][1]
                yield Found(start, found[0], found[1], head=head, rank=5, open=True)
                return

    def _backward(self, start: int) -> Iterator[Found]:
        """The city, the group: what was spoken of."""
        view = self._view
        if start == 0 or view.norms[start - 1] != "the" or self._capital(start):
            return
        noun = view.norms[start]
        following = start + 1 < len(view) and view.norms[start + 1] in ("of", "'s")
        if noun in self._sources.back_places and not following:
            yield Found(start, start + 1, self._sources.back_places[noun], head=noun, generic=True)
        elif noun in self._sources.back_actors:
            yield Found(start, start + 1, "ArmedGroup", head=noun, generic=True)
        elif noun == "capital":
            yield Found(start, start + 1, "City", head="عاصمه", generic=True)


def _cased_alike(name: str, written: str) -> bool:
    """Whether capitals stand where the list has them, so that "us" is no country and "who" no organisation."""
    letters = [c for c in name if c.isalnum()]
    found = [c for c in written if c.isalnum()]
    if name[:3].lower() in _ARTICLES:
        return "".join(found[2:3]).isupper()  # Al-Nusra and al-Nusra
    if len(letters) <= 5 and name.upper() == name:
        return written.upper() == written
    return not letters[0].isupper() or found[0].isupper()
