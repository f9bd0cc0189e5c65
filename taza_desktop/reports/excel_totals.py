"""Totals as formulas of a spreadsheet; where a formula would give something else, the number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from taza_desktop.reports.data_table import Adds, DataTable, Typed

TENTH = Decimal("0.1")  # a per cent has one digit after the comma
Row = Sequence[Typed]


class Formula(NamedTuple):
    """What stands in a cell behind the sign of equality, and the number that it gives."""

    text: str
    gives: int | str


class Place(NamedTuple):
    """The rows of a table in its sheet, the first and the last, from 1."""

    first: int
    last: int

    def cells(self, at: int) -> str:
        """Those of a column, from 0."""
        return f"{letters(at)}{self.first}:{letters(at)}{self.last}"

    def fixed(self, at: int) -> str:
        """The same for a formula that is copied elsewhere."""
        return f"${letters(at)}${self.first}:${letters(at)}${self.last}"

    def total(self, at: int) -> str:
        """The cell below them."""
        return f"{letters(at)}{self.last + 1}"


def letters(at: int) -> str:
    """The letters of a column, from 0."""
    more, rest = divmod(at, 26)
    return (letters(more - 1) if more else "") + chr(ord("A") + rest)


def totals(table: DataTable, place: Place) -> list[Typed | Formula]:
    """The line of totals below rows at that place."""
    return [_total(table, place, at, value) for at, value in enumerate(table.total)]


def of_parts(
    table: DataTable, source: DataTable, place: Place, row: int
) -> Iterator[list[Typed | Formula]]:
    """The rows, from number `row`, of a table that sums up those of `source` by its last column."""
    by = len(source.columns) - 1
    for number, values in enumerate(table.rows, start=row):
        own = [it for it in source.rows if it[by] == values[0]]
        yield [
            Formula(f"SUMIF({place.fixed(by)},$A{number},{place.fixed(at)})", value)
            if isinstance(value, int | str)
            and _rule(table, at) == "sum"
            and _sum(_numbers(own, at)) == _number(value)
            else value
            for at, value in enumerate(values)
        ]


def _total(table: DataTable, place: Place, at: int, value: Typed) -> Typed | Formula:
    adds = table.columns[at].adds
    if adds is None or not isinstance(value, int | str):
        return value
    if _worked_out(adds, table, at) != _number(value):
        return value
    return Formula(_SAYS[adds.rule](adds, at, place), value)


def _worked_out(adds: Adds, table: DataTable, at: int) -> Decimal | None:
    """What the formula gives."""
    if adds.rule == "ratio":
        part, whole = (_number(table.total[it]) for it in adds.of)
        return _rounded(100 * part / whole) if part is not None and whole else None
    if adds.rule == "mean":
        return _mean(adds, table.rows, at)
    values = _numbers(table.rows, at)
    return _GIVES[adds.rule](values) if values else None


def _mean(adds: Adds, rows: Iterable[Row], at: int) -> Decimal | None:
    pairs = [
        (value, weight)
        for row in rows
        if (value := _number(row[at])) is not None
        and (weight := _number(row[adds.of[0]]) if adds.of else Decimal(1)) is not None
    ]
    weights = _sum([weight for _, weight in pairs])
    return (
        _rounded(_sum([value * weight for value, weight in pairs]) / weights) if weights else None
    )


def _rule(table: DataTable, at: int) -> str:
    adds = table.columns[at].adds
    return adds.rule if adds else ""


def _sum(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _numbers(rows: Iterable[Row], at: int) -> list[Decimal]:
    return [it for row in rows if (it := _number(row[at])) is not None]


def _number(value: Typed) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | str) else None


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(TENTH, ROUND_HALF_UP)


def _say_mean(adds: Adds, at: int, place: Place) -> str:
    if not adds.of:
        return f"ROUND(AVERAGE({place.cells(at)}),1)"
    values, weights = place.cells(at), place.cells(adds.of[0])
    return f'ROUND(SUMPRODUCT({values},{weights})/SUMIF({values},"<>",{weights}),1)'


def _say_ratio(adds: Adds, _at: int, place: Place) -> str:
    part, whole = map(place.total, adds.of)
    return f"ROUND(100*{part}/{whole},1)"


_GIVES: dict[str, Callable[[Sequence[Decimal]], Decimal]] = {"sum": _sum, "max": max, "min": min}
_SAYS: dict[str, Callable[[Adds, int, Place], str]] = {
    "sum": lambda _, at, place: f"SUM({place.cells(at)})",
    "max": lambda _, at, place: f"MAX({place.cells(at)})",
    "min": lambda _, at, place: f"MIN({place.cells(at)})",
    "mean": _say_mean,
    "ratio": _say_ratio,
}
