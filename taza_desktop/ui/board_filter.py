"""Which sheets of a board stand out: by state, by deadline, by age. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from taza_desktop.i18n import N_, _, gettext, ngettext
from taza_desktop.plan.kazakh import fold
from taza_desktop.reports.board import Board, BoardRow, owed, unopened
from taza_desktop.reports.states import STATES

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.completeness import SheetStatus

AGES = (7, 30, 90)  # days
Takes = Callable[["SheetStatus", Board], bool]


class Filter(NamedTuple):
    """A part of a territory's name, a direction of the plan (0: all), one of `wishes()`."""

    text: str = ""
    direction: int = 0
    wish: str = ""


def _in_state(state: str) -> Takes:
    return lambda sheet, _board: sheet.state == state


def _older(days: int) -> Takes:
    return lambda sheet, board: board.age(sheet) > days


_BY_DEADLINE: dict[str, tuple[str, Takes]] = {
    "late": (N_("Late"), lambda sheet, _board: sheet.overdue),
    "owed": (N_("Not sent yet"), lambda sheet, _board: owed(sheet)),
    "unclear": (N_("With open questions"), lambda sheet, board: board.unclear(sheet)),
    "conflict": (N_("With cells in conflict"), lambda sheet, _board: sheet.conflicts > 0),
    "unopened": (N_("Return not opened yet"), lambda sheet, _board: unopened(sheet)),
}
_TAKES: dict[str, Takes] = {
    **{wish: takes for wish, (_says, takes) in _BY_DEADLINE.items()},
    **{state: _in_state(state) for state in STATES},
    **{f"older{days}": _older(days) for days in AGES},
}


def wishes() -> list[tuple[str, str]]:
    """What can be asked for, as (key, words in the language in force)."""
    return [
        ("", _("All sheets")),
        *((wish, gettext(says)) for wish, (says, _takes) in _BY_DEADLINE.items()),
        *((state, _("State: {state}").format(state=it.name)) for state, it in STATES.items()),
        *((f"older{days}", _says_older(days)) for days in AGES),
    ]


def _says_older(days: int) -> str:
    says = ngettext("Package older than {count} day", "Package older than {count} days", days)
    return says.format(count=days)


class Sieve:
    """A filter applied to one board."""

    def __init__(self, filter_: Filter, board: Board, plan: Plan | None) -> None:
        self._board, self._plan = board, plan
        self._direction, self._takes = filter_.direction, _TAKES.get(filter_.wish)
        self._text = fold(filter_.text)
        self.picky = self._takes is not None

    def measures(self) -> tuple[int, ...]:
        """The measures of the direction."""
        return tuple(number for number in self._board.measures if self._has(number))

    def rows(self) -> tuple[BoardRow, ...]:
        """The territories by name that have a sheet which stands out."""
        shown = set(self.measures())
        return tuple(
            row
            for row in self._board.rows
            if row.matches(self._text)
            and any(self.takes(sheet) for number, sheet in row.sheets.items() if number in shown)
        )

    def takes(self, sheet: SheetStatus) -> bool:
        """Whether a sheet stands out."""
        return self._takes is None or self._takes(sheet, self._board)

    def _has(self, measure: int) -> bool:
        plan, direction = self._plan, self._direction
        return not direction or (plan is not None and plan.measures[measure].direction == direction)
