"""The checks that every form has of itself: known cells, right kinds, limits, required columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from types import NoneType
from typing import NamedTuple, cast

from taza_desktop.i18n import LANGUAGES, Text, in_all
from taza_desktop.plan.form import Figure, Form, Table
from taza_desktop.plan.kind_numbers import show
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.marks import WORDS, mark_of
from taza_desktop.plan.problems import BUILT_IN, Problem
from taza_desktop.plan.sheet import OVERRIDE, RETIRED, Cells, Entry, Sheet, Value

# Values that can be looked up in a set and equal no value of another type, as True equals 1.
_PLAIN = frozenset((int, str, NoneType))


class _Fault(NamedTuple):
    """A cell that is wrong in itself: which check of `BUILT_IN`, and what its sentence names."""

    check: str
    fields: Mapping[str, object]

    def at(self, cell: str) -> Problem:
        """The problem that it is at that cell."""
        message = in_all(BUILT_IN[self.check], **{"cell": cell, **self.fields})
        return Problem("stop", self.check, cell, message)


def cell_problems(form: Form, sheet: Sheet) -> Iterator[Problem]:
    """What is wrong with single cells, in the order in which they stand in the sheet."""
    figures = {figure.name: figure for figure in form.figures}
    tables = {table.name: table for table in form.tables}
    pointed_at = {"", *figures, *tables}
    for name, value in sheet.cells.items():
        if value is not None and (fault := _cell_fault(figures, pointed_at, name, value)):
            yield fault.at(name)
    for name, entries in sheet.entries.items():
        if name in tables:
            if not _sound(tables[name], entries):
                yield from _entries(tables[name], entries)
        elif entries:
            yield _Fault("unknown", {}).at(name)


def without_faults(form: Form, sheet: Sheet, found: list[Problem]) -> Sheet:
    """The sheet with blanks for the cells that `cell_problems` found wrong."""
    wrong = {problem.cell for problem in found}
    known = {table.name for table in form.tables}
    entries = {
        table: [
            replace(entry, cells=_kept(entry.cells, wrong, f"{table}/{entry.id or row}/"))
            for row, entry in enumerate(rows, 1)
        ]
        for table, rows in sheet.entries.items()
        if table in known
    }
    return Sheet(sheet.key, _kept(sheet.cells, wrong, ""), entries)


def _kept(cells: Cells, wrong: set[str], before: str) -> Cells:
    return {name: value for name, value in cells.items() if before + name not in wrong}


def _sound(table: Table, entries: list[Entry]) -> bool:
    """Is there nothing wrong for sure; each value of a column once, so long tables are quick."""
    known = {column.name for column in table.columns}
    if not all(entry.cells.keys() <= known for entry in entries):
        return False
    return all(
        _column_sound(column, [entry.cells.get(column.name) for entry in entries])
        for column in table.columns
    )


def _column_sound(column: Figure, values: list[Value]) -> bool:
    types = set(map(type, values))
    if not types <= _PLAIN or (column.required and None in values):
        return False
    distinct = set(cast("list[int | str | None]", values)) - {None}
    return not any(_value_fault(column, value) for value in distinct)


def _entries(table: Table, entries: list[Entry]) -> Iterator[Problem]:
    columns = {column.name: column for column in table.columns}
    pointed_at = {"", *columns}
    required = [column for column in table.columns if column.required]
    for row, entry in enumerate(entries, 1):
        cells = entry.cells
        for name, value in cells.items():
            if value is not None and (fault := _cell_fault(columns, pointed_at, name, value)):
                yield fault.at(f"{table.name}/{entry.id or row}/{name}")
        for column in required:
            if cells.get(column.name) is None and not cells.get(f"na:{column.name}"):
                label = {"label": column.label}
                yield _Fault("required", label).at(f"{table.name}/{entry.id or row}/{column.name}")


def _cell_fault(
    figures: Mapping[str, Figure], pointed_at: set[str], name: str, value: Value
) -> _Fault | None:
    figure = figures.get(name)
    if figure is None:
        return _mark_fault(figures, pointed_at, name, value)
    if figure.computed is not None:
        return _Fault("computed", {"label": figure.label})
    return _value_fault(figure, value)


def _value_fault(figure: Figure, value: Value) -> _Fault | None:
    if reason := KINDS[figure.kind].fault(figure, value):
        return _Fault("value", {"label": figure.label, "reason": in_all(reason)})
    if figure.minimum is not None and _number(value) < _number(figure.minimum):
        return _limit_fault(figure, "minimum", figure.minimum)
    if figure.maximum is not None and _number(value) > _number(figure.maximum):
        return _limit_fault(figure, "maximum", figure.maximum)
    return None


def _limit_fault(figure: Figure, check: str, limit: str) -> _Fault:
    shown = Text(*(show(figure, limit, language) for language in LANGUAGES))
    return _Fault(check, {"label": figure.label, "limit": shown})


def _number(value: Value) -> Decimal | int:
    """A number to compare; whole ones stay what they are, as these are compared far quicker."""
    return value if isinstance(value, int) else _parsed(str(value))


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Decimal | int:
    number = Decimal(text)
    whole = int(number)
    return whole if whole == number else number


def _mark_fault(
    figures: Mapping[str, Figure], pointed_at: set[str], name: str, value: Value
) -> _Fault | None:
    """A remark, a reason, an override …; `plan.marks` knows them all."""
    if overridden := figures.get(name.removeprefix(OVERRIDE)):
        return _value_fault(overridden, value)
    if name.startswith(RETIRED):
        return None
    mark, cell = mark_of(name)
    if mark is None or not mark.points_at(cell, pointed_at):
        return _Fault("unknown", {})
    if reason := mark.fault(value):
        return _Fault("value", {"label": WORDS.label, "reason": in_all(reason)})
    return None
