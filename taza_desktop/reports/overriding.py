"""What an office puts beside a computed total, and the sheets that a total does not count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol, cast

from taza_desktop.plan.sheet import Sheet, SheetKey, Value
from taza_desktop.plan.totals import Total

MARK = "override:"


class Override(NamedTuple):
    """The value that an office puts beside a computed total, and why."""

    value: Value
    reason: str


class _LeftOut(Protocol):
    """What totals tell of a sheet that they do not count."""

    @property
    def sheet(self) -> SheetKey: ...


def overrides(own: Sheet | None) -> dict[str, Override]:
    """What the office of that sheet puts beside its totals, by figure; the totals stay as they are.

    An override is a cell `override:<figure>` with its reason in `remark:override:<figure>`
    (docs/decisions/0003).
    """
    cells = own.cells if own else {}
    return {
        name.removeprefix(MARK): Override(value, str(cells.get(f"remark:{name}") or ""))
        for name, value in cells.items()
        if name.startswith(MARK) and value is not None
    }


def spoken_for(total: Total) -> set[SheetKey]:
    """The sheets that another one stands for: they are in no total above their own territory."""
    return {one.sheet for one in cast("Iterable[_LeftOut]", getattr(total, "left_out", ()))}
