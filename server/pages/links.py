"""Things as links: where they are shown here, and what they are called in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgbuild.vocab import CKO, GROUP_OF
from server.engine.engine import Value
from server.graph import Descriptions, Text, path_of
from server.terms import class_label, is_labelled, list_label, term_label


@dataclass(frozen=True, slots=True)
class Link:
    """`kind` is the label of its class, `group` the group of its class; `href` leads outside for things of others."""

    href: str
    text: Text
    kind: str | None = None
    group: str | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Makes links out of IRIs with the help of what was read about them."""

    descriptions: Descriptions
    language: str
    base: str

    def link(self, iri: str) -> Link:
        path = path_of(iri, self.base)
        found = self.descriptions.get(iri)
        if iri.startswith(CKO.iri) or is_labelled(iri, self.language):
            words = Text(term_label(iri, self.language), self.language)
            return Link(path or iri, words, list_label(iri, self.language), outside=path is None)
        cls = found.cls if found else None
        text = (found.name(self.language) if found else None) or Text(short(iri, self.base), None)
        kind = class_label(cls, self.language) if cls else None
        return Link(path or iri, text, kind, GROUP_OF.get(cls or ""), outside=path is None)

    def property(self, iri: str) -> Link:
        """A property of ours leads to its definition here, another one to its own address."""
        link = self.link(iri)
        return Link(link.href, Text(term_label(iri, self.language), self.language), outside=link.outside)

    def links(self, iris: Iterable[str]) -> list[Link]:
        return sorted((self.link(iri) for iri in iris), key=lambda link: link.text.text)

    def value(self, value: Value) -> Link | Text:
        """A value of any kind: a link for a thing, words for a literal."""
        return self.link(value.text) if value.kind == "uri" else Text(value.text, value.language)

    def words(self, value: Value) -> Text:
        """What a value is called: the name of a thing, the literal itself."""
        shown = self.value(value)
        return shown if isinstance(shown, Text) else shown.text


def short(iri: str, base: str) -> str:
    """An IRI that has no name, as short as it can be understood."""
    return iri.removeprefix(base) if iri.startswith(base) else iri.removeprefix("https://").removeprefix("http://")
