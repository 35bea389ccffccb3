"""docs/http.md tells of all that the server answers; what its commands print is checked in tests/test_documents.py."""

from __future__ import annotations

import re
from dataclasses import fields

from flask import Flask

from server.catalogue.selection import Selection
from tests.documents import ROOT


def test_every_route_is_in_the_reference(app: Flask) -> None:
    text = (ROOT / "docs" / "http.md").read_text("utf-8")
    fixed = {re.split(r"[<]", rule.rule)[0].rstrip("/-.") for rule in app.url_map.iter_rules()} - {"", "/static"}
    assert len(fixed) > 15
    assert [route for route in sorted(fixed) if f"`{route}" not in text] == []


def test_it_tells_of_no_route_that_is_not_there(app: Flask) -> None:
    text = (ROOT / "docs" / "http.md").read_text("utf-8")
    tops = {re.match(r"/[^/<.-]*", rule.rule)[0] for rule in app.url_map.iter_rules()}  # type: ignore[index]
    kinds = {"/entity", "/incident", "/report", "/document", "/graph", "/run", "/incidents", "/map", "/timeline"}
    told = {re.match(r"/[a-z]*", route)[0] for route in re.findall(r"`(/[a-z][^` ]*)`", text)}  # type: ignore[index]
    assert told <= tops | kinds


def test_every_filter_of_incidents_is_told() -> None:
    text = (ROOT / "docs" / "http.md").read_text("utf-8")
    assert [field.name for field in fields(Selection) if f"`{field.name}`" not in text] == []
