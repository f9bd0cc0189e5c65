"""Cells of records by their names on the form, and their values as a form shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taza_desktop.i18n import LANGUAGES, NAMES, Language, Text, _, language
from taza_desktop.plan import kinds
from taza_desktop.register.model import DELETED

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.form import Figure
    from taza_desktop.plan.sheet import Value

BLANK = "—"


def figure_of(plan: Plan, measure: int, table: str, cell: str) -> Figure | None:
    """The figure behind a cell of a sheet (`table` empty) or an entry; None for a mark."""
    if not plan.has_form(measure):
        return None
    form = plan.form(measure)
    try:
        return form.table(table).column(cell) if table else form.figure(cell)
    except KeyError:
        return None


def cell_name(plan: Plan, measure: int, table: str, cell: str) -> str:
    """What a person calls the cell: its label, with the table's before it; marks in words."""
    name = _own_name(plan, measure, table, cell)
    label = _table_label(plan, measure, table)
    return f"{label} · {name}" if label else name


def show_value(plan: Plan, measure: int, table: str, cell: str, value: Value) -> str:
    """The value as the form shows it; a dash when there is none."""
    if cell == DELETED:
        return _("taken out") if value else _("there")
    if value is None:
        return BLANK
    figure = figure_of(plan, measure, table, cell)
    return kinds.show(figure, value, language()) if figure else str(value)


def _own_name(plan: Plan, measure: int, table: str, cell: str) -> str:
    if cell == DELETED:
        return _("Row")
    mark, colon, of = cell.partition(":")
    if not colon:
        return _label(plan, measure, table, cell)
    if mark == "sentence":
        return _("Sentence of the report ({language})").format(language=_language_name(of))
    says = _("Does not apply: {cell}") if mark == "na" else _("Remark: {cell}")
    return says.format(cell=_label(plan, measure, table, of) if of else _("whole sheet"))


def _label(plan: Plan, measure: int, table: str, cell: str) -> str:
    figure = figure_of(plan, measure, table, cell)
    return str(figure.label) if figure else cell


def _table_label(plan: Plan, measure: int, table: str) -> Text | str:
    if not table or not plan.has_form(measure):
        return table
    try:
        return plan.form(measure).table(table).label
    except KeyError:
        return table


def _language_name(code: str) -> str:
    known: dict[str, Language] = {each: each for each in LANGUAGES}
    return NAMES[known[code]] if code in known else code
