"""Which sheet waits for a verdict next."""

from __future__ import annotations

from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_verdicts import Verdict, verdicts


def waiting(register: Register, plan: Plan, round: str) -> list[SheetKey]:
    """The sheets of the offices below that hold something nobody judged yet, or that changed since.

    By territory, then by measure: one district after the other.
    """
    office = register.office.territory
    said = verdicts(register, round)
    found = (
        key
        for key in register.sheet_keys(round)
        if key.territory != office
        and plan.territories.covers(office, key.territory)
        and not _is_judged(said.get(key))
    )
    return sorted(found, key=lambda key: (key.territory, key.measure))


def next_to_judge(register: Register, plan: Plan, key: SheetKey) -> SheetKey | None:
    """The sheet that waits after this one, from the beginning again after the last one."""
    queue = [one for one in waiting(register, plan, key.round) if one != key]
    place = (key.territory, key.measure)
    after = (one for one in queue if (one.territory, one.measure) > place)
    return next(after, queue[0] if queue else None)


def _is_judged(said: Verdict | None) -> bool:
    """Whether a verdict stands on the sheet as it is now; a conflict of verdicts waits too."""
    return said is not None and bool(said.verdict) and said.fresh and not said.conflict
