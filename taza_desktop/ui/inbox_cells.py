"""Cells of records by their names on the form, and their values as a form shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taza_desktop.i18n import LANGUAGES, NAMES, Language, Text, _, language
from taza_desktop.plan import kinds
from taza_desktop.register.model import DELETED
from taza_desktop.ui.said_cells import mark_of, name_of

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
    mark = mark_of(cell) if table.endswith(":") or ":" in cell else None
    if mark is not None and mark.show is not None:
        return mark.show(value)
    figure = figure_of(plan, measure, table, cell)
    return kinds.show(figure, value, language()) if figure else str(value)


def _own_name(plan: Plan, measure: int, table: str, cell: str) -> str:
    if cell == DELETED:
        return _("Row")
    kind, colon, of = cell.partition(":")
    if not colon and not table.endswith(":"):
        return _label(plan, measure, table, cell)
    if kind == "sentence":
        return _("Sentence of the report ({language})").format(language=_language_name(of))
    mark = mark_of(cell)
    if mark is None:
        return cell
    return name_of(mark, address_name(plan, measure, table, of) if of else _("whole sheet"))


def address_name(plan: Plan, measure: int, table: str, address: str) -> str:
    """What an address is called, wherever it is written: in its own table or in a review."""
    own, slash, rest = address.partition("/")
    if slash:
        return _label(plan, measure, own, rest.rpartition("/")[2])
    return _label(plan, measure, "" if table.endswith(":") else table, address)


def _label(plan: Plan, measure: int, table: str, cell: str) -> str:
    figure = figure_of(plan, measure, table, cell)
    return str(figure.label) if figure else cell


def _table_label(plan: Plan, measure: int, table: str) -> Text | str:
    if not table or table.endswith(":") or not plan.has_form(measure):
        return ""
    try:
        return plan.form(measure).table(table).label
    except KeyError:
        return ""


def _language_name(code: str) -> str:
    known: dict[str, Language] = {each: each for each in LANGUAGES}
    return NAMES[known[code]] if code in known else code
