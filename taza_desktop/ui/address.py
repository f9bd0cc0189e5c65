"""Where a cell stands on a form, and a text that its cell could not take."""

from __future__ import annotations

from typing import NamedTuple


class Address(NamedTuple):
    """An address taken apart; `table` and `entry` are empty for what belongs to the sheet."""

    table: str
    entry: str
    cell: str

    @classmethod
    def parse(cls, cell: str) -> Address:
        """Of a figure or a table, of a row, or of a cell of a row."""
        parts = cell.split("/")
        if len(parts) == 1:
            return cls("", "", cell)
        return cls(parts[0], parts[1], parts[2] if len(parts) > 2 else "")


class Mistyped(NamedTuple):
    """A text that its cell could not take; it stays on the screen and is never stored."""

    text: str
    says: str
