"""Names that readers annotated, matched with the graph built of the same articles."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kgbuild.cli import run
from kgbuild.config import ServerConfig
from kgbuild.language.folding import fold_key
from kgbuild.rdf.other_names import refers_back
from server.app import close, create_app

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD, ARTICLES = SHARED / "gold", SHARED / "articles"
WANTED, LEAST = 200, 0.9
GROUPS = ("actor", "place", "facility", "person")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not GOLD.is_dir(), reason="needs the reference material beside the checkout"),
]


def names(exported: Path) -> Iterator[tuple[str, str]]:
    """A name, not one that only refers back, and the IRI to which most mentions of its entity under other names lead;
    under its only name else.
    """
    records = map(json.loads, exported.read_text(encoding="utf-8").splitlines())
    extracted = {Path(record["document"]["source"]).name: record for record in records}
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        record = extracted[gold["document"]["file"].rpartition("/")[2]]
        for entity in gold["entities"]:
            if entity.get("group") in GROUPS and not entity.get("optional"):
                for name in (n for n in entity["names"] if not refers_back(n, "ar")):
                    others = [other for other in entity["names"] if other != name] or [name]
                    if iri := _meant(record, {fold_key(other) for other in others}):
                        yield name, iri


def _meant(record: dict[str, Any], folded: set[str]) -> str | None:
    iris = {entity["id"]: entity["iri"] for entity in record["entities"]}
    counts = Counter(iris[m["entity"]] for m in record["mentions"] if fold_key(m["text"]) in folded)
    return counts.most_common(1)[0][0] if counts else None


def chosen(exported: Path) -> list[tuple[str, str]]:
    """Two hundred of those that mean one thing in all articles, in an order that has nothing to do with them."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for name, iri in names(exported):
        meanings[name].add(iri)
    clear = [(name, next(iter(iris))) for name, iris in meanings.items() if len(iris) == 1]
    return sorted(clear, key=lambda pair: sha256(pair[0].encode()).hexdigest())[:WANTED]


def test_nine_of_ten_names_find_what_they_mean_first(tmp_path: Path) -> None:
    store, exported = tmp_path / "store", tmp_path / "articles.jsonl"
    assert run(["build", str(ARTICLES), "--store", str(store)]) == 0
    assert run(["export", "--store", str(store), "--format", "jsonl", "--out", str(exported)]) == 0
    pairs = chosen(exported)
    app = create_app(ServerConfig(store=str(store)))
    try:
        client, found = app.test_client(), []
        queries = {str(number): {"query": name, "limit": 1} for number, (name, _) in enumerate(pairs)}
        answers = client.post("/reconcile", data={"queries": json.dumps(queries)}).get_json()
        for number, (name, iri) in enumerate(pairs):
            result = answers[str(number)]["result"]
            top = f"https://w3id.org/cko/id/entity/{result[0]['id']}" if result else None
            found.append((top == iri, name, iri, top))
    finally:
        close(app)
    right = sum(hit for hit, *_ in found) / len(found)
    assert len(found) >= WANTED
    assert right >= LEAST, (right, [miss for miss in found if not miss[0]])
