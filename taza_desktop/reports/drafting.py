"""Why a report is a draft: who has not reported, what is in conflict, what nobody explained."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from taza_desktop.register.completeness import SheetStatus, status
from taza_desktop.register.register import Register
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

UNFINISHED = ("not_started", "draft")


def reasons(register: Register, scope: Scope, measures: Collection[int]) -> tuple[str, ...]:
    """One sentence for each reason; none when the report is complete."""
    covers, here = scope.plan.territories.covers, scope.territory.kato
    waited_for = [
        it
        for it in status(register, scope.plan, scope.round.code)
        if it.measure in measures and covers(here, it.territory)
    ]
    conflicts = [
        sheet.measure
        for sheet in (conflict.record.sheet for conflict in register.conflicts())
        if sheet.round == scope.round.code
        and sheet.measure in measures
        and covers(here, sheet.territory)
    ]
    unexplained = [
        it.measure for it in waited_for for problem in it.problems if problem.level == "explain"
    ]
    return (
        *_counted(scope, "draft_conflicts", conflicts),
        *_missing(scope, waited_for),
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
