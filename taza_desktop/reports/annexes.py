"""The figures and the entries of a measure by territory, as typed tables for the spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from taza_desktop.plan.catalogue import Measure
from taza_desktop.plan.checks import computed
from taza_desktop.plan.form import Figure, Form, Table
from taza_desktop.plan.kazakh import sort_key
from taza_desktop.plan.kinds import KINDS, show
from taza_desktop.plan.sheet import Cells, Sheet
from taza_desktop.reports.chart_data import FEWEST, by_branch, facts, is_ratio
from taza_desktop.reports.columns import head
from taza_desktop.reports.data_table import (
    Adds,
    Annex,
    DataChart,
    DataColumn,
    DataTable,
    Typed,
)
from taza_desktop.reports.overriding import spoken_for
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

WHO = 2  # columns that say who: the name and the code
MOST = 40  # bars that a chart can hold


def annex(scope: Scope, measure: Measure) -> Annex | None:
    """The tables of a measure; None when nothing was reported."""
    sheets = scope.sheets[measure.number]
    if not sheets or not scope.plan.has_form(measure.number):
        return None
    form = scope.plan.form(measure.number)
    title = f"{measure.number}. {measure.title.to(scope.lang)}"
    entries = (_entries(scope, table, sheets) for table in form.tables)
    figures = tuple(_figures(scope, form, sheets))
    tables = (*figures, *(it for it in entries if it.rows))
    return Annex(measure.number, title, tables, tuple(_charts(scope, form, figures)))


def _figures(scope: Scope, form: Form, sheets: Sequence[Sheet]) -> Iterator[DataTable]:
    """The sheets that count with their total; what they come to by the territory directly below,
    where that is not the same; the sheets that another one stands for."""
    total = scope.total(form.measure)
    silent = spoken_for(total)
    counted = [it for it in sheets if it.key not in silent]
    branches = scope.branches(form.measure)
    parted = any(len(own) > 1 for own in branches.values()) and len(branches) > 1
    columns = _columns(scope, form, form.figures)
    named = sorted(branches, key=lambda kato: sort_key(scope.name(kato)))
    main = DataTable(
        title=word("figures_by_territory", scope.lang),
        columns=columns,
        rows=tuple(_row(scope, form, it) for it in counted),
        total=_total(scope, form, word("total", scope.lang), None, total.cells),
    )
    yield _with_branches(scope, main, counted) if parted else main
    if parted:
        yield DataTable(
            title=word("figures_by_region" if scope.national else "figures_by_part", scope.lang),
            columns=columns,
            rows=(
                *_own_part(scope, form),
                *(_of_branch(scope, form, kato, branches[kato]) for kato in named),
            ),
            total=main.total,
            parts=0,
        )
    if silent:
        rows = tuple(_row(scope, form, it) for it in sheets if it.key in silent)
        yield DataTable(word("not_counted", scope.lang), columns, rows)


def _row(scope: Scope, form: Form, sheet: Sheet) -> tuple[Typed, ...]:
    cells = {**sheet.cells, **computed(form, sheet)}
    return (*_who(scope, sheet), *_typed(scope, form.figures, cells))


def _total(
    scope: Scope, form: Form, name: str, kato: str | None, cells: Cells
) -> tuple[Typed, ...]:
    """A line of a total; texts are not added up."""
    typed = zip(form.figures, _typed(scope, form.figures, cells), strict=True)
    return (name, kato, *(value if KINDS[it.kind].numeric else None for it, value in typed))


def _of_branch(scope: Scope, form: Form, kato: str, sheets: Sequence[Sheet]) -> tuple[Typed, ...]:
    cells = scope.totals.of(form, kato, sheets).cells
    return _total(scope, form, scope.name(kato), kato, cells)


def _own_part(scope: Scope, form: Form) -> Iterator[tuple[Typed, ...]]:
    """What the office of the territory itself reports."""
    if own := scope.own(form.measure):
        cells = {**own.cells, **computed(form, own)}
        kato = scope.territory.kato
        yield _total(scope, form, word("own_office", scope.lang), kato, cells)


def _with_branches(scope: Scope, table: DataTable, sheets: Sequence[Sheet]) -> DataTable:
    """The table with the territory directly below, or the office's own, in its last column."""
    key = "region" if scope.national else "part"
    branches = [scope.branch(it.key.territory) for it in sheets]
    names = [word("own_office", scope.lang) if it is None else scope.name(it) for it in branches]
    return replace(
        table,
        columns=(*table.columns, DataColumn(word(key, scope.lang))),
        rows=tuple((*row, name) for row, name in zip(table.rows, names, strict=True)),
        total=(*table.total, None),
    )


