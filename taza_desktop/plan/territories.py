"""The tree of territories by КАТО: republic, regions, districts, cities, everything below them.

The 254 offices (20 regions, 234 districts, cities and in-city districts) are read at once; the
15,000 settlements only when one of them is asked for. Names repeat all over the country, so the key
is the code.
"""

from __future__ import annotations

import csv
import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, Text
from taza_desktop.plan.kazakh import fold, fold_all, romanise

TerritoryLevel = Literal["republic", "region", "district", "city", "city_district", "settlement"]

REPUBLIC = "000000000"  # our own convention: КАТО has no code for the republic as a whole

_LEVELS: dict[str, TerritoryLevel] = {
    "republic": "republic",
    "region": "region",
    "city_republican": "region",
    "district": "district",
    "city_regional": "city",
    "city_district": "city_district",
}
# Below the offices: the Kazakh words that follow the name, and how English says it.
_BELOW: dict[str, tuple[tuple[str, ...], str]] = {
    "rural_okrug": (("ауылдық округі", "ауылдық округ"), "{} rural okrug"),
    "village_admin": (("ауылдық әкімдігі",), "{} village administration"),
    "township_admin": (("кенттік әкімдігі",), "{} township administration"),
    "town_admin": (("қалалық әкімдігі",), "{} town administration"),
    "district_admin": (("аудандық әкімдігі", "аудандық әкімдік"), "{} district administration"),
    "town": (("қаласы",), "{} town"),
    "township": (("кенті",), "{} township"),
    "village": (("ауылы", "ауыл"), "{} village"),
    "station": (("станциясы",), "{} station"),
    "siding": (("разъезі",), "{} siding"),
    "wintering": (("қыстауы",), "{} wintering"),
    "section": (("учаскесі",), "{} section"),
    "point": (("мекені",), "{} point"),
    "farm": (("фермасы",), "{} farm"),
    "farmstead": (("шаруа қожалығы", "шаруа қонысы"), "{} farmstead"),
    "pasture": (("жайылымы",), "{} pasture"),
    "place": ((), "{}"),
}
_DEEPEST = 9  # of anything below the offices, for the order of what search finds


@dataclass(frozen=True, slots=True)
class Territory:
    """One territory; `parent` is empty for the republic only."""

    kato: str
    parent: str
    type: str
    name: Text
    iso: str = ""  # ISO 3166-2 of a region
    ru_of: str = ""  # «города Астаны», where no rule gives it
    ru_in: str = ""  # «городе Астане»
    reported: bool = True  # Байқоңыр is leased and normally not reported

    @property
    def level(self) -> TerritoryLevel:
        """Its level; okrugs, villages, stations and the like are all `settlement`."""
        return _LEVELS.get(self.type, "settlement")


class _Row(NamedTuple):
    """A row of `settlements.csv`."""

    kato: str
    parent: str
    type: str
    kk: str
    ru: str


class _Indexed(NamedTuple):
    """How search knows a territory: `names` are folded, each on a line of its own."""

    depth: int
    kato: str
    names: str


