"""Why a report is a draft: who has not reported, what is in conflict, what nobody explained."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from taza_desktop.register.completeness import SheetStatus, status
from taza_desktop.register.register import Register
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

UNFINISHED = ("not_started", "draft")
RETURNED = "returned"  # sent back with remarks that nobody has answered yet


@dataclass(frozen=True, slots=True)
class Standing:
    """How complete the data are: each sheet that is waited for, the measures in conflict."""

    waited_for: tuple[SheetStatus, ...]
    conflicts: tuple[int, ...]


def standing(
    register: Register, scope: Scope, measures: Collection[int], on: date | None
) -> Standing:
    """How things stand in the territory; `on` is the day that lateness is judged by."""
    covers, here = scope.plan.territories.covers, scope.territory.kato
    return Standing(
        tuple(
            it
            for it in status(register, scope.plan, scope.round.code, on)
            if it.measure in measures and covers(here, it.territory)
        ),
        tuple(
            sheet.measure
            for sheet in (conflict.record.sheet for conflict in register.conflicts())
            if sheet.round == scope.round.code
            and sheet.measure in measures
            and covers(here, sheet.territory)
        ),
    )


def reasons(scope: Scope, now: Standing) -> tuple[str, ...]:
    """Why the report is a draft, one sentence for each reason; none when it is complete."""
    unexplained = [
        it.measure for it in now.waited_for for problem in it.problems if problem.level == "explain"
    ]
    return (
        *_counted(scope, "draft_conflicts", now.conflicts),
        *_missing(scope, now.waited_for),
        *_returned(scope, now.waited_for),
        *_overdue(scope, now.waited_for),
        *_counted(scope, "draft_unexplained", unexplained),
    )


def _counted(scope: Scope, key: str, measures: Sequence[int]) -> Iterator[str]:
    if measures:
        yield word(key, scope.lang, count=len(measures), measures=_numbers(measures))


def _missing(scope: Scope, waited_for: Iterable[SheetStatus]) -> Iterator[str]:
    """Who reported nothing, and who did in part."""
    begun: set[str] = set()
    lacking: defaultdict[str, list[int]] = defaultdict(list)
    for it in waited_for:
        if it.state != "not_started":
            begun.add(it.territory)
        if it.state in UNFINISHED:
            lacking[it.territory].append(it.measure)
    silent = {kato: which for kato, which in lacking.items() if kato not in begun}
    partly = {kato: which for kato, which in lacking.items() if kato not in silent}
    for key, who in (("draft_nothing", silent), ("draft_partly", partly)):
        if who:
            named = _named(scope, who, with_measures=key == "draft_partly")
            yield word(key, scope.lang, count=len(who), territories=", ".join(named))


def _returned(scope: Scope, waited_for: Iterable[SheetStatus]) -> Iterator[str]:
    """Whose sheets were sent back."""
    returned: defaultdict[str, list[int]] = defaultdict(list)
    for it in waited_for:
        if it.state == RETURNED:
            returned[it.territory].append(it.measure)
    if returned:
        named = ", ".join(_named(scope, returned, with_measures=True))
        yield word("draft_returned", scope.lang, count=len(returned), territories=named)


def _overdue(scope: Scope, waited_for: Sequence[SheetStatus]) -> Iterator[str]:
    """Who let the day pass by which the sheets were due; not again by name when all of them did."""
    lacking = {it.territory for it in waited_for if _lacks(it)}
    late: defaultdict[str, list[int]] = defaultdict(list)
    for it in waited_for:
        if it.overdue and _lacks(it):
            late[it.territory].append(it.measure)
    if not late:
        return
    if late.keys() == lacking:
        yield word("draft_all_overdue", scope.lang, count=len(late))
        return
    named = ", ".join(_named(scope, late, with_measures=False))
    yield word("draft_overdue", scope.lang, count=len(late), territories=named)


def _lacks(status: SheetStatus) -> bool:
    """Whether something is to be done by its office before the sheet can be counted on."""
    return status.state in (*UNFINISHED, RETURNED)


def _named(scope: Scope, who: Mapping[str, Sequence[int]], *, with_measures: bool) -> Iterator[str]:
    """The territories by name; in the country's report how many of each region."""
    if scope.national:
        regions = Counter(scope.branch(kato) or kato for kato in who)
        yield from (f"{scope.name(kato)} – {count}" for kato, count in sorted(regions.items()))
        return
    for kato, measures in who.items():
        if with_measures:
            named = _numbers(measures)
            yield word("draft_blank", scope.lang, territory=scope.name(kato), measures=named)
        else:
            yield scope.name(kato)


def _numbers(measures: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(set(measures))))
