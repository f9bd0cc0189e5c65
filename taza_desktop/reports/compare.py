"""Comparisons: this round with the last, territory with territory, indicators with their plans.

What was and what is; nothing is foretold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taza_desktop.plan.catalogue import Indicator, Measure
from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.kind_numbers import exact, stored
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Value
from taza_desktop.plan.totals import Total
from taza_desktop.register.register import Register
from taza_desktop.reports.chart_data import (
    FEWEST,
    Measured,
    by_branch,
    facts,
    measured,
    percent_of,
)
from taza_desktop.reports.earlier import round_before, total_of
from taza_desktop.reports.scope import Scope

REACHED = 100


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure of the territory as a whole in this round and in the one before."""

    form: Form
    figure: Figure
    before: Value
    now: Value

    @property
    def difference(self) -> Value:
        """How much more it is."""
        return stored(exact(self.now) - exact(self.before))

    @property
    def percent(self) -> Value:
        """How much of the earlier value it is; None of nothing."""
        return percent_of(self.now, self.before)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A fact with its plan in the territories directly below, those who fulfilled most first.

    `known` are only those whose per cent is known; `whole` is the territory of the report.
    """

    form: Form
    plan: Figure
    fact: Figure
    whole: Measured
    known: tuple[Measured, ...]

    @property
    def reached(self) -> int:
        """How many have done what was planned, or more."""
        return sum(exact(it.percent) >= REACHED for it in self.known)


@dataclass(frozen=True, slots=True)
class Against:
    """An indicator of the plan in the year of the round: what is planned and what it came to."""

    indicator: Indicator
    year: int
    planned: Decimal | None
    fact: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """How much more the fact is, in the unit of the indicator."""
        if self.planned is None or self.fact is None:
            return None
        return self.fact - self.planned


@dataclass(frozen=True, slots=True)
class Comparison:
    """All comparisons of one report; `before` is the earlier round, None when none is held."""

    before: Round | None
    changes: tuple[Changed, ...]
    ranks: tuple[Ranked, ...]
    indicators: tuple[Against, ...]


def compared(register: Register, scope: Scope, measures: Sequence[Measure]) -> Comparison:
    """The comparisons of a report on these measures."""
    before = round_before(register, scope.round)
    forms = [
        scope.plan.form(it.number)
        for it in measures
        if scope.plan.has_form(it.number) and scope.sheets[it.number]
    ]
    directions = {it.direction for it in measures}
    return Comparison(
        before,
        tuple(it for form in forms for it in _changes(register, scope, form, before)),
        tuple(it for form in forms for it in _ranks(scope, form)),
        tuple(_indicators(scope, directions)),
    )


def _changes(
    register: Register, scope: Scope, form: Form, before: Round | None
) -> Iterator[Changed]:
    """The facts of a form; where it names none all that adds up to a sum."""
    if before is None:
        return
    now, then = scope.total(form.measure), total_of(register, scope, form, before)
    for figure in _telling(form):
        if _both(figure, now, then):
            yield Changed(form, figure, then.cells[figure.name], now.cells[figure.name])


def _telling(form: Form) -> list[Figure]:
    numeric = [it for it in form.figures if KINDS[it.kind].numeric]
    named = [it for it in numeric if it.role == "fact"]
    return named or [it for it in numeric if it.over_territories.rule == "sum"]


def _both(figure: Figure, now: Total, then: Total) -> bool:
    return all(total.cells.get(figure.name) is not None for total in (now, then))


def _ranks(scope: Scope, form: Form) -> Iterator[Ranked]:
    for fact in facts(form):
        known = [it for it in by_branch(scope, form, fact) if it.percent is not None]
        if len(known) >= FEWEST:
            name = scope.territory.name.to(scope.lang)
            whole = measured(scope.territory.kato, name, scope.total(form.measure), fact)
            known.sort(key=lambda it: exact(it.percent), reverse=True)
            yield Ranked(form, form.figure(fact.of or ""), fact, whole, tuple(known))


def _indicators(scope: Scope, directions: set[int]) -> Iterator[Against]:
    year = scope.round.year
    for direction in scope.plan.directions:
        for indicator in direction.indicators:
            if direction.number in directions and year in indicator.values:
                yield Against(indicator, year, *indicator.values[year])
