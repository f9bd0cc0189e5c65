"""Footnotes of column 6: explanations, and what offices put beside totals, at their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.kinds import KINDS, show
from taza_desktop.plan.overrides import Override
from taza_desktop.plan.sheet import Value
from taza_desktop.plan.units import unit
from taza_desktop.reports.neutral import Paragraph, Provenance, Run, plain
from taza_desktop.reports.remarks import Remark, say
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

Place = tuple[int, int]  # number of the paragraph, of the run in it


def with_remarks(
    scope: Scope, form: Form, told: Sequence[Paragraph], remarks: Iterable[Remark]
) -> Iterator[Paragraph]:
    """The paragraphs with the remarks as footnotes, as many as there is room for."""
    found = list(remarks)
    notes: dict[Place, list[str]] = {}
    for remark in found[: scope.settings.remarks]:
        notes.setdefault(_place(told, remark), []).append(say(scope, form, remark))
    for number, paragraph in enumerate(told):
        runs = (_noted(run, notes.get((number, at), ())) for at, run in enumerate(paragraph.runs))
        yield replace(paragraph, runs=tuple(runs))
    if len(found) > scope.settings.remarks:
        count = len(found) - scope.settings.remarks
        yield plain(word("more_remarks", scope.lang, count=count), italic=True)


def with_override(scope: Scope, form: Form, run: Run, made: Override) -> Run:
    """A computed total with what the office puts beside it, and why, as a footnote."""
    if run.figure is None:
        return run
    value = _shown(scope, form.figure(run.figure.figure), made.value)
    return _noted(run, (word("override", scope.lang, value=value, reason=made.remark or "–"),))


def _shown(scope: Scope, figure: Figure, value: Value) -> str:
    short = unit(figure.unit).short.to(scope.lang) if figure.unit else ""
    said = show(figure, value, scope.lang)
    return f"{said}\u00a0{short}" if short and KINDS[figure.kind].numeric else said


def _noted(run: Run, notes: Iterable[str]) -> Run:
    said = " ".join(filter(None, (run.note, *notes)))
    return replace(run, note=said) if said != run.note else run


def _place(told: Sequence[Paragraph], remark: Remark) -> Place:
    """The run that says the figure of the fewest sheets, else the end of what tells the sheet."""
    printed = [
        (_distance(run.figure, remark), len(run.figure.sources), number, at)
        for number, paragraph in enumerate(told)
        for at, run in enumerate(paragraph.runs)
        if run.figure is not None and remark.sheet in run.figure.sources
    ]
    if not printed:
        return 0, len(told[0].runs) - 1
    distance, _, number, at = min(printed)
    return (number, at) if distance == 0 else (number, len(told[number].runs) - 1)


def _distance(origin: Provenance, remark: Remark) -> int:
    """0 for the figure itself, or a column of the table that was remarked upon; else 1."""
    same = origin.figure == remark.cell or origin.figure.startswith(f"{remark.cell}.")
    return 0 if same else 1
