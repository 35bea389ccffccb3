"""The lines of a table of places, whose cells are read as what they have to be."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from kgbuild.errors import InputError
from kgbuild.geography import Point
from kgbuild.vocab import GROUP_OF

_LARGEST = 2**53
"""Above it a number of a table is no count of people."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """`cells` by the names of their columns; `line` counts from 1. What cannot be understood raises InputError."""

    file: Path
    line: int
    cells: Mapping[str, str | None]

    def text(self, column: str) -> str:
        """Empty where the line has nothing in that column."""
        return self.cells.get(column) or ""

    def named(self, column: str) -> str:
        """A name, which has to be there."""
        return self.text(column).strip() or self._refuse(f"{column} is empty; give every place a name")

    def count(self, column: str) -> int:
        """A whole number of people; 0 where nothing is said."""
        number = self._number(column) if self.text(column) else 0.0
        return int(number) if 0 <= number <= _LARGEST else self._refuse(f"{column} is {number}, which no count can be")

    def identifier(self, column: str) -> int:
        """A number of another database."""
        text = self.text(column)
        return int(text) if text.isascii() and text.isdigit() else self._refuse(f"{column} is no number: {text!r}")

    def point(self, latitude: str, longitude: str) -> Point:
        """WGS 84, from two columns in degrees."""
        return self._degrees(longitude, 180), self._degrees(latitude, 90)

    def place_class(self, column: str) -> str:
        """A class of places or facilities, empty where nothing is said."""
        name = self.text(column)
        if name and GROUP_OF.get(name) not in ("place", "facility"):
            self._refuse(f"{column} is {name!r}; take a class of places, such as City, Town, Village, Area or Camp")
        return name

    def _degrees(self, column: str, most: int) -> float:
        degrees = self._number(column)
        return degrees if -most <= degrees <= most else self._refuse(f"{column} is {degrees}, beyond ±{most} degrees")

    def _number(self, column: str) -> float:
        text = self.text(column)
        try:
            return float(text)
        except ValueError:
            self._refuse(f"{column} is not a number: {text!r}; write it as 36.105")

    def _refuse(self, reason: str) -> NoReturn:
        raise InputError(str(self.file), reason, line=self.line)


def rows_with_header(file: Path, delimiter: str, needed: Sequence[str]) -> Iterator[TableRow]:
    """The lines of a table whose first line names the columns, `needed` among them."""
    with _opened(file) as lines:
        reader = csv.DictReader(lines, delimiter=delimiter)
        missing = [name for name in needed if name not in (reader.fieldnames or ())]
        if missing:
            between = "tabs" if delimiter == "\t" else f"the sign {delimiter}"
            remedy = f"the first line names the columns, with {between} between them"
            raise InputError(str(file), f"no column {', '.join(missing)}; {remedy}", line=1)
        for cells in reader:
            yield TableRow(file, reader.line_num, cells)


def rows_without_header(file: Path, columns: Sequence[str], kind: str) -> Iterator[TableRow]:
    """The lines of a table with tabs between its columns and none that names them; `kind` says what it is called."""
    with _opened(file) as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) != len(columns):
                reason = f"{kind} has {len(columns)} columns between tabs, this line {len(cells)}"
                raise InputError(str(file), f"{reason}; a table of your own is imported as csv", line=number)
            yield TableRow(file, number, dict(zip(columns, cells, strict=True)))


@contextmanager
def _opened(file: Path) -> Iterator[IO[str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            yield lines
    except UnicodeDecodeError as error:
        raise InputError(str(file), "this is not UTF-8; save the table as UTF-8", line=_first_broken(file)) from error
    except csv.Error as error:
        raise InputError(str(file), f"broken CSV: {error}; save the table anew") from error
    except OSError as error:
        raise InputError(str(file), f"cannot be read: {error.strerror}") from error


def _first_broken(file: Path) -> int | None:
    """The first line that is not UTF-8."""
    with file.open("rb") as lines:
        return next((number for number, line in enumerate(lines, 1) if not _is_utf8(line)), None)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
