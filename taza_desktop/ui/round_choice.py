"""Which rounds can be chosen, and which one a register opens in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from taza_desktop.plan.rounds import Round

FIRST_YEAR = 2024  # of the plan
_PARTS = ("", "9M", "H1", "Q1")  # cumulative since 1 January; the latest stands first


def rounds_to_offer(today: date, held: Collection[str]) -> list[Round]:
    """The rounds that have begun by today, and those with sheets in the register; latest first."""
    years = range(FIRST_YEAR, today.year + 1)
    begun = {Round(year, part) for year in years for part in _PARTS}
    known = begun | {Round.parse(code) for code in held}
    return sorted(known, key=lambda each: (each.year, each.end), reverse=True)


def first_round(today: date, held: Collection[str], last_used: str) -> Round:
    """The round used last if the register has it, else its latest one, else what is due next."""
    if last_used in held:
        return Round.parse(last_used)
    if held:
        return max(map(Round.parse, held), key=lambda each: each.end)
    offered = rounds_to_offer(today, held)
    return min((each for each in offered if each.due >= today), key=lambda each: each.due)
