"""Cuts the document into lines and sentences (`kgbuild_segments`).

Reads `doc._.article` (for the title) and the tokens; sets `doc._.segments` and the sentence starts. A sentence ends at
. ! ؟ ? … and "..", with the quotes and brackets that close it, and at the end of the line; headlines also at "|".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.types import Ints2d

from kgbuild.language.calendar_dates import is_date_line
from kgbuild.language.folding import fold, fold_key, fold_text
from kgbuild.pipeline.annotations import Segment, SegmentKind, register_extensions
from kgbuild.pipeline.furniture import Furniture, Line, furniture
from kgbuild.pipeline.words import Words, words_of

_TOP = 10
_TITLE_WORDS = 3
_MENU_RUN = 4
_MENU_WORDS = 3
_ENOUGH_BODY = 40
_LINE_BREAKS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
_ENDS = frozenset((".", "!", "؟", "?", "…"))
_CLOSING = frozenset("\"'”’»›)]}")


@Language.factory("kgbuild_segments", assigns=["doc._.segments", "token.is_sent_start"])
def create(nlp: Language, name: str) -> Segmenter:
    """The component; the patterns of all languages apply, since pages mix them."""
    return Segmenter()


class Segmenter:
    """Classifies lines and marks sentence starts."""

    def __init__(self) -> None:
        register_extensions()
        self._furniture = furniture()

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        lines = list(_lines(doc.text, words, self._furniture))
        title = doc._.article.title if doc._.article is not None else None
        kinds = Classifier(lines, self._furniture, _words_key(title or "")).kinds()
        segments = tuple(Segment(line.start, line.end, kind) for line, kind in zip(lines, kinds, strict=True))
        doc._.segments = segments
        _mark_sentences(doc, words, segments, self._furniture)
        return doc


def _lines(text: str, words: Words, patterns: Furniture) -> Iterator[Line]:
    start = 0
    breaks = [i for i, tag in enumerate(words.tags) if tag == "SPACE" and _LINE_BREAKS & set(words.texts[i])]
    breaks = [at for number, at in enumerate(breaks) if number == 0 or not _is_inside_sentence(words, at)]
    for end in (*breaks, len(words.tags)):
        first, last = start, end
        while first < last and words.tags[first] == "SPACE":
            first += 1
        while last > first and words.tags[last - 1] == "SPACE":
            last -= 1
        if first < last:
            yield from _without_tail(text, words, first, last, patterns)
        start = end + 1


def _is_inside_sentence(words: Words, index: int) -> bool:
    """Whether a break only shows where a link stood: one line end in mid-sentence, beside a blank or before a comma."""
    text = words.texts[index]
    if text.count("\n") != 1 or index == 0 or index + 1 >= len(words.texts) or _is_end(words.texts[index - 1]):
        return False
    return text != "\n" or (
        words.texts[index + 1] in ("،", ",", "؛", '"', ")") and words.texts[index - 1] not in _CLOSING
    )


def _without_tail(text: str, words: Words, first: int, last: int, patterns: Furniture) -> Iterator[Line]:
    """The line, parted where a link to another page follows its last sentence."""
    middle = last
    line = text[words.starts[first] : words.ends[last - 1]]
    if patterns.tails.search(fold_text(line)):
        folded = fold(line)
        found = patterns.tails.search(folded.text)
        cut = words.starts[first] + folded.starts[found.end()] if found else None
        middle = next((i for i in range(first, last) if words.starts[i] == cut), last)
    for begin, end in ((first, middle), (middle, last)):
        if begin < end:
            part = text[words.starts[begin] : words.ends[end - 1]]
            yield Line(begin, end, part, _words_key(part))


def _words_key(text: str) -> str:
    """The folded words, without the signs that stand alone: "+ الخط -"."""
    return " ".join(word for word in fold_key(text).split() if any(c.isalnum() for c in word))


class Classifier:
    """Gives each line of one document its kind; `title` is the article's title as a folded key, or empty."""

    def __init__(self, lines: list[Line], patterns: Furniture, title: str) -> None:
        self._lines = lines
        self._patterns = patterns
        self._title = title
        self._kinds: list[SegmentKind | None] = [None] * len(lines)

    def kinds(self) -> list[SegmentKind]:
        """The kinds, in the order of the lines."""
        self._headlines()
        self._single_lines()
        self._blocks()
        self._menus()
        return [kind or "body" for kind in self._kinds]

    def _headlines(self) -> None:
        """The first line where it is the title, and the lines near it that repeat it or a part of it."""
        if not self._lines:
            return
        first = self._lines[0]
        is_title = _is_part(first.key, self._title) or _is_part(self._title, first.key)
        if self._title and not is_title:
            self._headline_below()
            return
        if not self._title and (first.is_reporting or len(self._lines) == 1 or self._is_dateline(first)):
            return
        whole = self._title if len(self._title) > len(first.key) else first.key
        self._kinds[0] = "headline"
        for index, line in enumerate(self._lines[1:_TOP], 1):
            repeats = _is_part(line.key, whole) or _is_part(first.key, line.key)
            if line.words >= _TITLE_WORDS and repeats and not self._patterns.is_line(line):
                self._kinds[index] = "headline"

    def _headline_below(self) -> None:
        """The lines before the first paragraph that repeat the title below what a page puts on top of it."""
        for index, line in enumerate(self._lines):
            if line.words >= _TITLE_WORDS and _is_part(line.key, self._title):
                self._kinds[index] = "headline"
            elif line.is_reporting:
                return

    def _single_lines(self) -> None:
        paragraphs = 0
        for index, line in enumerate(self._lines):
            if self._kinds[index] is not None:
                continue
            paragraphs += line.is_reporting
            if is_date_line(line.text):
                at_top = index < _TOP and paragraphs <= 1  # at most the lead stands before it
                self._kinds[index] = "dateline" if at_top else "furniture"
            elif self._patterns.is_line(line) or (self._patterns.is_credit(line)):
                self._kinds[index] = "furniture"
            elif index < _TOP and not paragraphs and self._patterns.is_place_and_agency(line):
                self._kinds[index] = "dateline"

    def _is_dateline(self, line: Line) -> bool:
        return is_date_line(line.text) or self._patterns.is_place_and_agency(line)

    def _blocks(self) -> None:
        """What follows a heading of links is furniture up to the next paragraph; after an ending, to the end."""
        within, final, body = False, False, 0
        for index, line in enumerate(self._lines):
            heading, ending = line.key in self._patterns.headings, line.key in self._patterns.endings
            if heading or ending:
                within = True
                final = final or (ending and body >= _ENOUGH_BODY)
            elif within and line.is_reporting and not final:
                within = False
            if within:
                self._kinds[index] = "furniture"
            elif self._kinds[index] is None:
                body += line.words

    def _menus(self) -> None:
        """Runs of lines of a word or two, without a figure, are menus or tags."""
        run: list[int] = []
        for index, line in enumerate([*self._lines, None]):
            if line is not None and self._kinds[index] in (None, "furniture") and _is_label(line):
                run.append(index)
                continue
            if len(run) >= _MENU_RUN and not self._is_list(run[0]):
                for member in run:
                    self._kinds[member] = "furniture"
            run = []

    def _is_list(self, first: int) -> bool:
        """Whether a line of the text announces what begins there: "Those killed:" and one name a line."""
        before = first - 1
        return before >= 0 and self._kinds[before] is None and self._lines[before].text.rstrip().endswith(":")


