"""What every page is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from server.catalogue.catalogue import Tables
from server.engine.engine import Engine
from server.graph import Descriptions, path_of
from server.pages.links import Names


@dataclass(frozen=True, slots=True)
class Edition:
    """What the pages of a request share: the graph, the newest catalogue of it, and the language that the reader wants.

    `catalogue` gives the same one each time, even where a newer one comes in the meantime. Only pages that need it ask
    for it, since the first catalogue has to be waited for.
    """

    engine: Engine
    language: str
    catalogue: Callable[[], Tables]

    @property
    def base(self) -> str:
        """What the IRIs of our own things begin with."""
        return self.engine.config.base

    @property
    def tables(self) -> Tables:
        return self.catalogue()

    def names(self, descriptions: Descriptions) -> Names:
        """Links to things of which this has been read, in the reader's language."""
        return Names(descriptions, self.language, self.base)

    def href(self, iri: str) -> str:
        """The page of a thing here; of things of others, their own address."""
        return path_of(iri, self.base) or iri
