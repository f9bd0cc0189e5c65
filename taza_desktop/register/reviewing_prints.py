"""Fingerprints of what was judged: whether a sheet, or one cell of it, is still what it was."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import cast

from taza_desktop.plan.checks import computed
from taza_desktop.plan.form import Form
from taza_desktop.plan.sheet import Cells, Sheet, SheetKey
from taza_desktop.register.codec import cells_of, to_json, value_of
from taza_desktop.register.model import OF_FORMS, REVIEW
from taza_desktop.register.reviewing_cells import ANSWER
from taza_desktop.register.store import Store, condition

_DIGITS = 32
_SHOWN = f"""
SELECT measure, territory, round, entry_of, cells, coalesce(conflicts, '') FROM records
WHERE live AND {{}} AND ({OF_FORMS} OR entry_of = :review)
  AND (measure, territory, round)
    IN (SELECT measure, territory, round FROM records WHERE {{}} AND entry_of = :review)
ORDER BY measure, territory, round, id
"""
_Row = tuple[int, str, str, str, str, str]


def prints(
    register: Store, round: str, measure: int | None = None, territory: str | None = None
) -> dict[SheetKey, str]:
    """What each reviewed sheet of the round shows, its clerk's answers among it, as 32 hex digits.

    It follows from what is shown alone, so every register that shows the same has the same.
    """
    where, wanted = condition(round=round, measure=measure, territory=territory)
    rows = register.db.execute(_SHOWN.format(where, where), {**wanted, "review": REVIEW})
    by_sheet = groupby(cast("Iterable[_Row]", rows), key=itemgetter(0, 1, 2))
    return {SheetKey(*key): _digest(_said(row) for row in shown) for key, shown in by_sheet}


def print_of(register: Store, key: SheetKey) -> str:
    """The same of one sheet while it is judged: answers to the judgement before are gone then."""
    rows = register.db.execute(
        "SELECT measure, territory, round, entry_of, cells, coalesce(conflicts, '') FROM records"
        f" WHERE live AND measure = ? AND territory = ? AND round = ? AND {OF_FORMS} ORDER BY id",
        key,
    )
    return _digest(_said(row) for row in cast("Iterable[_Row]", rows))


def print_at(form: Form, sheet: Sheet, address: str) -> str:
    """What stands at an address: a cell with its marks, a row, a table, or ("") the whole sheet."""
    table, _, rest = address.partition("/")
    if not address:
        entries = {name: [row.cells for row in rows] for name, rows in sheet.entries.items()}
        return _digest([to_json(sheet.cells), to_json(entries)])
    if table in {known.name for known in form.tables}:
        entry, _, column = rest.partition("/")
        rows = [row for row in sheet.entries.get(table, ()) if not entry or row.id == entry]
        return _digest(to_json(_at(row.cells, column) if column else row.cells) for row in rows)
    return _digest([to_json(_at(sheet.cells | computed(form, sheet), address))])


def _at(cells: Cells, name: str) -> Cells:
    """A cell with the marks on it."""
    return {cell: value for cell, value in cells.items() if cell.rpartition(":")[2] == name}


def _said(row: _Row) -> str:
    """What counts of a record: of a review only what the clerk answered."""
    table, cells, conflicts = row[3:]
    if table != REVIEW:
        return f"{table}{cells}{conflicts}"
    if ANSWER not in cells and ANSWER not in conflicts:  # as of most; spares reading them
        return ""
    answers = {name: text for name, text in cells_of(cells).items() if name.startswith(ANSWER)}
    against = cast("list[str]", value_of(conflicts or "[]"))
    beside = [name for name in against if name.startswith(ANSWER)]
    return to_json([answers, beside]) if answers or beside else ""


def _digest(parts: Iterable[str]) -> str:
    """One hash over several texts; an empty one adds nothing."""
    import hashlib  # brings OpenSSL, which a start does without

    said = hashlib.sha256()
    for part in filter(None, parts):
        said.update(part.encode() + b"\n")
    return said.hexdigest()[:_DIGITS]
