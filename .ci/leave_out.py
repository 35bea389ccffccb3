"""How much hangs on the lists: scores the extraction with each tenth of the curated entries left out.

An entry is an actor with all its names, a curated place, or a line of the lexicons of nouns and names in `data/ar`; a
hash of it says to which tenth it belongs. The package is copied to a temporary folder, the entries are dropped there,
and the copy's own `kgbuild evaluate` reads the annotated articles beside the checkout. Prints one line a tenth and the
mean fall. Exit status: 0, also where there are no annotated articles.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

_CHECKOUT = Path(__file__).resolve().parent.parent
_GOLD = _CHECKOUT.parent / "shared" / "gold"
_TENTHS = 10
_KINDS = ("entities", "entity:actor", "entity:place", "entity:facility", "entity:weapon", "entity:person")
_SECTIONS = {  # what names things; the lists of words that are no names, or where names end, stay whole
    "facilities": ("generic", "named"),
    "weapons": ("weapon", "adjective"),
    "actor_heads": ("head", "quoted", "common"),
    "place_heads": ("head", "front", "opening"),
    "persons": ("title", "family", "population", "famous", "parts"),
}
_ACTOR = re.compile(r"^actor:(\S+) a .*?\.$", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r'"(?:[^"\\]|\\.)*"@(ar|en)')

Cut = tuple[str, int]
"""A file's text without the entries of a tenth, and how many these are."""


def main() -> int:
    """Score the whole lists, then each tenth; the exit status."""
    if not _GOLD.is_dir():
        print(f"leave-out: skipped, no annotated articles in {_GOLD.parent.name}/{_GOLD.name} beside the checkout")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for name in ("kgbuild", "ontology"):
            shutil.copytree(_CHECKOUT / name, Path(folder, name))
        whole = _scores(Path(folder))
        print(f"nothing left out: entities F1 {whole['entities']:.3f}", flush=True)
        falls = [_fall(tenth, found, whole) for tenth, found in _without_each(Path(folder))]
    means = {kind: fmean(fall[kind] for fall in falls) for kind in _KINDS}
    print("mean fall: " + ", ".join(f"{kind.removeprefix('entity:')} {fall:.3f}" for kind, fall in means.items()))
    return 0


def _fall(tenth: int, found: tuple[int, Mapping[str, float]], whole: Mapping[str, float]) -> dict[str, float]:
    entries, scores = found
    fall = {kind: whole[kind] - scores[kind] for kind in _KINDS}
    print(
        f"tenth {tenth}: {entries} entries left out, entities F1 {scores['entities']:.3f}, fall {fall['entities']:.3f}",
        flush=True,
    )
    return fall


def _without_each(folder: Path) -> Iterator[tuple[int, tuple[int, dict[str, float]]]]:
    """Each tenth with the number of its entries and the scores without them."""
    cuts = {folder / name: cut for name, cut in _cuts().items()}
    texts = {path: path.read_text("utf-8") for path in cuts}
    for tenth in range(_TENTHS):
        entries = 0
        for path, cut in cuts.items():
            text, dropped = cut(texts[path], tenth)
            path.write_text(text, "utf-8")
            entries += dropped
        yield tenth, (entries, _scores(folder))


def _cuts() -> dict[str, Callable[[str, int], Cut]]:
    """File → what leaves a tenth of its entries out."""
    return {
        "ontology/actors.ttl": _without_actors,
        "kgbuild/data/gazetteer/places.tsv": _without_places,
    } | {f"kgbuild/data/ar/{name}.toml": _without_words(*sections) for name, sections in _SECTIONS.items()}


def _is_in(entry: str, tenth: int) -> bool:
    return int.from_bytes(hashlib.sha256(entry.encode()).digest()[:8]) % _TENTHS == tenth


def _without_actors(text: str, tenth: int) -> Cut:
    """The actors stay, since rules speak of them by key, but under names that no text has."""
    blocks = [match for match in _ACTOR.finditer(text) if _is_in(match[1], tenth)]
    for match in blocks:
        text = text.replace(match[0], _NAME.sub(r'"(left out)"@\1', match[0]))
    return text, len(blocks)


def _without_places(text: str, tenth: int) -> Cut:
    """Without the rows; a place that GeoNames has too is then read from there."""
    header, *rows = text.splitlines(keepends=True)
    left = [row for row in rows if not _is_in(row.split("\t")[0], tenth)]
    return "".join([header, *left]), len(rows) - len(left)


def _without_words(*sections: str) -> Callable[[str, int], Cut]:
    def cut(text: str, tenth: int) -> Cut:
        tables, dropped = tomllib.loads(text), 0
        for lists in (tables[section] for section in sections):
            for name, entries in lists.items():
                lists[name] = [entry for entry in entries if not _is_in(entry, tenth)]
                dropped += len(entries) - len(lists[name])
        return "\n".join(_toml(tables)), dropped

    return cut


def _toml(table: Mapping[str, Any], *above: str) -> Iterator[str]:
    """The lines of a table of strings, lists and tables; JSON writes all of a value as TOML does."""
    if above:
        yield "[" + ".".join(json.dumps(name, ensure_ascii=False) for name in above) + "]"
    inner = {name: value for name, value in table.items() if isinstance(value, dict)}
    for name in table.keys() - inner.keys():
        yield f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(table[name], ensure_ascii=False)}"
    for name, value in inner.items():
        yield from _toml(value, *above, name)


def _scores(folder: Path) -> dict[str, float]:
    """F1 of each kind as the copy of the package in `folder` extracts; the user's own gazetteer is not read."""
    command = [sys.executable, "-m", "kgbuild", "evaluate", str(_GOLD), "--format", "json"]
    environment = {**os.environ, "KGBUILD_GAZETTEER": str(folder / "no-gazetteer"), "PYTHONPATH": str(folder)}
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=folder, env=environment)
    rows = json.loads(done.stdout)
    return {kind: rows[kind]["f1"] for kind in _KINDS}


if __name__ == "__main__":
    raise SystemExit(main())
