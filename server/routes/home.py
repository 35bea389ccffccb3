"""The home page."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from server import language, structured
from server.context import this_edition
from server.formats import HTML
from server.pages.home import home_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> Response:
    page = home_page(this_edition())
    name, root = language.translate("Conflict knowledge graph"), request.url_root.rstrip("/")
    about = structured.embedded(structured.site(name, root, dict(page.totals)))
    return Response(render_template("home.html", page=page, structured=about), content_type=HTML.content_type)
