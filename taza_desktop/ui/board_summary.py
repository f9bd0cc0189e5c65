"""The line below the title of the board: how many are missing, how many late, until when. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from taza_desktop.i18n import _, language, ngettext
from taza_desktop.ui.wording import day

if TYPE_CHECKING:
    from taza_desktop.plan.rounds import Round
    from taza_desktop.reports.board import Board


def summary(board: Board, due: date, late_before: Mapping[Round, int]) -> str:
    """How the round stands in a few sentences; what is late of earlier rounds comes last."""
    missing, late = sum(row.owed for row in board.rows), sum(row.late for row in board.rows)
    complete = _("{complete} of {all} territories have sent everything.").format(
        complete=sum(not row.owed for row in board.rows), all=len(board.rows)
    )
    open_ = ngettext("{count} sheet is missing.", "{count} sheets are missing.", missing)
    overdue = ngettext("{count} of them is late.", "{count} of them are late.", late)
    told = (
        complete,
        open_.format(count=missing),
        overdue.format(count=late) if late else "",
        _until(due, board.on),
        _before(late_before),
    )
    return " ".join(filter(None, told))


def _until(due: date, on: date) -> str:
    """When the round is due, and how far that is."""
    late = (on - due).days
    if late > 0:
        says = ngettext(
            "It was due on {day}, {count} day ago.", "It was due on {day}, {count} days ago.", late
        )
        return says.format(day=day(due), count=late)
    says = ngettext(
        "It is due on {day}, in {count} day.", "It is due on {day}, in {count} days.", -late
    )
    return says.format(day=day(due), count=-late)


def _before(late: Mapping[Round, int]) -> str:
    """What is late of earlier rounds; blank when nothing is."""
    rounds = ", ".join(f"{it.name(language())}: {count}" for it, count in late.items())
    return _("Still late of earlier rounds: {rounds}.").format(rounds=rounds) if rounds else ""
