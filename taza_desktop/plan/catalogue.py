"""The plan as one object: directions with their indicators, the 60 measures, forms, territories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, Language, Text
from taza_desktop.paths import data_path
from taza_desktop.plan.compiled import compiled, read_toml
from taza_desktop.plan.form import Form
from taza_desktop.plan.form_cache import load_form
from taza_desktop.plan.rounds import Round, RoundKind
from taza_desktop.plan.territories import REPUBLIC, Territories

Akimat = Literal["all", "named", "none"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A target indicator of a direction; `values` are (plan, fact) by year, None where not set."""

    name: str
    title: Text
    unit: str  # key into units.toml
    values: Mapping[int, tuple[Decimal | None, Decimal | None]]


@dataclass(frozen=True, slots=True)
class Direction:
    """One of the three directions of the plan."""

    number: int
    title: Text
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a measure is reported on: what its deadline says, for the program to reckon with.

    Attributes:
        years: the first and the last year.
        every: the rounds in which the plan itself wants a report.
        once: the only day by which one is wanted, when it is not wanted year by year.
        off_control: since when nobody waits for it any more.
    """

    years: tuple[int, int]
    every: RoundKind = "year"
    once: date | None = None
    off_control: date | None = None

    def due(self, round: Round) -> date | None:
        """By when the report of that round is wanted; None when nobody waits for one."""
        if self.off_control or not self.years[0] <= round.year <= self.years[1]:
            return None
        if self.once is None:
            return round.due
        return self.once if round.start <= self.once <= round.end else None


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the 60 numbered rows of the plan."""

    number: int
    direction: int
    title: Text
    completion_form: Text
    deadline: Text
    executors: Text
    akimat: Akimat  # which akimats answer for it
    named: tuple[str, ...]  # KATO codes, when only these do
    targets: Mapping[int, Decimal]  # the plan's own figure by year, where it names one
    schedule: Schedule
    unofficial: tuple[Language, ...]  # languages in which the texts are our own translation

    def answers(self, kato: str) -> bool:
        """Whether the akimat of that territory answers for the measure.

        The republic answers for what no akimat does. What else a ministry knows may be entered for
        the republic too, but nobody waits for it. With a named city its districts answer.
        """
        if kato == REPUBLIC:
            return self.akimat == "none"
        return self.akimat == "all" or kato[:2] in {city[:2] for city in self.named}

    def due(self, kato: str, round: Round) -> date | None:
        """By when that territory's report of the round is wanted; None when nobody waits for it."""
        return self.schedule.due(round) if self.answers(kato) else None


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation of the executors, spelt out under the report."""

    short: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """The catalogue; read-only while entering."""

    version: str
    years: tuple[int, ...]
    title: Text
    concept: Text
    approved_by: Text
    executors_report_by: str  # month and day of the year after the one reported: "02-01"
    ministry_reports_by: str
    directions: tuple[Direction, ...]
    measures: Mapping[int, Measure]
    abbreviations: tuple[Abbreviation, ...]
    territories: Territories

    def form(self, number: int) -> Form:
        """The form of a measure. Refusal PLAN-NO-FORM, FORM-… when its file has a mistake."""
        if not self.has_form(number):
            raise Refusal(
                "PLAN-NO-FORM",
                N_("Measure {number} has no form yet: its figures cannot be entered."),
                number=number,
            )
        return _form(number)

    def has_form(self, number: int) -> bool:
        """Whether figures can be entered for that measure."""
        return number in self.form_numbers()

    def form_numbers(self) -> tuple[int, ...]:
        """The measures that have a form, ascending."""
        return _form_numbers()


@cache
def load_plan() -> Plan:
    """The plan that this program carries; read once."""
    folder = data_path("resources", "plan")
    raw = _read("plan.toml")
    return Plan(
        version=raw["version"],
        years=tuple(raw["years"]),
        title=Text(**raw["title"]),
        concept=Text(**raw["concept"]),
        approved_by=Text(**raw["approved_by"]),
        executors_report_by=raw["dates"]["executors_report"],
        ministry_reports_by=raw["dates"]["ministry_reports"],
        directions=tuple(map(_direction, raw["direction"])),
        measures={measure.number: measure for measure in _measures(raw["years"])},
        abbreviations=tuple(
            Abbreviation(Text(**row["short"]), Text(**row["meaning"]))
            for row in raw["abbreviation"]
        ),
        territories=Territories(folder),
    )


def _read(name: str) -> dict[str, Any]:
    """What stands in a file of the plan; its decimals as Decimal, or as text when compiled."""
    path = data_path("resources", "plan", name)
    return cast("dict[str, Any] | None", compiled(path)) or read_toml(path)


def _direction(raw: Mapping[str, Any]) -> Direction:
    return Direction(raw["number"], Text(**raw["title"]), tuple(map(_indicator, raw["indicator"])))


def _indicator(raw: Mapping[str, Any]) -> Indicator:
    values = {
        int(year): (_decimal(value.get("plan")), _decimal(value.get("fact")))
        for year, value in raw["values"].items()
    }
    return Indicator(raw["name"], Text(**raw["title"]), raw["unit"], values)


def _decimal(value: int | str | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _measures(years: list[int]) -> list[Measure]:
    raw = _read("measures.toml")
    whole = (years[0], years[-1])
    return [_measure(row, whole, tuple(raw["unofficial"])) for row in raw["measure"]]


def _measure(
    raw: Mapping[str, Any], years: tuple[int, int], unofficial: tuple[Language, ...]
) -> Measure:
    return Measure(
        number=raw["number"],
        direction=raw["direction"],
        title=Text(**raw["title"]),
        completion_form=Text(**raw["completion_form"]),
        deadline=Text(**raw["deadline"]),
        executors=Text(**raw["executors"]),
        akimat=raw["akimat"],
        named=tuple(raw.get("named", ())),
        targets={int(year): Decimal(target) for year, target in raw.get("targets", {}).items()},
        schedule=_schedule(raw, years),
        unofficial=unofficial,
    )


def _schedule(raw: Mapping[str, Any], years: tuple[int, int]) -> Schedule:
    """`years` are those of the whole plan, for a measure that names none of its own."""
    first, last = raw.get("years", years)
    once, off_control = _day(raw.get("due")), _day(raw.get("off_control"))
    return Schedule((first, last), raw.get("every", "year"), once, off_control)


def _day(value: date | str | None) -> date | None:
    """A day of the TOML, or of the compiled file, where it is text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


@cache
def _form_numbers() -> tuple[int, ...]:
    files = data_path("resources", "forms").glob("measure[0-9][0-9].toml")
    return tuple(sorted(int(file.stem.removeprefix("measure")) for file in files))


@cache
def _form(number: int) -> Form:
    return load_form(data_path("resources", "forms", f"measure{number:02}.toml"))
