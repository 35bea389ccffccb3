"""Write the documents on the ontology from the files of `ontology/`: python docs/make_ontology.py

`docs/ontology.md`, `docs/ontology.ar.md` and the picture `ontology/diagram.svg`. A test compares all with what this
makes, so that they never tell of another ontology than the one that is shipped.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from kgbuild.reference import codes, terms
from kgbuild.reference.facts import short
from kgbuild.reference.terms import Term
from kgbuild.resources import ontology_path

DOCS = Path(__file__).resolve().parent
WORDS = tomllib.loads((DOCS / "ontology-words.toml").read_text(encoding="utf-8"))
OTHER = {"ar": "en", "en": "ar"}


def page(language: str) -> str:
    """The reference as Markdown, in one language, with the labels of the other beside."""
    words = WORDS[language]
    lines = [
        *(['<div dir="rtl" lang="ar">', ""] if language == "ar" else []),
        f"# {terms.about('title')[language]}",
        "",
        words["made"],
        "",
        terms.about("description")[language],
        "",
        words["about"].format(version=terms.about("versionInfo")[""]),
        "",
        *(f"- {note}" for note in terms.about_all("scopeNote", language)),
        "",
        f"![{words['picture']}](../ontology/diagram.svg)",
        "",
        *_classes(language, words),
        *_properties(language, words),
        *_lists(language, words),
        *_crosswalks(language, words),
        *_rules(language, words),
        *(["</div>"] if language == "ar" else []),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = list(heads)
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    yield from (f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)
    yield ""


def _named(labels: Mapping[str, str], language: str) -> str:
    return f"{labels[language]} · {labels[OTHER[language]]}"


def _listed(values: Iterable[str], between: str = ", ") -> str:
    return between.join(short(value) for value in values)


def _matched(sign: str, value: str, language: str) -> str:
    called = terms.labels_elsewhere().get(value)
    return f"{sign} {short(value)}" + (f" ({called[language]})" if called else "")


def _anchored(term: Term) -> str:
    return f'<a id="{term.name}"></a>`{term.name}`'


def _classes(language: str, words: Mapping[str, str]) -> Iterator[str]:
    yield from (f"## {words['classes']}", "")
    heads = (words["class"], words["label"], words["above"], words["definition"], words["elsewhere"])
    for root, listed in terms.sections():
        yield from (f"### {terms.terms()[root].labels[language] if root else words['records']}", "")
        rows = (
            (
                _anchored(term),
                _named(term.labels, language),
                _listed(term.above),
                f"{term.definitions[language]} *{term.examples[language]}*",
                ", ".join(_matched(sign, value, language) for sign, value in term.matches),
            )
            for term in listed
        )
        yield from _table(heads, rows)


def _properties(language: str, words: Mapping[str, str]) -> Iterator[str]:
    yield from (f"## {words['properties']}", "")
    heads = (words["property"], words["label"], words["of"], words["value"], words["definition"], words["above"])
    rows = (
        (
            _anchored(term),
            _named(term.labels, language),
            _listed(term.domain, words["or"]),
            _listed(term.range, words["or"]),
            term.definitions[language],
            _listed(term.above),
        )
        for term in terms.of_kind("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    )
    yield from _table(heads, rows)


def _lists(language: str, words: Mapping[str, str]) -> Iterator[str]:
    yield from (f"## {words['lists']}", "")
    for one in codes.code_lists():
        yield from (f"### {_named(one.labels, language)}", "")
        rows = ((f"`{c.notation}`", _named(c.labels, language), c.definitions[language]) for c in one.codes)
        yield from _table((words["code"], words["label"], words["definition"]), rows)


def _crosswalks(language: str, words: Mapping[str, str]) -> Iterator[str]:
    yield from (f"## {words['crosswalks']}", "", words["signs"], "")
    for one in codes.crosswalks():
        yield from (f"### {one.labels[language]}", "")
        heads = (words["ours"], *(codes.books()[book][language] for book in one.books))
        yield from _table(heads, ((f"`{ours}`", *cells) for ours, cells in one.rows))


def _rules(language: str, words: Mapping[str, str]) -> Iterator[str]:
    groups = codes.rule_groups()
    yield from (f"### {words['rules']}", "", words["tried"], "")
    yield from (f"- *{name}*: {', '.join(names)}" for name, names in groups.items())
    yield ""
    for book, listed in codes.rules().items():
        yield from (f"**{codes.books()[book][language]}**", "")
        rows = ((rule.code or codes.NO_COUNTERPART, _conditions(rule, groups), rule.why[language]) for rule in listed)
        yield from _table((words["code"], words["if"], words["why"]), rows)


def _conditions(rule: codes.Rule, groups: Mapping[str, list[str]]) -> str:
    said = (
        f"{name.replace('_', ' ')}: {' / '.join(f'*{v}*' if v in groups else v for v in values)}"
        for name, values in rule.conditions
    )
    return "; ".join(said)


HEIGHT = 46


def diagram() -> str:
    """The main classes as boxes and the properties between them as arrows, as SVG."""
    plan = tomllib.loads((DOCS / "ontology-diagram.toml").read_text(encoding="utf-8"))
    width, height, boxes = plan["width"], plan["height"], plan["boxes"]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="system-ui, sans-serif" font-size="14" role="img" aria-label="Main classes of the ontology">',
        '<defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    arrows = [_arrow(boxes[start], boxes[end], *names) for start, end, *names in plan["arrows"]]
    parts += [line for line, _ in arrows]
    parts += [text for _, texts in arrows for text in texts]
    for name, (x, y, wide, colour) in boxes.items():
        parts += _box(name, x, y, wide, colour)
    for number, (direction, note) in enumerate(plan["notes"].items()):
        place = f'x="{width / 2:g}" y="{height - 36 + 22 * number}" text-anchor="middle" direction="{direction}"'
        parts.append(f"<text {place}>{escape(note)}</text>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _box(name: str, x: int, y: int, wide: int, colour: str) -> Iterator[str]:
    term = terms.terms().get(name)
    title, label = (f"cko:{name}", term.labels["ar"]) if term else (name, "Web Annotation")
    middle = x + wide / 2
    yield f'<rect x="{x}" y="{y}" width="{wide}" height="{HEIGHT}" rx="6" fill="{colour}" stroke="#555"/>'
    yield f'<text x="{middle:g}" y="{y + 19}" text-anchor="middle" font-weight="600">{escape(title)}</text>'
    yield f'<text x="{middle:g}" y="{y + 38}" text-anchor="middle" fill="#333">{escape(label)}</text>'


def _arrow(start: list[object], end: list[object], names: list[str], along: float = 0.58) -> tuple[str, list[str]]:
    """A straight line between the nearest sides of two boxes, and the properties' names beside its middle."""
    unknown = [name for name in names if ":" not in name and name not in terms.terms()]
    if unknown:
        raise ValueError(f"the diagram names what the ontology does not know: {', '.join(unknown)}")
    (x1, y1), (x2, y2) = _ends(start, end)
    line = f'<path d="M{x1:g} {y1:g} {x2:g} {y2:g}" stroke="#555" fill="none" marker-end="url(#a)"/>'
    x, y = x1 + (x2 - x1) * along, y1 + (y2 - y1) * along - 8 * (len(names) - 1)
    texts = [
        f'<text x="{x:g}" y="{y + 17 * number + 4:g}" text-anchor="middle" font-size="12" fill="#124" '
        f'paint-order="stroke" stroke="#fff" stroke-width="5">{escape(_both(name))}</text>'
        for number, name in enumerate(names)
    ]
    return line, texts


def _both(name: str) -> str:
    """The property's name, and its label in Arabic where it is ours."""
    return name if ":" in name else f"{name} · {terms.terms()[name].labels['ar']}"


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


def files() -> dict[Path, str]:
    """What is made, by where it goes."""
    return {
        DOCS / "ontology.md": page("en"),
        DOCS / "ontology.ar.md": page("ar"),
        ontology_path("diagram.svg"): diagram(),
    }


def main() -> None:
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
