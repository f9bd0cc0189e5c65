"""Where a printed value is from: the cell that it was said of, and the sheets behind that cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from taza_desktop.plan.form import Form
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.overrides import Override
from taza_desktop.plan.sheet import SheetKey, Value
from taza_desktop.plan.spoken import Piece
from taza_desktop.plan.spoken_rows import summed
from taza_desktop.plan.template import COUNT
from taza_desktop.plan.totals import PlacedEntry, Total
from taza_desktop.reports.neutral import Provenance, Run


class Origins:
    """The way back from what a total's sentences say to its sheets."""

    def __init__(self, form: Form, total: Total, overrides: Mapping[str, Override]) -> None:
        self._form = form
        self._total = total
        self._overrides = overrides

    def run(self, piece: Piece) -> Run:
        """A piece of a sentence, with the way back when it says cells."""
        return Run(piece.text, figure=self.of(piece.cells) if piece.cells else None)

    def of(self, cells: Sequence[str]) -> Provenance:
        """Of a figure, a column of a table, a cell of an entry, or such cells added up."""
        first = cells[0]
        table, _, row = first.partition("/")
        if row:
            return self._of_entries(table, cells)
        table, _, column = first.partition(".")
        if column:
            return self._of_column(table, column, first)
        value = self._total.cells.get(first)
        override = self._overrides.get(first)
        keys = self._total.sources.get(first, ())
        stated = override.value if override else None
        return Provenance(self._form.measure, first, value, tuple(keys), stated)

    def _of_entries(self, table: str, cells: Sequence[str]) -> Provenance:
        """Cells of one column; several are told as their sum or as the first of them."""
        column = cells[0].rpartition("/")[2]
        rows = [self._entries[cell.rpartition("/")[0]] for cell in cells]
        if len(rows) == 1:
            return self._provenance(cells[0], rows[0].cells.get(column), rows)
        return self._of_column(table, column, f"{table}.{column}", rows)

    def _of_column(
        self, table: str, column: str, address: str, among: Sequence[PlacedEntry] | None = None
    ) -> Provenance:
        every = self._total.entries.get(table, ()) if among is None else among
        if column == COUNT:
            return self._provenance(address, len(every), every)
        rows = [row for row in every if row.cells.get(column) is not None]
        figure = self._form.table(table).column(column)
        value = summed(figure, rows) if KINDS[figure.kind].numeric else None
        return self._provenance(address, value, rows)

    def _provenance(self, address: str, value: Value, rows: Sequence[PlacedEntry]) -> Provenance:
        keys: dict[SheetKey, None] = dict.fromkeys(row.origin for row in rows)
        return Provenance(self._form.measure, address, value, tuple(keys))

    @cached_property
    def _entries(self) -> dict[str, PlacedEntry]:
        """The entries by the address that a sentence gives them."""
        return {
            f"{table}/{entry.id or number}": entry
            for table, entries in self._total.entries.items()
            for number, entry in enumerate(entries, start=1)
        }
