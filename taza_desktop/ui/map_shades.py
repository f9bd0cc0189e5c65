"""What a territory on the map is filled with, and what that means. No Qt.

A shade is told by its darkness and by the mark on it, so it can be read in grey and by whoever
sees no colours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from taza_desktop.i18n import N_, _, gettext
from taza_desktop.reports.board import owed
from taza_desktop.reports.states import STATES

if TYPE_CHECKING:
    from taza_desktop.register.completeness import SheetStatus

STEPS = 5
PERCENTS = tuple(Decimal(percent) for percent in (25, 50, 75, 100))


class Shade(NamedTuple):
    """A token of the look laid on the paper with this strength, from 0 to 1; `hatched` is lines
    across it."""

    token: str
    strength: float
    hatched: bool = False


class Meaning(NamedTuple):
    """A line of the legend; `says` is marked with `N_`."""

    shade: Shade
    mark: str
    says: str

    def words(self) -> str:
        """What it means, in the language in force."""
        return gettext(self.says)


NOTHING = Shade("idle", 0.12)
STANDINGS = {
    "late": Meaning(Shade("stop", 0.55, hatched=True), "!", N_("late: sheets that are missing")),
    "owed": Meaning(Shade("warn", 0.45), "–", N_("sheets that are missing")),
    "open": Meaning(Shade("info", 0.30), "?", N_("all have arrived, some are to be looked at")),
    "accepted": Meaning(Shade("ok", 0.85), "✓", N_("all are accepted")),
    "none": Meaning(NOTHING, "·", N_("nothing is asked for")),
}
_PALEST, _DARKEST = 0.2, 0.7  # of what is missing: a little, everything


class Tally(NamedTuple):
    """Sheets counted: how many, missing, late, accepted; `letter` is that of the only one."""

    all: int
    missing: int
    late: int
    accepted: int
    letter: str = ""

    @property
    def standing(self) -> str:
        """The worst that can be said of them, a key of STANDINGS."""
        if not self.all:
            return "none"
        if self.late:
            return "late"
        if self.missing:
            return "owed"
        return "accepted" if self.accepted == self.all else "open"

    def shade(self) -> Shade:
        """The shade of the worst; the more is missing, the darker."""
        shade = STANDINGS[self.standing].shade
        if not self.missing:
            return shade
        share = self.missing / self.all
        return shade._replace(strength=_PALEST + (_DARKEST - _PALEST) * share)

    def mark(self) -> str:
        """How many are missing; of one sheet the letter of its state. «!» when late."""
        mark = self.letter or (str(self.missing) if self.missing else STANDINGS[self.standing].mark)
        return f"{mark} !" if self.late else mark

    def share(self) -> str:
        """How many have arrived, in words."""
        return _("{arrived} of {all} sheets have arrived").format(
            arrived=self.all - self.missing, all=self.all
        )


def tally(sheets: Collection[SheetStatus]) -> Tally:
    """Count some sheets."""
    return Tally(
        all=len(sheets),
        missing=sum(map(owed, sheets)),
        late=sum(sheet.overdue for sheet in sheets),
        accepted=sum(sheet.state == "accepted" for sheet in sheets),
        letter=next(STATES[sheet.state].letter for sheet in sheets) if len(sheets) == 1 else "",
    )


class Scale(NamedTuple):
    """Values in steps from pale to dark; `tops` are the highest value of each step but the last,
    `ranges` from where to where the values of each step go."""

    tops: tuple[Decimal, ...] = ()
    ranges: tuple[tuple[Decimal, Decimal], ...] = ()

    def step(self, value: Decimal) -> int:
        """The step of a value, from 1."""
        return bisect_left(self.tops, value) + 1

    def shade(self, value: Decimal) -> Shade:
        """The shade of a value."""
        return Shade("accent", 0.10 + 0.80 * (self.step(value) - 1) / max(1, len(self.tops)))


def scale_of(values: Collection[Decimal], percent: bool) -> Scale:
    """Steps with equally many territories each; of per cents always the same ones."""
    if not values:
        return Scale()
    ranked = sorted(values)
    if percent:
        most = max(ranked[-1], PERCENTS[-1])
        return Scale(PERCENTS, tuple(pairwise((min(ranked[0], Decimal(0)), *PERCENTS, most))))
    known = sorted(set(ranked))
    cuts = (ranked[len(ranked) * step // STEPS - 1] for step in range(1, STEPS))
    tops = known if len(known) <= STEPS else sorted(set(cuts))
    scale = Scale(tuple(top for top in tops if top < known[-1]))
    steps = ([it for it in known if scale.step(it) == step] for step in range(1, STEPS + 1))
    return scale._replace(ranges=tuple((some[0], some[-1]) for some in steps if some))
