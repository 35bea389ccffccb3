"""Reads the group patterns of a query as far as rewriting needs: triple patterns, and the filters beside them.

Whatever is out of the ordinary ends the reading, so that the query stays as it is: constants, paths in brackets, blank
nodes, VALUES, SERVICE. https://www.w3.org/TR/sparql11-query/#rGroupGraphPattern
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kgbuild.vocab import RDF
from server.sparql_text import Token

_NAME = re.compile(r"[\w-]*:[\w-]+")
_PATH = re.compile(r"[\w.\-:/*+]+")


DEEPEST = 40
"""Brackets in brackets: far more than people write."""


class UnusualError(Exception):
    """The query has something that is not read here."""


@dataclass(frozen=True, slots=True)
class Triple:
    """A pattern of two variables; the predicate is an IRI, or empty where it is a variable or a path."""

    subject: str
    predicate: str
    object: str


@dataclass(slots=True)
class Group:
    """What stands right between two braces.

    `joined` is whether each solution of the query has one of it, and each of it may come to be one of the query: it is
    the outermost group, or that of a GRAPH in it. `triples` are those before anything that could leave their variables
    unbound or set them; `filters` the insides of the filters in brackets, wherever they stand.
    """

    start: int
    joined: bool
    triples: list[Triple] = field(default_factory=list)
    filters: list[Sequence[Token]] = field(default_factory=list)


@dataclass(slots=True)
class Body:
    """The groups that a query joins, and the classes that it names; not those within OPTIONAL, MINUS or EXISTS."""

    groups: list[Group] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)


def read_body(tokens: Sequence[Token], prefixes: Mapping[str, str]) -> Body:
    """The body of a query, of which `tokens` begin with its outermost brace. UnusualError as above."""
    if any(token.depth > DEEPEST for token in tokens):
        raise UnusualError
    reader = _Reader(tokens, prefixes)
    reader.group(kept=True, joined=True)
    return reader.body


def full_iri(token: Token, prefixes: Mapping[str, str]) -> str:
    """The IRI that a token writes; empty where it writes none, or not in the plainest way."""
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind != "other" or not _NAME.fullmatch(token.text):
        return ""
    prefix, _, local = token.text.partition(":")
    return prefixes[prefix] + local if prefix in prefixes else ""


class _Reader:
    """Goes through the tokens once; `kept` says whether what is read is joined with the rest, so may be rewritten."""

    def __init__(self, tokens: Sequence[Token], prefixes: Mapping[str, str]) -> None:
        self._tokens, self._prefixes = tokens, prefixes
        self._at = 0
        self.body = Body()

    def group(self, *, kept: bool, joined: bool = False) -> None:
        start = self._take("{").end
        if self._next.is_word("SELECT"):
            self._subselect(kept=kept)
            return
        group, plain = Group(start, joined), True
        while self._next.text != "}":
            if self._next.is_word("FILTER"):
                self._filter(group)
            elif self._next.text == ".":
                self._at += 1
            elif self._next.kind == "word" or self._next.text == "{":
                plain = False
                self._part(kept=kept, joined=joined)
            else:
                found = self._triples()
                group.triples += found if plain else ()
        self._at += 1
        if kept:
            self.body.groups.append(group)

    @property
    def _next(self) -> Token:
        if self._at >= len(self._tokens):
            raise UnusualError
        return self._tokens[self._at]

    def _take(self, *texts: str) -> Token:
        token = self._next
        if texts and token.text not in texts:
            raise UnusualError
        self._at += 1
        return token

    def _subselect(self, *, kept: bool) -> None:
        while self._next.text != "{":
            self._skip()
        self.group(kept=kept)
        while self._next.text != "}":
            self._skip()
        self._at += 1

    def _skip(self) -> Sequence[Token]:
        """One token, or all that is between a bracket and its own other one."""
        first, begin = self._take(), self._at
        if first.is_word("VALUES", "SERVICE", "LATERAL"):
            raise UnusualError
        if first.kind != "open":
            return ()
        while (token := self._take()).kind != "close" or token.depth != first.depth:
            pass
        return self._tokens[begin : self._at - 1]

    def _filter(self, group: Group) -> None:
        self._at += 1
        if self._next.is_word("NOT", "EXISTS"):
            while self._next.text != "{":
                self._take("NOT", "EXISTS", "not", "exists")
            self.group(kept=False)
        elif self._next.text == "(":
            group.filters.append(self._skip())
        else:
            self._at += 1  # the name of a function
            self._take("(")
            self._at -= 1
            self._skip()

    def _part(self, *, kept: bool, joined: bool) -> None:
        """What is neither triple pattern nor filter."""
        word = self._next
        if word.text == "{":
            self.group(kept=kept)
            return
        self._at += 1
        if word.is_word("OPTIONAL", "MINUS"):
            self.group(kept=False)
        elif word.is_word("GRAPH"):
            self._at += 1
            self.group(kept=kept, joined=joined)
        elif word.is_word("UNION"):
            self.group(kept=kept)
        elif word.is_word("BIND"):
            self._skip()
        else:
            raise UnusualError

    def _triples(self) -> list[Triple]:
        """All of one subject."""
        subject, found = self._variable(), list[Triple]()
        while True:
            predicate = self._predicate()
            while True:
                if predicate == RDF.type.value and not self._next.is_variable:
                    self._class()
                else:
                    found.append(Triple(subject, predicate, self._variable()))
                if self._next.text != ",":
                    break
                self._at += 1
            if self._next.text != ";":
                return found
            while self._next.text == ";":
                self._at += 1
            if self._next.text in (".", "}") or self._next.is_word("FILTER", "OPTIONAL", "BIND", "GRAPH", "MINUS"):
                return found

    def _variable(self) -> str:
        token = self._take()
        if not token.is_variable:
            raise UnusualError
        return token.name

    def _class(self) -> None:
        iri = full_iri(self._take(), self._prefixes)
        if not iri:
            raise UnusualError
        self.body.classes.add(iri)

    def _predicate(self) -> str:
        token = self._take()
        if token.text == "a":
            return RDF.type.value
        if token.is_variable:
            return ""
        iri = full_iri(token, self._prefixes)
        path = self._next.kind == "sign" and self._next.text in "/*+"
        if not iri and not (token.kind == "other" and _PATH.fullmatch(token.text)):
            raise UnusualError
        if not path:
            return iri
        while self._next.kind == "sign" and self._next.text in "/*+":
            if self._take().text == "/":
                self._at += 1
        return ""
