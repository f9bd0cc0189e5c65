"""What earlier rounds came to, beside the one that is reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.totals import Total
from taza_desktop.register.register import Register
from taza_desktop.reports.chart_data import Measured, measured
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.totals import together


def rounds_until(register: Register, round: Round) -> list[Round]:
    """The rounds of the same kind that the register holds, until this one, the earliest first."""
    codes = {key.round for key in register.sheet_keys()}
    same = (it for it in map(Round.parse, codes) if it.kind == round.kind and it.end <= round.end)
    return sorted(same, key=lambda it: it.end)


def round_before(register: Register, round: Round) -> Round | None:
    """The last one of the same kind before it that the register holds, of whatever year."""
    return next((it for it in reversed(rounds_until(register, round)) if it != round), None)


def total_of(register: Register, scope: Scope, form: Form, round: Round) -> Total:
    """What the territory of the report came to in a round."""
    if round == scope.round:
        return scope.total(form.measure)
    covers, here = scope.plan.territories.covers, scope.territory.kato
    sheets = register.sheets(round=round.code, measure=form.measure)
    within = [it for it in sheets if covers(here, it.key.territory)]
    return together(form, within) if within else Total()


def over_rounds(
    register: Register, scope: Scope, rounds: Sequence[Round], form: Form, fact: Figure
) -> Iterator[Measured]:
    """A fact and its plan in these rounds, named in the language of the report."""
    for round in rounds:
        total = total_of(register, scope, form, round)
        yield measured(scope.territory.kato, round.name(scope.lang), total, fact)
