"""What each part of the reading adds: scores the extraction with one part after the other left out.

The parts are those that `ReadingConfig.without` may hold; `kgbuild evaluate` scores on the annotated articles and on
the assessments beside the checkout. Prints a table for docs/benchmarks.md. Exit status: 0, also where there is no
reference material.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kgbuild.extract import PARTS

_SHARED = Path(__file__).resolve().parents[2] / "shared"
_GOLD = ("entities", "incidents", "slots", "relations")
_SLOTS = ("slot:date", "slot:places", "slot:casualties")
_ASSESSED = ("found", "place", "date", "killed", "injured", "belligerent", "type")


def main() -> int:
    """Score the whole, then without each part; the exit status."""
    if not (_SHARED / "gold").is_dir():
        print(f"ablation: skipped, no reference material in {_SHARED.name}/ beside the checkout")
        return 0
    columns = (*_GOLD, *(slot.removeprefix("slot:") for slot in _SLOTS), *(f"Airwars {slot}" for slot in _ASSESSED))
    print("| left out | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    whole = _scores("")
    print(_row("nothing", whole, {}), flush=True)
    for part in PARTS:
        print(_row(part, _scores(part), whole), flush=True)
    return 0


def _row(name: str, scores: Mapping[str, float], whole: Mapping[str, float]) -> str:
    """The scores; without a part, how far each moves."""
    cells = [f"{score - whole[key]:+.3f}" if whole else f"{score:.3f}" for key, score in scores.items()]
    return f"| {name} | " + " | ".join("" if cell in ("+0.000", "-0.000") else cell for cell in cells) + " |"


def _scores(part: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder, "settings.toml")
        settings.write_text(f'without = ["{part}"]' if part else "without = []", "utf-8")
        command = [
            *(sys.executable, "-m", "kgbuild", "evaluate", _SHARED / "gold", "--models", settings, "--format", "json"),
            *(_SHARED / "airwars" / "dev_reference.jsonl", "--articles", _SHARED / "airwars" / "dev.jsonl"),
        ]
        environment = {**os.environ, "KGBUILD_GAZETTEER": str(Path(folder, "none"))}
        done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, check=True, env=environment)
    rows = json.loads(done.stdout)
    scores = {kind: rows[kind]["f1"] for kind in (*_GOLD, *_SLOTS)}
    return scores | {f"Airwars {slot}": rows["assessments"][slot]["share"] or 0.0 for slot in _ASSESSED}


if __name__ == "__main__":
    raise SystemExit(main())
