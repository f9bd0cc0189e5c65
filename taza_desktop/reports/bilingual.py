"""Tables of figures in several languages at once: every text in each of them, every number once."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from taza_desktop.reports.data_table import Annex, DataChart, DataColumn, DataTable, Typed

BETWEEN = " / "
_KATO = 1  # the column that tells rows apart, as their order follows the alphabet of a language
_Row = tuple[Typed, ...]


def together(annexes: Sequence[Sequence[Annex]]) -> tuple[Annex, ...]:
    """The annexes of one report in several languages as one; each language has the same ones."""
    first, *others = annexes
    joined = tuple(first)
    for other in others:
        joined = tuple(_annex(*pair) for pair in zip(joined, other, strict=True))
    return joined


def both(one: Typed, other: Typed) -> Typed:
    """A text in both languages; what is the same in both, or no text, once."""
    if one == other or not isinstance(one, str) or not isinstance(other, str):
        return one
    return f"{one}{BETWEEN}{other}"


def _text(one: str, other: str) -> str:
    return str(both(one, other))


def _annex(one: Annex, other: Annex) -> Annex:
    tables = (_table(*pair) for pair in zip(one.tables, other.tables, strict=True))
    charts = (_chart(*pair) for pair in zip(one.charts, other.charts, strict=True))
    return replace(
        one, title=_text(one.title, other.title), tables=tuple(tables), charts=tuple(charts)
    )


def _chart(one: DataChart, other: DataChart) -> DataChart:
    return replace(one, title=_text(one.title, other.title))


def _table(one: DataTable, other: DataTable) -> DataTable:
    return replace(
        one,
        title=_text(one.title, other.title),
        columns=tuple(_column(*pair) for pair in zip(one.columns, other.columns, strict=True)),
        rows=tuple(_rows(one.rows, other.rows)),
        total=_row(one.total, other.total),
    )


def _column(one: DataColumn, other: DataColumn) -> DataColumn:
    return replace(one, label=_text(one.label, other.label))


def _rows(ones: Sequence[_Row], others: Sequence[_Row]) -> Iterator[_Row]:
    """Each row with the one of the same territory; several of a territory keep their order."""
    waiting: defaultdict[Typed, deque[_Row]] = defaultdict(deque)
    for row in others:
        waiting[row[_KATO]].append(row)
    return (_row(row, waiting[row[_KATO]].popleft()) for row in ones)


def _row(one: _Row, other: _Row) -> _Row:
    return tuple(both(*pair) for pair in zip(one, other, strict=True))
