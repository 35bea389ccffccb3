"""The ontology is within OWL 2 DL, as it says of itself."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import owlready2
import pytest
from pyoxigraph import RdfFormat, Triple, serialize

from kgbuild.validation.consistency import ontology_triples
from kgbuild.vocab import CKO, OWL, RDF, RDFS

_CHECK = Path(__file__).parent / "OwlProfile.java"
_OWL_API = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"

needs_jdk = pytest.mark.skipif(shutil.which("javac") is None, reason="the check is compiled")


def _violations(triples: Iterable[Triple], folder: Path) -> list[str]:
    path = folder / "ontology.rdf"
    serialize(triples, str(path), RdfFormat.RDF_XML)
    command = ["java", "-cp", str(_OWL_API), str(_CHECK), str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


@needs_jdk
@pytest.mark.slow
def test_the_ontology_is_within_owl_2_dl(tmp_path: Path) -> None:
    assert _violations(ontology_triples(), tmp_path) == []


@needs_jdk
@pytest.mark.slow
def test_a_copy_that_is_not_is_found(tmp_path: Path) -> None:
    """A property for things and values at once, and a transitive one that is asymmetric."""
    broken = [
        Triple(CKO.killedMin, RDF.type, OWL.ObjectProperty),
        Triple(CKO.within, RDF.type, type(CKO.within)(OWL.iri + "AsymmetricProperty")),
        Triple(CKO.within, RDFS.subPropertyOf, CKO.related),
    ]
    found = "\n".join(_violations([*ontology_triples(), *broken], tmp_path))
    assert CKO.killedMin.value in found
    assert CKO.within.value in found
