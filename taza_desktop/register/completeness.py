"""Where a round stands: how far the sheet of each territory and measure has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, cast

from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.checks import missing, problems
from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.problems import Problem
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Sheet, SheetKey, Value
from taza_desktop.register.register import Register

SheetState = Literal["not_started", "draft", "ready", "sent", "received"]
_NUMBERS = ("count", "decimal", "money", "percent")
_HANDED_OVER = ("sent", "received")
_PACKAGE = (
    "(SELECT max(packages.id) FROM carried JOIN packages ON packages.id = package"
    " WHERE revision = revisions.id AND direction = '{}' AND packages.active)"
)


class CellCounts(NamedTuple):
    """The figures of a sheet that a person answers: with a value, with zero, as not applicable."""

    entered: int
    zero: int
    na: int
    missing: int


@dataclass(frozen=True, slots=True)
class SheetStatus:
    """One sheet that must be filled in.

    `ready` has no problem that must be mended and nothing missing; `sent` went out as it stands;
    `received` came in `package`. `problems` are those still open. `overdue` it is past its date and
    was not handed over.
    """

    territory: str
    measure: int
    state: SheetState
    cells: CellCounts
    missing: list[str]
    problems: list[Problem]
    package: str
    overdue: bool


class _Way(NamedTuple):
    """How a sheet came here and went out; row numbers of packages, 0 for none."""

    unsent: bool
    came: int
    went: int


def status(register: Register, plan: Plan, round: str, on: date | None = None) -> list[SheetStatus]:
    """Every sheet of the round that this office waits for, by territory and measure.

    `on` is the day that `overdue` is judged by; without it nothing is overdue.
    """
    this = Round.parse(round)
    before = this.previous()
    sheets = {sheet.key: sheet for sheet in register.sheets(round)}
    last = {sheet.key: sheet for sheet in register.sheets(before.code)} if before else {}
    ways, numbers = _ways(register, round), _package_ids(register)
    late = on is not None and on > this.due
    found: list[SheetStatus] = []
    for key in _keys(register, plan, this):
        sheet = sheets.get(key)
        way = ways.get(key, _Way(False, 0, 0))
        previous = last.get(key._replace(round=before.code)) if before else None
        lacks, open_problems = _judge(plan.form(key.measure), sheet or Sheet(key), previous)
        state = _state(key, sheet, way, lacks, open_problems, register.office.territory)
        found.append(
            SheetStatus(
                key.territory,
                key.measure,
                state,
                _count(plan.form(key.measure), sheet or Sheet(key), len(lacks)),
                lacks,
                open_problems,
                numbers.get(way.went if state == "sent" and way.went else way.came, ""),
                late and state not in _HANDED_OVER,
            )
        )
    return found


def expected(plan: Plan, territory: str, round: str) -> list[int]:
    """The measures that a territory must answer in a round: those that have a form for it."""
    place, kind = plan.territories[territory], Round.parse(round).kind
    if not place.reported:
        return []
    return [
        number
        for number in plan.form_numbers()
        if plan.measures[number].answers(territory)
        and place.level in plan.form(number).filled_by
        and kind in plan.form(number).rounds
    ]


def _keys(register: Register, plan: Plan, round: Round) -> Iterator[SheetKey]:
    """The sheets that the office of this register and all below it must fill in."""
    for territory in plan.territories:
        if plan.territories.covers(register.office.territory, territory.kato):
            for measure in expected(plan, territory.kato, round.code):
                yield SheetKey(measure, territory.kato, round.code)


def _judge(form: Form, sheet: Sheet, last: Sheet | None) -> tuple[list[str], list[Problem]]:
    """What is missing, and the problems still open; nothing is wrong in a sheet not begun."""
    if not sheet.cells and not sheet.entries:
        return missing(form, sheet), []
    open_problems = [problem for problem in problems(form, sheet, last) if not problem.answered]
    return missing(form, sheet), open_problems


def _state(
    key: SheetKey,
    sheet: Sheet | None,
    way: _Way,
    lacks: list[str],
    open_problems: list[Problem],
    office: str,
) -> SheetState:
    """How far a sheet has come."""
    if sheet is None:
        return "not_started"
    if way.came and key.territory != office:
        return "received"
    if (way.went or way.came) and not way.unsent:
        return "sent"
    if lacks or any(problem.level == "stop" for problem in open_problems):
        return "draft"
    return "ready"


def _count(form: Form, sheet: Sheet, lacking: int) -> CellCounts:
    """Figures by their sort of answer; computed ones are nobody's answer."""
    typed = [figure for figure in form.figures if not figure.computed]
    values = {figure.name: sheet.cells.get(figure.name) for figure in typed}
    zero = sum(_is_zero(figure, values[figure.name]) for figure in typed)
    entered = sum(value is not None for value in values.values()) - zero
    na = sum(
        value is None and bool(sheet.cells.get(f"na:{name}")) for name, value in values.items()
    )
    return CellCounts(entered, zero, na, lacking)


def _is_zero(figure: Figure, value: Value) -> bool:
    return figure.kind in _NUMBERS and isinstance(value, int | str) and Decimal(value) == 0


def _ways(register: Register, round: str) -> dict[SheetKey, _Way]:
    """How each sheet of the round came and went."""
    came, went = _PACKAGE.format("in"), _PACKAGE.format("out")
    rows = register.db.execute(
        "SELECT measure, territory, round, max(own AND went IS NULL),"
        " coalesce(max(came), 0), coalesce(max(went), 0) FROM"
        f" (SELECT measure, territory, round, own, {came} AS came, {went} AS went"
        "  FROM records JOIN revisions ON record = records.id AND active WHERE round = ?)"
        " GROUP BY measure, territory",
        (round,),
    )
    return {
        SheetKey(*row[:3]): _Way(bool(row[3]), *row[4:])
        for row in cast("Iterable[tuple[int, str, str, int, int, int]]", rows)
    }


def _package_ids(register: Register) -> dict[int, str]:
    rows = register.db.execute("SELECT id, package_id FROM packages").fetchall()
    return dict(cast("list[tuple[int, str]]", rows))
