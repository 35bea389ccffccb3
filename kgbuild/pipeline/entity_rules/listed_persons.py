"""Names of several persons told of together: "the two children *Omar and Khaled al-Ahmad*", "each of A, B and C"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.names import CLOSING_QUOTES, OPENING_QUOTES, Names
from kgbuild.pipeline.entity_rules.person_names import PersonNames, person_words
from kgbuild.pipeline.entity_rules.view import View
from kgbuild.pipeline.lexicon import nouns_of

_MOST = 30
_LONGEST_NOTE = 6
_BETWEEN = frozenset("و،,-/؛;")
_CLOSES = _BETWEEN | CLOSING_QUOTES | frozenset("(:.")


@cache
def _words(kind: str) -> frozenset[str]:
    """A list that the figures of names go by, too."""
    return frozenset(fold_text(word) for word in section("casualties", "words", kind))


@cache
def _several() -> frozenset[str]:
    """The dual and plural forms of nouns for people."""
    nouns = (*section("persons", "title", "people"), *section("persons", "title", "together"))
    forms = {form: number for noun in nouns if " " not in noun for form, number in nouns_of(noun, "ar").items()}
    return frozenset(form for form, number in forms.items() if number != "singular")


class ListedPersons:
    """Reads such lists in one document."""

    def __init__(self, view: View, persons: PersonNames, names: Names) -> None:
        self._view = view
        self._persons = persons
        self._names = names

    def __call__(self, start: int) -> Iterator[Found]:
        """The persons of the list that the word at `start` announces, if it does; none where there is only one."""
        limit = self._view.line_end(start)
        at = self._announced(start, limit)
        found: list[Found] = []
        while at is not None and len(found) < _MOST:
            end = self._end(at, limit, first=not found)
            if end is None:
                break
            found.append(Found(at, end, "Person", rank=3, confidence=0.85))
            at = self._next(end, limit)
        return iter(found if len(found) > 1 else ())

    def _announced(self, start: int, limit: int) -> int | None:
        """Where the first name stands behind "each of" or a noun for several people."""
        view, at = self._view, start + 1
        if view.norms[start] in _words("each") and at < limit and view.norms[at] == "من":
            at += 1
            at += at < limit and view.lemmas[at] in _several()
        elif view.lemmas[start] not in _several() or not (view.definite(start) or view.owned[start]):
            return None
        return self._past_marks(at, limit)

    def _past_marks(self, at: int, limit: int) -> int | None:
        while at < limit and (self._view.norms[at] in OPENING_QUOTES or self._view.norms[at] == ":"):
            at += 1
        return at if at < limit else None

    def _end(self, at: int, limit: int, *, first: bool) -> int | None:
        """The end of one name: by its shape, or of a given name with one word more, where the list goes on behind it.

        Behind the first, the name of the father tells that the word before it is a name as well.
        """
        end = self._persons.name_end(at, limit, titled=True)
        if end is not None:
            return end
        if not self._persons.is_given(at):
            return None if first else self._with_father(at, limit)
        end = self._persons.part(at, limit)
        if self._closes(end, limit) or self._names.ends_name(end):
            return end
        word = self._view.tags[end] == "WORD" and not self._names.ends_name(end)
        return end + 1 if word and self._closes(end + 1, limit) else None

    def _with_father(self, at: int, limit: int) -> int | None:
        """The end of an unknown word and the given name behind it, where the list goes on behind them."""
        if at + 1 >= limit or self._names.ends_name(at) or not self._persons.is_given(at + 1):
            return None
        end = self._persons.name_end(at + 1, limit) or at + 2
        return end if self._closes(end, limit) or self._names.ends_name(end) else None

    def _closes(self, at: int, limit: int) -> bool:
        return at >= limit or self._view.norms[at] in _CLOSES or self._view.tags[at] == "NUM"

    def _next(self, end: int, limit: int) -> int | None:
        """Where the next name begins: behind an age or a note, a comma or "and", and a noun that says who it is."""
        view, at = self._view, self._past_note(end, limit)
        begin = at
        while at < limit and (view.norms[at] in _BETWEEN or view.norms[at] in CLOSING_QUOTES):
            at += 1
        if at == begin:
            return None
        if at < limit and view.lemmas[at] in person_words("title", "people") and view.definite(at):
            at += 1
        return self._past_marks(at, limit)

    def _past_note(self, at: int, limit: int) -> int:
        """Past the age of who was named, or what stands in brackets."""
        norms = self._view.norms
        if at < limit and norms[at] == "(" and ")" in norms[at : min(limit, at + _LONGEST_NOTE)]:
            return norms.index(")", at) + 1
        aged = at
        while aged < min(limit, at + _LONGEST_NOTE) and (
            self._view.tags[aged] == "NUM" or norms[aged] == "/" or norms[aged] in _words("ages")
        ):
            aged += 1
        return aged
