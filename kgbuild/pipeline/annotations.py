"""What the pipeline's components write on the annotated document, and the names it stands under.

Each record counts in tokens of the spaCy `Doc`, end exclusive. The tokenizer guarantees `doc.text == article.text`, so
`doc[start:end]` gives exact character offsets. Each component declares in its docstring what it reads and what it sets.

| extension | set by | type |
|---|---|---|
| `doc._.article` | the caller | `kgbuild.model.Article` |
| `doc._.segments` | `segments` | tuple of `Segment` |
| `doc._.numbers` | `numbers` | tuple of `Number` |
| `doc._.dates` | `dates` | tuple of `DateMention` |
| `doc._.written` | `dates` | the `date` on which the article was written, or None |
| `doc._.mentions` | `entities`, then `linking` (which fills `entity`) | tuple of `EntityMention` |
| `doc._.entities` | `linking` | tuple of `kgbuild.model.Entity` |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from spacy.tokens import Doc

from kgbuild.model import DateInterval

SegmentKind = Literal["headline", "dateline", "furniture", "body"]

_EXTENSIONS = (
    "article", "segments", "numbers", "dates", "mentions", "entities",
    "triggers", "casualties", "claims", "relations", "written",
)  # fmt: skip
_SINGLE = frozenset({"article", "written"})
"""Extensions that hold one thing or None; the others hold tuples."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One line or paragraph. Nothing is read out of furniture (picture credits, "read also", menus, share buttons)."""

    start: int
    end: int
    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits or words. `max` is None for "at least"; "عشرات" is 10 to 99 and not `exact`."""

    start: int
    end: int
    min: int | None
    max: int | None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression, resolved against the publication date or a dateline; not `anchored` where neither is known."""

    start: int
    end: int
    interval: DateInterval
    anchored: bool = True


@dataclass(frozen=True, slots=True)
class EntityMention:
    """One naming of an entity.

    `key` is the identity where a list knows the name (an actor's key, a gazetteer id), else None. `head` is the folded
    head noun where the name has one (قرية, مستشفى, عائلة …). `generic` marks a bare common noun ("a house", "aircraft",
    "rockets") that names no individual. `entity` is the id in `doc._.entities`, empty until linking.
    """

    start: int
    end: int
    cls: str
    group: str
    key: str | None = None
    head: str | None = None
    generic: bool = False
    confidence: float = 0.9
    entity: str = ""


def register_extensions() -> None:
    """Declare the extensions on spaCy's `Doc`; calling it again changes nothing."""
    for name in _EXTENSIONS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None if name in _SINGLE else ())


def written_on(doc: Doc) -> date | None:
    """The day on which the article was written, as `dates` found it; else its publication date, if known."""
    article = doc._.article
    return doc._.written or (article.published if article is not None else None)
