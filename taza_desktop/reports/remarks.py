"""The remarks that explain unusual figures, as lines below the text of a measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from taza_desktop.i18n import Text
from taza_desktop.plan.checks import others_of, problems
from taza_desktop.plan.form import Form
from taza_desktop.plan.problems import Problem
from taza_desktop.plan.sheet import Cells, Sheet, SheetKey
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

MARK = "remark:"


class Remark(NamedTuple):
    """What an office answered to a figure that had to be explained; `cell` is its address."""

    sheet: SheetKey
    cell: str
    text: str


def remarks(scope: Scope, form: Form, sheets: Iterable[Sheet]) -> Iterator[Remark]:
    """The answers to the figures that had to be explained, each once a sheet."""
    for sheet in sheets:
        if not _has_remarks(sheet):
            continue
        said: set[str] = set()
        others = others_of(form, sheet.key, scope.find)
        for problem in problems(form, sheet, scope.last.get(sheet.key), others):
            text = _answer(sheet, problem)
            if text and text not in said:
                said.add(text)
                yield Remark(sheet.key, problem.cell, text)


def _has_remarks(sheet: Sheet) -> bool:
    """Whether anything is remarked at all: it spares most sheets their checks."""
    entries = (entry.cells for rows in sheet.entries.values() for entry in rows)
    return any(name.startswith(MARK) for cells in (sheet.cells, *entries) for name in cells)


def _answer(sheet: Sheet, problem: Problem) -> str | None:
    """The remark nearest to the cell: on the cell, its row, its table, the whole sheet."""
    if not (problem.level == "explain" and problem.answered):
        return None
    table, row, column = (*problem.cell.split("/"), "", "")[:3]
    places: list[tuple[Cells, str]] = [(sheet.cells, problem.cell)]
    if row:
        entry = _entry(sheet, table, row)
        places += [(entry, column), (entry, ""), (sheet.cells, table)]
    places.append((sheet.cells, ""))
    answers = (cells.get(f"{MARK}{cell}") for cells, cell in places)
    return next((it for it in answers if isinstance(it, str) and it), None)


def _entry(sheet: Sheet, table: str, row: str) -> Cells:
    for number, entry in enumerate(sheet.entries.get(table, ()), start=1):
        if row in (entry.id, str(number)):
            return entry.cells
    return {}


def say(scope: Scope, form: Form, remark: Remark) -> str:
    """«Арал ауданы, «Отырғызылды»: …», as a footnote says it."""
    label = _label(form, remark.cell)
    return word(
        "remark_of" if label is not None else "remark_of_sheet",
        scope.lang,
        territory=scope.name(remark.sheet.territory),
        figure=label.to(scope.lang) if label is not None else "",
        remark=remark.text.strip().rstrip(".") + ".",
    )


def _label(form: Form, cell: str) -> Text | None:
    """The label of a cell: of a figure, or in a table of its column."""
    table, _, place = cell.partition("/")
    with suppress(KeyError):
        if not place:
            return form.figure(cell).label
        return form.table(table).column(place.rpartition("/")[2]).label
    return None
