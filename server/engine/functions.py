"""Functions of ours in SPARQL; see docs/sparql.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from server.word_keys import key_words

NAMESPACE = "https://w3id.org/cko/search#"


def matches(text: Any, words: Any) -> Literal | None:
    """Whether each of the words begins a word of the text, spellings folded; unbound for what is no literal."""
    if not isinstance(text, Literal) or not isinstance(words, Literal):
        return None
    held = key_words(text.value)
    return Literal(all(any(word.startswith(wanted) for word in held) for wanted in key_words(words.value)))


FUNCTIONS: Mapping[NamedNode, Callable[..., Literal | None]] = {NamedNode(f"{NAMESPACE}matches"): matches}


def functions_of(text: str) -> dict[NamedNode, Callable[..., Any]]:
    """Those that a query may call; none where it does not name them, for they cost a little."""
    return dict(FUNCTIONS) if NAMESPACE in text else {}
