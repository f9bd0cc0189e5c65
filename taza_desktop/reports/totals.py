"""Totals of one report, each added up once: for the text, the annexes and every language."""

from __future__ import annotations

from collections.abc import Sequence

from taza_desktop.plan.checks import computed
from taza_desktop.plan.form import Form
from taza_desktop.plan.sheet import Sheet, SheetKey
from taza_desktop.plan.totals import Total, add_up


class Totals:
    """Remembers what sheets give together, by their form and what they are all the sheets of."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], Total] = {}

    def of(self, form: Form, name: str, sheets: Sequence[Sheet]) -> Total:
        """The total of these sheets; the same name always stands for the same sheets."""
        key = (form.measure, name)
        if key not in self._known:
            self._known[key] = together(form, sheets) if sheets else Total()
        return self._known[key]


def together(form: Form, sheets: Sequence[Sheet]) -> Total:
    """The sheets added up; a single sheet as it is, with the figures that do not add up."""
    total = add_up(form, sheets)
    if len(sheets) == 1:
        total.cells = sheets[0].figures() | computed(form, sheets[0])
        keys: list[SheetKey] = [sheets[0].key]
        total.sources = dict.fromkeys(total.cells, keys)
    return total
