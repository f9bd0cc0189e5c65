"""What is due: what came back first, then the sheets of this office in the order of the plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from taza_desktop.i18n import Text
from taza_desktop.plan.sheet import SheetKey

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

RETURNED = Text(kk="Қайтарылғандар", ru="Возвращённые", en="Returned")
DONE = ("ready", "sent", "received", "accepted")


class DueRow(NamedTuple):
    """A measure that this office answers for; `stops` must be mended, `questions` want a remark.

    `due` is None when the sheet may be filled in and nobody waits for it in this round.
    """

    key: SheetKey
    direction: Text
    title: Text
    state: str
    due: date | None
    overdue: bool
    missing: int
    stops: int
    questions: int


class DueList(NamedTuple):
    """The rows, and how many measures of this office have no form in this program yet."""

    rows: list[DueRow]
    without_form: int


def due_list(register: Register, context: Context) -> DueList:
    """The sheets that this office itself fills in; runs where the register lives."""
    from taza_desktop.register.completeness import status

    plan, own = context.plan, context.office.territory
    directions = {direction.number: direction.title for direction in plan.directions}
    rows = [
        DueRow(
            SheetKey(found.measure, own, context.round.code),
            directions[plan.measures[found.measure].direction],
            plan.measures[found.measure].title,
            found.state,
            found.due,
            found.overdue,
            len(found.missing),
            sum(problem.level == "stop" for problem in found.problems),
            sum(problem.level == "explain" for problem in found.problems),
        )
        for found in status(register, plan, context.round.code, date.today(), early=True)
        if found.territory == own
    ]
    rows.sort(key=lambda row: (plan.measures[row.key.measure].direction, row.key.measure))
    returned = [row._replace(direction=RETURNED) for row in rows if row.state == "returned"]
    others = [row for row in rows if row.state != "returned"]
    return DueList(returned + others, _without_form(plan, own))


def count(register: Register, context: Context) -> tuple[int, int]:
    """How many of the sheets that this office waits for are ready or further: (ready, all)."""
    from taza_desktop.register.completeness import status

    found = status(register, context.plan, context.round.code)
    return sum(each.state in DONE for each in found), len(found)


def _without_form(plan: Plan, own: str) -> int:
    answered = (measure for measure in plan.measures.values() if measure.answers(own))
    return sum(not plan.has_form(measure.number) for measure in answered)
