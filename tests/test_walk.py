"""The recorded walk is one that players can play, of the commands that its script holds."""

from __future__ import annotations

import json
import runpy
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent

SCRIPT = runpy.run_path(str(ROOT / "docs" / "record_walk.py"))
HEADER, *EVENTS = (json.loads(line) for line in (ROOT / "docs" / "walk.cast").read_text("utf-8").splitlines())


def test_it_is_a_cast_of_about_two_minutes() -> None:
    assert (HEADER["version"], HEADER["width"], HEADER["height"]) == (2, SCRIPT["COLUMNS"], SCRIPT["LINES"])
    assert all(kind == "o" and isinstance(text, str) for _, kind, text in EVENTS)
    assert all(before[0] <= after[0] for before, after in pairwise(EVENTS))
    assert 60 < EVENTS[-1][0] < 150


def test_it_shows_what_the_script_says() -> None:
    """After a change of the script, record anew: python docs/record_walk.py"""
    shown = "".join(text for _, _, text in EVENTS)
    places = [shown.find(f" {line}\r\n") for step in SCRIPT["STEPS"] for line in (f"# {step[0]}", step[1])]
    assert -1 not in places
    assert places == sorted(places)


def test_no_command_failed_and_no_folder_of_the_recorder_is_seen() -> None:
    shown = "".join(text for _, _, text in EVENTS)
    assert "Traceback" not in shown
    assert "kgbuild: " not in shown
    assert "/tmp/" not in shown
    assert str(ROOT) not in shown
