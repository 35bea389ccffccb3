"""/network: what is named together with one `?thing=`, under the filters of /incidents."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from server.catalogue.selection import Selection, entity
from server.context import this_edition
from server.downloads import DOWNLOADS
from server.formats import HTML
from server.pages.edition import Edition
from server.pages.network import most_named, network_page
from server.problems import ProblemError
from server.routes.incidents import asked_selection

blueprint = Blueprint("network", __name__)


@blueprint.get("/network")
def network() -> Response:
    chosen, edition = asked_selection(), this_edition()
    iri = _thing(edition, chosen)
    page = None
    if iri:
        page = network_page(edition, iri, chosen.but(thing=""))
        if page is None:
            raise ProblemError(
                404, "The graph has no entity and no incident {iri}. Look for its name under Search.", iri=iri[:200]
            )
    html = render_template("network.html", page=page, downloads=DOWNLOADS, asked=request.args.get("thing", ""))
    return Response(html, content_type=HTML.content_type)


def _thing(edition: Edition, chosen: Selection) -> str | None:
    """The whole IRI of what is asked for, by its id or a name; the most named actor where nothing is."""
    if not chosen.thing:
        return most_named(edition.tables)
    iri = entity(chosen.thing, edition.base)
    if edition.tables.rows("SELECT 1 FROM thing WHERE iri = ?", (iri,)):
        return iri
    hits = edition.tables.find(chosen.thing, 1) if "://" not in chosen.thing else []
    return hits[0].iri if hits else iri
