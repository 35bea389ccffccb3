"""The document's tokens as plain lists, which rules read many times faster than spaCy's token objects."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kgbuild.language.scanner import TOKENS

_KEY = "kgbuild.words"
_SENTENCES = "kgbuild.sentences"


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel views of a document's tokens; index i is token i. `starts` and `ends` are character offsets."""

    texts: list[str]
    norms: list[str]
    lemmas: list[str]
    tags: list[str]
    starts: list[int]
    ends: list[int]

    def skip_back(self, index: int, floor: int) -> int:
        """The last token at or before `index` that is neither space nor quote nor bracket; `floor - 1` if none."""
        while index >= floor and (self.tags[index] == "SPACE" or self.norms[index] in _TRANSPARENT):
            index -= 1
        return index

    def skip_forward(self, index: int, ceiling: int) -> int:
        """The first token at or after `index` that is neither space nor quote nor bracket; `ceiling` if none."""
        while index < ceiling and (self.tags[index] == "SPACE" or self.norms[index] in _TRANSPARENT):
            index += 1
        return index

    def compound_end(self, index: int, ceiling: int) -> int:
        """Behind the word of Latin letters at `index` with all that hyphens join to it ("eight-year-old")."""
        end = index + 1
        while end + 1 < ceiling and self.norms[end] == "-" and self._joins(end):
            end += 2
        return end

    def _joins(self, hyphen: int) -> bool:
        """Whether words touch the hyphen on both sides, that behind it of Latin letters."""
        behind = hyphen + 1
        touching = self.ends[hyphen - 1] == self.starts[hyphen] and self.ends[hyphen] == self.starts[behind]
        return touching and self.tags[behind] == "WORD" and self.texts[behind].isascii()


COMMAS = frozenset({"،", ","})
_TRANSPARENT = frozenset("\"'«»()[]“”‘’")


def words_of(doc: Doc) -> Words:
    """The lists for `doc`, made once and kept with it."""
    found = doc.user_data.get(_KEY)
    if isinstance(found, Words):
        return found
    words = Words(*doc.user_data[TOKENS])
    doc.user_data[_KEY] = words
    return words


def sentences_of(doc: Doc) -> list[tuple[int, int]]:
    """The first token of each sentence and the one after its last, worked out once; `doc.sents` does so each time."""
    found: list[tuple[int, int]] | None = doc.user_data.get(_SENTENCES)
    if found is None:
        found = doc.user_data[_SENTENCES] = [(sentence.start, sentence.end) for sentence in doc.sents]
    return found
