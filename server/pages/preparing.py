"""What everybody asks of a new catalogue, asked beforehand: the counts of the pages without filters."""

from __future__ import annotations

from flask import Flask, g

from server.catalogue.catalogue import Tables
from server.catalogue.selection import Selection
from server.pages.edition import Edition
from server.pages.home import home_page
from server.pages.incidents import incidents_page, map_page
from server.pages.statistics import statistics_page


def prepare(app: Flask, tables: Tables) -> None:
    """The counts do not depend on the language, so one will do."""
    with app.app_context():
        g.language = "en"
        edition = Edition(app.extensions["engine"], g.language, lambda: tables)
        home_page(edition)
        map_page(edition, Selection())
        incidents_page(edition, Selection(), 1)
        statistics_page(edition)
