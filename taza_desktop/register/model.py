"""What a register holds: records and their revisions, and whose register it is.

A register is a set of revisions; what a person sees is computed from that set and from nothing
else, so the order in which packages arrive cannot matter (docs/decisions/0001).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from taza_desktop.plan.sheet import Cells, SheetKey

Role = Literal["clerk", "region", "ministry"]
SHEET = ""  # the table name of a record that holds a sheet's figures
REVIEW = "review:"  # … that holds what was said about a sheet (docs/decisions/0003)
PACKAGE = "package:"  # … that holds what was said about a package
ABOUT_PACKAGES = 0  # the number that stands for a measure in the sheet key of such a record
OF_FORMS = "entry_of NOT GLOB '*:'"  # SQL: a record of figures, none of what was said about them
WITHDRAWN = "withdrawn"  # of a package: it was taken back
REASON = "reason"
DELETED = "deleted:"  # mark of an entry that was taken out: true; put back: blank


class Office(NamedTuple):
    """Whose register this is."""

    role: Role
    territory: str
    name: str


@dataclass(frozen=True, slots=True)
class Record:
    """What merging works on: a sheet's figures (`table` is SHEET) or one entry of a table.

    The id is a UUIDv8 of 16 bytes; that of a sheet's figures follows from the key, so that two
    clerks who fill in the same sheet mean the same record.
    """

    id: bytes
    sheet: SheetKey
    table: str = SHEET

    @property
    def is_entry(self) -> bool:
        """Whether it is a row of a table of a form."""
        return self.table not in (SHEET, REVIEW, PACKAGE)


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable state of a record: only the cells that it wrote; null blanks a cell."""

    id: bytes
    record: bytes
    parents: tuple[bytes, ...]  # what its author saw; several after a merge
    changes: Cells
    author: str  # name of the person
    office: str  # KATO code of the office the person works for
    made: str  # UTC, "2026-11-22T10:00:00Z"; shown to people, never decides anything
