"""Keeps queries and updates from reaching out: the engine follows SERVICE and LOAD and has no switch for it.

A scan for keywords of our own could be deceived by a text that we split otherwise than the engine does, so the engine's
own parser decides: the keyword is misspelt wherever it stands, and if the text still parses, it was part of strings,
names and comments only.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from pyoxigraph import Literal, Store, Variable

_CODE_POINT = re.compile(r"\\u00([2-7][0-9A-Fa-f])|\\U000000([2-7][0-9A-Fa-f])")
_MISSPELT = {"SERVICE": ("I", "1"), "LOAD": ("O", "0")}
_HARMLESS = {
    "SERVICE": (re.compile(r"SERVICE(\s+SILENT)?", re.IGNORECASE), "GRAPH"),
    "LOAD": (re.compile(r"LOAD(\s+SILENT)?(\s+\S+\s+INTO)?(\s+GRAPH)?", re.IGNORECASE), "CLEAR SILENT GRAPH"),
}
"""For each keyword, another operation of the same form: if the text parses with it, only the keyword was wrong."""

_IRI = r"<(https?://[^<>\"{}|^`\\\x00-\x20]*)>"
_ALLOWED = {
    "SERVICE": re.compile(rf"(SERVICE)(\s*)(SILENT)?(\s*){_IRI}", re.IGNORECASE),
    "LOAD": re.compile(rf"(LOAD)(\s*)(SILENT)?(\s*){_IRI}(?:(\s+)(INTO)(\s+)(GRAPH)(\s+<[^<>]*>))?", re.IGNORECASE),
}
"""Where a request may go out, in IRIs that are written in full."""

_NOT_PROJECTED = Variable("thisIsNoVariableOfTheQuery")


class ForbiddenError(Exception):
    """The text would have the server fetch something."""


def check_query(text: str, hosts: Collection[str] = ()) -> None:
    """Raises ForbiddenError if the query asks another endpoint, SyntaxError if it asks one and does not parse.

    Those at `hosts` (`name` or `name:port`) may be asked, by IRIs that are written in full.
    """
    _check(text, "SERVICE", _parse_query, hosts)


def check_update(text: str, hosts: Collection[str] = ()) -> None:
    """Raises ForbiddenError if the update asks another endpoint or loads a document, SyntaxError as above."""
    for keyword in ("SERVICE", "LOAD"):
        _check(text, keyword, _parse_update, hosts)


def _check(text: str, keyword: str, parse: Callable[[str], None], hosts: Collection[str]) -> None:
    plain = _CODE_POINT.sub(_letter, text)
    if hosts:
        plain = _ALLOWED[keyword].sub(lambda found: _local(found, hosts), plain)
    misspelt = re.sub(keyword, lambda found: _misspell(found[0], keyword), plain, flags=re.IGNORECASE)
    if misspelt == plain:
        return
    try:
        parse(misspelt)
    except SyntaxError:
        pattern, harmless = _HARMLESS[keyword]
        parse(pattern.sub(harmless, plain))
        raise ForbiddenError(_refusal(keyword, hosts)) from None


def _local(found: re.Match[str], hosts: Collection[str]) -> str:
    """A request that is allowed, written as an operation that goes nowhere; all blanks and brackets stay in place."""
    if not is_allowed(found[5], hosts):
        return found[0]
    if found[1].upper() == "SERVICE":
        return f"GRAPH{found[2]}{found[4]}<{found[5]}>"
    target = "".join(found[group] or "" for group in (6, 8))
    return f"CLEAR{found[2]}SILENT{found[4]} GRAPH <{found[5]}>{target}"


def is_allowed(iri: str, hosts: Collection[str]) -> bool:
    """Whether requests may go to this absolute IRI."""
    address = urlsplit(iri)
    names = {address.netloc.lower(), (address.hostname or "").lower()}
    return address.scheme in ("http", "https") and "@" not in address.netloc and not names.isdisjoint(hosts)


def _refusal(keyword: str, hosts: Collection[str]) -> str:
    if not hosts:
        return f"{keyword} is switched off: this server asks no other server."
    return f"{keyword} is limited to IRIs, written in full, at {', '.join(sorted(hosts))}."


def _parse_query(text: str) -> None:
    """The engine refuses to substitute a variable that is not there, after parsing and before evaluating."""
    with contextlib.suppress(RuntimeError):
        Store().query(text, substitutions={_NOT_PROJECTED: Literal("")})


def _parse_update(text: str) -> None:
    """The text cannot reach out any more, so it may run on an empty store."""
    with contextlib.suppress(RuntimeError):
        Store().update(text)


def _misspell(word: str, keyword: str) -> str:
    letter, digit = _MISSPELT[keyword]
    return word.replace(letter, digit).replace(letter.lower(), digit)


def _letter(match: re.Match[str]) -> str:
    """Escapes may hide letters of a keyword: https://www.w3.org/TR/sparql11-query/#codepointEscape"""
    letter = chr(int(match[1] or match[2], 16))
    return letter if letter.isalpha() else match[0]
