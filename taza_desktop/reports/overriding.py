"""Totals that an office replaced: its value in place of the computed one, which is told beside."""

from __future__ import annotations

from typing import NamedTuple

from taza_desktop.plan.sheet import Sheet, Value
from taza_desktop.plan.totals import Total

MARK = "override:"


class Override(NamedTuple):
    """What an office put in place of a total, what the total was, and why."""

    value: Value
    computed: Value
    reason: str


def override(total: Total, own: Sheet | None) -> dict[str, Override]:
    """Put the values of the office's own sheet in place of the totals; by figure what was done.

    An override is a cell `override:<figure>` with its reason in `remark:override:<figure>`
    (docs/decisions/0003).
    """
    found: dict[str, Override] = {}
    if own is None:
        return found
    for name, value in own.cells.items():
        if name.startswith(MARK) and value is not None:
            figure = name.removeprefix(MARK)
            reason = own.cells.get(f"remark:{name}")
            found[figure] = Override(value, total.cells.get(figure), str(reason or ""))
            total.cells[figure] = value
            total.sources.setdefault(figure, [])
    return found
