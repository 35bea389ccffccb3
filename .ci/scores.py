"""Scores the extraction on the reference material beside the checkout, against the floors of `floors.toml`.

Prints the scores and a line for `docs/benchmarks.md`. Exit status: 0 where no score is below its floor, or there is no
reference material; 1 otherwise.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_CHECKOUT = _HERE.parent
_REFERENCE = _CHECKOUT.parent / "shared"
_KINDS = ("entities", "incidents", "slots", "relations")


def main() -> int:
    """Score everything; the exit status."""
    if not (_REFERENCE / "tools").is_dir():
        print(f"scores: skipped, no reference material in {_REFERENCE.name}/ beside the checkout")
        return 0
    settings = tomllib.loads((_HERE / "floors.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        extracted = _extract(_REFERENCE / "articles", Path(folder, "articles.jsonl"))
        below = [miss for row in settings["extraction"] for miss in _score_gold(row, extracted)]
        airwars = settings["airwars"]
        below += _score_airwars(airwars, _build(_REFERENCE / airwars["articles"], Path(folder, "airwars")))
    for miss in below:
        print(f"scores: {miss}", file=sys.stderr)
    return 1 if below else 0


def _extract(articles: Path, out: Path) -> Path:
    with out.open("wb") as stream:
        subprocess.run([sys.executable, "-m", "kgbuild", "extract", str(articles)], stdout=stream, check=True)
    return out


def _build(articles: Path, store: Path) -> Path:
    """What a store says of the articles once their reports are merged."""
    out = store.with_suffix(".jsonl")
    kgbuild = [sys.executable, "-m", "kgbuild"]
    subprocess.run([*kgbuild, "build", str(articles), "--store", str(store)], check=True)
    subprocess.run([*kgbuild, "export", "--store", str(store), "--format", "jsonl", "--out", str(out)], check=True)
    return out


def _tool(name: str, *arguments: object) -> dict[str, Any]:
    command = [sys.executable, str(_REFERENCE / "tools" / name), *map(str, arguments), "--json"]
    result: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return result


def _score_gold(row: Mapping[str, Any], extracted: Path) -> list[str]:
    gold = sorted(_REFERENCE.glob(row["gold"]))
    scores = {
        kind: score["f1"] for kind, score in _tool("score_extraction.py", *gold, "--predicted", extracted).items()
    }
    print(f"{row['name']}: " + ", ".join(f"{kind} {scores[kind]:.3f}" for kind in _KINDS))
    if len(gold) > 1:
        cells = [date.today().isoformat(), _commit(), *(f"{scores[kind]:.3f}" for kind in _KINDS)]
        print("for docs/benchmarks.md: | " + " | ".join(cells) + " |")
    return _below(row["name"], row["floors"], scores)


def _score_airwars(row: Mapping[str, Any], exported: Path) -> list[str]:
    scored = _tool("score_airwars.py", _REFERENCE / row["reference"], "--predicted", exported)
    b_cubed = {f"b_cubed_{kind}": scored["b_cubed"][kind] for kind in ("precision", "recall", "f1")}
    scores = {kind: score["share"] for kind, score in scored.items() if score.get("share") is not None} | b_cubed
    print("Airwars: " + ", ".join(f"{kind} {score:.3f}" for kind, score in scores.items()))
    return _below("Airwars", row["floors"], scores)


def _below(name: str, floors: Mapping[str, float], scores: Mapping[str, float]) -> Sequence[str]:
    return [
        f"{name}: {kind} {scores[kind]:.3f} is below {floor}" for kind, floor in floors.items() if scores[kind] < floor
    ]


def _commit() -> str:
    command = ["git", "-C", str(_CHECKOUT), "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    raise SystemExit(main())
