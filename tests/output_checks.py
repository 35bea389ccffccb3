"""What must hold of every object that `kgbuild extract` prints, whatever the article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from kgbuild.resources import data_path

_SCHEMA = Draft202012Validator(json.loads(data_path("extraction.schema.json").read_text("utf-8")))
_SLOTS = ("places", "perpetrators", "targets", "weapons", "victims", "sources")


def wrong_in(data: dict[str, Any]) -> list[str]:
    """What breaks the schema, and every value whose words are not in the text where they are said to be."""
    return [*(error.message for error in _SCHEMA.iter_errors(data)), *_misquoted(data)]


def _misquoted(data: dict[str, Any]) -> Iterator[str]:
    text = data["document"]["text"] or ""
    mentions = {m["id"]: m for m in data["mentions"]}
    quoted = {e["id"]: [mentions[m]["text"] for m in e["mentions"]] for e in data["entities"]}
    yield from (f"{m['id']} is not at its place" for m in mentions.values() if text[m["start"] : m["end"]] != m["text"])
    for incident in data["incidents"]:
        named = [e for slot in _SLOTS for e in incident[slot]] + [f["entity"] for f in incident["facilities"]]
        yield from (f"{incident['id']}: {e} has no words in the text" for e in named if not any(quoted[e]))
        figures = [(c["start"], c["end"]) for c in incident["casualties"]]
        spans = [*incident["evidence"], incident["trigger"], *figures]
        yield from (f"{incident['id']}: nothing at {start}" for start, end in spans if not text[start:end].strip())
        when = incident["date"]
        if when and when["text"] and when["text"] not in text:
            yield f"{incident['id']}: the text does not say {when['text']}"
    for relation in data["relations"]:
        yield from (f"{relation['type']}: nothing at {s}" for s, e in relation["evidence"] if not text[s:e].strip())
