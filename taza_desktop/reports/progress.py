"""Column 6 of the report: how far one measure has come in the territory."""

from __future__ import annotations

from collections.abc import Iterator

from taza_desktop.plan.catalogue import Measure
from taza_desktop.plan.form import Form
from taza_desktop.plan.kazakh import sort_key
from taza_desktop.plan.names import in_territory, of_territory
from taza_desktop.plan.sheet import Sheet
from taza_desktop.plan.territories import Territory
from taza_desktop.reports.footnotes import with_override, with_remarks
from taza_desktop.reports.neutral import Paragraph, Run, plain
from taza_desktop.reports.overriding import spoken_for
from taza_desktop.reports.remarks import remarks
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.telling import Runs, Subject, Teller
from taza_desktop.reports.totals import together
from taza_desktop.reports.words import word

EDITED = "*"
DASH = Run("– ")


def progress(scope: Scope, measure: Measure) -> tuple[Paragraph, ...]:
    """What column 6 says of the measure; where there are no figures it says why."""
    sheets = scope.sheets[measure.number]
    if not sheets or not scope.plan.has_form(measure.number):
        return (plain(word(_why_nothing(scope, measure), scope.lang), italic=True),)
    told = _Told(scope, measure.number).paragraphs()
    return told or (plain(word("state_blank", scope.lang), italic=True),)


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
        self._form: Form = scope.plan.form(measure)
        self._teller = Teller(self._form, scope.lang)
        self._sheets = scope.sheets[measure]
        self._left_out = spoken_for(scope.total(measure))
        self._branches = scope.branches(measure)
        self._room = scope.settings.entries
        self._hidden = 0

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All that column 6 says, the explanations as footnotes; empty when there is nothing."""
        told = (*self._whole(), *self._below(), *self._spoken_for(), *self._more())
        if not told:
            return ()
        explained = remarks(self._scope, self._form, self._sheets)
        return tuple(with_remarks(self._scope, self._form, told, explained))

    def _whole(self) -> Iterator[Paragraph]:
        """The territory as a whole; a region names its entries here, the country further below.

        When all is from one territory below, that one is told in its place.
        """
        scope = self._scope
        only = self._only_branch()
        territory = scope.plan.territories[only or scope.territory.kato]
        subject = Subject(territory, scope.total(self._form.measure))
        yield from self._said(subject, (), bool(only) or not scope.national)

    def _below(self) -> Iterator[Paragraph]:
        """A line for each territory below that has something to say, the largest first."""
        if self._only_branch():
            return
        ranked, national = self._ranked(), self._scope.national
        shown = ranked[: self._scope.settings.territories]
        lines = [line for subject in shown for line in self._said(subject, (DASH,), national)]
        rest = [subject.territory.kato for subject in ranked[len(shown) :]]
        if lines:
            yield plain(word("of_them", self._scope.lang))
            yield from lines
        if rest:
            yield from self._others(rest)

    def _spoken_for(self) -> Iterator[Paragraph]:
        """Whose own sheets count nothing, as an office above entered for them."""
        if self._left_out:
            names = sorted({self._scope.name(it.territory) for it in self._left_out}, key=sort_key)
            said = word("spoken_for", self._scope.lang, territories=", ".join(names))
            yield plain(said, italic=True)

    def _more(self) -> Iterator[Paragraph]:
        """How many entries there was no room for; ask after all else was told."""
        if self._hidden:
            where = "more_entries_annex" if self._scope.options.entries else "more_entries"
            yield plain(word(where, self._scope.lang, count=self._hidden))

    def _only_branch(self) -> str | None:
        """The one territory below that all sheets are from; none of a text of the office's own."""
        if len(self._branches) != 1 or self._edited(self._scope.territory.kato):
            return None
        kato, sheets = next(iter(self._branches.items()))
        return kato if len(sheets) == len(self._sheets) - len(self._left_out) else None

    def _subject(self, kato: str) -> Subject:
        """A territory below."""
        total = self._scope.totals.of(self._form, kato, self._branches[kato])
        return Subject(self._scope.plan.territories[kato], total)

    def _own(self, kato: str) -> Sheet | None:
        return next((it for it in self._sheets if it.key.territory == kato), None)

    def _ranked(self) -> list[Subject]:
        subjects = [self._subject(kato) for kato in self._branches]

        def rank(subject: Subject) -> tuple[float, str]:
            name = self._scope.name(subject.territory.kato)
            return -self._teller.weight(subject.total), sort_key(name)

        return sorted(subjects, key=rank)

    def _said(self, subject: Subject, before: Runs, with_entries: bool) -> Iterator[Paragraph]:
        """The text that the office wrote itself, else the sentences of the form."""
        if edited := self._edited(subject.territory.kato):
            yield Paragraph((*before, *edited))
            return
        runs = self._overridden(subject, self._teller.figures(subject))
        told: list[Runs] = []
        if with_entries:
            told, hidden = self._teller.entries(subject, self._room)
            self._room = max(0, self._room - sum(map(len, subject.total.entries.values())))
            self._hidden += hidden
        if runs:
            yield Paragraph((*before, *self._naming(subject.territory, runs)))
        elif told and before:
            told[0] = self._naming(subject.territory, told[0])
        dash = (DASH,) if before or len(told) > 1 else ()
        yield from (Paragraph((*dash, *it)) for it in told)

    def _overridden(self, subject: Subject, runs: Runs) -> Runs:
        """The runs; totals beside which the office puts another value say so."""
        return tuple(
            with_override(self._scope, self._form, run, made)
            if run.figure and (made := subject.overrides.get(run.figure.figure))
            else run
            for run in runs
        )

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
        scope = self._scope
        sheets = [sheet for kato in rest for sheet in self._branches[kato]]
        runs = self._teller.listed(Subject(scope.territory, together(self._form, sheets)))
        said = word("others" if runs else "others_silent", scope.lang, count=len(rest))
        yield Paragraph((DASH, Run(said), *runs))

    def _edited(self, kato: str) -> Runs:
        """The text that the office of that territory wrote in place of the generated one."""
        own = self._own(kato)
        text = own.marks("sentence:").get(self._scope.lang) if own else None
        return (Run(text), Run(f" {EDITED}")) if text else ()