class Territories:
    """The tree; read from the folder of `territories.csv`, `settlements.csv` and `aliases.csv`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._offices = {row[0]: _office(row) for row in _rows(folder / "territories.csv")}

    def __getitem__(self, kato: str) -> Territory:
        """The territory of that code. Refusal PLAN-TERRITORY."""
        if found := self.get(kato):
            return found
        raise Refusal(
            "PLAN-TERRITORY",
            N_("There is no territory with the KATO code {kato}. Look it up by its name."),
            kato=kato,
        )

    def __contains__(self, kato: str) -> bool:
        return kato in self._offices or kato in self._below

    def __iter__(self) -> Iterator[Territory]:
        """The republic and the offices, in the order of the classifier."""
        return iter(self._offices.values())

    def get(self, kato: str) -> Territory | None:
        """The territory of that code, or None."""
        if office := self._offices.get(kato):
            return office
        row = self._below.get(kato)
        return _settlement(row) if row else None

    def offices(self) -> list[Territory]:
        """The 254 territories whose akimats report: regions first, then districts and cities."""
        return [office for office in self if office.kato != REPUBLIC]

    def children(self, kato: str, offices_only: bool = False) -> list[Territory]:
        """What lies directly below, offices first, in the order of the classifier."""
        offices = [office for office in self if office.parent == kato]
        if offices_only or kato == REPUBLIC:
            return offices
        return offices + [_settlement(row) for row in self._below_by_parent.get(kato, ())]

    def ancestors(self, kato: str) -> list[Territory]:
        """The territories above it, nearest first, up to the republic. Refusal PLAN-TERRITORY."""
        return [self[above] for above in self._above(kato)]

    def region_of(self, kato: str) -> Territory | None:
        """The region it lies in (a region lies in itself); None for the republic."""
        chain = (self[code] for code in (kato, *self._above(kato)))
        return next((territory for territory in chain if territory.level == "region"), None)

    def covers(self, office: str, kato: str) -> bool:
        """Whether `kato` is that territory itself or lies below it. Refusal PLAN-TERRITORY."""
        return office == kato or office in self._above(kato)

    def level(self, kato: str) -> TerritoryLevel:
        """The level of the territory of that code. Refusal PLAN-TERRITORY."""
        return self[kato].level

    def search(
        self, text: str, within: str | None = None, limit: int = 20, offices_only: bool = False
    ) -> list[Territory]:
        """Territories with `text` in a name in any language, an alias or the code, best first.

        Spelling is folded («кызылорда» finds Қызылорда). Best are whole names, then beginnings of
        words; among equals the higher territory, then what begins so, then the shorter name.
        """
        wanted = fold(text)
        index = self._office_index if offices_only else self._office_index + self._below_index
        found = (
            _farness(wanted, row)
            for row in index
            if wanted and wanted in row.names and (within is None or self.covers(within, row.kato))
        )
        return [self[kato] for *_, kato in heapq.nsmallest(limit, found)]

    def _above(self, kato: str) -> list[str]:
        """The codes above it, nearest first."""
        above: list[str] = []
        while kato != REPUBLIC:
            row = self._offices.get(kato) or self._below.get(kato) or self[kato]
            kato = row.parent
            above.append(kato)
        return above

    @cached_property
    def _below(self) -> dict[str, _Row]:
        return {row[0]: _Row._make(row) for row in _rows(self._folder / "settlements.csv")}

    @cached_property
    def _below_by_parent(self) -> dict[str, list[_Row]]:
        by_parent: defaultdict[str, list[_Row]] = defaultdict(list)
        for row in self._below.values():
            by_parent[row.parent].append(row)
        return by_parent

    @cached_property
    def _office_index(self) -> list[_Indexed]:
        aliases: defaultdict[str, list[str]] = defaultdict(list)
        for kato, alias, _language in _rows(self._folder / "aliases.csv"):
            aliases[kato].append(alias)
        index: list[_Indexed] = []
        for office in self:
            lines = office.kato, *fold_all([*office.name, *aliases[office.kato]])
            depth = len(self._above(office.kato))
            index.append(_Indexed(depth, office.kato, "\n".join(("", *lines, ""))))
        return index

    @cached_property
    def _below_index(self) -> list[_Indexed]:
        rows = self._below.values()
        kazakh = [row.kk for row in rows]
        latin = romanise("\n".join(kazakh)).split("\n")
        names = zip(
            self._below,
            fold_all(kazakh),
            fold_all([row.ru for row in rows]),
            fold_all(latin),
            strict=True,
        )
        return [_Indexed(_DEEPEST, lines[0], "\n".join(("", *lines, ""))) for lines in names]


def _rows(path: Path) -> list[list[str]]:
    """The rows of a table without its head."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def _office(row: list[str]) -> Territory:
    kato, parent, kind, kk, ru, en, iso, ru_of, ru_in, note = row
    return Territory(kato, parent, kind, Text(kk, ru, en), iso, ru_of, ru_in, note != "leased")


def _settlement(row: _Row) -> Territory:
    return Territory(row.kato, row.parent, row.type, Text(row.kk, row.ru, _english(row)))


def _english(row: _Row) -> str:
    """КАТО has no English names: the Kazakh one in Latin letters, the sort of place in English."""
    words, pattern = _BELOW[row.type]
    name = row.kk
    for word in words:
        name = name.removesuffix(f" {word}")
    return pattern.format(romanise(name.removesuffix(" атындағы")))


def _farness(wanted: str, row: _Indexed) -> tuple[int, int, bool, int, str]:
    """What search sorts by; a whole name is nearest, the inside of a word is farthest."""
    places = (f"\n{wanted}\n", f"\n{wanted}", f" {wanted}")
    whole, name, word = (place in row.names for place in places)
    tier = 0 if whole else 1 if name or word else 2
    return tier, row.depth, not name, len(row.names), row.kato
