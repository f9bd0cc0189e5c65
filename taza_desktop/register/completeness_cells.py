"""How far the cells of one sheet are answered."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from taza_desktop.plan.form import Figure, Form
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
    typed = [figure for figure in form.figures if not figure.computed]
    values = {figure.name: sheet.cells.get(figure.name) for figure in typed}
    zero = sum(_is_zero(figure, values[figure.name]) for figure in typed)
    entered = sum(value is not None for value in values.values()) - zero
    na = sum(
        value is None and bool(sheet.cells.get(f"na:{name}")) for name, value in values.items()
    )
    return CellCounts(entered, zero, na, lacking)


def _is_zero(figure: Figure, value: Value) -> bool:
    return figure.kind in _NUMBERS and isinstance(value, int | str) and Decimal(value) == 0
