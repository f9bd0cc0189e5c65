"""Typed tables for a spreadsheet: what stands in them, how totals follow, what charts show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Typed = int | str | date | None
"""A cell of a spreadsheet: numbers as int or decimal text, dates, other text; None is blank."""


@dataclass(frozen=True, slots=True)
class Adds:
    """How the total of a column follows from its rows.

    `of` are other columns: the weight of a mean; the part and the whole of a ratio, in per cent.
    """

    rule: Literal["sum", "max", "min", "mean", "ratio"]
    of: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of a data table: its label with the unit, and whether its values are numbers."""

    label: str
    number: bool = False
    adds: Adds | None = None


@dataclass(frozen=True, slots=True)
class DataTable:
    """Typed values for a spreadsheet.

    Attributes:
        total: the line below the rows.
        parts: the number of the table whose rows these sum up by its last column; their columns
            are the same but for that one.
    """

    title: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[Typed, ...], ...]
    total: tuple[Typed, ...] = ()
    parts: int | None = None


@dataclass(frozen=True, slots=True)
class DataChart:
    """Columns of a data table side by side as bars, by its first column; `table` is its number."""

    title: str
    table: int
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """The figures and the entries of one measure by territory."""

    measure: int
    title: str
    tables: tuple[DataTable, ...]
    charts: tuple[DataChart, ...] = ()
