"""What is on the map: which territories, what each is shaded by, who has no outline."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from taza_desktop.i18n import _
from taza_desktop.plan.outlines import Outline, Point, drawn, without_outline
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.ui.map_shades import NOTHING, Scale, Shade, Tally, tally
from taza_desktop.ui.wording import number

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.completeness import SheetStatus
    from taza_desktop.ui.board_filter import Sieve

SMALL = 0.06  # of the whole map: an outline below that is shown beside the map too


class Unit(NamedTuple):
    """What is shown of a territory: its fill, the mark on it, its name, facts about it."""

    shade: Shade
    mark: str
    name: str
    facts: tuple[str, ...]


class Measured(NamedTuple):
    """The values of a figure by unit, their scale, and how to write one."""

    values: Mapping[str, Decimal]
    scale: Scale
    label: str


class Area(NamedTuple):
    """What the map shows: the regions of the country, or the districts of a region."""

    within: str

    @property
    def national(self) -> bool:
        """Whether regions are shown."""
        return self.within == REPUBLIC

    def outlines(self) -> dict[str, Outline]:
        """What is drawn."""
        return drawn("region" if self.national else "district", self.within)

    def beside(self) -> list[str]:
        """What is not drawn, or too small to be found: the office itself first."""
        return [
            self.within,
            *_small(self),
            *([] if self.national else without_outline(self.within)),
        ]

    def unit(self, kato: str, plan: Plan) -> str:
        """The unit of the map to which a territory counts."""
        if not self.national:
            return kato
        region = plan.territories.region_of(kato)
        return region.kato if region else kato


@cache
def _small(area: Area) -> list[str]:
    """Whose outline is too small to be found."""
    outlines = area.outlines()
    least = SMALL * _extent(outlines.values())
    return [kato for kato, one in outlines.items() if _extent([one]) < least]


def sheets_by_unit(
    area: Area, sieve: Sieve, plan: Plan, measure: int
) -> dict[str, list[SheetStatus]]:
    """The sheets that stand out, by the unit they count to; of one measure, or of all (0)."""
    shown = {measure} if measure else set(sieve.measures())
    found: dict[str, list[SheetStatus]] = {}
    for row in sieve.rows():
        sheets = (it for number, it in row.sheets.items() if number in shown and sieve.takes(it))
        found.setdefault(area.unit(row.territory.kato, plan), []).extend(sheets)
    return found


def unit_of(
    kato: str, sheets: Collection[SheetStatus], measured: Measured | None, plan: Plan
) -> Unit:
    """One territory, shaded by a figure when there is one, else by how complete it is."""
    name = str(plan.territories[kato].name)
    counted = tally(sheets)
    facts = tuple(_facts(counted))
    if measured is None:
        return Unit(counted.shade(), counted.mark(), name, facts)
    value = measured.values.get(kato)
    if value is None:
        return Unit(
            NOTHING, "", name, (_("{figure}: no value").format(figure=measured.label), *facts)
        )
    told = f"{measured.label}: {number(value)}"
    return Unit(measured.scale.shade(value), number(value), name, (told, *facts))


def _facts(counted: Tally) -> Iterator[str]:
    if not counted.all:
        yield _("nothing is asked for here")
        return
    yield counted.share()
    if counted.late:
        yield _("late: {count}").format(count=counted.late)


def _extent(outlines: Collection[Outline]) -> float:
    """The longer side of the frame around some outlines, in kilometres."""
    points: list[Point] = [point for one in outlines for ring in one.rings for point in ring]
    across, down = [x for x, _y in points], [y for _x, y in points]
    return max(max(across) - min(across), max(down) - min(down))
