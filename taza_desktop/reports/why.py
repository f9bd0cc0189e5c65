"""Why a figure is what it is: the sheets behind it, who said each of their cells, where from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.form import Figure, Form, Table
from taza_desktop.plan.overrides import LeftOut, Override, overrides
from taza_desktop.plan.programme import programme_of
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Sheet, SheetKey, Value
from taza_desktop.plan.template import COUNT
from taza_desktop.plan.totals import PlacedEntry, Total
from taza_desktop.register.past import Change
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_verdicts import Verdict, verdict
from taza_desktop.reports.neutral import Provenance
from taza_desktop.reports.origins import Origins
from taza_desktop.reports.totals import together


class Said(NamedTuple):
    """A cell and every value that it had, the latest first; `entry` is the id of its row."""

    cell: str
    entry: str
    value: Value
    past: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """A sheet that is counted in: what it gives, its cells, what was said about it."""

    sheet: SheetKey
    value: Value
    cells: tuple[Said, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Why:
    """A figure of a territory as it was computed, and all that it was computed from.

    Attributes:
        address: `planted`, `winners.count`, `winners.prize` or `winners/<entry>/prize`.
        figure: the figure or column that it is about; None of a number of entries.
        overrides: what offices put beside the computed value, higher ones first.
        left_out: sheets that an office above speaks for, so they count nothing.
    """

    measure: int
    territory: str
    round: str
    address: str
    figure: Figure | None
    value: Value
    overrides: tuple[Override, ...]
    behind: tuple[Behind, ...]
    left_out: tuple[LeftOut, ...]


def why(
    register: Register, plan: Plan, round: Round, territory: str, measure: int, figure: str
) -> Why:
    """What is behind a figure of the report on that territory (КАТО) and round.

    Raises Refusal PLAN-TERRITORY, PLAN-NO-FORM, WHY-NO-FIGURE, WHY-NO-ENTRY.
    """
    form, place = plan.form(measure), plan.territories[territory]
    about = _figure(form, figure)
    sheets = [
        sheet
        for sheet in register.sheets(round=round.code, measure=measure)
        if plan.territories.covers(place.kato, sheet.key.territory)
    ]
    total = together(form, sheets)
    origin = _origin(form, total, figure)
    by_key = {sheet.key: sheet for sheet in sheets}
    behind = (_behind(register, form, by_key[key], figure) for key in origin.sources)
    return Why(
        measure, place.kato, round.code, figure, about,
        origin.value, tuple(total.overrides.get(figure, ())), tuple(behind), tuple(total.left_out),
    )  # fmt: skip


def at_origin(register: Register, plan: Plan, printed: Provenance) -> Why:
    """The same of a figure that is printed somewhere: only the sheets of that place.

    Raises Refusal PLAN-NO-FORM, WHY-NO-FIGURE, WHY-NO-ENTRY.
    """
    form = plan.form(printed.measure)
    sheets = [register.sheet(key) for key in printed.sources]
    behind = (_behind(register, form, sheet, printed.figure) for sheet in sheets)
    first = printed.sources[0] if printed.sources else SheetKey(printed.measure, "", "")
    every = register.sheets(round=first.round, measure=form.measure) if first.round else []
    beside = overrides(every).get(printed.figure, [])
    stated = tuple(it for it in beside if it.value == printed.stated)
    return Why(
        printed.measure, first.territory if len(sheets) == 1 else "", first.round,
        printed.figure, _figure(form, printed.figure), printed.value, stated, tuple(behind), (),
    )  # fmt: skip


def _origin(form: Form, total: Total, address: str) -> Provenance:
    try:
        return Origins(form, total, {}).of((address,))
    except KeyError:
        raise Refusal(
            "WHY-NO-ENTRY",
            N_("The sheets of measure {measure} have no entry “{address}”."),
            measure=form.measure,
            address=address,
        ) from None


def _figure(form: Form, address: str) -> Figure | None:
    """The figure or column of an address; None of a number of entries."""
    table, _, rest = address.partition("/")
    column = rest.rpartition("/")[2]
    if not rest:
        table, _, column = address.partition(".")
    try:
        if not column:
            return form.figure(table)
        found = form.table(table)
        return None if column == COUNT else found.column(column)
    except KeyError:
        raise _no_figure(form, address) from None


def _no_figure(form: Form, address: str) -> Refusal:
    columns = (f"{it.name}.{column.name}" for it in form.tables for column in it.columns)
    names = (*(it.name for it in form.figures), *columns)
    return Refusal(
        "WHY-NO-FIGURE",
        N_("Measure {measure} has no figure “{figure}”. It has: {names}."),
        measure=form.measure,
        figure=address,
        names=", ".join(names),
    )


def _behind(register: Register, form: Form, sheet: Sheet, address: str) -> Behind:
    """What one sheet gives, with the past of the cells that it gives it from."""
    alone = together(form, [sheet])
    cells = tuple(_cells(register, form, sheet, alone, address))
    return Behind(sheet.key, _given(form, alone, address), cells, verdict(register, sheet.key))


def _given(form: Form, alone: Total, address: str) -> Value:
    """What the sheet alone has there; of an entry of another sheet nothing."""
    try:
        return Origins(form, alone, {}).of((address,)).value
    except KeyError:
        return None


def _cells(
    register: Register, form: Form, sheet: Sheet, alone: Total, address: str
) -> Iterator[Said]:
    """The typed cells of the sheet that an address is made of."""
    table, _, row = address.partition("/")
    if row:
        entry, _, column = row.rpartition("/")
        for found in _entries(form.table(table), alone):
            if entry in (found[0], found[1].id):
                yield _of_entry(register, sheet, found[1], column)
        return
    table, _, column = address.partition(".")
    if column:
        yield from _of_column(register, form, sheet, alone, (table, column))
    elif form.figure(table).computed is None:
        yield _of_sheet(register, sheet, table)
    else:
        yield from _of_computed(register, form, sheet, alone, table)


def _of_computed(
    register: Register, form: Form, sheet: Sheet, alone: Total, name: str
) -> Iterator[Said]:
    """The cells that a computed figure reads; through others down to what was typed."""
    for relation, column in sorted(programme_of(form).reads[name]):
        if relation == "sheet":
            yield from _cells(register, form, sheet, alone, column)
        elif relation in alone.entries:
            yield from _of_column(register, form, sheet, alone, (relation, column or COUNT))


def _of_column(
    register: Register, form: Form, sheet: Sheet, alone: Total, place: tuple[str, str]
) -> Iterator[Said]:
    """A column in every row that has it; a number of rows is told by their first cells."""
    table = form.table(place[0])
    for _, entry in _entries(table, alone):
        filled = [it.name for it in table.columns if entry.cells.get(it.name) is not None]
        names = filled[:1] if place[1] == COUNT else [name for name in filled if name == place[1]]
        for name in names:
            yield _of_entry(register, sheet, entry, name)


def _entries(table: Table, alone: Total) -> Iterator[tuple[str, PlacedEntry]]:
    rows: Sequence[PlacedEntry] = alone.entries.get(table.name, ())
    return ((str(number), entry) for number, entry in enumerate(rows, start=1))


def _of_sheet(register: Register, sheet: Sheet, cell: str) -> Said:
    return Said(cell, "", sheet.cells.get(cell), tuple(register.history(sheet.key, cell)))


def _of_entry(register: Register, sheet: Sheet, entry: PlacedEntry, column: str) -> Said:
    past = register.history(sheet.key, column, entry.id) if entry.id else []
    return Said(column, entry.id, entry.cells.get(column), tuple(past))
