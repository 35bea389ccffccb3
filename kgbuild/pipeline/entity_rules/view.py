"""The words of a document that entities are read from: no furniture, no white space, each with its readings."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kgbuild.pipeline.entity_rules.lexicon import Forms
from kgbuild.pipeline.words import words_of

_REACH = 40
_LINE_BREAKS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")


@dataclass(slots=True)
class View:
    """Parallel lists over the words; index i is view word i and `tokens[i]` its token in the document.

    `norms` are folded with the article, `lemmas` without, both in the lexicons' spelling; `stems[i]` are all readings
    of the lemma, `exact[i]` the norm alone, in the shape that tries take; `written[i]` is the word with the article
    that "لل" swallowed; `owned[i]`: it bears a possessive pronoun; `glued[i]`: no blank is before it;
    `breaks[i]`: a line begins here; `ends[i]`: where the line ends, or 40 words on where that is nearer.
    """

    tokens: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    norms: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    stems: list[tuple[str, ...]] = field(default_factory=list)
    exact: list[tuple[str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    owned: list[bool] = field(default_factory=list)
    glued: list[bool] = field(default_factory=list)
    breaks: list[bool] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.tokens)

    def definite(self, index: int) -> bool:
        """Whether the word bears the article."""
        return self.norms[index] != self.lemmas[index]

    def opens(self, index: int) -> bool:
        """Whether a quote or bracket here opens: it does not hang on the end of a word."""
        return not self.glued[index] or self.tags[index - 1] not in ("WORD", "NUM", "LATIN")

    def closed(self, start: int, end: int) -> int:
        """`end`, or the word after it where that closes a quote which opens between `start` and `end`."""
        odd = sum(norm == '"' for norm in self.norms[start:end]) % 2
        return end + 1 if odd and end < len(self) and self.norms[end] == '"' else end

    def line_end(self, index: int) -> int:
        """Where the line of a word ends, or 40 words on where that is nearer."""
        return self.ends[index]

    def has_stem(self, index: int, stems: frozenset[str]) -> bool:
        """Whether the word may be a form of one of these stems."""
        return not stems.isdisjoint(self.stems[index])


def view_of(doc: Doc, forms: Forms) -> View:
    """The view of a document that `segments` has read; all of it where there are no segments."""
    words = words_of(doc)
    view = View()
    spans = [(s.start, s.end) for s in doc._.segments if s.kind != "furniture"] or [(0, len(doc))] * (
        not doc._.segments
    )
    for start, end in spans:
        fresh = True
        for token in range(start, end):
            tag = words.tags[token]
            if tag == "SPACE":
                fresh = fresh or not _LINE_BREAKS.isdisjoint(words.texts[token])
                continue
            text, written_norm = words.texts[token], words.norms[token]
            norm, lemma, stems, exact, owned = forms.word(written_norm, words.lemmas[token])
            swallowed = len(written_norm) == len(text) + 2 and written_norm.startswith("ال")
            view.tokens.append(token)
            view.texts.append(text)
            view.written.append(f"ال{text}" if swallowed else text)
            view.norms.append(norm)
            view.lemmas.append(lemma)
            view.stems.append(stems)
            view.exact.append(exact)
            view.owned.append(owned)
            view.glued.append(token > 0 and words.ends[token - 1] == words.starts[token])
            view.tags.append(tag)
            view.breaks.append(fresh)
            fresh = False
    end = len(view)
    view.ends = [end] * end
    for index in range(len(view) - 1, -1, -1):
        view.ends[index] = min(end, index + _REACH)
        end = index if view.breaks[index] else end
    return view
