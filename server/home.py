"""The home page."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from server import language
from server.context import config, tables
from server.formats import HTML
from server.pages.home import home_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> Response:
    page = home_page(tables(), config().base, language.current())
    return Response(render_template("home.html", page=page), content_type=HTML.content_type)
