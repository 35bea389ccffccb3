"""/network: what is named together with one `?thing=`, under the filters of /incidents."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from server.catalogue.selection import Selection, entity
from server.context import config, tables
from server.downloads import DOWNLOADS
from server.formats import HTML
from server.language import current
from server.pages.network import most_named, network_page
from server.problems import ProblemError
from server.routes.incidents import asked_selection

blueprint = Blueprint("network", __name__)


@blueprint.get("/network")
def network() -> Response:
    chosen, base = asked_selection(), config().base
    iri = _thing(chosen, base)
    page = None
    if iri:
        page = network_page(tables(), iri, chosen.but(thing=""), base=base, language=current())
        if page is None:
            raise ProblemError(
                404, "The graph has no entity and no incident {iri}. Look for its name under Search.", iri=iri[:200]
            )
    html = render_template("network.html", page=page, downloads=DOWNLOADS, asked=request.args.get("thing", ""))
    return Response(html, content_type=HTML.content_type)


def _thing(chosen: Selection, base: str) -> str | None:
    """The whole IRI of what is asked for, by its id or a name; the most named actor where nothing is."""
    if not chosen.thing:
        return most_named(tables())
    iri = entity(chosen.thing, base)
    if tables().rows("SELECT 1 FROM thing WHERE iri = ?", (iri,)):
        return iri
    hits = tables().find(chosen.thing, 1) if "://" not in chosen.thing else []
    return hits[0].iri if hits else iri
