"""What the board shows: for every territory its sheets, the one that owes most first. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taza_desktop.plan.kazakh import fold, sort_key

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.rounds import Round
    from taza_desktop.plan.territories import Territory
    from taza_desktop.register.completeness import SheetStatus
    from taza_desktop.register.register import Register

ARRIVED = frozenset({"sent", "received"})


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One territory: its sheets by number of the measure, and how many have not arrived."""

    territory: Territory
    sheets: Mapping[int, SheetStatus]
    owed: int

    def matches(self, folded: str) -> bool:
        """Whether a folded text (`plan.kazakh.fold`) is in a name or begins the code."""
        name = self.territory.name
        names = (name.kk, name.ru, name.en)
        return self.territory.kato.startswith(folded) or any(folded in fold(n) for n in names)


@dataclass(frozen=True, slots=True)
class Board:
    """The rows, the measures across, and when each package behind a sheet was made (UTC text)."""

    rows: tuple[BoardRow, ...]
    measures: tuple[int, ...]
    made: Mapping[str, str]


def gather(register: Register, plan: Plan, round_: Round) -> Board:
    """The board of a register for one round."""
    from taza_desktop.register.completeness import status

    statuses = status(register, plan, round_.code)
    return Board(
        rows=rows_of(statuses, plan),
        measures=tuple(sorted({one.measure for one in statuses})),
        made={
            package.envelope.package_id: package.envelope.created
            for package in register.packages("in")
        },
    )


def rows_of(statuses: Iterable[SheetStatus], plan: Plan) -> tuple[BoardRow, ...]:
    """Rows by territory: who owes most comes first, equals in the order of the Kazakh alphabet."""
    by_territory: dict[str, dict[int, SheetStatus]] = {}
    for one in statuses:
        by_territory.setdefault(one.territory, {})[one.measure] = one
    rows = [
        BoardRow(plan.territories[kato], sheets, _owed(sheets.values()))
        for kato, sheets in by_territory.items()
    ]
    rows.sort(key=lambda row: (-row.owed, sort_key(row.territory.name.kk)))
    return tuple(rows)


def _owed(sheets: Iterable[SheetStatus]) -> int:
    return sum(sheet.state not in ARRIVED for sheet in sheets)
