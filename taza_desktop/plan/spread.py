"""How a figure is spread over the sheets of many territories, to see which one stands out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.kind_numbers import exact, rounded, stored
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.sheet import Sheet, Value


class Spread(NamedTuple):
    """The smallest, middle and greatest value of a figure among so many sheets."""

    sheets: int
    least: Value
    middle: Value
    most: Value


def spreads(form: Form, sheets: Iterable[Sheet]) -> dict[str, Spread]:
    """By name, for every figure that is a number and stands in at least two of the sheets."""
    held = list(sheets)
    numeric = (each for each in form.figures if KINDS[each.kind].numeric and not each.computed)
    found = ((figure, _values(figure, held)) for figure in numeric)
    return {figure.name: _spread(figure, values) for figure, values in found if len(values) > 1}


def _values(figure: Figure, sheets: list[Sheet]) -> list[Decimal]:
    values = (sheet.cells.get(figure.name) for sheet in sheets)
    fault = KINDS[figure.kind].fault
    return sorted(exact(one) for one in values if one is not None and not fault(figure, one))


def _spread(figure: Figure, values: list[Decimal]) -> Spread:
    middle = rounded(figure, median(values))
    return Spread(len(values), stored(values[0]), middle, stored(values[-1]))
