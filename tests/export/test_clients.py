"""Programs that are not ours read our exports."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import rdflib

from kgbuild.export import export
from kgbuild.store import Snapshot
from tests.export.conftest import Json, exported
from tests.export.stories import STRIKE, iri

_WD = "http://www.wikidata.org/entity/"
_RDF = {
    "nquads": "nq", "trig": "trig", "turtle": "ttl", "jsonld": "jsonld", "wikibase-rdf": "nt", "wikibase-truthy": "nt",
}  # fmt: skip
"""The formats that are RDF, by the ending under which other programs know them."""


def _client(name: str) -> Any:
    """The client's module; what it warns about while it loads is its own affair."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module(name)


@pytest.fixture(scope="module")
def files(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file a format, its name the format's."""
    folder = tmp_path_factory.mktemp("exports")
    endings = {"csv": "csv", "parquet": "parquet", "geojson": "geojson", "graphml": "graphml", **_RDF}
    for name, ending in endings.items():
        export(snapshot, name, folder / f"{name}.{ending}")
    return folder


def test_pandas_reads_csv(files: Path) -> None:
    frame = _client("pandas").read_csv(files / "csv.csv", parse_dates=["start_date"])
    assert list(frame["killed_best"].dropna()) == [9]
    assert str(frame["start_date"].dt.year.tolist()) == "[2017, 2017]"


@pytest.mark.parametrize("name", ["csv.csv", "parquet.parquet"])
def test_duckdb_reads_tables(files: Path, name: str) -> None:
    query = f"SELECT incident FROM '{files}/{name}' WHERE killed_max > 10"
    assert _client("duckdb").sql(query).fetchall() == [(STRIKE,)]


def test_pandas_reads_parquet_with_types(files: Path) -> None:
    frame = _client("pandas").read_parquet(files / "parquet.parquet").set_index("incident")
    assert list(frame.loc[STRIKE, "publishers"]) == ["Example Wire a", "Example Wire b", "Example Wire c"]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_gdal_reads_geojson(files: Path) -> None:
    pyogrio = _client("pyogrio")
    information = pyogrio.read_info(files / "geojson.geojson")
    assert (information["features"], information["crs"], information["geometry_type"]) == (2, "EPSG:4326", "Point")
    assert pyogrio.read_bounds(files / "geojson.geojson")[1][:, 1].tolist() == [39.01, 35.95, 39.01, 35.95]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_geopandas_reads_geojson(files: Path) -> None:
    frame = _client("geopandas").read_file(files / "geojson.geojson").set_index("incident")
    assert (frame.crs.to_epsg(), frame.loc[STRIKE].geometry.x, frame.loc[STRIKE].place_precision) == (
        4326,
        39.01,
        "town",
    )


def test_networkx_reads_graphml(files: Path) -> None:
    graph = _client("networkx").read_graphml(files / "graphml.graphml")
    assert graph.nodes[STRIKE]["killed_best"] == 9
    assert {data["role"] for data in graph.get_edge_data(STRIKE, iri("bakery")).values()} == {"target", "destroyed"}


@pytest.mark.parametrize("name", _RDF)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rdflib_reads_every_form_of_rdf(files: Path, snapshot: Snapshot, name: str) -> None:
    form = {"nq": "nquads", "jsonld": "json-ld"}.get(_RDF[name], _RDF[name])
    graphs = rdflib.Dataset() if name in ("nquads", "trig", "jsonld") else rdflib.Graph()
    graphs.parse(files / f"{name}.{_RDF[name]}", format=form)
    assert len(set(graphs)) == _expected(files, snapshot, name)


@pytest.mark.parametrize("name", _RDF)
def test_oxigraph_loads_every_form_of_rdf(files: Path, snapshot: Snapshot, tmp_path: Path, name: str) -> None:
    program, file = Path(sys.executable).parent / "oxigraph", files / f"{name}.{_RDF[name]}"
    subprocess.run([program, "load", "--location", tmp_path, "--file", file], check=True, capture_output=True)
    query = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    command = [program, "query", "--location", tmp_path, "--query", query, "--results-format", "csv"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert int(done.stdout.splitlines()[1]) == _expected(files, snapshot, name)


def _expected(files: Path, snapshot: Snapshot, name: str) -> int:
    """How many statements a file holds."""
    if name.startswith("wikibase"):
        return len(set((files / f"{name}.nt").read_text().splitlines()))
    quads = set(snapshot.quads())
    return len({quad.triple for quad in quads}) if name == "turtle" else len(quads)


@pytest.fixture(scope="module")
def kif(files: Path) -> tuple[Any, Any]:
    """The module kif_lib and its view of the full dump."""
    library = _client("kif_lib")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return library, library.Store("wikidata-rdf", str(files / "wikibase-rdf.nt"))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_kif_finds_statements_with_qualifiers_and_references(kif: tuple[Any, Any], entities: dict[str, Json]) -> None:
    library, store = kif
    item = library.Item(_WD + entities[STRIKE]["id"])
    (statement,) = store.filter_annotated(subject=item, property=library.Property(f"{_WD}P1120"), limit=10)
    assert (len(statement.qualifiers), len(statement.references)) == (1, 1)
    assert str(statement.rank) == str(library.PreferredRank())
    (accusation,) = store.filter_annotated(subject=item, property=library.Property(f"{_WD}P90001"), limit=10)
    assert (len(accusation.qualifiers), len(accusation.references)) == (3, 2)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_kif_answers_for_items(kif: tuple[Any, Any], entities: dict[str, Json]) -> None:
    library, store = kif
    item = library.Item(_WD + entities[STRIKE]["id"])
    strikes = store.filter(property=library.Property(f"{_WD}P31"), value=library.Item(f"{_WD}Q2380335"), limit=10)
    assert [statement.subject for statement in strikes] == [item]
    (when,) = store.filter(subject=item, property=library.Property(f"{_WD}P585"), limit=10)
    assert (when.snak.value.time.date().isoformat(), when.snak.value.precision) == (
        "2017-06-08",
        library.Time.Precision.DAY,
    )


def test_quickstatements_client_renders_the_same_lines(snapshot: Snapshot) -> None:
    """All commands but for what the client has no words for: texts with a language, and amounts."""
    client = _client("quickstatements_client")
    ours = list(
        csv.reader(io.StringIO(exported(snapshot, "quickstatements").decode()), "excel-tab", quoting=csv.QUOTE_NONE)
    )
    known = [line for line in (_known(fields) for fields in ours) if line is not None]
    rendered = client.render_lines([_line(client, fields) for fields in known], sep="\t", newline="\n")
    assert rendered.splitlines() == ["\t".join(fields) for fields in known]
    assert {fields[1] for fields in known if len(fields) > 1} >= {"Lar", "Len", "Den", "P31", "P276", "P585"}


def _known(fields: list[str]) -> list[str] | None:
    """The fields, without qualifiers and sources of a kind that the client lacks; None where it lacks the value's."""
    if fields[2:] and not fields[2].startswith(("Q", '"', "+")):
        return None
    pairs = zip(fields[3::2], fields[4::2], strict=True)
    return fields[:3] + [part for pair in pairs if pair[1].startswith(("Q", '"', "+")) for part in pair]


def _line(client: Any, fields: list[str]) -> Any:
    if len(fields) == 1:
        return client.CreateLine()
    subject, predicate, target, *rest = fields
    more = {
        "subject": subject,
        "predicate": predicate,
        "qualifiers": [_qualifier(client, *pair) for pair in zip(rest[::2], rest[1::2], strict=True)],
    }
    if target.startswith('"'):
        return client.TextLine(target=target[1:-1], **more)
    if target.startswith("Q"):
        return client.EntityLine(target=target, **more)
    day, _, precision = target[1:].partition("T00:00:00Z/")
    return client.DateLine(target=day.replace("-00", "-01") + "T00:00:00", precision=int(precision), **more)


def _qualifier(client: Any, predicate: str, target: str) -> Any:
    if target.startswith('"'):
        return client.TextQualifier(predicate=predicate, target=target[1:-1])
    kind = client.EntityQualifier if target.startswith("Q") else client.DateQualifier
    return kind(predicate=predicate, target=target)
