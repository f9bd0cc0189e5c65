"""Column 6 of the report: how far one measure has come in the territory."""

from __future__ import annotations

from collections.abc import Iterator

from taza_desktop.plan.catalogue import Measure
from taza_desktop.plan.form import Form
from taza_desktop.plan.kazakh import sort_key
from taza_desktop.plan.names import in_territory, of_territory
from taza_desktop.plan.territories import Territory
from taza_desktop.plan.totals import Total
from taza_desktop.reports.neutral import Paragraph, Run, plain
from taza_desktop.reports.remarks import remarks
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.telling import Runs, Teller, together
from taza_desktop.reports.words import word

EDITED = "*"
DASH = Run("– ")


def progress(scope: Scope, measure: Measure) -> tuple[Paragraph, ...]:
    """What column 6 says of the measure; where there are no figures it says why."""
    sheets = scope.sheets[measure.number]
    if not sheets or not scope.plan.has_form(measure.number):
        return (plain(word(_why_nothing(scope, measure), scope.lang), italic=True),)
    told = _Told(scope, measure.number)
    paragraphs = (*told.total(), *told.below(), *told.hidden(), *remarks(scope, told.form, sheets))
    return paragraphs or (plain(word("state_blank", scope.lang), italic=True),)


def answers(scope: Scope, measure: Measure) -> bool:
    """Whether the territory, or one within it, answers for the measure."""
    if scope.national:
        return True
    within = scope.plan.territories.covers
    here = scope.territory.kato
    return measure.answers(here) or any(within(here, named) for named in measure.named)


def _why_nothing(scope: Scope, measure: Measure) -> str:
    if measure.akimat == "none" and not scope.national:
        return "state_no_akimats"
    if not answers(scope, measure):
        return "state_not_named"
    if not scope.plan.has_form(measure.number):
        return "state_no_form"
    if scope.round.kind not in scope.plan.form(measure.number).rounds:
        return "state_other_round"
    if measure.schedule.due(scope.round) is None:
        return "state_off_control" if measure.schedule.off_control else "state_not_due"
    return "state_not_reported"


class _Told:
    """One measure of one report."""

    def __init__(self, scope: Scope, measure: int) -> None:
        self._scope = scope
        self.form: Form = scope.plan.form(measure)
        self._teller = Teller(self.form, scope.lang)
        self._sheets = scope.sheets[measure]
        self._branches = scope.branches(measure)
        self._room = scope.settings.entries
        self._hidden = 0

    def total(self) -> Iterator[Paragraph]:
        """The territory as a whole; a region names its entries here, the country further below."""
        total = together(self.form, self._sheets)
        yield from self._said(self._scope.territory.kato, total, (), not self._scope.national)

    def below(self) -> Iterator[Paragraph]:
        """A line for each territory below that has something to say, the largest first."""
        ranked, national = self._ranked(), self._scope.national
        shown = ranked[: self._scope.settings.territories]
        lines = [
            line for kato, total in shown for line in self._said(kato, total, (DASH,), national)
        ]
        rest = [kato for kato, _ in ranked[len(shown) :]]
        if lines:
            yield plain(word("of_them", self._scope.lang))
            yield from lines
        if rest:
            yield from self._others(rest)

    def hidden(self) -> Iterator[Paragraph]:
        """How many entries there was no room for; ask after all else was told."""
        if self._hidden:
            yield plain(word("more_entries", self._scope.lang, count=self._hidden))

    def _ranked(self) -> list[tuple[str, Total]]:
        totals = {kato: together(self.form, own) for kato, own in self._branches.items()}
        return sorted(
            totals.items(),
            key=lambda it: (-self._teller.weight(it[1]), sort_key(self._scope.name(it[0]))),
        )

    def _said(
        self, kato: str, total: Total, before: Runs, with_entries: bool
    ) -> Iterator[Paragraph]:
        """The text that the office wrote itself, else the sentences of the form."""
        if edited := self._edited(kato):
            yield Paragraph((*before, *edited))
            return
        territory = self._scope.plan.territories[kato]
        runs = self._teller.figures(total, territory)
        told: list[Runs] = []
        if with_entries:
            told, hidden = self._teller.entries(total, territory, self._room)
            self._room = max(0, self._room - sum(map(len, total.entries.values())))
            self._hidden += hidden
        if runs:
            yield Paragraph((*before, *self._naming(territory, runs)))
        elif told and before:
            told[0] = self._naming(territory, told[0])
        dash = (DASH,) if before or len(told) > 1 else ()
        yield from (Paragraph((*dash, *it)) for it in told)

    def _naming(self, territory: Territory, runs: Runs) -> Runs:
        """The text, with the territory before it when no sentence names it."""
        lang = self._scope.lang
        text = "".join(run.text for run in runs).casefold()
        names = (
            territory.name.to(lang),
            in_territory(territory, lang),
            of_territory(territory, lang),
        )
        if any(name.casefold() in text for name in names):
            return runs
        return (Run(f"{names[0]}: "), *runs)

    def _others(self, rest: list[str]) -> Iterator[Paragraph]:
        lang = self._scope.lang
        sheets = [sheet for kato in rest for sheet in self._branches[kato]]
        runs = self._teller.listed(together(self.form, sheets))
        said = word("others" if runs else "others_silent", lang, count=len(rest))
        yield Paragraph((DASH, Run(said), *runs))

    def _edited(self, kato: str) -> Runs:
        """The text that the office of that territory wrote in place of the generated one."""
        for sheet in self._sheets:
            if sheet.key.territory == kato:
                text = sheet.marks("sentence:").get(self._scope.lang)
                return (Run(text), Run(f" {EDITED}")) if text else ()
        return ()
