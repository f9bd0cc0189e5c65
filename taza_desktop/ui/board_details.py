"""What is known of a sheet, in words: its state, who sent it and when, what it lacks. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taza_desktop.i18n import _, ngettext
from taza_desktop.ui.board_states import LOOKS
from taza_desktop.ui.wording import day, moment

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.completeness import SheetStatus
    from taza_desktop.reports.board import Board, BoardRow

NAMED = 3  # of the missing cells; of more the number is said


def details(sheet: SheetStatus, board: Board, plan: Plan) -> Iterator[str]:
    """Line by line, the most urgent first."""
    yield f"{sheet.measure}. {plan.measures[sheet.measure].title}"
    yield LOOKS[sheet.state].name
    yield from _deadline(sheet, board)
    yield from _said(sheet)
    yield from _missing(sheet, plan)
    if count := sheet.conflicts:
        yield ngettext("{count} cell in conflict", "{count} cells in conflict", count).format(
            count=count
        )
    yield from (str(problem.message) for problem in sheet.problems)
    yield from _freshness(sheet, board)


def owes(row: BoardRow) -> str:
    """How many sheets a territory still owes, and how many of them are late, in words."""
    if not row.owed:
        return _("everything has arrived")
    says = ngettext("{count} sheet has not arrived", "{count} sheets have not arrived", row.owed)
    late = ngettext("{count} of them late", "{count} of them late", row.late)
    told = says.format(count=row.owed)
    return f"{told}, {late.format(count=row.late)}" if row.late else told


def _deadline(sheet: SheetStatus, board: Board) -> Iterator[str]:
    if sheet.due is None:
        return
    if not sheet.overdue:
        yield _("Due on {day}").format(day=day(sheet.due))
        return
    count = (board.on - sheet.due).days
    says = ngettext(
        "Late: it was due on {day}, {count} day ago",
        "Late: it was due on {day}, {count} days ago",
        count,
    )
    yield says.format(day=day(sheet.due), count=count)


def _said(sheet: SheetStatus) -> Iterator[str]:
    """Who judged it, why, and whether its office has read that."""
    said = sheet.said
    if said is None:
        return
    if said.conflict:
        yield _("Two offices judged it differently: to be settled")
    if not said.verdict:
        return
    yield _("Judged by {name}, {time}").format(name=said.by, time=moment(said.at))
    if said.reason:
        yield _("Why: {reason}").format(reason=said.reason)
    if said.verdict != "returned":
        return
    if count := len(said.remarks):
        says = ngettext(
            "{count} remark, {done} answered", "{count} remarks, {done} answered", count
        )
        yield says.format(count=count, done=len(said.answers))
    if said.opened is None:
        yield _("Return not opened yet")
    else:
        yield _("Return opened on {day}").format(day=day(said.opened))


def _missing(sheet: SheetStatus, plan: Plan) -> Iterator[str]:
    count = len(sheet.missing)
    if not count:
        return
    says = ngettext("{count} cell missing", "{count} cells missing", count).format(count=count)
    form = plan.form(sheet.measure)
    names = "; ".join(str(form.figure(cell).label) for cell in sheet.missing[:NAMED])
    yield f"{says}: {names}{' …' if count > NAMED else ''}"


def _freshness(sheet: SheetStatus, board: Board) -> Iterator[str]:
    source = board.source(sheet)
    if source is None:
        return
    yield _("From the package of {name}, {time}").format(name=source.name, time=moment(source.made))
    if count := board.age(sheet):
        yield ngettext("{count} day old", "{count} days old", count).format(count=count)
