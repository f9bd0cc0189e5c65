"""How far the cells of one sheet are answered."""

from __future__ import annotations

from typing import NamedTuple

from taza_desktop.plan.form import Form
from taza_desktop.plan.sheet import Sheet, Value

_NUMBERS = ("count", "decimal", "money", "percent")


class CellCounts(NamedTuple):
    """The figures of a sheet that a person answers: with a value, with zero, as not applicable."""

    entered: int
    zero: int
    na: int
    missing: int


def count(form: Form, sheet: Sheet, lacking: int) -> CellCounts:
    """Figures by their sort of answer; computed ones are nobody's answer."""
    entered = zero = na = 0
    for figure in form.figures:
        if figure.computed is None:
            value = sheet.cells.get(figure.name)
            if value is None:
                na += bool(sheet.cells.get(f"na:{figure.name}"))
            elif figure.kind in _NUMBERS and _is_zero(value):
                zero += 1
            else:
                entered += 1
    return CellCounts(entered, zero, na, lacking)


def _is_zero(value: Value) -> bool:
    """Whether a number is none at all: 0, "0.00"."""
    return value == 0 or (isinstance(value, str) and not value.strip("0."))
