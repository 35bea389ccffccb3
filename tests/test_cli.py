from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kgbuild.cli import cli
from kgbuild.errors import StoreBusyError
from kgbuild.store import Change, open_store
from kgbuild.vocab import CKO, RDF
from tests.command import Command
from tests.telling import article, tells

COUNT = "SELECT ?count { { SELECT (COUNT(?i) AS ?count) { ?i a cko:Incident } } }"


def written(path: Path, *reports: dict[str, Any], name: str | None = None) -> Path:
    """A file of one article."""
    found = article(name or path.stem, *reports)
    record = {"id": found.id, "text": found.text, "published": "2017-06-09", "publisher": found.publisher}
    path.write_text(json.dumps(record | {"language": "en"}) + "\n")
    return path


@pytest.fixture
def two(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    written(folder / "a.jsonl", tells(killed=(14, 14)))
    written(folder / "b.jsonl", tells(killed=(17, None)))
    return folder


@pytest.fixture
def store(kgbuild: Command, two: Path, tmp_path: Path) -> Path:
    assert kgbuild("build", two, "--store", tmp_path / "store").status == 0
    return tmp_path / "store"


def test_extract_prints_one_object_an_article_in_input_order(kgbuild: Command, two: Path) -> None:
    status, out, _ = kgbuild("extract", two / "b.jsonl", two / "a.jsonl")
    found = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [x["document"]["id"] for x in found] == ["b", "a"]
    assert list(found[0]) == ["document", "mentions", "entities", "incidents", "relations"]


def test_extract_keeps_half_a_surrogate_pair_as_its_escape(kgbuild: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "\\"x \\ud800\\"", "title": "t"}\n')
    result = kgbuild("extract", tmp_path / "a.jsonl")
    assert all(json.loads(line) for line in result.out.splitlines())


def test_build_sums_up_what_it_did(kgbuild: Command, two: Path, tmp_path: Path) -> None:
    first = kgbuild("build", two, "--store", tmp_path / "s")
    again = kgbuild("build", two, "--store", tmp_path / "s")
    assert first == (0, "", "2 articles read, 2 written, 0 unchanged, 2 merged\n")
    assert again == (0, "", "2 articles read, 0 written, 2 unchanged\n")


def test_build_takes_a_base_for_a_new_store_only(kgbuild: Command, two: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "s")
    assert kgbuild("build", two, *store, "--base", "https://example.org/id/").status == 0
    refused = kgbuild("build", two, *store, "--base", "https://example.org/other/")
    assert refused.status == 2
    assert "begin with https://example.org/id/" in refused.err
    assert kgbuild("build", two, *store, "--base", "nonsense").status == 2


def test_published_dates_articles_without_a_date(kgbuild: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title\n\nSome words of a text without a date.")
    out = kgbuild("extract", tmp_path / "a.txt", "--published", "2017-06-09").out
    assert json.loads(out)["document"]["published"] == "2017-06-09"
    wrong = kgbuild("extract", tmp_path / "a.txt", "--published", "yesterday")
    assert wrong.status == 2
    assert "write it as 2017-06-09" in wrong.err


def test_remove_takes_an_article_out(kgbuild: Command, store: Path) -> None:
    text = "SELECT ?d { ?d a cko:Document ; dcterms:identifier 'a' }"
    rows = kgbuild("query", text, "--store", store, "--format", "csv")
    document = rows.out.splitlines()[1]
    assert kgbuild("remove", document, "--store", store) == (0, "", "1 articles removed\n")
    refused = kgbuild("remove", document, "--store", store)
    assert refused.status == 2
    assert f"refused: {document}: the store holds no article of this IRI" in refused.err


def test_a_store_that_is_being_written_is_busy(kgbuild: Command, store: Path, two: Path) -> None:
    with open_store(store):
        busy = kgbuild("build", two, "--store", store)
    assert busy.status == 2
    assert "is writing to it; wait until it is done" in busy.err
    assert StoreBusyError.__doc__


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


def test_export_writes_a_file_with_its_checksum(kgbuild: Command, store: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.nq"
    assert kgbuild("export", "--store", store, "--format", "nquads", "--out", out).status == 0
    assert (
        subprocess.run(["sha256sum", "--check", "--quiet", "all.nq.sha256"], cwd=tmp_path, check=False).returncode == 0
    )


def test_a_doubt_is_shown_with_its_remedy_and_the_remedy_works(kgbuild: Command, tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", tells(day="2017-06-08"))
    written(tmp_path / "b.jsonl", tells("Bombardment", day="2017-06-09"))
    kgbuild("build", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--store", tmp_path / "s")
    shown = kgbuild("review", "--store", tmp_path / "s").out
    assert shown.startswith(
        "two incidents now, score 5 of 6\n  for: date next day 0.5, class related 1, place same town 3"
    )
    remedy = next(line for line in shown.splitlines() if "kgbuild merge-incidents" in line)
    done = kgbuild(*remedy.split("kgbuild ")[1].split(), "--why", "one photograph", "--by", "me")
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith(": 2 reports\n")
    assert kgbuild("review", "--store", tmp_path / "s").out == ""
    text = "SELECT ?who ?why { ?d a cko:MergeDecision ; dcterms:creator ?who ; dcterms:description ?why }"
    rows = kgbuild("query", text, "--store", tmp_path / "s", "--format", "csv")
    assert rows.out.splitlines()[1:] == ["me,one photograph"]


def test_a_doubt_shows_what_the_articles_say(kgbuild: Command, tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", tells(day="2017-06-08", killed=(14, None)))
    written(tmp_path / "b.jsonl", tells("Bombardment", day="2017-06-09", killed=(5, 5)))
    kgbuild("build", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--store", tmp_path / "s")
    lines = [line.strip() for line in kgbuild("review", "--store", tmp_path / "s").out.splitlines()]
    assert any(line.startswith("A  AirStrike; Raqqa; 2017-06-08; killed 14 or more") for line in lines)
    assert any(line.startswith("of Bombardment in Raqqa, 9 June 2017, 1 report: https://") for line in lines)
    assert sum(line.startswith(f"{tmp_path / name}.jsonl") for line in lines for name in "ab") == 2
    assert [line for line in lines if line.startswith('"')] == ['"{"'] * 2  # the test's extractor quotes one character


def test_what_is_kept_apart_is_not_reviewed_again(kgbuild: Command, tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", tells(day="2017-06-08"))
    written(tmp_path / "b.jsonl", tells("Bombardment", day="2017-06-09"))
    kgbuild("build", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--store", tmp_path / "s")
    shown = kgbuild("review", "--store", tmp_path / "s").out
    remedy = next(line for line in shown.splitlines() if "kgbuild keep-apart" in line)
    assert kgbuild(*remedy.split("kgbuild ")[1].split()).out.count(": 1 report\n") == 2
    assert kgbuild("review", "--store", tmp_path / "s").out == ""


def test_a_doubt_as_json(kgbuild: Command, tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", tells(day="2017-06-08"))
    written(tmp_path / "b.jsonl", tells("Bombardment"))
    kgbuild("build", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--store", tmp_path / "s")
    (doubt,) = map(json.loads, kgbuild("review", "--store", tmp_path / "s", "--format", "jsonl").out.splitlines())
    assert doubt["kind"] == "merged"
    reports = [r["iri"] for r in doubt["reports"]]
    assert kgbuild("split", *doubt["incidents"], reports[0], "--store", tmp_path / "s").status == 0
    assert kgbuild("split", *doubt["incidents"], *reports, "--store", tmp_path / "s").status == 2


@pytest.mark.parametrize(("form", "shown"), [("text", ""), ("json", '"conforms": true'), ("ttl", "sh:conforms true")])
def test_a_built_store_conforms(kgbuild: Command, store: Path, form: str, shown: str) -> None:
    status, out, err = kgbuild("validate", "--store", store, "--no-reasoner", "--format", form)
    assert (status, shown in out) == (0, True)
    assert err == "not checked for contradictions; ask for it with --reasoner\nconforms to the shapes\n"


def test_a_broken_graph_does_not_conform(kgbuild: Command, store: Path) -> None:
    with open_store(store) as opened:
        line = f"<https://example.org/d> {RDF.type} {CKO.Document} ."
        opened.apply(Change(insert={"https://example.org/g": line}))
        opened.publish()
    status, out, err = kgbuild("validate", "--store", store, "--no-reasoner")
    assert status == 1
    assert "https://example.org/d: " in out
    assert "violations of the shapes" in err


def test_import_dump_declines_a_store_on_a_server(kgbuild: Command, two: Path) -> None:
    declined = kgbuild("import-dump", two / "a.jsonl", "--store", "https://example.org/sparql")
    assert declined.status == 2
    assert "this command works on a store in a folder" in declined.err


def test_serve_needs_a_store(kgbuild: Command, tmp_path: Path) -> None:
    assert kgbuild("serve", "--store", tmp_path / "none").err.startswith(f"kgbuild: {tmp_path}/none: no store here")


def test_a_mistake_of_our_own_is_no_traceback(kgbuild: Command, monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("kgbuild.store.open_reader", fail)
    status, _, err = kgbuild("query", COUNT, "--store", store)
    assert status == 2
    assert err.startswith("kgbuild: a mistake of the program's own: ZeroDivisionError: oops")
    assert "Traceback" not in err


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_explains_itself(kgbuild: Command, name: str) -> None:
    result = kgbuild(name, "--help")
    assert result.status == 0
    assert "Usage: kgbuild" in result.out


def test_wrong_usage_is_status_two(kgbuild: Command) -> None:
    assert kgbuild("build").status == 2
    assert kgbuild("nonsense").status == 2
    assert kgbuild("export", "--store", "x").status == 2


def program(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "kgbuild", *map(str, arguments)]


def test_help_and_queries_start_within_a_second(store: Path) -> None:
    for arguments in (["--help"], ["query", "ASK {}", "--store", store]):
        began = _children_seconds()
        subprocess.run(program(*arguments), check=True, capture_output=True)
        assert _children_seconds() - began < 1


def _children_seconds() -> float:
    """Processor time of the ended children, which other work on the machine does not lengthen."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def test_extracting_a_text_loads_no_library_of_other_formats(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("قصف الطيران بلدة المنصورة.", "utf-8")
    others = "{'trafilatura', 'warcio', 'feedparser', 'pyarrow', 'rdflib', 'wordfreq'}"
    code = f"import sys; from kgbuild.cli import run; run(sys.argv[1:]); sys.exit(str({others} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code, "extract", str(tmp_path / "a.txt")], capture_output=True, text=True
    )
    assert done.stderr.splitlines()[-1] == "set()"


def test_query_does_not_load_spacy(store: Path) -> None:
    code = "import sys; from kgbuild.cli import run; run(sys.argv[1:]); sys.exit('spacy' in sys.modules)"
    arguments = [sys.executable, "-c", code, "query", "ASK {}", "--store", str(store)]
    assert subprocess.run(arguments, check=False, capture_output=True).returncode == 0


def test_a_reader_that_has_enough_is_no_error(store: Path) -> None:
    text = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    asking = program("query", text, "--store", store, "--format", "csv")
    with subprocess.Popen(asking, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as query:
        assert query.stdout is not None
        assert query.stderr is not None
        query.stdout.readline()
        query.stdout.close()
        assert query.stderr.read() == b""
    assert query.returncode == 0


def _heed_interrupts() -> None:
    """Take interrupts as at a terminal, also where the tests run in the background and so ignore them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _wait_until_it_reads(pid: int) -> None:
    """Wait until the process sleeps on its input, which is when its modules are loaded."""
    for _ in range(150):
        time.sleep(0.1)
        call = Path(f"/proc/{pid}/wchan").read_text() if Path(f"/proc/{pid}/wchan").exists() else ""
        if "pipe" in call:
            return
    time.sleep(3)


def test_an_interrupt_ends_it_in_a_line(tmp_path: Path) -> None:
    with subprocess.Popen(
        program("extract", "-"), stdin=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_heed_interrupts
    ) as reading:
        assert reading.stderr is not None
        _wait_until_it_reads(reading.pid)
        reading.send_signal(signal.SIGINT)
        assert reading.stderr.read().strip().startswith(b"kgbuild: interrupted")
    assert reading.returncode == 130
