"""Where a round stands, territory by territory: who is late comes first. For screen and paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from taza_desktop.plan.kazakh import fold, sort_key
from taza_desktop.plan.sheet import SheetKey

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.rounds import Round
    from taza_desktop.plan.territories import Territory
    from taza_desktop.register.completeness import SheetStatus
    from taza_desktop.register.register import Register

_OWED = frozenset({"not_started", "draft", "ready", "returned"})


class Source(NamedTuple):
    """The package that a sheet came with: who signed it, when it was made (UTC text)."""

    name: str
    made: str

    def age(self, on: date) -> int:
        """How many days old it is."""
        return (on - datetime.fromisoformat(self.made).date()).days


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One territory: its sheets by number of the measure, how many have not arrived, how many of
    those are late.

    `region` is named too where another row has the same name.
    """

    territory: Territory
    region: Territory | None
    sheets: Mapping[int, SheetStatus]
    owed: int
    late: int
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
    """The rows, the measures across, the packages by their id, the round and the day of asking.

    `questions` are the sheets known to have open problems; whoever shows a board finds them out bit
    by bit, as that takes seconds for a whole country.
    """

    rows: tuple[BoardRow, ...] = ()
    measures: tuple[int, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict[str, Source])
    round: str = ""
    on: date = date.min
    questions: set[SheetKey] = field(default_factory=set[SheetKey])

    def sheets(self) -> list[SheetStatus]:
        """All of them, row by row."""
        return [sheet for row in self.rows for sheet in row.sheets.values()]

    def unclear(self, sheet: SheetStatus) -> bool:
        """Whether it is known that a question is open about a sheet."""
        return sheet.conflicts > 0 or self.key(sheet) in self.questions

    def source(self, sheet: SheetStatus) -> Source | None:
        """The package behind a sheet."""
        return self.sources.get(sheet.package)

    def age(self, sheet: SheetStatus) -> int:
        """How many days ago the package behind a sheet was made; -1 without one."""
        source = self.source(sheet)
        return source.age(self.on) if source else -1

    def key(self, sheet: SheetStatus) -> SheetKey:
        """The key of one of its sheets."""
        return SheetKey(sheet.measure, sheet.territory, self.round)


def gather(register: Register, plan: Plan, round_: Round, on: date) -> Board:
    """The board of a register for one round as it stands on a day."""
    from taza_desktop.register.completeness import status

    statuses = status(register, plan, round_.code, on)
    return Board(
        rows=rows_of(statuses, plan),
        measures=tuple(sorted({one.measure for one in statuses})),
        sources={
            package.envelope.package_id: Source(package.signer.name, package.envelope.created)
            for direction in ("out", "in")
            for package in register.packages(direction)
        },
        round=round_.code,
        on=on,
    )


def late_before(register: Register, plan: Plan, round_: Round, on: date) -> dict[Round, int]:
    """How many sheets of earlier rounds are still late, by round; of those the register knows."""
    from taza_desktop.plan.rounds import Round
    from taza_desktop.register.completeness import status

    held = {Round.parse(key.round) for key in register.sheet_keys()}
    earlier = sorted((it for it in held if it.end < round_.end), key=lambda it: it.end)
    late = {it: sum(one.overdue for one in status(register, plan, it.code, on)) for it in earlier}
    return {it: count for it, count in late.items() if count}


def rows_of(statuses: Iterable[SheetStatus], plan: Plan) -> tuple[BoardRow, ...]:
    """Rows by territory: who is late with most comes first, then who owes most; equals in the
    order of the Kazakh alphabet."""
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
            sum(owed(sheet) for sheet in sheets.values()),
            sum(sheet.overdue for sheet in sheets.values()),
            names[territories[kato].name.ru] > 1,
        )
        for kato, sheets in by_territory.items()
    ]
    rows.sort(key=lambda row: (-row.late, -row.owed, sort_key(row.territory.name.kk)))
    return tuple(rows)


def owed(sheet: SheetStatus) -> bool:
    """Whether the office of its territory still has to send it."""
    return sheet.state in _OWED


def unopened(sheet: SheetStatus) -> bool:
    """Whether it was sent back and its office has not read that yet, as far as is known here."""
    said = sheet.said
    return said is not None and said.verdict == "returned" and said.opened is None
