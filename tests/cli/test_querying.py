from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import Command

COUNT = "SELECT ?count { { SELECT (COUNT(?i) AS ?count) { ?i a cko:Incident } } }"


def test_a_query_in_place(kgbuild: Command, store: Path) -> None:
    result = kgbuild("query", COUNT, "--store", store)
    assert result.status == 0
    assert "│ 1     │" in result.out
    assert result.out.endswith("1 rows\n")


def test_a_query_in_a_file_with_parameters(kgbuild: Command, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "by-name.rq"
    path.write_text(
        "#+ summary: s\n#+ summary_ar: s\n#+ param: name string a which\n#+ param_ar: name which\n"
        "SELECT ?d { ?d dcterms:identifier $name }"
    )
    assert kgbuild("query", path, "--store", store, "--format", "csv").out.count("\n") == 3
    assert kgbuild("query", path, "--store", store, "--format", "csv", "-p", "name=b").out.count("\n") == 2


def test_a_saved_query_by_its_name(kgbuild: Command, store: Path) -> None:
    assert kgbuild("query", "source-disagreements", "--store", store).status == 0


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("csv", "count\r\n1"), ("tsv", "?count\n1"), ("json", '{"head"'), ("xml", "<?xml"), ("table", "┏")],
)
def test_the_formats_of_rows(kgbuild: Command, store: Path, form: str, beginning: str) -> None:
    assert kgbuild("query", COUNT, "--store", store, "--format", form).out.startswith(beginning)


@pytest.mark.parametrize(("form", "beginning"), [("ttl", "@prefix"), ("nt", "<https://w3id.org/cko/id/incident/")])
def test_the_formats_of_triples(kgbuild: Command, store: Path, form: str, beginning: str) -> None:
    text = "CONSTRUCT { ?i a cko:Incident } WHERE { ?i a cko:Incident }"
    assert kgbuild("query", text, "--store", store, "--format", form).out.startswith(beginning)


@pytest.mark.parametrize(
    ("text", "answer"), [("ASK { ?i a cko:Incident }", "yes\n"), ("ASK { ?i a cko:None }", "no\n")]
)
def test_a_question_of_yes_or_no(kgbuild: Command, store: Path, text: str, answer: str) -> None:
    assert kgbuild("query", text, "--store", store).out == answer


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["SELECT * { ?s ?p }"], "line 1, column"),
        (["no-such-query"], "there is no saved query no-such-query"),
        (["missing.rq"], "missing.rq: no such file"),
        (["ASK {}", "--format", "ttl"], "ASK gives no ttl; choose --format table, csv"),
        (["SELECT * { ?s ?p ?o }", "--format", "nt"], "SELECT gives no nt"),
        (["SELECT * { ?s ?p ?o }", "-p", "name=x"], "declares no parameters"),
        (["source-disagreements", "-p", "x"], "write a parameter as NAME=VALUE"),
    ],
)
def test_a_query_that_cannot_be_asked(kgbuild: Command, store: Path, arguments: list[str], message: str) -> None:
    status, out, err = kgbuild("query", *arguments, "--store", store)
    assert (status, out) == (2, "")
    assert err.startswith("kgbuild: ")
    assert message in err


def test_a_query_file_of_another_encoding_is_told(kgbuild: Command, store: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes("SELECT * { ?s ?p 'قصف' }".encode("cp1256"))
    assert "not in UTF-8 (byte" in kgbuild("query", tmp_path / "q.rq", "--store", store).err
