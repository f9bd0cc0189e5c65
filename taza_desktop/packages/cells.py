"""Step 9 of reading: records that the plan knows, and cells that are as they must be stored."""

from __future__ import annotations

from taza_desktop.packages import rights
from taza_desktop.packages.rights import Rights
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.cell_checks import cell_problems
from taza_desktop.plan.form import Form
from taza_desktop.plan.sheet import RETIRED, Cells, Entry, Sheet
from taza_desktop.register.ids import review_record, sheet_record
from taza_desktop.register.model import (
    ABOUT_PACKAGES,
    DELETED,
    PACKAGE,
    REVIEW,
    SHEET,
    Record,
    Revision,
)

_STORED = ("unknown", "computed", "value")  # the checks of a form that concern a single revision
_DERIVED = {SHEET: sheet_record, REVIEW: review_record}


def is_known(plan: Plan, record: Record) -> bool:
    """Whether there is such a table, and the record has the id that follows from its key.

    That of what is said about a package follows from the package's id, which is not told; it
    begins with the sender's territory.
    """
    measure, territory, _ = record.sheet
    if record.table == PACKAGE:
        return measure == ABOUT_PACKAGES and int.from_bytes(record.id[:4], "big") == int(territory)
    if not plan.has_form(measure):
        return False
    if derived := _DERIVED.get(record.table):
        return record.id == derived(record.sheet)
    return record.table in {table.name for table in plan.form(measure).tables}


def wrong(plan: Plan, record: Record, revision: Revision) -> str:
    """The first cell that is unknown or not stored as it must be; empty when all are fine."""
    cells: Cells = {cell: value for cell, value in revision.changes.items() if value is not None}
    if record.table in rights.CELLS:
        return next((name for name in cells if not _fits(record.table, name, cells)), "")
    return _wrong_in_form(plan.form(record.sheet.measure), record, cells)


def intruder(allowed: Rights, record: Record, revision: Revision) -> str:
    """The office that wrote a cell of a review or about a package that is not its own to write."""
    if record.table not in rights.CELLS:
        return ""
    office, about = revision.office, record.sheet.territory
    for name, value in revision.changes.items():
        cell = rights.cell_of(record.table, name)
        cleared = value is None and allowed.above(office, about)  # the answers to an older verdict
        if cell and not cleared and not cell.by(allowed, office, about):
            return office
    return ""


def _fits(table: str, name: str, cells: Cells) -> bool:
    cell = rights.cell_of(table, name)
    return name.startswith(RETIRED) or (cell is not None and cell.fits(cells[name]))


def _wrong_in_form(form: Form, record: Record, cells: Cells) -> str:
    sheet = Sheet(record.sheet, cells)
    if record.is_entry:
        if cells.pop(DELETED, True) is not True:
            return DELETED
        sheet = Sheet(record.sheet, {}, {record.table: [Entry(cells)]})
    found = (one.cell for one in cell_problems(form, sheet) if one.check in _STORED)
    return next(found, "")
