"""The sheets of one measure told in the sentences of its form; every figure keeps its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from taza_desktop.i18n import Language
from taza_desktop.plan.checks import computed
from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.kinds import KINDS, say, show
from taza_desktop.plan.sentences import sentences
from taza_desktop.plan.sheet import Sheet, SheetKey, Value
from taza_desktop.plan.territories import Territory
from taza_desktop.plan.totals import PlacedEntry, Total, add_up
from taza_desktop.plan.units import unit
from taza_desktop.reports.neutral import Provenance, Run

Runs = tuple[Run, ...]
Place = tuple[int, int]  # first and behind the last letter


class Teller:
    """Tells sheets of one form in one language."""

    def __init__(self, form: Form, lang: Language) -> None:
        self.form = form
        self._lang: Language = lang
        self._about_figures = _only(form, each=False)
        self._about_entries = _only(form, each=True)
        self._numeric = [it for it in form.figures if KINDS[it.kind].numeric]

    def figures(self, total: Total, territory: Territory) -> Runs:
        """All sentences about the figures, as one stretch of text; empty when there are none."""
        said = self._sentences(self._about_figures, total, territory)
        return tuple(self._marked(" ".join(said), total)) if said else ()

    def entries(self, total: Total, territory: Territory, room: int) -> tuple[list[Runs], int]:
        """The sentences about so many entries, and for how many more there was no room."""
        tables = dict.fromkeys(it.each for it in self._about_entries.sentences if it.each)
        kept: dict[str, list[PlacedEntry]] = {}
        hidden = 0
        for table in tables:
            rows = total.entries.get(table, [])
            kept[table] = rows[:room]
            hidden += len(rows) - len(kept[table])
            room -= len(kept[table])
        shown = replace(total, entries=total.entries | kept)
        said = self._sentences(self._about_entries, shown, territory)
        return [(Run(text),) for text in said], hidden

    def listed(self, total: Total) -> Runs:
        """The figures as «label – value; …», without a sentence."""
        runs: list[Run] = []
        for figure in self._numeric:
            if (value := total.cells.get(figure.name)) is None:
                continue
            short = f" {unit(figure.unit).short.to(self._lang)}" if figure.unit else ""
            runs.append(Run(f"{'; ' if runs else ''}{figure.label.to(self._lang)} – "))
            origin = self._provenance(figure.name, value, total)
            runs.append(Run(f"{show(figure, value, self._lang)}{short}", figure=origin))
        return tuple(runs)

    def weight(self, total: Total) -> float:
        """How large: by the first fact, else the first number of the form."""
        facts = [figure for figure in self._numeric if figure.role == "fact"]
        for figure in (*facts, *self._numeric):
            if (value := total.cells.get(figure.name)) is not None:
                return float(str(value))
        return 0.0

    def _sentences(self, form: Form, total: Total, territory: Territory) -> list[str]:
        if not form.sentences:
            return []
        return sentences(form, total.cells, total.entries, territory, self._lang)

    def _marked(self, text: str, total: Total) -> Iterator[Run]:
        """Cut the text where figures stand in it; a figure is marked once, in the form's order."""
        found: dict[Place, Provenance] = {}
        for figure in self._numeric:
            value = total.cells.get(figure.name)
            if value is not None and (place := self._place(text, figure, value, found)):
                found[place] = self._provenance(figure.name, value, total)
        at = 0
        for (start, end), origin in sorted(found.items()):
            if start > at:
                yield Run(text[at:start])
            yield Run(text[start:end], figure=origin)
            at = end
        if at < len(text):
            yield Run(text[at:])

    def _place(
        self, text: str, figure: Figure, value: Value, taken: Mapping[Place, Provenance]
    ) -> Place | None:
        """Where a figure stands, as sentences say it («4,7 млн теңге») or as a bare number."""
        told = (said(figure, value, self._lang) for said in (say, show))
        return next((it for number in told if (it := _free_place(text, number, taken))), None)

    def _provenance(self, name: str, value: Value, total: Total) -> Provenance:
        sources: Mapping[str, Sequence[SheetKey]] = total.sources
        return Provenance(self.form.measure, name, value, tuple(sources.get(name, ())))


def together(form: Form, sheets: Sequence[Sheet]) -> Total:
    """The sheets added up; a single sheet as it is, with the figures that do not add up."""
    total = add_up(form, sheets)
    if len(sheets) == 1:
        total.cells = sheets[0].figures() | computed(form, sheets[0])
        total.sources = {name: [sheets[0].key] for name in total.cells}
    return total


def _free_place(text: str, said: str, taken: Mapping[Place, Provenance]) -> Place | None:
    """Where the number stands by itself and no other figure was found."""
    for found in re.finditer(rf"(?<![\d,.\u00a0]){re.escape(said)}(?![\d]|[,.\u00a0]\d)", text):
        start, end = found.span()
        if all(end <= begun or start >= ended for begun, ended in taken):
            return start, end
    return None


def _only(form: Form, *, each: bool) -> Form:
    chosen = tuple(it for it in form.sentences if (it.each is not None) == each)
    return replace(form, sentences=chosen)
