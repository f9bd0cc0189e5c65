"""What one report is about: territory, round, language, and the sheets that lie within."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from taza_desktop.i18n import Language
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Sheet, SheetKey
from taza_desktop.plan.territories import REPUBLIC, Territory
from taza_desktop.plan.totals import Total
from taza_desktop.register.register import Register
from taza_desktop.reports.options import Options
from taza_desktop.reports.overriding import spoken_for
from taza_desktop.reports.settings import Settings
from taza_desktop.reports.totals import Totals


@dataclass(frozen=True, slots=True)
class Scope:
    """What one report is about.

    Attributes:
        sheets: by measure, what was reported within the territory, in the order of КАТО.
        last: the same sheets in the round before, by the key that they have in this round.
        totals: what was added up so far, whatever the language.
    """

    plan: Plan
    territory: Territory
    round: Round
    lang: Language
    settings: Settings
    options: Options
    sheets: Mapping[int, list[Sheet]]
    last: Mapping[SheetKey, Sheet]
    totals: Totals = field(default_factory=Totals)

    @property
    def national(self) -> bool:
        """Whether it is the Ministry's report on the whole country."""
        return self.territory.kato == REPUBLIC

    def name(self, kato: str) -> str:
        """Name of a territory in the language of the report."""
        return self.plan.territories[kato].name.to(self.lang)

    def find(self, key: SheetKey) -> Sheet | None:
        """The sheet of that key, when it lies within the territory."""
        return next((it for it in self.sheets[key.measure] if it.key == key), None)

    def own(self, measure: int) -> Sheet | None:
        """The sheet that the office of the territory itself filled in."""
        mine = self.territory.kato
        return next((it for it in self.sheets[measure] if it.key.territory == mine), None)

    def total(self, measure: int) -> Total:
        """What all sheets of a measure give together."""
        return self.totals.of(self.plan.form(measure), "", self.sheets[measure])

    def branches(self, measure: int) -> dict[str, list[Sheet]]:
        """The sheets from below by the territory directly below the report's own.

        Without those that an office above entered for: they are in its sheet.
        """
        left_out = spoken_for(self.total(measure))
        below: defaultdict[str, list[Sheet]] = defaultdict(list)
        for sheet in self.sheets[measure]:
            branch = self.branch(sheet.key.territory)
            if branch is not None and sheet.key not in left_out:
                below[branch].append(sheet)
        return dict(below)

    def branch(self, kato: str) -> str | None:
        """The territory directly below the report's own that `kato` lies in."""
        while kato != REPUBLIC:
            parent = self.plan.territories[kato].parent or REPUBLIC
            if parent == self.territory.kato:
                return kato
            kato = parent
        return None


def read_scope(
    register: Register,
    plan: Plan,
    kato: str,
    round: Round,
    lang: Language,
    settings: Settings,
    options: Options,
) -> Scope:
    """Read from the register what the report on that territory and round needs."""
    return Scope(
        plan=plan,
        territory=plan.territories[kato],
        round=round,
        lang=lang,
        settings=settings,
        options=options,
        sheets=_by_measure(_within(register, plan, kato, round)),
        last=register.sheets_before(round.code),
    )


def _within(register: Register, plan: Plan, kato: str, round: Round) -> list[Sheet]:
    covers = plan.territories.covers
    return [it for it in register.sheets(round=round.code) if covers(kato, it.key.territory)]


def _by_measure(sheets: list[Sheet]) -> defaultdict[int, list[Sheet]]:
    by_measure: defaultdict[int, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        by_measure[sheet.key.measure].append(sheet)
    return by_measure
