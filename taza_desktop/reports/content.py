"""What the report says: the Ministry's six columns, filled from the register."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from taza_desktop.i18n import Language
from taza_desktop.plan.catalogue import Direction, Measure, Plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.register import Register
from taza_desktop.reports.annexes import annex
from taza_desktop.reports.drafting import reasons
from taza_desktop.reports.frame import (
    abbreviations,
    columns,
    direction_row,
    head,
    header,
    signature,
    subtitle,
    unofficial,
)
from taza_desktop.reports.neutral import Block, Cell, Grid, Paragraph, Report, Row, plain
from taza_desktop.reports.progress import EDITED, progress
from taza_desktop.reports.scope import Scope, read_scope
from taza_desktop.reports.settings import Settings, defaults
from taza_desktop.reports.words import word

Told = Callable[[int, int], None]


def compose(
    register: Register,
    plan: Plan,
    round: Round,
    lang: Language,
    measures: Collection[int] | None = None,
    settings: Settings | None = None,
    territory: str | None = None,
    told: Told | None = None,
) -> Report:
    """The report on what the register holds.

    `measures` are all 60 unless chosen; `territory` (КАТО) is the office's own unless it is one
    within; `told` hears (measures done, measures in all) and may raise to stop.
    """
    kato = territory or register.office.territory
    scope = read_scope(register, plan, kato, round, lang, settings or defaults())
    chosen = [
        it for number, it in sorted(plan.measures.items()) if not measures or number in measures
    ]
    rows = list(_rows(scope, chosen, told))
    notes = reasons(register, scope, {it.number for it in chosen})
    return Report(
        title=f"{word('title', lang)}. {subtitle(scope)}",
        language=lang,
        territory=kato,
        round=round.code,
        draft=bool(notes),
        mark=word("draft", lang),
        notes=notes,
        blocks=tuple(_blocks(scope, chosen, rows, notes)),
        layout=scope.settings.layout,
        author=register.office.name,
        annexes=tuple(it for it in (annex(scope, measure) for measure in chosen) if it),
    )


def _blocks(
    scope: Scope, measures: list[Measure], rows: list[Row], notes: tuple[str, ...]
) -> Iterator[Block]:
    yield from head(scope)
    yield Grid(columns(scope), tuple(rows), header(scope))
    if any(_edited(paragraph) for row in rows for cell in row for paragraph in cell.paragraphs):
        yield plain(word("edited", scope.lang), "note")
    executors = "\n".join(measure.executors.to(scope.lang) for measure in measures)
    yield from abbreviations(scope, executors)
    yield from unofficial(scope)
    if notes:
        yield plain(word("draft_heading", scope.lang), "note", bold=True)
        yield from (plain(note, "note") for note in notes)
    yield from signature(scope)


def _edited(paragraph: Paragraph) -> bool:
    return bool(paragraph.runs) and paragraph.runs[-1].text.strip() == EDITED


def _rows(scope: Scope, measures: list[Measure], told: Told | None) -> Iterator[Row]:
    """A merged row for each direction, then its measures."""
    direction: Direction | None = None
    by_number = {it.number: it for it in scope.plan.directions}
    for done, measure in enumerate(measures, start=1):
        if by_number[measure.direction] is not direction:
            direction = by_number[measure.direction]
            yield direction_row(scope, direction)
        yield _row(scope, measure)
        if told:
            told(done, len(measures))


def _row(scope: Scope, measure: Measure) -> Row:
    short = (measure.title, measure.completion_form, measure.deadline, measure.executors)
    cells = [Cell((plain(text.to(scope.lang)),)) for text in short]
    return (Cell((plain(str(measure.number)),)), *cells, Cell(progress(scope, measure)))
