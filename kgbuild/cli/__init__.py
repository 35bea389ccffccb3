"""The command line: arguments in, exit status out; everything in between is the library's.

Exit status: 0 done, 1 some input was refused and the rest processed, 2 wrong usage or nothing could be done. What is
long to import is imported by the command that needs it, so that `kgbuild --help` and `kgbuild query` answer at once.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

import click

from kgbuild import __version__
from kgbuild.cli.building import build, remove
from kgbuild.cli.checking import validate
from kgbuild.cli.deciding import keep_apart, merge_incidents, split
from kgbuild.cli.evaluating import evaluate
from kgbuild.cli.explaining import explain
from kgbuild.cli.exporting import export
from kgbuild.cli.extracting import extract
from kgbuild.cli.gazetteer import gazetteer
from kgbuild.cli.importing import import_dump
from kgbuild.cli.querying import query
from kgbuild.cli.reviewing import review
from kgbuild.cli.serving import serve
from kgbuild.errors import KgbuildError

_INTERRUPTED = 130
_WRONG = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kgbuild")
def cli() -> None:
    """Turn conflict reporting in Arabic and English into an open, checkable knowledge graph."""


for _command in (
    extract, build, remove, serve, query, export, review, merge_incidents, keep_apart, split, validate, evaluate,
    explain, gazetteer, import_dump,
):  # fmt: skip
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its status; nobody is shown a traceback."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    try:
        # Not `cli.main`, which has its own view of a broken pipe.
        with cli.make_context("kgbuild", list(sys.argv[1:] if arguments is None else arguments)) as context:
            status = cli.invoke(context)
        sys.stdout.flush()
        return int(status or 0)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return _WRONG
    except KgbuildError as error:
        return _failed(str(error))
    except (click.Abort, KeyboardInterrupt):
        click.echo("kgbuild: interrupted; what is written stays, the same command goes on from there", err=True)
        return _INTERRUPTED
    except OSError as error:
        if _is_broken_pipe(error):
            # Whoever read our output has read enough. Python would complain once more on closing it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return _failed(str(error))
    except Exception as error:
        if os.environ.get("KGBUILD_TRACEBACK"):
            raise
        return _failed(
            f"a mistake of the program's own: {type(error).__name__}: {error}\n"
            "Please report it with what KGBUILD_TRACEBACK=1 shows."
        )


def _failed(message: str) -> int:
    click.echo(f"kgbuild: {message}", err=True)
    return _WRONG


def _is_broken_pipe(error: OSError) -> bool:
    return error.errno == errno.EPIPE or "Broken pipe" in str(error)
