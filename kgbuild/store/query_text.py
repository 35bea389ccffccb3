"""A query as text for a server, which takes neither prefixes nor bound variables beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Variable

from kgbuild.store.protocol import Term

_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_NO_KEYWORDS = re.compile(r"<[^<>\s]*>|#[^\n]*|\"[^\"\n]*\"|'[^'\n]*'|[?$]\w+|\w*:\w*")


def gives_triples(text: str) -> bool:
    """Whether it is CONSTRUCT or DESCRIBE."""
    form = _FORM.search(_NO_KEYWORDS.sub(" ", text))
    return form is not None and form[1].upper() in ("CONSTRUCT", "DESCRIBE")


def declared(text: str, prefixes: Mapping[str, str]) -> str:
    """The query with those of the prefixes that it uses and does not declare itself."""
    missing = "".join(
        f"PREFIX {name}: <{iri}>\n"
        for name, iri in prefixes.items()
        if f"{name}:" in text and not re.search(rf"PREFIX\s+{name}:", text, re.IGNORECASE)
    )
    return missing + text


def bound(text: str, substitutions: Mapping[str, Term]) -> str:
    """The query with a VALUES clause that binds variables in its outermost pattern."""
    if not substitutions:
        return text
    names = " ".join(str(Variable(name)) for name in substitutions)
    begin = text.index("{", (_FORM.search(text) or re.match("", text)).end()) + 1  # type: ignore[union-attr]
    return f"{text[:begin]} VALUES ({names}) {{ ({' '.join(map(str, substitutions.values()))}) }} {text[begin:]}"
