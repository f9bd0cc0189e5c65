"""What the office of a territory puts beside its computed totals (docs/decisions/0003)."""

from __future__ import annotations

from taza_desktop.plan.overrides import Override
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.plan.totals import Total


def beside(total: Total, territory: str) -> dict[str, Override]:
    """By figure what that office puts beside the total; the total stays as it is."""
    return {
        figure: one
        for figure, given in total.overrides.items()
        for one in given
        if one.sheet.territory == territory
    }


def spoken_for(total: Total) -> set[SheetKey]:
    """The sheets that another one stands for: they are in no total above their own territory."""
    return {one.sheet for one in total.left_out}
