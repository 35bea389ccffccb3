"""What a model suggests, and how it is fitted into the document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from spacy.tokens import Doc

from kgbuild.pipeline.annotations import EntityMention, Segment
from kgbuild.vocab import GROUP_CLASSES, GROUP_OF


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name in a text: its characters [start, end), its class in the ontology, and how sure the model is (0 to 1)."""

    start: int
    end: int
    cls: str
    confidence: float


class Suggester(Protocol):
    """A model: the names in one line of an article. Offsets are code points into `text`."""

    def __call__(self, text: str) -> Iterable[Suggestion]: ...


NAMED_CLASSES = frozenset(cls for group, classes in GROUP_CLASSES.items() if group != "incident" for cls in classes)
"""The classes that a suggestion may have."""


def read_lines(doc: Doc) -> Iterator[tuple[int, str]]:
    """The lines of headline and body with the offset of their first character; furniture is shown to no model."""
    segments: tuple[Segment, ...] = doc._.segments
    for segment in segments:
        if segment.kind in ("headline", "body"):
            span = doc[segment.start : segment.end]
            yield span.start_char, span.text


def add_suggestions(doc: Doc, suggestions: Iterable[Suggestion]) -> None:
    """Add those that agree with the document to `doc._.mentions`; the others are dropped.

    Dropped is what begins or ends within a token, has a class that is none of an entity, or shares a token with a
    mention that lexicon and rules found or with a better suggestion.
    """
    starts = [token.idx for token in doc]
    taken = {at for mention in doc._.mentions for at in range(mention.start, mention.end)}
    added: list[EntityMention] = []
    for suggestion in sorted(suggestions, key=lambda s: (-s.confidence, s.start - s.end, s.start)):
        tokens = _tokens(doc, starts, suggestion)
        if suggestion.cls not in NAMED_CLASSES or tokens is None or taken.intersection(tokens):
            continue
        taken.update(tokens)
        group = GROUP_OF[suggestion.cls]
        confidence = round(suggestion.confidence, 4)
        added.append(EntityMention(tokens.start, tokens.stop, suggestion.cls, group, confidence=confidence))
    doc._.mentions = tuple(sorted((*doc._.mentions, *added), key=lambda m: (m.start, -m.end)))


def _tokens(doc: Doc, starts: list[int], suggestion: Suggestion) -> range | None:
    """The tokens that are exactly the suggestion's characters, where such there are."""
    first = bisect_left(starts, suggestion.start)
    last = bisect_right(starts, suggestion.end - 1) - 1
    if not 0 <= first <= last < len(starts) or starts[first] != suggestion.start:
        return None
    return range(first, last + 1) if starts[last] + len(doc[last]) == suggestion.end else None
