"""Names of persons by their shape: kunyas, compounds, given names with more names behind, and foreign names."""

from __future__ import annotations

from functools import cache

from kgbuild.language.folding import fold_text
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

_LONGEST_NAME = 5
_SELDOM = 4e-6
_SELDOM_DEFINITE = 1e-5


@cache
def person_words(*path: str) -> frozenset[str]:
    """A list of persons.toml, folded."""
    return frozenset(fold_text(word) for word in section("persons", *path))


@cache
def _name_ends() -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("name_stops", "persons"))


class PersonNames:
    """Tells where they end in one document."""

    def __init__(self, view: View, sources: Sources, names: Names) -> None:
        self._view = view
        self._sources = sources
        self._names = names
        self._late = LateEnds(view, sources, names)

    def name_end(self, start: int, limit: int, *, titled: bool = False) -> int | None:
        """The end of a name that its shape shows: a kunya, a compound, or a given name with another name after it.

        `titled`: what a title governs ends right before, so that a name is what follows (السفير البريطاني ريتشارد مور).
        """
        view = self._view
        if view.tags[start] != "WORD":
            return None
        lemma, kunya = view.norms[start], view.norms[start] in person_words("parts", "kunya")
        if not kunya and not self.is_given(start):
            return None
        announced = titled or self._announced(start)
        if kunya:
            return self._kunya(start, limit) if lemma != "ام" or announced else None
        if lemma in verb_stops() and not announced:
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
        if alone and view.norms[start] in person_words("doubtful", "names") and not announced:
            return end if end > first and self._sure(first) else None
        return end if end > first or (first > start + 1) else None

    def _is_place(self, start: int, end: int, limit: int) -> bool:
        """Whether a place of several words is all that stands here (ديار بكر, محافظ صلاح الدين)."""
        known = self._sources.places.longest(self._view.exact, start, limit)
        return known is not None and known[0] >= max(end, start + 2)

    def _sure(self, index: int) -> bool:
        """Whether a word can only be a person's name: a given name and nothing else, a surname, a descent."""
        view, norm = self._view, self._view.norms[index]
        if norm in person_words("parts", "surnames"):
            return True
        if view.definite(index):
            return norm.endswith("ي") or (is_rare(norm) and not norm.endswith(("ه", "ين", "ون", "ات")))
        return norm in given_names() - person_words("doubtful", "names")

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
        view, norm = self._view, self._view.norms[index]
        if norm == "عبد" and index + 1 < len(view):
            return view.definite(index + 1) or view.norms[index + 1] == "الله"
        compound = norm in person_words("parts", "compound") and self.part(index, len(view)) == index + 2
        if compound and view.norms[index + 1] in person_words("parts", "second"):
            return True  # عز الدين
        return norm in given_names() and view.texts[index] not in ("على", "إلى", "الى")

    def part(self, start: int, limit: int) -> int:
        """The end of one part of a name, compounds (عبد الله, سيف الدين, بن زياد) taken whole."""
        view = self._view
        if start + 1 < limit and view.norms[start] in person_words("parts", "compound") and not view.breaks[start + 1]:
            following = view.norms[start + 1]
            if view.norms[start] in person_words("parts", "joined") and not self._names.ends_name(start + 1):
                return start + 2
            if following in person_words("parts", "second"):
                return start + 2
        return start + 1

    def _more_parts(self, end: int, limit: int) -> int:
        """Past further names: listed ones, descents with the article, and words hardly ever written."""
        view, begin = self._view, end
        while end < min(limit, begin + _LONGEST_NAME - 1) and view.tags[end] == "WORD" and not view.breaks[end]:
            if not self._continues(end) or (end > begin and self._is_title(end)) or self._is_title(end, 2):
                break
            end = self.part(end, limit)
            if end < limit and view.norms[end - 1] in person_words("parts", "kunya"):
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
        if norm in person_words("parts", "joined"):
            return True
        if norm in _name_ends() or lemma in _name_ends():
            return False
        if self.is_given(index) or norm in person_words("parts", "kunya") or norm in person_words("parts", "surnames"):
            return True
        if norm in person_words("famous", "names"):
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

    def foreign_end(self, start: int, limit: int) -> int | None:
        """The end of two or more words that are hardly ever written, as foreign names are."""
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
