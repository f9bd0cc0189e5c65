"""What the report says: the Ministry's six columns, filled from the register."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from taza_desktop.i18n import Language
from taza_desktop.plan.catalogue import Direction, Measure, Plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.register import Register
from taza_desktop.reports import own_settings
from taza_desktop.reports.annexes import annex
from taza_desktop.reports.behind import behind
from taza_desktop.reports.bilingual import together
from taza_desktop.reports.drafting import Standing, reasons, standing
from taza_desktop.reports.frame import (
    abbreviations,
    columns,
    direction_row,
    direction_title,
    head,
    header,
    signature,
    subtitle,
    unofficial,
)
from taza_desktop.reports.neutral import (
    Block,
    Cell,
    Grid,
    Heading,
    Paragraph,
    Part,
    Report,
    Row,
    paragraphs,
    plain,
)
from taza_desktop.reports.options import Options
from taza_desktop.reports.progress import EDITED, progress
from taza_desktop.reports.scope import Scope, read_scope
from taza_desktop.reports.settings import Settings, of_office
from taza_desktop.reports.sources import data_hash
from taza_desktop.reports.words import word

Told = Callable[[int, int], None]
FEW = 10  # measures that stay in one table; of more each direction begins a page


class _Task(NamedTuple):
    """What is composed, whatever the language."""

    register: Register
    measures: list[Measure]
    now: Standing
    fingerprint: str
    told: Callable[[], None]  # hears that one more measure is done


def compose(
    register: Register,
    plan: Plan,
    round: Round,
    lang: Language | tuple[Language, ...],
    measures: Collection[int] | None = None,
    settings: Settings | None = None,
    territory: str | None = None,
    told: Told | None = None,
    options: Options | None = None,
    on: date | None = None,
) -> Report:
    """The report on what the register holds; in several languages one behind the other.

    `measures` are all 60 unless chosen; `settings` are the office's own unless others are given;
    `territory` (КАТО) is the office's own unless it is one within; `told` hears (measures done,
    measures in all) and may raise to stop; `on` is the day that lateness is judged by, or today.
    """
    languages = lang if isinstance(lang, tuple) else (lang,)
    chosen = [
        it for number, it in sorted(plan.measures.items()) if not measures or number in measures
    ]
    scope = read_scope(
        register,
        plan,
        territory or register.office.territory,
        round,
        languages[0],
        settings or of_office(own_settings.read(register)),
        options or Options(),
    )
    numbers = {it.number for it in chosen}
    task = _Task(
        register,
        chosen,
        standing(register, scope, numbers, on or date.today()),
        data_hash(scope, numbers),
        _counting(told, len(chosen) * len(languages)),
    )
    return _joined([_compose(task, replace(scope, lang=it)) for it in languages])


def _counting(told: Told | None, of: int) -> Callable[[], None]:
    done = 0

    def tell() -> None:
        nonlocal done
        done += 1
        if told:
            told(done, of)

    return tell


def _compose(task: _Task, scope: Scope) -> Report:
    """The report in one language."""
    notes = reasons(scope, task.now)
    return Report(
        title=f"{word('title', scope.lang)}. {subtitle(scope)}",
        language=scope.lang,
        territory=scope.territory.kato,
        round=scope.round.code,
        draft=bool(notes),
        mark=word("draft", scope.lang),
        notes=notes,
        blocks=tuple(_blocks(task, scope, notes)),
        layout=scope.settings.layout,
        author=task.register.office.name,
        annexes=tuple(it for it in (annex(scope, measure) for measure in task.measures) if it),
        data_hash=task.fingerprint,
    )


def _joined(reports: list[Report]) -> Report:
    """All of them in one document, each on pages of its own; the tables of figures in one."""
    first, *others = reports
    if not others:
        return first
    blocks = [block for it in reports for block in (Part(it.language), *it.blocks)]
    return replace(
        first,
        mark=" / ".join(it.mark for it in reports),
        notes=tuple(note for it in reports for note in it.notes),
        blocks=tuple(blocks),
        annexes=together([it.annexes for it in reports]),
    )


def _blocks(task: _Task, scope: Scope, notes: tuple[str, ...]) -> Iterator[Block]:
    yield from head(scope)
    tables = tuple(_tables(task, scope))
    yield from tables
    if any(map(_edited, paragraphs(tables))):
        yield plain(word("edited", scope.lang), "note")
    executors = "\n".join(measure.executors.to(scope.lang) for measure in task.measures)
    yield from abbreviations(scope, executors)
    yield from unofficial(scope)
    if notes:
        yield plain(word("draft_heading", scope.lang), "note", bold=True)
        yield from (plain(note, "note") for note in notes)
    yield from signature(scope)
    waited_for = task.now.waited_for
    yield from behind(task.register, scope, task.measures, waited_for, task.fingerprint)


def _edited(paragraph: Paragraph) -> bool:
    return bool(paragraph.runs) and paragraph.runs[-1].text.strip() == EDITED


def _tables(task: _Task, scope: Scope) -> Iterator[Block]:
    """One table, or one for each direction, where a reader can jump to."""
    alt = word("title", scope.lang)
    groups = _by_direction(scope, task.measures)
    if len(task.measures) <= FEW:
        rows = [row for direction, own in groups for row in _rows(task, scope, direction, own)]
        yield Grid(columns(scope), tuple(rows), header(scope), alt=alt)
        return
    for number, (direction, own) in enumerate(groups):
        title = direction_title(scope, direction)
        yield Heading(title, 2, shown=False, new_page=number > 0)
        rows = tuple(_rows(task, scope, direction, own))
        yield Grid(columns(scope), rows, header(scope), alt=f"{alt}. {title}")


def _by_direction(scope: Scope, measures: list[Measure]) -> list[tuple[Direction, list[Measure]]]:
    groups = [
        (direction, [it for it in measures if it.direction == direction.number])
        for direction in scope.plan.directions
    ]
    return [(direction, own) for direction, own in groups if own]


def _rows(
    task: _Task, scope: Scope, direction: Direction, measures: list[Measure]
) -> Iterator[Row]:
    """The merged row of a direction, then its measures."""
    yield direction_row(scope, direction)
    for measure in measures:
        yield _row(scope, measure)
        task.told()


def _row(scope: Scope, measure: Measure) -> Row:
    short = (measure.title, measure.completion_form, measure.deadline, measure.executors)
    cells = [Cell((plain(text.to(scope.lang)),)) for text in short]
    return (Cell((plain(str(measure.number)),)), *cells, Cell(progress(scope, measure)))
