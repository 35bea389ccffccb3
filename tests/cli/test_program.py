"""The program as a whole: its help, its status, how fast it starts and how it ends."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgbuild.cli import cli
from tests.command import Command

COUNT = "SELECT ?count { { SELECT (COUNT(?i) AS ?count) { ?i a cko:Incident } } }"


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


def test_an_interrupt_ends_it_in_a_line() -> None:
    with subprocess.Popen(
        program("extract", "-"), stdin=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_heed_interrupts
    ) as reading:
        assert reading.stderr is not None
        _wait_until_it_reads(reading.pid)
        reading.send_signal(signal.SIGINT)
        assert reading.stderr.read().strip().startswith(b"kgbuild: interrupted")
    assert reading.returncode == 130
