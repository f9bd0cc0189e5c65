"""What the board shows: for every territory its sheets, the one that owes most first. No Qt."""

from __future__ import annotations

from collections import Counter
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
    """One territory: its sheets by number of the measure, and how many have not arrived.

    `region` is named too where another row has the same name.
    """

    territory: Territory
    region: Territory | None
    sheets: Mapping[int, SheetStatus]
    owed: int
    repeats: bool

    def title(self) -> str:
        """The name in the language in force, with the region's when it is needed to tell."""
        told = self.repeats and self.region
        return f"{self.territory.name}, {told.name}" if told else str(self.territory.name)

    def matches(self, folded: str) -> bool:
        """Whether a folded text (`plan.kazakh.fold`) is in its name or its region's."""
        places = (self.territory, self.region) if self.region else (self.territory,)
        names = (name for place in places for name in place.name)
        return any(folded in fold(name) for name in names)


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
    territories = plan.territories
    names = Counter(territories[kato].name.ru for kato in by_territory)
    rows = [
        BoardRow(
            territories[kato],
            territories.region_of(kato),
            sheets,
            _owed(sheets.values()),
            names[territories[kato].name.ru] > 1,
        )
        for kato, sheets in by_territory.items()
    ]
    rows.sort(key=lambda row: (-row.owed, sort_key(row.territory.name.kk)))
    return tuple(rows)


def _owed(sheets: Iterable[SheetStatus]) -> int:
    return sum(sheet.state not in ARRIVED for sheet in sheets)
