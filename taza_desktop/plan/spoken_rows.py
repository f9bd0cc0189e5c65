"""The entries that a sentence tells: which of them as one, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeVar

from taza_desktop.plan.form import Figure
from taza_desktop.plan.kind_numbers import exact, stored
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.sheet import Cells, Value


class _HasCells(Protocol):
    @property
    def cells(self) -> Cells: ...


Row = TypeVar("Row", bound=_HasCells)


class ToldRow(NamedTuple):
    """An entry, or several that are told as one; `places` are their addresses."""

    cells: Cells
    places: tuple[str, ...]


def grouped(
    columns: Sequence[Figure], group: str | None, rows: Sequence[ToldRow]
) -> Sequence[ToldRow]:
    """One row for all that are alike in a column: numbers summed, of the rest the first."""
    if group is None:
        return rows
    alike: dict[str, list[ToldRow]] = {}
    for row in rows:
        alike.setdefault(str(row.cells.get(group)), []).append(row)
    numbers = [column for column in columns if KINDS[column.kind].numeric]
    return [
        ToldRow(
            {**same[0].cells, **{column.name: summed(column, same) for column in numbers}},
            tuple(place for row in same for place in row.places),
        )
        for same in alike.values()
    ]


def in_order(columns: Sequence[Figure], sort: str | None, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows by a column: a choice in the order of its list, blanks last."""
    column = next((column for column in columns if column.name == sort), None)
    if column is None:
        return rows
    places = {choice.key: place for place, choice in enumerate(column.choices)}

    def key(row: Row) -> tuple[bool, Decimal, str]:
        value = row.cells.get(column.name)
        if value is None or not KINDS[column.kind].numeric:
            return value is None, Decimal(places.get(str(value), 0)), str(value)
        return False, exact(value), ""

    return sorted(rows, key=key)


def summed(column: Figure, rows: Sequence[_HasCells]) -> Value:
    """The sum of a column; None when it is blank in all rows."""
    values = [value for row in rows if (value := row.cells.get(column.name)) is not None]
    return stored(sum(map(exact, values), Decimal(0))) if values else None
