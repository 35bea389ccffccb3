"""Every command with wrong input, as a newcomer might give it: the message says what, where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.cli import cli, run
from tests.export.stories import quads, write_store

CASES = {
    "extract none.txt": "none.txt: no such file or folder",
    "extract empty": "empty: no articles in this folder; formats:",
    "extract junk.txt --published yesterday": "'yesterday' is no date; write it as 2017-06-09",
    "build none.txt --store new": "no article could be read",
    "build junk.txt --store junk.txt": "junk.txt: a file is in the way; name a folder of its own",
    "build junk.txt --store folder": "folder: not a store and not empty (it holds file); choose another folder",
    "build junk.txt": "Missing option '--store'",
    "build junk.txt --store new --base nonsense": "for '--base': 'nonsense' is no base of IRIs; write it as https://",
    "extract broken.json": "broken.json, line 2: broken JSON, column 1: Expecting value; mend it there, or is the",
    "extract junk.txt --models none.toml": "none.toml: cannot be read: No such file",
    "extract junk.txt --models llm.toml": 'llm.toml, [llm]: url and model must be given, as url = "…"',
    "serve --store none": "none: no store here; make one with: kgbuild build",
    "serve --store store --dumps empty": "(datapackage.json is missing); prepare them with: kgbuild export",
    "serve --store store --allow-service http://x/": "'http://x/' is no host; write it as query.wikidata.org",
    "serve --store store --access-log none/log": "none/log: cannot be written: No such file or directory; make",
    "serve --store junk.txt": "junk.txt: not a folder, so not a store",
    "query nothing --store store": "there is no saved query nothing",
    "query none.rq --store store": "none.rq: no such file",
    "query bad.rq --store store": "line 2, column 3: '} LIMIT x' cannot stand here",
    "query open.rq --store store": "the query ends too early; is a bracket or a quote left open",
    "query half.rq --store store": "line 1, column 19: the query ends too early; is a bracket or a quote left open",
    "query prefix.rq --store store": "column 8: the prefix foo: is not declared; begin the query with PREFIX foo:",
    "query update.rq --store store": "changes go to /update of kgbuild serve",
    "query toll-as-range --store store -p nothing=1": "has no parameter nothing; it has",
    "export --store store --format nothing --out x": "there is no format nothing; choose nquads",
    "export --store store --format csv --out none/x": "none/x: cannot be written: No such file or directory; make none",
    "export --store store --format csv --out empty": "empty: a folder; name the file to write, such as",
    "export --store store --all --out junk.txt": "junk.txt: cannot be written: File exists; name another place",
    "export --store store --format csv --out x --from 2018-01-01 --to 2017-01-01": "give the earlier one as --from",
    "export --store store --format csv --out x --place Atlantis": "knows no Atlantis; give the name as it has it",
    "validate --store none": "none: no store here",
    "evaluate none.json": "none.json: cannot be read: No such file",
    "evaluate junk.txt": "junk.txt: is no gold annotation",
    "evaluate latin.txt": "latin.txt: cannot be read: byte 3 is not UTF-8; save it as UTF-8",
    "explain none.txt": "none.txt: no such file",
    "explain junk.txt --html none/x.html": "none/x.html: cannot be written: No such file or directory; make none first",
    "gazetteer import csv none.csv": "none.csv: no such file",
    "gazetteer import csv junk.txt": "junk.txt, line 1: no column name, latitude, longitude; the first line names the",
    "gazetteer import csv latin.txt": "latin.txt, line 1: this is not UTF-8; save the table as UTF-8",
    "gazetteer import geonames junk.txt": "19 columns between tabs, this line 1; a table of your own is imported as",
    "review --store none": "none: no store here",
    "merge-incidents a b --store store": "a: not an IRI; kgbuild review lists those",
    "split a b --store store": "a: not an IRI",
    "keep-apart a b --store store": "a: not an IRI",
    "import-dump junk.txt --country SY": "no Wikibase JSON dump",
    "import-dump broken.json --store store": "broken.json: no Wikibase JSON dump",
    "import-dump junk.txt": "give --store to name its entities, --country to enlarge the gazetteer, or both",
    "import-dump junk.txt --country ZZ": "name it by its ISO code, such as SY",
    "remove": "Missing argument 'ARTICLE_IRI...'",
    "nothing": "No such command 'nothing'",
}
FILES = {
    "junk.txt": "junk\n", "broken.json": '{"text":\n', "llm.toml": "[llm]\n", "latin.txt": "caf\udce9\n",
    "bad.rq": "SELECT ?x { ?x ?y\n  } LIMIT x", "open.rq": "SELECT ?x {",
    "half.rq": "SELECT * { ?s ?p }", "prefix.rq": "SELECT ?x { ?x a\nfoo:Bar }",
    "update.rq": "PREFIX a: <a:>\nINSERT DATA { a:a a:b a:c }", "folder/file": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store, an empty folder and some files."""
    folder = tmp_path_factory.mktemp("wrong")
    write_store(folder / "store", quads())
    for name in ("empty", "folder"):
        (folder / name).mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    return folder


@pytest.mark.parametrize("command", CASES)
def test_the_message_says_what_where_and_what_to_do(
    place: Path, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    monkeypatch.setenv("KGBUILD_GAZETTEER", str(tmp_path / "gazetteer.sqlite"))
    before = sorted(path.name for path in place.iterdir())
    status = run(command.split())
    said = capfd.readouterr().err
    assert status == 2, said
    assert CASES[command] in " ".join(said.split())
    assert "Traceback" not in said
    assert "Errno" not in said
    assert sorted(path.name for path in place.iterdir()) == before


def test_every_command_has_a_case() -> None:
    assert set(cli.commands) - {command.split()[0] for command in CASES} == set()
