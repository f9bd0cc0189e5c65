"""Where a round stands: how far the sheet of each territory and measure has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.checks import missing, others_of, problems
from taza_desktop.plan.form import Form
from taza_desktop.plan.overrides import speaks_for
from taza_desktop.plan.problems import Problem
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import STANDS_FOR, Sheet, SheetKey
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.completeness_cells import CellCounts, count
from taza_desktop.register.completeness_ways import NO_WAY, Way, ways
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_cells import ACCEPTED
from taza_desktop.register.reviewing_verdicts import Verdict, is_answered, verdicts

SheetState = Literal[
    "not_started", "draft", "ready", "sent", "received",
    "returned", "answered", "changed", "accepted",
]  # fmt: skip
HANDED_OVER = ("sent", "received", "answered", "changed", "accepted")


@dataclass(frozen=True)
class SheetStatus:
    """One sheet that must be filled in.

    `ready` has no problem that must be mended and nothing missing; `sent` went out as it stands;
    `received` came in `package`. `returned` has a remark that nobody answered yet, or answers that
    were not sent; `answered` came back; `changed` is not what was accepted any more.

    `said` what stands about it, None when nothing does; `conflicts` how many cells stand in
    conflict. `overdue` it is past the day `due` and was not handed over, or was returned and not
    handed over again; `due` is None when it may be filled in and nobody waits for it.
    """

    territory: str
    measure: int
    state: SheetState
    cells: CellCounts
    missing: list[str]
    find_problems: Callable[[], list[Problem]]
    package: str
    overdue: bool
    due: date | None = None
    said: Verdict | None = None
    conflicts: int = 0

    @cached_property
    def problems(self) -> list[Problem]:
        """What nobody mended or explained yet.

        Worked out when somebody asks, in any thread: about 0.2 ms, so a whole country takes
        seconds, and a board shows a part of it.
        """
        return self.find_problems()


@dataclass(frozen=True)
class _Seen:
    """What is looked at: a sheet, the one of the round before, and where those beside it are."""

    form: Form
    sheet: Sheet
    last: Sheet | None
    find: Callable[[SheetKey], Sheet | None]

    @property
    def begun(self) -> bool:
        """Whether anything was entered."""
        return bool(self.sheet.cells or self.sheet.entries)

    @cached_property
    def open_problems(self) -> list[Problem]:
        """What nobody mended or explained; nothing is wrong in a sheet that was not begun."""
        if not self.begun:
            return []
        others = others_of(self.form, self.sheet.key, self.find)
        found = problems(self.form, self.sheet, self.last, others)
        return [problem for problem in found if not problem.answered]

    def stops(self) -> bool:
        """Whether something is missing or must be mended."""
        return bool(missing(self.form, self.sheet)) or any(
            problem.level == "stop" for problem in self.open_problems
        )


class _Known(NamedTuple):
    """What the register knows of a sheet beside its cells; `own` is the office's own territory."""

    way: Way
    said: Verdict | None
    own: bool


class _Deadline(NamedTuple):
    """The day by which a sheet is waited for, and the day on which one asks."""

    due: date | None
    on: date | None

    @property
    def passed(self) -> bool:
        """Is it too late."""
        return self.due is not None and self.on is not None and self.on > self.due


def status(
    register: Register, plan: Plan, round: str, on: date | None = None, *, early: bool = False
) -> list[SheetStatus]:
    """Every sheet of the round that this office waits for or has, by territory and measure.

    `on` is the day that `overdue` is judged by; without it nothing is overdue. With `early` also
    those that may be filled in though nobody waits for them. Nobody waits for a territory that an
    office above stands for.
    """
    this = Round.parse(round)
    sheets = {sheet.key: sheet for sheet in register.sheets(round)}
    last = register.sheets_before(round)
    found_ways, said = ways(register, round), verdicts(register, round)
    speaking = [sheet for sheet in sheets.values() if sheet.cells.get(STANDS_FOR)]
    found: list[SheetStatus] = []
    for key in _keys(register, plan, this):
        form, due = plan.form(key.measure), plan.measures[key.measure].due(key.territory, this)
        if any(it.key.measure == key.measure and speaks_for(it, key.territory) for it in speaking):
            due = None
        if due is None and key not in sheets and not early:
            continue
        seen = _Seen(form, sheets.get(key, Sheet(key)), last.get(key), sheets.get)
        own = key.territory == register.office.territory
        known = _Known(found_ways.get(key, NO_WAY), said.get(key), own)
        found.append(_status(seen, known, _Deadline(due, on)))
    return found


def expected(plan: Plan, territory: str, round: str) -> list[int]:
    """The measures that a territory must answer in a round: those for which somebody waits."""
    this = Round.parse(round)
    numbers = fillable(plan, territory, round)
    return [number for number in numbers if plan.measures[number].due(territory, this)]


def fillable(plan: Plan, territory: str, round: str) -> list[int]:
    """The measures that a territory may answer in a round: those that have a form for it."""
    place, kind = plan.territories[territory], Round.parse(round).kind
    if not place.reported:
        return []
    return [
        number
        for number in plan.form_numbers()
        if (territory == REPUBLIC or plan.measures[number].answers(territory))
        and place.level in plan.form(number).filled_by
        and kind in plan.form(number).rounds
    ]


def _keys(register: Register, plan: Plan, round: Round) -> Iterator[SheetKey]:
    """The sheets that the office of this register and all below it may fill in."""
    for territory in plan.territories:
        if plan.territories.covers(register.office.territory, territory.kato):
            for measure in fillable(plan, territory.kato, round.code):
                yield SheetKey(measure, territory.kato, round.code)


def _status(seen: _Seen, known: _Known, deadline: _Deadline) -> SheetStatus:
    """One sheet."""
    form, sheet = seen.form, seen.sheet
    state = _judged(seen, known) or _state(seen, known)
    lacks = missing(form, sheet)
    return SheetStatus(
        territory=sheet.key.territory,
        measure=sheet.key.measure,
        state=state,
        cells=count(form, sheet, len(lacks)),
        missing=lacks,
        find_problems=lambda: seen.open_problems,
        package=known.way.package(state),
        overdue=deadline.passed and state not in HANDED_OVER,
        due=deadline.due,
        said=known.said,
        conflicts=known.way.conflicts,
    )


def _judged(seen: _Seen, known: _Known) -> SheetState | None:
    """The state that a verdict gives; None without one."""
    said = known.said
    if said is None or not said.verdict:
        return None
    if said.verdict == ACCEPTED:
        return "accepted" if said.fresh else "changed"
    if not is_answered(seen.form, seen.sheet, said):
        return "returned"
    if known.own:
        return "sent" if known.way.answer_went else "returned"
    return "answered"


def _state(seen: _Seen, known: _Known) -> SheetState:
    """How far a sheet has come that nobody judged."""
    way = known.way
    if not seen.begun:
        return "not_started"
    if way.came and not known.own:
        return "received"
    if (way.went or way.came) and not way.unsent:
        return "sent"
    return "draft" if seen.stops() else "ready"
