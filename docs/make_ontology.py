"""Write `docs/ontology.md` and `docs/ontology.svg` from the files of `ontology/`: python docs/make_ontology.py

A test compares both with what this makes, so that they never tell of another ontology than the one that is shipped.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from pyoxigraph import BlankNode, Literal, NamedNode, parse

DOCS = Path(__file__).resolve().parent
ONTOLOGY = DOCS.parent / "ontology"
CKO = "https://w3id.org/cko#"
CODE = "https://w3id.org/cko/code/"
PREFIXES = {
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/2001/XMLSchema#": "xsd:",
    "http://www.w3.org/2002/07/owl#": "owl:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://www.w3.org/ns/oa#": "oa:",
    "http://www.w3.org/ns/prov#": "prov:",
    "http://www.w3.org/2006/time#": "time:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.opengis.net/ont/geosparql#": "geo:",
    "http://semanticweb.cs.vu.nl/2009/11/sem/": "sem:",
    "http://www.wikidata.org/entity/": "wd:",
    "https://schema.org/": "schema:",
    CODE: "",
    CKO: "",
}
MATCHES = {"exactMatch": "=", "closeMatch": "≈", "broadMatch": "⊂", "narrowMatch": "⊃", "relatedMatch": "~"}
CODEBOOKS = ("acled-event", "ucdp-type-of-violence", "cameo", "plover", "airwars-strike-type")
Node = NamedNode | BlankNode | Literal


class Facts:
    """The statements of some Turtle files, by subject and local name of the predicate."""

    def __init__(self, *paths: Path) -> None:
        self.said: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for triple in (t for path in paths for t in parse(path=path)):
            self.said[triple.subject.value][local(triple.predicate.value)].append(triple.object)

    def text(self, subject: str, name: str, language: str) -> str:
        return next((v.value for v in self.said[subject][name] if getattr(v, "language", None) == language), "")

    def text_of(self, subject: str, name: str) -> str:
        return self.said[subject][name][0].value

    def names(self, subject: str, name: str) -> list[str]:
        """What a property says, as short names; unions and value lists as their members."""
        return [part for value in self.said[subject][name] for part in self._parts(value)]

    def _parts(self, value: Node) -> Iterator[str]:
        if isinstance(value, BlankNode):
            for head in (*self.said[value.value]["unionOf"], *self.said[value.value]["oneOf"]):
                yield from self._list(head)
        else:
            yield f'"{value.value}"' if isinstance(value, Literal) else short(value.value)

    def _list(self, head: Node) -> Iterator[str]:
        while isinstance(head, BlankNode):
            yield from self._parts(self.said[head.value]["first"][0])
            head = self.said[head.value]["rest"][0]

    def of_type(self, kind: str) -> list[str]:
        """Our names of this kind, in the order of the file."""
        ours = (s for s in list(self.said) if s.startswith(CKO))
        return [s for s in ours if kind in (local(t.value) for t in self.said[s]["type"])]


def local(iri: str) -> str:
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


def short(iri: str) -> str:
    for namespace, prefix in PREFIXES.items():
        if iri.startswith(namespace):
            return prefix + iri.removeprefix(namespace)
    return iri


def page() -> str:
    """The reference as Markdown."""
    facts = Facts(ONTOLOGY / "conflict.ttl", ONTOLOGY / "code-lists.ttl")
    about = "https://w3id.org/cko"
    lines = [
        "# The ontology",
        "",
        "*Made by `docs/make_ontology.py` from the files of `ontology/`.*",
        "",
        facts.text(about, "description", "en"),
        "",
        f"Version {facts.text_of(about, 'versionInfo')}, licence CC0 1.0, namespace `{CKO}` (`cko:`). OWL 2 DL, but",
        "for the datatypes xsd:date and geo:wktLiteral, which OWL 2 does not know. What data must look like stands in",
        "`ontology/shapes.ttl`.",
        "",
        "![The classes and how they hang together](ontology.svg)",
        "",
        *_classes(facts),
        *_properties(facts),
        *_lists(facts),
        *_crosswalks(),
        *_rules(),
    ]
    return "\n".join(lines) + "\n"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = list(heads)
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    yield from (f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)
    yield ""


def _classes(facts: Facts) -> Iterator[str]:
    yield from ("## Classes", "")
    rows = []
    for iri in facts.of_type("Class"):
        same = [f"{sign} {n}" for match, sign in MATCHES.items() for n in facts.names(iri, match)]
        above = [n for n in facts.names(iri, "subClassOf") if n]
        rows.append(
            (
                f'<a id="{local(iri)}"></a>`{local(iri)}`',
                f"{facts.text(iri, 'label', 'en')} · {facts.text(iri, 'label', 'ar')}",
                ", ".join(above),
                f"{facts.text(iri, 'definition', 'en')} *{facts.text(iri, 'example', 'en')}*",
                ", ".join(same),
            )
        )
    yield from _table(("class", "label", "below", "definition, *example*", "elsewhere"), rows)


def _properties(facts: Facts) -> Iterator[str]:
    yield from ("## Properties", "")
    rows = []
    for kind in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty"):
        for iri in facts.of_type(kind):
            rows.append(
                (
                    f"`{local(iri)}`",
                    f"{facts.text(iri, 'label', 'en')} · {facts.text(iri, 'label', 'ar')}",
                    " or ".join(facts.names(iri, "domain")),
                    " or ".join(facts.names(iri, "range")),
                    facts.text(iri, "definition", "en"),
                    ", ".join(facts.names(iri, "subPropertyOf")),
                )
            )
    yield from _table(("property", "label", "of", "value", "definition", "below"), rows)


def _lists(facts: Facts) -> Iterator[str]:
    yield from ("## Code lists", "")
    concepts = [s for s in facts.said if s.startswith(CODE) and facts.said[s]["notation"]]
    for scheme in dict.fromkeys(v.value for s in concepts for v in facts.said[s]["inScheme"]):
        yield from (f"### {facts.text(scheme, 'prefLabel', 'en')} · {facts.text(scheme, 'prefLabel', 'ar')}", "")
        listed = [s for s in concepts if scheme in (v.value for v in facts.said[s]["inScheme"])]
        labels = (f"{facts.text(s, 'prefLabel', 'en')} · {facts.text(s, 'prefLabel', 'ar')}" for s in listed)
        texts = (facts.text(s, "definition", "en") for s in listed)
        codes = (f"`{facts.said[s]['notation'][0].value}`" for s in listed)
        yield from _table(("code", "label", "definition"), zip(codes, labels, texts, strict=True))


def _crosswalks() -> Iterator[str]:
    facts = Facts(*sorted(ONTOLOGY.glob("crosswalk-*.ttl")))
    yield from (
        "## Crosswalks",
        "",
        "= the same, ≈ near, ⊂ theirs is wider, ⊃ theirs is narrower, ~ related, – no counterpart.",
        "",
    )
    subjects = [s for s in facts.said if any(facts.said[s][m] for m in (*MATCHES, "noCounterpartIn"))]
    statuses = _statuses(facts, subjects)
    for title, books, ours in (
        ("Incidents", CODEBOOKS, sorted(s for s in subjects if s.startswith(CKO) and s not in statuses)),
        ("Status", ("airwars-grading",), sorted(statuses)),
        ("Precision of places", ("acled-geo-precision", "ucdp-where-prec", "airwars-geolocation-accuracy"),
         [s for s in subjects if s.startswith(f"{CODE}place-precision/")]),
        ("Precision of dates", ("acled-time-precision", "ucdp-date-prec"),
         [s for s in subjects if s.startswith(f"{CODE}date-precision/")]),
    ):  # fmt: skip
        yield from (f"### {title}", "")
        yield from _table(
            ("ours", *books),
            ((f"`{short(s).rpartition('/')[2]}`", *(_codes(facts, s, b) for b in books)) for s in ours),
        )


def _statuses(facts: Facts, subjects: Iterable[str]) -> set[str]:
    return {s for s in subjects if any("airwars-grading" in v.value for m in MATCHES for v in facts.said[s][m])}


def _codes(facts: Facts, subject: str, book: str) -> str:
    found = [
        f"{sign} {facts.said[code.value]['notation'][0].value}"
        for match, sign in MATCHES.items()
        for code in facts.said[subject][match]
        if code.value.startswith(f"{CODE}{book}/")
    ]
    return ", ".join(found) or "–"


def _rules() -> Iterator[str]:
    tables = tomllib.loads((ONTOLOGY / "crosswalk-rules.toml").read_text(encoding="utf-8"))
    groups = tables.pop("groups")
    yield from (
        "### Boundary rules",
        "",
        "Tried in order, before the mapping of the class. A name in *italics* is a group of classes:",
        "",
    )
    yield from (f"- *{name}*: {', '.join(names)}" for name, names in groups.items())
    yield ""
    for book, rules in tables.items():
        yield from (f"**{book}**", "")
        yield from _table(("code", "if", "why"), ((r["code"] or "–", _conditions(r, groups), r["why"]) for r in rules))


def _conditions(rule: dict[str, object], groups: dict[str, list[str]]) -> str:
    said = []
    for name, value in rule.items():
        if isinstance(value, list):
            said.append(f"{name.replace('_', ' ')}: {' / '.join(f'*{v}*' if v in groups else v for v in value)}")
        elif name not in ("code", "why", "why_ar"):
            said.append(f"{name.replace('_', ' ')}: {str(value).lower()}")
    return "; ".join(said)


def diagram() -> str:
    """The main classes as boxes and the properties between them as arrows, as SVG."""
    facts = Facts(ONTOLOGY / "conflict.ttl")
    plan = tomllib.loads((DOCS / "ontology-diagram.toml").read_text(encoding="utf-8"))
    boxes = plan["boxes"]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {plan["width"]} {plan["height"]}" '
        'font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Main classes of the ontology">',
        '<defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>',
        f'<rect width="{plan["width"]}" height="{plan["height"]}" fill="#fff"/>',
    ]
    for start, end, names in plan["arrows"]:
        parts += _arrow(facts, boxes[start], boxes[end], names)
    for name, (x, y, wide, colour) in boxes.items():
        parts += _box(facts, name, x, y, wide, colour)
    note = (
        f'<text x="{plan["width"] / 2:g}" y="{plan["height"] - 14}" text-anchor="middle">{escape(plan["note"])}</text>'
    )
    return "\n".join([*parts, note, "</svg>"]) + "\n"


HEIGHT = 46
ALONG = 0.58
"""How far along an arrow its names stand: past the middle, where arrows from one box have spread."""


def _box(facts: Facts, name: str, x: int, y: int, wide: int, colour: str) -> Iterator[str]:
    iri = CKO + name
    title = f"cko:{name}" if facts.said[iri]["label"] else name
    yield f'<rect x="{x}" y="{y}" width="{wide}" height="{HEIGHT}" rx="6" fill="{colour}" stroke="#555"/>'
    middle = x + wide / 2
    yield f'<text x="{middle:g}" y="{y + 19}" text-anchor="middle" font-weight="600">{escape(title)}</text>'
    label = facts.text(iri, "label", "ar") or "Web Annotation"
    yield f'<text x="{middle:g}" y="{y + 37}" text-anchor="middle" fill="#444">{escape(label)}</text>'


def _arrow(facts: Facts, start: list[object], end: list[object], names: list[str]) -> Iterator[str]:
    """A straight line between the nearest sides of two boxes, with the properties' names beside its middle."""
    unknown = [name for name in names if ":" not in name and not facts.said[CKO + name]["label"]]
    if unknown:
        raise ValueError(f"the diagram names what the ontology does not know: {', '.join(unknown)}")
    (x1, y1), (x2, y2) = _ends(start, end)
    yield f'<path d="M{x1:g} {y1:g} {x2:g} {y2:g}" stroke="#555" fill="none" marker-end="url(#a)"/>'
    x, y = x1 + (x2 - x1) * ALONG, y1 + (y2 - y1) * ALONG - 7 * (len(names) - 1)
    for number, name in enumerate(names):
        yield (
            f'<text x="{x:g}" y="{y + 14 * number + 4:g}" text-anchor="middle" font-size="11" fill="#124" '
            f'paint-order="stroke" stroke="#fff" stroke-width="5">{escape(name)}</text>'
        )


def _ends(start: list[object], end: list[object]) -> tuple[tuple[float, float], tuple[float, float]]:
    (ax, ay, aw), (bx, by, bw) = ([float(str(n)) for n in box[:3]] for box in (start, end))
    if ay == by:
        right = ax < bx
        return (ax + aw * right, ay + HEIGHT / 2), (bx + bw * (not right), by + HEIGHT / 2)
    down = ay < by
    shared = (max(ax, bx) + min(ax + aw, bx + bw)) / 2
    straight = max(ax, bx) < min(ax + aw, bx + bw)
    x1, x2 = (shared, shared) if straight else (ax + aw / 2, bx + bw / 2)
    return (x1, ay + HEIGHT * down), (x2, by + HEIGHT * (not down))


def main() -> None:
    (DOCS / "ontology.md").write_text(page(), encoding="utf-8")
    (DOCS / "ontology.svg").write_text(diagram(), encoding="utf-8")


if __name__ == "__main__":
    main()
