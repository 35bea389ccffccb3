"""/statistics: what the graph covers and how good it is, as a page."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template

from server.catalogue.selection import Selection
from server.context import this_edition
from server.formats import HTML
from server.pages.statistics import statistics_page

blueprint = Blueprint("statistics", __name__)


@blueprint.get("/statistics")
def statistics() -> Response:
    page = statistics_page(this_edition())
    if page.checked is None:
        g.tag = None  # the page will change without a new snapshot, when the check has ended
    return Response(
        render_template("statistics.html", page=page, everything=Selection()), content_type=HTML.content_type
    )
