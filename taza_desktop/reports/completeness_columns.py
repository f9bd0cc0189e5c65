"""The columns of the list of sheets: what each is called and what it says of a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from taza_desktop.i18n import N_, _
from taza_desktop.reports.board import Board, BoardRow, unopened
from taza_desktop.reports.states import STATES

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.completeness import SheetStatus

Sort = Literal["text", "count", "day"]
Cell = str | int | date | None
NAME, CODE, NUMBER, SHORT, LONG = 30, 12, 12, 20, 60  # widths in letters
STATE = N_("State")


class Seen(NamedTuple):
    """One line of the list."""

    row: BoardRow
    sheet: SheetStatus
    board: Board
    plan: Plan


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `title` is marked with `N_`."""

    title: str
    width: float
    sort: Sort
    value: Callable[[Seen], Cell]


def _region(seen: Seen) -> Cell:
    return str(seen.row.region.name) if seen.row.region else None


def _territory(seen: Seen) -> Cell:
    return str(seen.row.territory.name)


def _title(seen: Seen) -> Cell:
    return str(seen.plan.measures[seen.sheet.measure].title)


def _state(seen: Seen) -> Cell:
    return STATES[seen.sheet.state].name


def _late(seen: Seen) -> Cell:
    due = seen.sheet.due
    return (seen.board.on - due).days if seen.sheet.overdue and due else None


def _missing(seen: Seen) -> Cell:
    form = seen.plan.form(seen.sheet.measure)
    return "; ".join(str(form.figure(cell).label) for cell in seen.sheet.missing)


def _questions(seen: Seen) -> Cell:
    return "; ".join(str(problem.message) for problem in seen.sheet.problems)


def _judged(seen: Seen) -> Cell:
    said = seen.sheet.said
    return said.by if said and said.verdict else None


def _reason(seen: Seen) -> Cell:
    said = seen.sheet.said
    return "; ".join(filter(None, (said.reason, *said.remarks.values()))) if said else None


def _opened(seen: Seen) -> Cell:
    said = seen.sheet.said
    if unopened(seen.sheet):
        return _("not opened yet")
    return said.opened.strftime("%d.%m.%Y") if said and said.opened else None


def _sender(seen: Seen) -> Cell:
    source = seen.board.source(seen.sheet)
    return source.name if source else None


def _made(seen: Seen) -> Cell:
    source = seen.board.source(seen.sheet)
    return datetime.fromisoformat(source.made).date() if source else None


def _age(seen: Seen) -> Cell:
    age = seen.board.age(seen.sheet)
    return age if age >= 0 else None


COLUMNS = (
    Column(N_("Region"), NAME, "text", _region),
    Column(N_("Territory"), NAME, "text", _territory),
    Column(N_("Measure"), NUMBER, "count", lambda seen: seen.sheet.measure),
    Column(N_("KATO"), CODE, "text", lambda seen: seen.sheet.territory),
    Column(N_("Title"), LONG, "text", _title),
    Column(STATE, SHORT, "text", _state),
    Column(N_("Due"), CODE, "day", lambda seen: seen.sheet.due),
    Column(N_("Days late"), NUMBER, "count", _late),
    Column(N_("Entered"), NUMBER, "count", lambda seen: seen.sheet.cells.entered),
    Column(N_("Zero"), NUMBER, "count", lambda seen: seen.sheet.cells.zero),
    Column(N_("Not applicable"), NUMBER, "count", lambda seen: seen.sheet.cells.na),
    Column(N_("Missing"), NUMBER, "count", lambda seen: seen.sheet.cells.missing),
    Column(N_("Missing cells"), LONG, "text", _missing),
    Column(N_("Open questions"), LONG, "text", _questions),
    Column(N_("In conflict"), NUMBER, "count", lambda seen: seen.sheet.conflicts or None),
    Column(N_("Judged by"), NAME, "text", _judged),
    Column(N_("Why"), NAME, "text", _reason),
    Column(N_("Return opened"), SHORT, "text", _opened),
    Column(N_("Package of"), NAME, "text", _sender),
    Column(N_("Package made"), CODE, "day", _made),
    Column(N_("Days old"), NUMBER, "count", _age),
)
