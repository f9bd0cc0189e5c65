"""The figures and the entries of a measure by territory, as typed tables for the spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from taza_desktop.plan.catalogue import Measure
from taza_desktop.plan.checks import computed
from taza_desktop.plan.form import Figure, Form, Table
from taza_desktop.plan.kinds import KINDS, show
from taza_desktop.plan.sheet import Cells, Sheet
from taza_desktop.plan.units import unit
from taza_desktop.reports.neutral import Annex, DataColumn, DataTable
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

Typed = int | str | None


def annex(scope: Scope, measure: Measure) -> Annex | None:
    """The tables of a measure; None when nothing was reported."""
    sheets = scope.sheets[measure.number]
    if not sheets or not scope.plan.has_form(measure.number):
        return None
    form = scope.plan.form(measure.number)
    title = f"{measure.number}. {measure.title.to(scope.lang)}"
    entries = (_entries(scope, table, sheets) for table in form.tables)
    figures = _figures(scope, form, sheets)
    return Annex(measure.number, title, (figures, *(it for it in entries if it.rows)))


def _figures(scope: Scope, form: Form, sheets: list[Sheet]) -> DataTable:
    total = scope.total(form.measure)
    return DataTable(
        title=word("figures_by_territory", scope.lang),
        columns=_columns(scope, form.figures),
        rows=tuple(
            (
                *_who(scope, sheet),
                *_typed(scope, form.figures, {**sheet.cells, **computed(form, sheet)}),
            )
            for sheet in sheets
        ),
        total=(word("total", scope.lang), None, *_typed(scope, form.figures, total.cells)),
    )


def _entries(scope: Scope, table: Table, sheets: list[Sheet]) -> DataTable:
    return DataTable(
        title=table.label.to(scope.lang),
        columns=_columns(scope, table.columns),
        rows=tuple(
            (*_who(scope, sheet), *_typed(scope, table.columns, entry.cells))
            for sheet in sheets
            for entry in sheet.entries.get(table.name, ())
        ),
    )


def _columns(scope: Scope, figures: tuple[Figure, ...]) -> tuple[DataColumn, ...]:
    lang = scope.lang
    who = (DataColumn(word("territory", lang)), DataColumn(word("kato", lang)))
    return (*who, *(DataColumn(_label(scope, it), KINDS[it.kind].numeric) for it in figures))


def _label(scope: Scope, figure: Figure) -> str:
    label = figure.label.to(scope.lang)
    return f"{label}, {unit(figure.unit).short.to(scope.lang)}" if figure.unit else label


def _who(scope: Scope, sheet: Sheet) -> tuple[str, str]:
    return scope.name(sheet.key.territory), sheet.key.territory


def _typed(scope: Scope, figures: tuple[Figure, ...], cells: Cells) -> Iterator[Typed]:
    """Numbers as they are stored, all else as it is shown; None where blank."""
    for figure in figures:
        value = cells.get(figure.name)
        if value is None:
            yield None
        elif KINDS[figure.kind].numeric and isinstance(value, int | str):
            yield value
        elif isinstance(value, list) and figure.kind != "choices":
            yield "; ".join(value)
        else:
            yield show(figure, value, scope.lang)
