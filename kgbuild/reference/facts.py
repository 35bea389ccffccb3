"""The statements of Turtle files, as far as a reader's page needs them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, parse

from kgbuild.vocab import CKO, CODE, PREFIXES

Node = NamedNode | BlankNode | Literal
Texts = Mapping[str, str]
"""Words by language: "ar", "en"."""

MATCHES: Mapping[str, str] = MappingProxyType(
    {"exactMatch": "=", "closeMatch": "≈", "broadMatch": "⊂", "narrowMatch": "⊃", "relatedMatch": "~"}
)
"""The signs of SKOS' mapping properties: theirs is the same, near, wider, narrower, related."""

_SHORT = {**{iri: f"{prefix}:" for prefix, iri in PREFIXES.items()}, CODE: "", CKO.iri: ""}


class Facts:
    """Statements by subject and local name of the predicate, in the order of the files."""

    def __init__(self, *paths: Path) -> None:
        self.said: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for triple in (t for path in paths for t in parse(path=path)):
            self.said[triple.subject.value][local(triple.predicate.value)].append(triple.object)

    def texts(self, subject: str, name: str) -> Texts:
        return {v.language or "": v.value for v in self.said[subject][name] if isinstance(v, Literal)}

    def text(self, subject: str, name: str, language: str) -> str:
        return self.texts(subject, name).get(language, "")

    def values(self, subject: str, name: str) -> list[str]:
        """What a property says: IRIs, and quoted strings; unions and lists of values as their members."""
        return [part for value in self.said[subject][name] for part in self._parts(value)]

    def of_type(self, kind: str) -> list[str]:
        """Our names of this kind."""
        ours = (s for s in list(self.said) if s.startswith(CKO.iri))
        return [s for s in ours if kind in (local(t.value) for t in self.said[s]["type"])]

    def items(self, head: Node) -> Iterator[str]:
        """The members of an RDF list."""
        while isinstance(head, BlankNode):
            yield from self._parts(self.said[head.value]["first"][0])
            head = self.said[head.value]["rest"][0]

    def _parts(self, value: Node) -> Iterator[str]:
        if isinstance(value, BlankNode):
            for head in (*self.said[value.value]["unionOf"], *self.said[value.value]["oneOf"]):
                yield from self.items(head)
        else:
            yield f'"{value.value}"' if isinstance(value, Literal) else value.value


def local(iri: str) -> str:
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


def short(iri: str) -> str:
    """`prov:Entity`; a name of ours, or a quoted string, without prefix."""
    namespace = max((n for n in _SHORT if iri.startswith(n)), key=len, default="")
    return _SHORT.get(namespace, "") + iri.removeprefix(namespace)
