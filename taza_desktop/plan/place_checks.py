"""The check that every form has of itself about places: they lie in the territory of the sheet."""

from __future__ import annotations

from collections.abc import Iterator

from taza_desktop.i18n import in_all
from taza_desktop.plan.form import Check, Figure, Form
from taza_desktop.plan.problems import BUILT_IN
from taza_desktop.plan.sheet import Cells, Sheet
from taza_desktop.plan.territories import Territories, Territory


def places_elsewhere(form: Form, sheet: Sheet) -> Iterator[tuple[Check, str | int]]:
    """A check, and the figure or the number of the row where it does not hold.

    To be explained, not refused: a winner may live next door, a project may be the region's.
    """
    from taza_desktop.plan.catalogue import load_plan  # the catalogue reads forms, and so checks

    known = load_plan().territories
    here = known.get(sheet.key.territory)
    if here is None:
        return
    for figure in form.figures:
        if _is_elsewhere(known, here, figure, sheet.cells):
            yield _check(figure, here), figure.name
    for table in form.tables:
        for column in table.columns:
            if column.kind == "place":
                for row, entry in enumerate(sheet.entries.get(table.name, ()), 1):
                    if _is_elsewhere(known, here, column, entry.cells):
                        yield _check(column, here, table.name), row


def _is_elsewhere(known: Territories, here: Territory, figure: Figure, cells: Cells) -> bool:
    value = cells.get(figure.name)
    if figure.kind != "place" or not isinstance(value, str):
        return False
    return value != here.kato and not known.covers(here.kato, value)


def _check(figure: Figure, here: Territory, table: str | None = None) -> Check:
    says = in_all(BUILT_IN["elsewhere"], label=figure.label, territory=here.name)
    return Check("elsewhere", "explain", "", says, figure.name, table)
