"""Persons after titles, ranks, kin and victims' nouns, names by their shape, families, and groups of people."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kgbuild.arabic.inflect import adjective_forms
from kgbuild.language.folding import fold_text
from kgbuild.pipeline.entity_rules.families import FamilyRules
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.late_ends import LateEnds
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.names import (
    OPENING_QUOTES,
    Names,
    given_names,
    is_form,
    is_rare,
    plain_adjectives,
    speech_verbs,
    verb_stops,
)
from kgbuild.pipeline.entity_rules.sources import Sources
from kgbuild.pipeline.entity_rules.view import View
from kgbuild.pipeline.lexicon import adjectives_of_nation

_LONGEST_NAME = 5
_TITLE_REACH = 9
_SELDOM = 4e-6
_SELDOM_DEFINITE = 1e-5
_AT_ONCE = frozenset(("ranks", "people", "called", "kin"))


@cache
def _set(*path: str) -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("persons", *path))


@cache
def _of_nations() -> frozenset[str]:
    nations = section("nationalities", "nation").values()
    return frozenset(
        form for nation in nations for word in adjectives_of_nation(nation) for form in adjective_forms(word)
    )


@cache
def _name_ends() -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("name_stops", "persons"))


class PersonRules:
    """Proposes persons and families in one document."""

    def __init__(self, view: View, sources: Sources, names: Names) -> None:
        self._view = view
        self._sources = sources
        self._names = names
        self._late = LateEnds(view, sources, names)
        self._families = FamilyRules(view, sources, self)

    def __call__(self, start: int) -> Iterator[Found]:
        """The persons named from this word on, and those a title at this word announces."""
        view, limit = self._view, self._view.line_end(start)
        title = self._sources.roles.longest(view.stems, start, limit)
        if title is not None:
            yield from self._titled(title[0], title[1], limit)
        famous = self._sources.famous.longest(view.exact, start, limit)
        if famous is not None and not self._names_place(start):
            yield Found(start, famous[0], "Person", rank=2, confidence=0.7)
        end = self.name_end(start, limit)
        if end is not None:
            yield Found(start, end, "Person", rank=1, confidence=0.75)
        elif start and view.norms[start - 1] in speech_verbs() and not view.breaks[start]:
            end = self._unlisted(start, limit)
            if end is not None:
                yield Found(start, end, "Person", rank=1, confidence=0.7)
        yield from self._families(start, limit)

    def _names_place(self, start: int) -> bool:
        """البغدادي is a town, too: after a head noun or a preposition of place."""
        return start > 0 and self._sources.place_heads.longest(self._view.stems, start - 1, start) is not None

    def name_end(self, start: int, limit: int, *, titled: bool = False) -> int | None:
        """The end of a name that its shape shows: a kunya, a compound, or a given name with another name after it.

        `titled`: what a title governs ends right before, so that a name is what follows (السفير البريطاني ريتشارد مور).
        """
        view = self._view
        if view.tags[start] != "WORD":
            return None
        lemma, announced = view.norms[start], titled or self._announced(start)
        if lemma in _set("parts", "kunya"):
            return self._kunya(start, limit) if lemma != "ام" or announced else None
        if not self.is_given(start) or (lemma in verb_stops() and not announced):
            return None
        first = self.part(start, limit)
        end = self._in_quotes(start, limit) or self._more_parts(first, limit)
        if end == start + 1 and announced:
            end = self._late.past_split(end, limit)
        if end == first and announced:
            end = self._late.to_what_is_said(end, limit)
        if self._is_place(start, end, limit):
            return None
        alone = first == start + 1  # سيف الدين is a name for certain, though سيف is not
        if alone and view.norms[start] in _set("doubtful", "names") and not announced:
            return end if end > first and self._sure(first) else None
        return end if end > first or (first > start + 1) else None

    def _is_place(self, start: int, end: int, limit: int) -> bool:
        """Whether a place of several words is all that stands here (ديار بكر, محافظ صلاح الدين)."""
        known = self._sources.places.longest(self._view.exact, start, limit)
        return known is not None and known[0] >= max(end, start + 2)

    def _sure(self, index: int) -> bool:
        """Whether a word can only be a person's name: a given name and nothing else, a surname, a descent."""
        view, norm = self._view, self._view.norms[index]
        if norm in _set("parts", "surnames"):
            return True
        if view.definite(index):
            return norm.endswith("ي") or (is_rare(norm) and not norm.endswith(("ه", "ين", "ون", "ات")))
        return norm in given_names() - _set("doubtful", "names")

    def _in_quotes(self, start: int, limit: int) -> int | None:
        """The end of a name of several words that has quotes of its own."""
        quoted = self._names.quoted(start - 1, limit) if start > 0 else None
        if quoted is None or quoted[1] - start < 2:
            return None
        return None if any(self._names.ends_name(i) for i in range(start, quoted[1])) else quoted[1]

    def _announced(self, start: int) -> bool:
        """Whether a title, or a verb of speech, stands right before."""
        view = self._view
        before = start - 1
        while before > 0 and view.norms[before] in OPENING_QUOTES:
            before -= 1
        if before < 0:
            return False
        if view.norms[before] in speech_verbs():
            return True
        return self._sources.roles.longest(view.stems, before, before + 1) is not None

    def _kunya(self, start: int, limit: int) -> int | None:
        """أبو سياف, أبو قتادة التونسي: the word after it, and names or a descent after that."""
        view = self._view
        at = start + 1
        if at >= limit or view.tags[at] != "WORD" or view.breaks[at]:
            return None
        if self._names.ends_name(at) and not self.is_given(at):
            return None  # علي is no على
        end = self._more_parts(self.part(at, limit), limit)
        known = self._sources.places.longest(view.exact, start, limit)
        return None if known is not None and known[0] >= end else end

    def is_given(self, index: int) -> bool:
        """Whether a given name, or the first part of a compound one, stands here."""
        view = self._view
        if view.norms[index] == "عبد" and index + 1 < len(view):
            return view.definite(index + 1) or view.norms[index + 1] == "الله"
        if self.part(index, len(view)) == index + 2 and view.norms[index + 1] in _set("parts", "second"):
            return True  # عز الدين
        return view.norms[index] in given_names() and view.texts[index] not in ("على", "إلى", "الى")

    def part(self, start: int, limit: int) -> int:
        """The end of one part of a name, compounds (عبد الله, سيف الدين, بن زياد) taken whole."""
        view = self._view
        if start + 1 < limit and view.norms[start] in _set("parts", "compound") and not view.breaks[start + 1]:
            following = view.norms[start + 1]
            if view.norms[start] in _set("parts", "joined") and not self._names.ends_name(start + 1):
                return start + 2
            if following in _set("parts", "second"):
                return start + 2
        return start + 1

    def _more_parts(self, end: int, limit: int) -> int:
        """Past further names: listed ones, descents with the article, and words hardly ever written."""
        view, begin = self._view, end
        while end < min(limit, begin + _LONGEST_NAME - 1) and view.tags[end] == "WORD" and not view.breaks[end]:
            if not self._continues(end) or (end > begin and self._is_title(end)) or self._is_title(end, 2):
                break
            end = self.part(end, limit)
            if end < limit and view.norms[end - 1] in _set("parts", "kunya"):
                end += 1
        return end

    def _is_title(self, index: int, words: int = 1) -> bool:
        """Whether a definite word, or so many, is what the person is, behind the full name (جون كيري المبعوث الخاص)."""
        end = index + words
        known = self._sources.roles.longest(self._view.stems, index, min(end, len(self._view)))
        return known is not None and known[0] == end and self._view.definite(index)

    def _continues(self, index: int) -> bool:
        view = self._view
        norm, lemma = view.norms[index], view.lemmas[index]
        if norm in _set("parts", "joined"):
            return True
        if norm in _name_ends() or lemma in _name_ends():
            return False
        if self.is_given(index) or norm in _set("parts", "kunya") or norm in _set("parts", "surnames"):
            return True
        if norm in _set("famous", "names"):
            return True
        if self._names.ends_name(index) or self._is_owned(index):
            return False
        if view.definite(index):
            rare = is_rare(norm, _SELDOM_DEFINITE) and not norm.endswith(("ه", "ين", "ون", "ات"))
            return rare or norm.endswith("ي") or lemma in given_names()
        return is_rare(norm, _SELDOM) and lemma not in plain_adjectives() and not is_form(norm)

    def _is_owned(self, index: int) -> bool:
        """Whether a word of every day with "his" stands here (البغدادي أنصاره), which no name ends with."""
        text, norm = self._view.texts[index], self._view.norms[index]
        return text.endswith("ه") and len(norm) > 4 and not is_rare(norm[:-1], _SELDOM)

    def _titled(self, at: int, kind: str, limit: int) -> Iterator[Found]:
        """The name after a title: at once, or behind what the title governs (وزير الدفاع العراقي خالد العبيدي)."""
        if kind in ("ranks", "people"):
            at = self._past_complements(at, limit)
        serves = kind == "ranks" and at < limit and self._view.norms[at] == "في"  # العميد في شرطة نينوى محمد الجبوري
        reach = min(limit, at + (1 if kind in _AT_ONCE and not serves else _TITLE_REACH))
        starts = [self._past_mark(index, limit, called=kind == "called") for index in self._governed(at, reach)]
        for begin in starts:
            titled = begin > at and self._closes_title(begin - 1)
            end = self.name_end(begin, limit, titled=titled) if begin < limit else None
            if end is not None:
                yield Found(begin, end, "Person", rank=3, confidence=0.9)
                return
        if kind in ("people", "ranks") and not self._view.definite(at - 1):
            return
        for begin in starts:
            end = self._unlisted(begin, limit) if begin < limit else None
            if end is not None:
                yield Found(begin, end, "Person", rank=3, confidence=0.8)
                return
        if kind == "called" and starts and starts[0] < limit and self._is_single(starts[0], limit):
            yield Found(starts[0], starts[0] + 1, "Person", rank=2, confidence=0.7)

    def _past_complements(self, at: int, limit: int) -> int:
        """Past what may stand between a rank and the name (العقيد الركن, الجنرال الأميركي)."""
        view = self._view
        while at < limit and view.tags[at] == "WORD":
            of_nation = view.definite(at) and view.lemmas[at] in _of_nations()
            if not of_nation and view.norms[at] not in _set("title", "complements"):
                return at
            at += 1
        return at

    def _governed(self, at: int, reach: int) -> Iterator[int]:
        """The words that a title may govern, and the one after them."""
        view = self._view
        for index in range(at, reach):
            yield index
            ends = view.tags[index] not in ("WORD", "CLITIC") and view.norms[index] not in ("،", ",", '"')
            if ends or view.norms[index] in _set("title", "clauses") or view.norms[index] == "و":
                return

    def _closes_title(self, index: int) -> bool:
        """Whether nothing indefinite can belong to the title any more: a definite word or a comma stands here."""
        return self._view.definite(index) or self._view.norms[index] in ("،", ",")

    def _past_mark(self, index: int, limit: int, *, called: bool) -> int:
        marks = OPENING_QUOTES | {"،", ",", ":"} | ({"ب"} if called else set())
        while index < limit and self._view.norms[index] in marks:
            index += 1
        return index

    def _unlisted(self, start: int, limit: int) -> int | None:
        """Two or more words that are hardly ever written, as foreign names are."""
        view, end = self._view, start
        if view.definite(start) or self._sources.actors.longest(view.exact, start, limit):
            return None
        if self._sources.places.longest(view.exact, start, limit):
            return None
        while end < min(limit, start + 4) and self._may_be_foreign(end, start):
            end = self.part(end, limit)
        return end if end - start >= 2 else None

    def _may_be_foreign(self, index: int, start: int) -> bool:
        view, norm = self._view, self._view.norms[index]
        if view.tags[index] != "WORD" or self._names.ends_name(index) or (view.breaks[index] and index > start):
            return False
        if norm.endswith(("ين", "ون", "ات")) or (view.definite(index) and not norm.endswith("ي")):
            return False
        if index > start and norm.endswith("ا") and view.norms[index - 1].endswith("ا"):
            return False  # مرسوما تشريعيا
        if self.is_given(index):
            return True
        return is_rare(norm, _SELDOM) and not is_form(norm, of_noun=True) and len(view.stems[index]) == 1

    def _is_single(self, index: int, limit: int) -> bool:
        view = self._view
        return view.tags[index] == "WORD" and (self.is_given(index) or is_rare(view.norms[index]))
