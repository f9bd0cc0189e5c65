"""What is wrong with a sheet, what is missing in it, and what follows from what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from taza_desktop.i18n import in_all
from taza_desktop.plan.cell_checks import cell_problems, without_faults
from taza_desktop.plan.evaluate import FAILED, Answer
from taza_desktop.plan.form import Check, Form
from taza_desktop.plan.overrides import office_problems
from taza_desktop.plan.place_checks import places_elsewhere
from taza_desktop.plan.problems import BUILT_IN, Problem
from taza_desktop.plan.programme import programme_of
from taza_desktop.plan.sheet import Cells, Sheet, SheetKey

_NOBODY: Mapping[int, Sheet] = {}


def problems(
    form: Form,
    sheet: Sheet,
    last: Sheet | None = None,
    others: Mapping[int, Sheet] = _NOBODY,
) -> list[Problem]:
    """What is wrong with a sheet, cell by cell first, then by the form's checks in their order.

    `last` is the same sheet in the previous round of the year; `others` are those of other measures
    in the same territory and round (see `others_of`). A cell that is wrong in itself counts as
    blank for the checks, and a check that meets a blank holds.
    """
    found = list(cell_problems(form, sheet))
    if found:
        sheet = without_faults(form, sheet, found)
    found += office_problems(form, sheet)
    for check, where in places_elsewhere(form, sheet):
        found.append(_broken_at(check, sheet, where))
    programme = programme_of(form)
    given = programme.given(
        sheet.cells, sheet.entries, _last(form, last), sheet.key.round, _beside(form, others)
    )
    given = given.with_cells(programme.computed(given))
    for check, answer in zip(form.checks, programme.checked(given), strict=True):
        found += _broken(form, check, answer, sheet)
    return found


def others_of(
    form: Form, key: SheetKey, find: Callable[[SheetKey], Sheet | None]
) -> dict[int, Sheet]:
    """The sheets of other measures that the checks of a sheet look at, where there are any."""
    keys = (key._replace(measure=other.measure) for other in form.beside)
    return {it.measure: found for it in keys if (found := find(it)) is not None}


def missing(form: Form, sheet: Sheet) -> list[str]:
    """The required figures that are blank and not marked as not applicable."""
    return [
        figure.name
        for figure in form.figures
        if figure.required
        and sheet.cells.get(figure.name) is None
        and not sheet.cells.get(f"na:{figure.name}")
    ]


def computed(form: Form, sheet: Sheet, last: Sheet | None = None) -> Cells:
    """The computed figures of a sheet that are not blank."""
    programme = programme_of(form)
    before = last.cells if last else {}
    return programme.computed(programme.given(sheet.cells, sheet.entries, before, sheet.key.round))


def _last(form: Form, last: Sheet | None) -> Cells:
    """The cells of the sheet before, with its computed figures when a check reads them."""
    if last is None:
        return {}
    return {**last.cells, **computed(form, last)} if programme_of(form).last_matters else last.cells


def _beside(form: Form, others: Mapping[int, Sheet]) -> dict[int, Cells]:
    """The cells of the other sheets, with what is computed in them."""
    return {
        it.measure: {**sheet.cells, **computed(it, sheet)}
        for it in form.beside
        if (sheet := others.get(it.measure)) is not None
    }


def _broken(form: Form, check: Check, answer: Answer, sheet: Sheet) -> Iterator[Problem]:
    if answer is FAILED:
        yield _unfinished(form, check)
    elif check.each is None:
        if answer is not None and not answer:
            yield _broken_at(check, sheet, check.at or "")
    elif isinstance(answer, str | int):
        for row in sorted(map(int, str(answer).split(","))):
            yield _broken_entry(check, sheet, check.each, row)


def _broken_at(check: Check, sheet: Sheet, where: str | int) -> Problem:
    """The problem at a cell of the sheet, or in a row of the table that the check is about."""
    if isinstance(where, int):
        return _broken_entry(check, sheet, check.each or "", where)
    return Problem(check.level, check.name, where, check.says, _is_answered(check, sheet, where))


def _broken_entry(check: Check, sheet: Sheet, table: str, row: int) -> Problem:
    entry = sheet.entries[table][row - 1]
    cell = "/".join(filter(None, (table, entry.id or str(row), check.at)))
    marks = (f"remark:{check.at or ''}", "remark:")
    answered = check.level == "explain" and (
        any(entry.cells.get(mark) for mark in marks) or _is_answered(check, sheet, table)
    )
    return Problem(check.level, check.name, cell, check.says, answered)


def _is_answered(check: Check, sheet: Sheet, cell: str) -> bool:
    marks = (f"remark:{cell}", "remark:")
    return check.level == "explain" and any(sheet.cells.get(mark) for mark in marks)


def _unfinished(form: Form, check: Check) -> Problem:
    names = {figure.name: figure.label for figure in form.figures}
    names |= {table.name: table.label for table in form.tables}
    cell = check.each or check.at or ""
    message = in_all(BUILT_IN["unfinished"], label=names.get(cell, check.says))
    return Problem("stop", "unfinished", cell, message)
