"""The value of a figure in each territory of the map, worked out by the worker. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from taza_desktop.plan.form import Figure, Form

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.sheet import Cells, Sheet
    from taza_desktop.register.register import Register

NUMBERS = ("count", "decimal", "money", "percent")


class Asked(NamedTuple):
    """A figure of a measure; with `of_plan` its share of what was planned, in per cent."""

    measure: int
    figure: str
    of_plan: bool = False


def offered(form: Form) -> Iterator[tuple[Figure, Asked]]:
    """The figures of a form that are numbers, those with a plan also as a share of it."""
    for figure in form.figures:
        if figure.kind in NUMBERS:
            yield figure, Asked(form.measure, figure.name)
            if figure.of:
                yield figure, Asked(form.measure, figure.name, of_plan=True)


def values(
    register: Register, plan: Plan, round_: str, asked: Asked, units: Mapping[str, str]
) -> dict[str, Decimal]:
    """By unit of the map. `units` says to which unit a territory counts; the sheets of one unit are
    added up by the figure's own rule."""
    from taza_desktop.plan.checks import computed
    from taza_desktop.plan.totals import add_up

    form = plan.form(asked.measure)
    groups: dict[str, list[Sheet]] = {}
    for sheet in register.sheets(round_, asked.measure):
        if unit := units.get(sheet.key.territory):
            groups.setdefault(unit, []).append(sheet)
    found: dict[str, Decimal] = {}
    for unit, sheets in groups.items():
        alone = len(sheets) == 1
        cells = (
            {**sheets[0].cells, **computed(form, sheets[0])}
            if alone
            else add_up(form, sheets).cells
        )
        value = _value(form, cells, asked)
        if value is not None:
            found[unit] = value
    return found


def _value(form: Form, cells: Cells, asked: Asked) -> Decimal | None:
    value = _number(cells, asked.figure)
    if not asked.of_plan or value is None:
        return value
    planned = _number(cells, form.figure(asked.figure).of or "")
    return 100 * value / planned if planned else None


def _number(cells: Cells, name: str) -> Decimal | None:
    value = cells.get(name)
    return Decimal(value) if isinstance(value, int | str) else None
