"""The names of a list behind a head noun, one after another: with و, commas, dashes, quotes and notes in brackets."""

from __future__ import annotations

from kgbuild.pipeline.entity_rules.areas import place_words
from kgbuild.pipeline.entity_rules.names import CLOSING_QUOTES, OPENING_QUOTES, Names, is_rare, opening_words
from kgbuild.pipeline.entity_rules.sources import Sources
from kgbuild.pipeline.entity_rules.view import View

_SEPARATORS = frozenset("و،,-/؛;")
_LONGEST_NOTE = 5


class ListedNames:
    """Steps from name to name in one document."""

    def __init__(self, view: View, sources: Sources, names: Names) -> None:
        self._view = view
        self._sources = sources
        self._names = names

    def skip_naming(self, at: int, limit: int) -> tuple[int, bool]:
        """Past "that is called" (قرية تسمى معلك), and whether it stands there."""
        view, begin = self._view, at
        if at < limit and view.norms[at] in place_words("naming", "verbs"):
            at += 1
            while at < limit and view.norms[at] in place_words("naming", "joins"):
                at += 1
        return at, at > begin

    def item(self, at: int, limit: int, *, listed: bool, joined: bool) -> tuple[int, int, str | None] | None:
        """(first, end, name) of one name, which may be in quotes or carry a و that the tokenizer left."""
        view = self._view
        while at < limit and view.norms[at] == "#":
            at += 1
        quoted = None if listed else self._names.quoted(at, limit)
        if quoted is not None and quoted[1] - quoted[0] <= 3:
            return quoted[0], quoted[1], None
        if at < limit and view.norms[at] in OPENING_QUOTES:
            at += 1
        end = self._names.name_end(at, limit, listed=listed)
        if end is None:
            return None
        word = view.norms[at]
        loose = joined and listed and word.startswith("و") and (len(word) > 3 or word[1:] in opening_words())
        if loose and end > at + 1 and word[1:] not in opening_words():
            loose = False
        if loose and not self._sources.places.longest(view.exact, at, end):
            return at, end, " ".join(view.written[at:end])[1:]
        return at, self._alias_end(end, limit), None

    def next_item(self, at: int, limit: int) -> int | None:
        """Where the next name of a list begins."""
        view, at = self._view, self._past_note(at, limit)
        begin = at
        while at < limit and view.norms[at] in CLOSING_QUOTES:
            at += 1
        while at < limit and view.norms[at] in _SEPARATORS:
            at += 1
        if at >= limit:
            return None
        loose = view.norms[at].startswith("و") and len(view.norms[at]) > 3 and at == begin
        beside = not view.definite(at) and is_rare(view.norms[at])  # names side by side, nothing between
        return at if at > begin or loose or beside else None

    def _alias_end(self, end: int, limit: int) -> int:
        """Past a second name behind a slash (أبين/ بينه)."""
        if end + 1 < limit and self._view.norms[end] == "/":
            return self._names.name_end(end + 1, limit) or end
        return end

    def _past_note(self, at: int, limit: int) -> int:
        """Past a note in brackets on the name before it (الرقة (شمال) وإدلب)."""
        norms = self._view.norms
        if at < limit and norms[at] == "(" and ")" in norms[at : min(limit, at + _LONGEST_NOTE)]:
            return norms.index(")", at) + 1
        return at
