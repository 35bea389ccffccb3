"""/update: the update half of the SPARQL 1.1 Protocol. https://www.w3.org/TR/sparql11-protocol/#update-operation"""

from __future__ import annotations

from flask import Blueprint, Response, request

from server.authorization import require_token
from server.context import config, engine
from server.engine.tasks import UpdateTask
from server.problems import ProblemError
from server.protocol import check_iri, read_operation
from server.update_text import CLASH, with_using, without_silent_loads

UPDATE_TYPE = "application/sparql-update"

blueprint = Blueprint("update", __name__)


@blueprint.post("/update")
def update() -> Response:
    require_token()
    operation = read_operation("update", UPDATE_TYPE, post=True)
    default = [check_iri(iri) for iri in operation.parameters.getlist("using-graph-uri")]
    named = [check_iri(iri) for iri in operation.parameters.getlist("using-named-graph-uri")]
    text = without_silent_loads(operation.text, config().allow_service)
    if default or named:
        try:
            text = with_using(text, default, named)
        except ValueError:
            raise ProblemError(400, CLASH) from None
    engine().write(UpdateTask(text=text, base_iri=request.base_url))
    return Response(status=204)
