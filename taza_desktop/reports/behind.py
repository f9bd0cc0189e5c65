"""What stands behind the signature: tables, lists, pictures and photos of each measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taza_desktop.plan.catalogue import Measure
from taza_desktop.plan.rounds import Round
from taza_desktop.register.completeness import SheetStatus
from taza_desktop.register.register import Register
from taza_desktop.reports.captions import Captions
from taza_desktop.reports.charts import completeness, pictures
from taza_desktop.reports.compare import compared
from taza_desktop.reports.compare_tables import comparison
from taza_desktop.reports.earlier import rounds_until
from taza_desktop.reports.lists import entry_lists, photos
from taza_desktop.reports.neutral import Block, Heading
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.sources import sources
from taza_desktop.reports.tables import by_territory
from taza_desktop.reports.words import word


def behind(
    register: Register,
    scope: Scope,
    measures: list[Measure],
    waited_for: Sequence[SheetStatus],
    fingerprint: str,
) -> Iterator[Block]:
    """The annexes that were chosen, then what the figures are taken from."""
    captions = Captions(scope.lang)
    whole = list(_of_all(register, scope, measures, waited_for, captions))
    rounds = rounds_until(register, scope.round) if scope.options.pictures else []
    annexed = [
        (measure, blocks)
        for measure in measures
        if (blocks := list(_of_measure(register, scope, rounds, measure, captions)))
    ]
    if annexed or whole:
        yield Heading(word("annexes", scope.lang), 1, new_page=True)
    yield from whole
    for measure, blocks in annexed:
        yield Heading(f"{measure.number}. {measure.title.to(scope.lang)}", 2)
        yield from blocks
    yield from sources(register, scope, fingerprint, captions)


def _of_all(
    register: Register,
    scope: Scope,
    measures: list[Measure],
    waited_for: Sequence[SheetStatus],
    captions: Captions,
) -> Iterator[Block]:
    """What is about all measures together."""
    if scope.options.compare:
        yield from comparison(scope, compared(register, scope, measures), captions)
    if scope.options.pictures:
        yield from completeness(scope, waited_for, captions)


def _of_measure(
    register: Register,
    scope: Scope,
    rounds: Sequence[Round],
    measure: Measure,
    captions: Captions,
) -> Iterator[Block]:
    if not scope.sheets[measure.number] or not scope.plan.has_form(measure.number):
        return
    chosen = scope.options
    if chosen.figures:
        yield from by_territory(scope, measure, captions)
    if chosen.pictures:
        yield from pictures(register, scope, rounds, measure, captions)
    if chosen.entries:
        yield from entry_lists(scope, measure, captions)
    if chosen.photos:
        yield from photos(scope, measure, register.attachment_to_show, captions)
