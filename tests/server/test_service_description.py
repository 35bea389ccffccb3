"""What the endpoint says that it can do, it can, and it says all."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Store

from server.service_description import geosparql_functions

GEOF = "http://www.opengis.net/def/function/geosparql/"
SD = "http://www.w3.org/ns/sparql-service-description#"
PREFIXES = f"PREFIX geof: <{GEOF}> PREFIX geo: <http://www.opengis.net/ont/geosparql#> "
METRE, SQUARE_METRE = (f"<http://www.opengis.net/def/uom/OGC/1.0/{unit}>" for unit in ("metre", "square_metre"))
POINT, OTHER = (f'"POINT({n} 1)"^^geo:wktLiteral' for n in (1, 2))
SQUARE = '"POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))"^^geo:wktLiteral'

OF_ONE = {"convexHull", "envelope", "centroid", "getSRID", "isEmpty", "isSimple", "dimension", "asGeoJSON"}
OF_ONE |= {"coordinateDimension", "spatialDimension"}
ARGUMENTS = {
    "relate": f'{POINT}, {SQUARE}, "T********"',
    "distance": f"{POINT}, {OTHER}, {METRE}",
    "length": f"{SQUARE}, {METRE}",
    "perimeter": f"{SQUARE}, {METRE}",
    "area": f"{SQUARE}, {SQUARE_METRE}",
    **dict.fromkeys(OF_ONE, SQUARE),
}

MISSING = re.findall(
    r"\w+",
    """metricDistance buffer metricBuffer concaveHull boundary boundingCircle is3D isMeasured geometryType
    geometryN numGeometries metricArea metricLength metricPerimeter maxX maxY maxZ minX minY minZ transform asWKT asGML
    asKML asDGGS aggUnion aggCentroid aggBoundingBox aggBoundingCircle aggConvexHull aggConcaveHull""",
)
"""The other functions of GeoSPARQL 1.1, chapters 9 and 10: https://docs.ogc.org/is/22-047r1/22-047r1.html"""


@pytest.mark.parametrize("name", geosparql_functions())
def test_a_function_that_is_described_gives_an_answer(client: FlaskClient, name: str) -> None:
    arguments = ARGUMENTS.get(name, f"{SQUARE}, {SQUARE}")
    text = f"{PREFIXES} SELECT (geof:{name}({arguments}) AS ?found) {{}}"
    response = client.post("/sparql", data={"query": text, "format": "json"})
    assert response.get_json(force=True)["results"]["bindings"][0]["found"]["value"]


def test_the_engine_has_no_function_that_is_not_described(client: FlaskClient) -> None:
    """When this fails, the engine has learnt one: move it to `server/data/geosparql-functions.txt`."""
    for name in MISSING:
        text = f"{PREFIXES} SELECT (geof:{name}({SQUARE}) AS ?found) {{}}"
        assert client.post("/sparql", data={"query": text}).status_code == 501, name


def test_the_description_names_the_functions(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    store = Store()
    store.load(response.data, format=RdfFormat.TURTLE)
    named = {quad.object for quad in store.quads_for_pattern(None, NamedNode(f"{SD}extensionFunction"), None)}
    assert {NamedNode(GEOF + name) for name in geosparql_functions()} < named
    functions = {quad.subject for quad in store.quads_for_pattern(None, None, NamedNode(f"{SD}Function"))}
    assert functions == named
