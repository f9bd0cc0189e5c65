"""One form × one territory × one round, filled in: the plain value that every layer passes around.

A value is JSON without floats: a whole number is an int, any other number a string with a point
("374.6"), a date "2024-10-31", a place its KATO code, a choice its key, several choices a list of
keys, an attachment {"sha256", "name", "type", "size"}. A blank cell has no key at all.

Besides its figures a record has marks, each a cell of its own when it is merged:
`remark:planted` a comment pinned to a cell (`remark:` alone: to the whole sheet), `na:planted` the
reason why a cell does not apply, `sentence:ru` the report's sentence as edited by hand; all of them
are in `plan.marks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Value = int | str | list[str] | Mapping[str, object] | None
Cells = dict[str, Value]
OVERRIDE = "override:"  # … and a figure: what an office puts beside a computed total
STANDS_FOR = "stands_for:"  # the territories that a region's own sheet stands for
SAME = "same:"  # of a row taken out: the row that says the same and stays
APART = "apart:"  # … and a row: it looks alike and is not the same; why
RETIRED = "retired:"  # … and a cell that the form no longer has (see `plan.upgrades`)


class SheetKey(NamedTuple):
    """Which sheet: number of the measure, KATO code of the territory, code of the round."""

    measure: int
    territory: str
    round: str


@dataclass(slots=True)
class Entry:
    """One row of a table; `id` is 32 hex digits, empty while the row was never stored."""

    cells: Cells = field(default_factory=dict)
    id: str = ""


@dataclass(slots=True)
class Sheet:
    """The figures (with their marks) and the entries of a sheet."""

    key: SheetKey
    cells: Cells = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)

    def figures(self) -> Cells:
        """The cells without the marks."""
        return {name: value for name, value in self.cells.items() if ":" not in name}

    def marks(self, mark: str) -> dict[str, str]:
        """The marks of one sort by cell, e.g. `marks("remark:")` → {"planted": "…"}."""
        return {
            name.removeprefix(mark): value
            for name, value in self.cells.items()
            if name.startswith(mark) and isinstance(value, str)
        }
