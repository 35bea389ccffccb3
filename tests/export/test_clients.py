"""Programs that are not ours read our exports. They come with the extra `clients`; what is absent is skipped."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

from kgbuild.export import export
from kgbuild.store import Snapshot
from tests.export.conftest import Json, exported
from tests.export.stories import SIEGE, STRIKE, iri


def _client(name: str) -> Any:
    """The client's module; what it warns about while it loads is its own affair."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip(name)


@pytest.fixture(scope="module")
def files(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    names = {"csv": "csv", "parquet": "parquet", "geojson": "geojson", "graphml": "graphml", "wikibase-rdf": "nt"}
    for name, ending in names.items():
        export(snapshot, name, folder / f"incidents.{ending}")
    return folder


def test_pandas_reads_csv(files: Path) -> None:
    frame = _client("pandas").read_csv(files / "incidents.csv", parse_dates=["start_date"])
    assert list(frame["killed_best"].dropna()) == [9]
    assert str(frame["start_date"].dt.year.tolist()) == "[2017, 2017]"


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_duckdb_reads_tables(files: Path, ending: str) -> None:
    duckdb = _client("duckdb")
    query = f"SELECT incident FROM '{files}/incidents.{ending}' WHERE killed_max > 10"
    assert duckdb.sql(query).fetchall() == [(STRIKE,)]


def test_pandas_reads_parquet_with_types(files: Path) -> None:
    frame = _client("pandas").read_parquet(files / "incidents.parquet").set_index("incident")
    assert list(frame.loc[STRIKE, "publishers"]) == ["Example Wire a", "Example Wire b", "Example Wire c"]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_gdal_reads_geojson(files: Path) -> None:
    pyogrio = _client("pyogrio")
    information = pyogrio.read_info(files / "incidents.geojson")
    assert (information["features"], information["crs"], information["geometry_type"]) == (2, "EPSG:4326", "Point")
    assert pyogrio.read_bounds(files / "incidents.geojson")[1][:, 1].tolist() == [39.01, 35.95, 39.01, 35.95]


def test_networkx_reads_graphml(files: Path) -> None:
    graph = _client("networkx").read_graphml(files / "incidents.graphml")
    assert graph.nodes[STRIKE]["killed_best"] == 9
    assert {data["role"] for data in graph.get_edge_data(STRIKE, iri("bakery")).values()} == {"target", "destroyed"}


def test_rdflib_reads_the_full_dump(files: Path) -> None:
    import rdflib

    graph = rdflib.Graph().parse(files / "incidents.nt")
    assert len(graph) == len((files / "incidents.nt").read_text().splitlines())


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_kif_finds_statements_with_qualifiers_and_references(files: Path, entities: dict[str, Json]) -> None:
    kif = _client("kif_lib")
    store = kif.Store("wikidata-rdf", str(files / "incidents.nt"))
    item = kif.Item(f"http://www.wikidata.org/entity/{entities[STRIKE]['id']}")
    deaths = kif.Property("http://www.wikidata.org/entity/P1120")
    (statement,) = store.filter_annotated(subject=item, property=deaths, limit=10)
    assert (len(statement.qualifiers), len(statement.references)) == (1, 1)
    assert str(statement.rank) == str(kif.PreferredRank())
    accused = kif.Property("http://www.wikidata.org/entity/P90001")
    (accusation,) = store.filter_annotated(subject=item, property=accused, limit=10)
    assert (len(accusation.qualifiers), len(accusation.references)) == (3, 2)


def test_quickstatements_client_renders_the_same_lines(snapshot: Snapshot) -> None:
    client = _client("quickstatements_client")
    source = [
        client.TextQualifier(predicate="S854", target="https://example.org/d"),
        client.DateQualifier(predicate="S577", target="+2017-06-12T00:00:00Z/11"),
    ]
    place = client.EntityLine(subject="LAST", predicate="P276", target="Q858", qualifiers=source)
    label = client.TextLine(subject="LAST", predicate="Len", target="Siege in Syria, 1 May 2017 – 30 June 2017")
    ours = exported(snapshot, "quickstatements").decode().splitlines()
    rendered = client.render_lines([client.CreateLine(), label, place], sep="\t", newline="\n").splitlines()
    # The client has no text with a language, so that the quote is compared apart.
    assert rendered[0] == ours[0]
    assert rendered[1] in ours
    assert any(line.startswith(f"{rendered[2]}\tS1683\tar:") for line in ours)
    assert SIEGE
