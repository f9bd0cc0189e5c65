"""Tables of a package as JSON Lines: an array of column names, then one array a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import limits, strict_json
from taza_desktop.packages.envelope import MINOR
from taza_desktop.packages.patterns import Check


class Column(NamedTuple):
    """One column, its Frictionless type, what the reader lets through, and since which format."""

    name: str
    type: str
    check: Check
    description: str
    since: int = 0  # minor version


def columns_of(columns: Iterable[Column], minor: int) -> list[Column]:
    """Those that a format of that minor version has."""
    return [column for column in columns if column.since <= minor]


def write(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """The table, UTF-8 with LF."""
    names = [column.name for column in columns]
    return b"\n".join([strict_json.dump(names), *map(strict_json.dump, rows)]) + b"\n"


def read(
    data: bytes, columns: Sequence[Column], minor: int, file: str
) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The rows by their line, each cell checked. Refuses PKG-ROW.

    Columns are found by their names. A newer minor version may have others between them, which are
    left alone; ours and older ones have just those of their version, in their order.
    """
    lines = data.split(b"\n")  # and nothing else: U+2028 may stand inside a text
    if lines.pop() or not lines or len(lines) > limits.LINES:
        raise bad_row(file, len(lines), "lines")
    known = columns_of(columns, minor)
    names = [column.name for column in known]
    there = _header(lines[0], file)
    if there != names if minor <= MINOR else not set(names) <= set(there):
        raise bad_row(file, 1, "columns")
    places = [there.index(name) for name in names]
    for number, line in enumerate(lines[1:], start=2):
        row = _line(line, file, number)
        if len(row) != len(there):
            raise bad_row(file, number, "columns")
        cells = row if there == names else [row[place] for place in places]
        for column, cell in zip(known, cells, strict=True):
            if not column.check(cell):
                raise bad_row(file, number, column.name)
        yield number, dict(zip(names, cells, strict=True))


def _header(line: bytes, file: str) -> list[str]:
    names = _line(line, file, 1)
    if not all(isinstance(name, str) for name in names) or len({*names}) != len(names):
        raise bad_row(file, 1, "columns")
    return cast("list[str]", names)


def _line(line: bytes, file: str, number: int) -> list[object]:
    try:
        if len(line) > limits.LINE:
            raise ValueError("the line is too long")
        row = strict_json.load(line)
    except ValueError as fault:
        raise bad_row(file, number, str(fault)) from fault
    if not isinstance(row, list):
        raise bad_row(file, number, "columns")
    return cast("list[object]", row)


def bad_row(file: str, line: int, what: str) -> Refusal:
    """PKG-ROW."""
    says = N_("Line {line} of the data in {file} is not in order ({what}). Ask for the file again.")
    return Refusal("PKG-ROW", says, file=file, line=line, what=what)
