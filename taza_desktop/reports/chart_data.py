"""What charts and maps of a measure show: a fact beside its plan, territory by territory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taza_desktop.i18n import Language, Text
from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.kazakh import sort_key
from taza_desktop.plan.kind_numbers import exact, rounded
from taza_desktop.plan.kinds import KINDS, show
from taza_desktop.plan.sheet import Sheet, Value
from taza_desktop.plan.totals import Total
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

PERCENT = Figure("", "percent", Text("%", "%", "%"))
BLANK = "–"
FEWEST = 3  # territories that make a picture: of fewer a sentence says all


@dataclass(frozen=True, slots=True)
class Measured:
    """A territory or a round: what was planned for it, what was done; None where nobody said.

    `percent` is how much of the plan the fact is, rounded as it is printed.
    """

    kato: str
    name: str
    planned: Value
    done: Value

    @property
    def percent(self) -> Value:
        """None without a plan, and of a plan of nothing."""
        return percent_of(self.done, self.planned)

    @property
    def known(self) -> bool:
        """Whether anything is known."""
        return self.planned is not None or self.done is not None


def percent_of(part: Value, whole: Value) -> Value:
    """So many per cent of the whole; None when one is blank, or the whole is nothing."""
    if part is None or whole is None or not exact(whole):
        return None
    return rounded(PERCENT, Decimal(100) * exact(part) / exact(whole))


def facts(form: Form) -> list[Figure]:
    """The figures that have a plan."""
    return [it for it in form.figures if it.of and KINDS[it.kind].numeric]


def leading(form: Form) -> Figure | None:
    """The number that the report tells first: a fact where there is one; None of words alone."""
    numeric = [it for it in form.figures if KINDS[it.kind].numeric]
    return next((it for it in numeric if it.role == "fact"), next(iter(numeric), None))


def is_ratio(figure: Figure, fact: Figure) -> bool:
    """Whether the form itself computes how much of the plan the fact is."""
    read = figure.computed or ""
    return figure.kind == "percent" and fact.name in read and (fact.of or "") in read


def by_branch(scope: Scope, form: Form, fact: Figure) -> list[Measured]:
    """Each territory directly below of which something is known, by the alphabet."""
    branches = scope.branches(form.measure)
    found = [
        measured(kato, scope.name(kato), scope.totals.of(form, kato, sheets), fact)
        for kato, sheets in branches.items()
    ]
    return sorted((it for it in found if it.known), key=lambda it: sort_key(it.name))


def with_own(scope: Scope, form: Form, fact: Figure) -> list[Measured]:
    """The same, what the office of the territory itself reports before it."""
    own = scope.own(form.measure)
    found = [] if own is None else [_of_own(scope, form, fact, own)]
    return [*(it for it in found if it.known), *by_branch(scope, form, fact)]


def _of_own(scope: Scope, form: Form, fact: Figure, own: Sheet) -> Measured:
    here = scope.territory.kato
    total = scope.totals.of(form, here, [own])
    return measured(here, word("own_office", scope.lang), total, fact)


def measured(kato: str, name: str, total: Total, fact: Figure) -> Measured:
    """A fact and its plan in a total."""
    return Measured(kato, name, total.cells.get(fact.of or ""), total.cells.get(fact.name))


def said(figure: Figure, value: Value, lang: Language) -> str:
    """A value as it stands in a table, a dash for none."""
    return BLANK if value is None else show(figure, value, lang)


def numbers(values: Sequence[Value]) -> Iterator[Decimal]:
    """Those that are known."""
    return (exact(value) for value in values if value is not None)
