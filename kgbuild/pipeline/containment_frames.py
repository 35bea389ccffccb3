"""One place said for all that follow: by a line's heading, at a sentence's opening, or before "among them"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from spacy.tokens import Doc

from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.antecedents import Cluster
from kgbuild.pipeline.containment_gaps import LONGEST_GAP, Gaps
from kgbuild.pipeline.containment_words import all_among, joins
from kgbuild.pipeline.entity_rules.names import is_rare
from kgbuild.pipeline.words import Words, sentences_of

_SELDOM = 4e-6
_HEADING = ([":"], ["|"], ["||"])


class FramedPlaces:
    """Finds what such places contain in one document; `of` tells the cluster of each mention."""

    def __init__(self, doc: Doc, words: Words, gaps: Gaps, clusters: list[Cluster], of: Mapping[int, int]) -> None:
        self._words = words
        self._gaps = gaps
        self._clusters = clusters
        self._of = of
        self._mentions: tuple[EntityMention, ...] = doc._.mentions
        self._lines = [s.start for s in doc._.segments]
        self._sentences = sentences_of(doc)

    def pairs(self, located: list[int], found: list[list[int]]) -> Iterator[tuple[int, int]]:
        """(mention, container) of the `located` mentions; `found` tells what the words behind them say already."""
        yield from self._among(located, found)
        yield from self._headers(located)
        yield from self._frames(located)

    def _among(self, located: list[int], found: list[list[int]]) -> Iterator[tuple[int, int]]:
        """(mention, container) of what is listed in a place: "towns in Ghouta, among them Douma and Saqba".

        Of "towns in Ghouta in the countryside of Damascus" the first is meant: `found` tells what lies in what.
        """
        holder: int | None = None
        for position, (before, index) in enumerate(pairwise(located)):
            gap = self._gaps.between(self._mentions[before].end, self._mentions[index].start) or []
            known = [word for word in gap if not is_rare(word, _SELDOM)]  # names that were not read are passed over
            if not joins("among").isdisjoint(gap) and all_among(
                [w for w in known if w not in joins("among")], "with_among"
            ):
                holder = self._narrower(located[max(0, position - 1)], before, found)
            elif not known or not all_among(known, "list"):
                holder = None
            if holder is not None and self._clusters[self._of[index]].group == "place":
                yield index, holder

    def _narrower(self, inner: int, outer: int, found: list[list[int]]) -> int:
        """The first place where it lies in the second, or is called after it; else the second one."""
        called_after = self._mentions[outer].end <= self._mentions[inner].end
        lies_in = self._of[outer] in found[self._of[inner]] and self._clusters[self._of[inner]].group == "place"
        return self._of[inner] if called_after or lies_in else self._of[outer]

    def _headers(self, located: list[int]) -> list[tuple[int, int]]:
        """(mention, container) under a line's heading: "حلب::…", "محافظة الرقة: …"."""
        found = []
        holder: int | None = None
        lines = iter([*self._lines, 10**9])
        line_end = next(lines)
        for index in located:
            mention = self._mentions[index]
            if mention.start >= line_end:
                holder = None
                while mention.start >= line_end:
                    line_start, line_end = line_end, next(lines)
                if mention.start == line_start and self._words.norms[mention.end : mention.end + 1] in (
                    [":"],
                    ["|"],
                    ["||"],
                ):
                    holder = self._of[index]
                    continue
            if holder is not None:
                found.append((index, holder))
        return found

    def _frames(self, located: list[int]) -> list[tuple[int, int]]:
        """(mention, container) in a sentence that opens with where it plays: "وفي محافظة ديالى، قتل أربعة في مندلي"."""
        found = []
        ends = iter(self._sentences)
        sentence = next(ends, (0, 0))
        holder, last = None, 0
        for index in located:
            mention = self._mentions[index]
            while mention.start >= sentence[1] and sentence[1]:
                sentence, holder = next(ends, (0, 0)), None
            if holder is not None:
                if mention.cls != "City" and not self._locates(last, mention.start):
                    found.append((index, holder))
                    last = sentence[0]
            elif self._opens(mention, sentence[0]) and mention.group == "place":
                holder, last = self._of[index], mention.end
        return found

    def _locates(self, start: int, end: int) -> bool:
        """Whether the words between say where the first place lies by the second (ديالى شمال شرق بغداد)."""
        return end - start <= 2 * LONGEST_GAP and all(
            tag in ("SPACE", "PUNCT", "NUM") or norm in joins("words") or norm in joins("distance")
            for norm, tag in zip(self._words.norms[start:end], self._words.tags[start:end], strict=True)
        )

    def _opens(self, mention: EntityMention, begin: int) -> bool:
        """Whether only a preposition of place, and a conjunction, stand between the sentence's begin and a place.

        Or a verb of what a place goes through (شهدت محافظة إدلب …), or who speaks from a governorate (قال مصدر في …).
        """
        if mention.start - begin > 2 * LONGEST_GAP:
            return False
        span = slice(begin, mention.start)
        before = [n for n, t in zip(self._words.norms[span], self._words.tags[span], strict=True)
                  if t not in ("SPACE", "PUNCT")]  # fmt: skip
        last, first = before[-1:], before[:-1]
        if last and last[0] in joins("frame"):
            spoken = mention.cls == "Governorate" and not joins("informants").isdisjoint(first)
            return first in ([], ["و"]) or spoken
        return bool(last) and last[0] in joins("witness") and first in ([], ["و"])
