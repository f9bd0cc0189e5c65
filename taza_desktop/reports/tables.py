"""The figures of a measure by territory as tables to print: plan, fact, per cent, last round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from taza_desktop.i18n import Text
from taza_desktop.plan.catalogue import Measure
from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.kazakh import sort_key
from taza_desktop.plan.kind_numbers import exact, rounded
from taza_desktop.plan.kinds import KINDS, show
from taza_desktop.plan.sheet import Sheet
from taza_desktop.plan.spoken import Piece
from taza_desktop.reports.captions import Captions
from taza_desktop.reports.columns import head, heads, in_pieces
from taza_desktop.reports.neutral import Cell, Column, Grid, Paragraph, Row, Run, plain
from taza_desktop.reports.origins import Origins
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.telling import Subject
from taza_desktop.reports.words import word

_PERCENT = Figure("", "percent", Text("%", "%", "%"))


class Line(NamedTuple):
    """One territory of the table: how things stand, and how they stood in the last round."""

    name: str
    now: Subject
    before: Subject


class Told(NamedTuple):
    """A column of the table: its head, and what it says of a territory; None when blank."""

    head: str
    say: Callable[[Line], Run | None]


def by_territory(scope: Scope, measure: Measure, captions: Captions) -> Iterator[Grid]:
    """The table; in several pieces, each with the territories, when it has many columns."""
    form = scope.plan.form(measure.number)
    lines = list(_lines(scope, form))
    total = _line(scope, form, word("total", scope.lang), scope.sheets[measure.number], "")
    columns = [it for it in _columns(scope, form) if it.say(total) or any(map(it.say, lines))]
    if not columns:
        return
    title = word("figures_by_territory", scope.lang)
    shown = (*lines, total) if len(lines) > 1 else tuple(lines)
    grid = Grid(
        columns=(Column(1), *(Column(1, "right") for _ in columns)),
        rows=tuple(_row(line, columns, bold=line is total) for line in shown),
        header=(heads((word("territory", scope.lang), *(it.head for it in columns))),),
        alt=f"{measure.number}. {title}",
    )
    yield from (replace(it, caption=captions.table(title)) for it in in_pieces(grid))


def _lines(scope: Scope, form: Form) -> Iterator[Line]:
    """The office's own sheet first, then the territories directly below by the alphabet."""
    if own := scope.own(form.measure):
        here = scope.territory.kato
        yield _line(scope, form, word("own_office", scope.lang), [own], here)
    branches = scope.branches(form.measure)
    for kato in sorted(branches, key=lambda kato: sort_key(scope.name(kato))):
        yield _line(scope, form, scope.name(kato), branches[kato], kato)


def _line(scope: Scope, form: Form, name: str, sheets: list[Sheet], kato: str) -> Line:
    """A line of these sheets: all that there are for a territory, or of the report for ""."""
    territory = scope.plan.territories[kato or scope.territory.kato]
    before = [last for sheet in sheets if (last := scope.last.get(sheet.key))]
    return Line(
        name,
        Subject(territory, scope.totals.of(form, kato, sheets)),
        Subject(territory, scope.totals.of(form, f"{kato} before", before)),
    )


def _columns(scope: Scope, form: Form) -> Iterator[Told]:
    """Each plan with its fact, their ratio and the last fact; then the other numbers."""
    numeric = [it for it in form.figures if KINDS[it.kind].numeric]
    facts = [it for it in numeric if it.of]
    paired = {it.name for it in facts} | {it.of for it in facts}
    for fact in facts:
        yield _figure(scope, form, form.figure(fact.of or ""))
        yield _figure(scope, form, fact)
        ratio = next((it for it in numeric if _is_ratio(it, fact)), None)
        yield _figure(scope, form, ratio) if ratio else _ratio(scope, form, fact)
        if ratio:
            paired.add(ratio.name)
        yield _before(scope, form, fact)
    yield from (_figure(scope, form, it) for it in numeric if it.name not in paired)


def _is_ratio(figure: Figure, fact: Figure) -> bool:
    """Whether the form itself computes how much of the plan the fact is."""
    read = figure.computed or ""
    return figure.kind == "percent" and fact.name in read and (fact.of or "") in read


def _figure(scope: Scope, form: Form, figure: Figure) -> Told:
    def say(line: Line) -> Run | None:
        return _said(scope, form, figure, line.now)

    return Told(head(scope, figure), say)


def _before(scope: Scope, form: Form, fact: Figure) -> Told:
    def say(line: Line) -> Run | None:
        return _said(scope, form, fact, line.before)

    return Told(word("last_round", scope.lang, figure=head(scope, fact)), say)


def _ratio(scope: Scope, form: Form, fact: Figure) -> Told:
    """How much of the plan the fact is, where the form has no figure for that."""

    def say(line: Line) -> Run | None:
        cells = line.now.total.cells
        planned, done = cells.get(fact.of or ""), cells.get(fact.name)
        if planned is None or done is None or not exact(planned):
            return None
        percent = rounded(_PERCENT, Decimal(100) * exact(done) / exact(planned))
        return Run(show(_PERCENT, percent, scope.lang))

    return Told(word("ratio", scope.lang), say)


def _said(scope: Scope, form: Form, figure: Figure, subject: Subject) -> Run | None:
    value = subject.total.cells.get(figure.name)
    if value is None:
        return None
    origins = Origins(form, subject.total, subject.overrides)
    return origins.run(Piece(show(figure, value, scope.lang), (figure.name,)))


def _row(line: Line, columns: list[Told], *, bold: bool) -> Row:
    said = (it.say(line) or Run("–") for it in columns)
    cells = (Cell((Paragraph((replace(it, bold=bold),)),)) for it in said)
    return (Cell((plain(line.name, bold=bold),)), *cells)