def _charts(scope: Scope, form: Form, tables: Sequence[DataTable]) -> Iterator[DataChart]:
    """Plan and fact side by side, for each fact that enough territories know."""
    table = next((at for at, it in enumerate(tables) if it.parts is not None), 0)
    if len(tables[table].rows) > MOST:
        return
    places = {figure.name: WHO + at for at, figure in enumerate(form.figures)}
    for fact in facts(form):
        known = by_branch(scope, form, fact)
        if sum(it.done is not None for it in known) >= FEWEST:
            planned = any(it.planned is not None for it in known)
            names = (*([fact.of or ""] if planned else ()), fact.name)
            key = "chart_bars" if planned else "by_territory"
            title = word(key, scope.lang, figure=head(scope, fact))
            yield DataChart(title, table, tuple(places[name] for name in names))


def _entries(scope: Scope, table: Table, sheets: Sequence[Sheet]) -> DataTable:
    return DataTable(
        title=table.label.to(scope.lang),
        columns=_columns(scope, None, table.columns),
        rows=tuple(
            (*_who(scope, sheet), *_typed(scope, table.columns, entry.cells))
            for sheet in sheets
            for entry in sheet.entries.get(table.name, ())
        ),
    )


def _columns(
    scope: Scope, form: Form | None, figures: tuple[Figure, ...]
) -> tuple[DataColumn, ...]:
    """Who it is about, then the figures; with the form also how they add up."""
    lang = scope.lang
    who = (DataColumn(word("territory", lang)), DataColumn(word("kato", lang)))
    places = {figure.name: WHO + at for at, figure in enumerate(figures)}
    return (
        *who,
        *(
            DataColumn(
                head(scope, it), KINDS[it.kind].numeric, _adds(form, it, places) if form else None
            )
            for it in figures
        ),
    )


def _adds(form: Form, figure: Figure, places: dict[str, int]) -> Adds | None:
    """How the figure adds up over territories; None where a spreadsheet cannot say it."""
    if figure.computed is not None:
        fact = next((it for it in facts(form) if is_ratio(figure, it)), None)
        return Adds("ratio", (places[fact.name], places[fact.of or ""])) if fact else None
    adding = figure.over_territories
    match adding.rule:
        case "sum" | "max" | "min":
            return Adds(adding.rule)
        case "mean":
            return Adds("mean", (places[adding.weight],) if adding.weight else ())
        case _:
            return None


def _who(scope: Scope, sheet: Sheet) -> tuple[str, str]:
    return scope.name(sheet.key.territory), sheet.key.territory


def _typed(scope: Scope, figures: tuple[Figure, ...], cells: Cells) -> Iterator[Typed]:
    """Numbers as they are stored, days as days, all else as it is shown; None where blank."""
    for figure in figures:
        value = cells.get(figure.name)
        if value is None:
            yield None
        elif KINDS[figure.kind].numeric and isinstance(value, int | str):
            yield value
        elif figure.kind == "date" and isinstance(value, str):
            yield date.fromisoformat(value)
        elif isinstance(value, list) and figure.kind != "choices":
            yield "; ".join(value)
        else:
            yield show(figure, value, scope.lang)