def _is_label(line: Line) -> bool:
    return line.words <= _MENU_WORDS and not any(c.isdigit() or c in ".:،,!؟?–-*•" for c in line.text)


def _is_part(part: str, whole: str) -> bool:
    return bool(part) and f" {part} " in f" {whole} "


def _mark_sentences(doc: Doc, words: Words, segments: tuple[Segment, ...], patterns: Furniture) -> None:
    starts = {0}
    for segment in segments:
        starts.add(segment.start)
        ends = _sentence_ends(words, segment, patterns)
        starts.update(end for end in ends if end < segment.end)
    marks = [1 if index in starts else -1 for index in range(len(doc))]
    doc.from_array(["SENT_START"], cast("Ints2d", np.array(marks, dtype=np.int64).astype(np.uint64)))


def _sentence_ends(words: Words, segment: Segment, patterns: Furniture) -> Iterator[int]:
    """The tokens after which a sentence of the segment is over, each plus one."""
    index = segment.start
    while index < segment.end:
        text = words.texts[index].strip("\u200e\u200f")
        bar = text == "|" and segment.kind == "headline"
        if bar or (_is_end(text) and not _goes_on(words, index, segment, patterns)):
            index = _closing(words, index + 1, segment.end)
            yield index
        else:
            index += 1


def _is_end(text: str) -> bool:
    return text in _ENDS or (len(text) > 1 and set(text) == {"."})


def _goes_on(words: Words, index: int, segment: Segment, patterns: Furniture) -> bool:
    """Whether the stop at `index` is part of a date, a number, initials or an abbreviation."""
    if words.texts[index] != "." or index == segment.start or index + 1 >= segment.end:
        return False
    before, after = words.norms[index - 1], words.norms[index + 1]
    if words.ends[index - 1] != words.starts[index]:
        return False
    if before in patterns.abbreviations:
        return True
    if words.ends[index] != words.starts[index + 1]:
        return False
    initial = len(before) == 1 and (index - 1 == segment.start or words.ends[index - 2] != words.starts[index - 1])
    initial = initial or (len(before) == 1 and words.texts[index - 2] == ".")
    return initial or (before.isdigit() and after.isdigit())


def _closing(words: Words, index: int, end: int) -> int:
    """Past the quotes, brackets and further stops that touch the stop."""
    while index < end and words.ends[index - 1] == words.starts[index]:
        text = words.texts[index].strip("\u200e\u200f")
        if text not in _CLOSING and not _is_end(text):
            break
        index += 1
    return index
