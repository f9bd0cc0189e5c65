"""The example's review: a sheet goes back, is answered and accepted; a conflict is settled.

The published facts stay what they are: the answer confirms a figure, and the settlement ends at it.
"""

from __future__ import annotations

from datetime import date

from taza_desktop.demo.facts import ROUND
from taza_desktop.i18n import _
from taza_desktop.merging.settle import settle
from taza_desktop.plan.sheet import SheetKey, Value
from taza_desktop.register import reviewing
from taza_desktop.register.register import Register

REGION = "550000000"
RETURNED = SheetKey(10, "551000000", ROUND)
DISPUTED = SheetKey(10, "551600000", ROUND)
_ASKED, _CHANGED = "bus_stations", "path_length"
_SLIPS = ("7.1", "1.07")  # of the coordinator, of the clerk


def give_back(region: Register) -> None:
    """The coordinator asks about a figure."""
    remark = _("Are these all stations, or only those opened in this year?")
    reviewing.return_sheet(region, RETURNED, {_ASKED: remark})


def reply(clerk: Register) -> None:
    """The clerk reads the return and answers in words."""
    reviewing.mark_opened(clerk, RETURNED, date.today())
    reviewing.answer_remark(clerk, RETURNED, _ASKED, _("As many as were published."))


def accept(region: Register) -> None:
    """The coordinator is content."""
    reviewing.accept(region, [RETURNED])


def disagree(region: Register, clerk: Register) -> Value:
    """Coordinator and clerk mistype one figure, and neither knows; returns the published one."""
    published = clerk.sheet(DISPUTED).cells[_CHANGED]
    for office, slip in zip((region, clerk), _SLIPS, strict=True):
        office.set_cell(DISPUTED, _CHANGED, slip)
    return published


def settle_at(region: Register, published: Value) -> None:
    """The coordinator settles it at what was published."""
    for conflict in region.conflicts():
        settle(region, conflict, published)
