"""What everybody asks of a new catalogue, asked beforehand: the counts of the pages without filters."""

from __future__ import annotations

from flask import Flask, g

from server.catalogue.catalogue import Tables
from server.catalogue.selection import Selection
from server.pages.home import home_page
from server.pages.incidents import incidents_page, map_page
from server.pages.statistics import statistics_page


def prepare(app: Flask, base: str, tables: Tables) -> None:
    """The counts do not depend on the language, so one will do."""
    with app.app_context():
        g.language = "en"
        home_page(tables, base, "en")
        map_page(tables, Selection(), base=base, language="en")
        incidents_page(tables, Selection(), base=base, language="en", page=1)
        statistics_page(tables, None, "en")
