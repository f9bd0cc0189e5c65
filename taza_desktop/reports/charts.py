"""The pictures of a report: which there are, each with its caption and the same said in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from taza_desktop.plan.catalogue import Measure
from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Value
from taza_desktop.register.completeness import SheetStatus
from taza_desktop.register.register import Register
from taza_desktop.reports.captions import Captions
from taza_desktop.reports.chart_bars import bars
from taza_desktop.reports.chart_data import (
    FEWEST,
    PERCENT,
    Measured,
    by_branch,
    facts,
    leading,
    said,
    with_own,
)
from taza_desktop.reports.chart_trend import trend
from taza_desktop.reports.columns import head
from taza_desktop.reports.completeness_drawing import grids
from taza_desktop.reports.drawing import Drawing
from taza_desktop.reports.earlier import over_rounds
from taza_desktop.reports.map_drawing import shaded_map
from taza_desktop.reports.neutral import Layout, Picture
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

PAPER, ACROSS = 210.0, 297.0  # millimetres of A4
WIDEST = 240.0


def room_across(layout: Layout) -> float:
    """How wide a picture may be, in millimetres."""
    paper = ACROSS if layout.landscape else PAPER
    return min(paper - layout.margin_left - layout.margin_right, WIDEST)


def pictures(
    register: Register,
    scope: Scope,
    rounds: Sequence[Round],
    measure: Measure,
    captions: Captions,
) -> Iterator[Picture]:
    """Of each figure with a plan that enough territories know: bars, the map, the rounds before.

    Of a measure without any plan the map of what the report tells first.
    """
    form = scope.plan.form(measure.number)
    for fact in facts(form):
        shown = with_own(scope, form, fact)
        if sum(it.done is not None for it in shown) >= FEWEST:
            yield from _bars(scope, form, fact, shown, captions)
            yield from _map_of_fact(scope, form, fact, captions)
        told = over_rounds(register, scope, rounds, form, fact) if len(rounds) > 1 else ()
        yield from _trend(scope, form, fact, told, captions)
    if not facts(form) and (first := leading(form)):
        values = {
            kato: scope.totals.of(form, kato, sheets).cells.get(first.name)
            for kato, sheets in scope.branches(form.measure).items()
        }
        yield from _map(scope, first, first, values, captions)


def completeness(
    scope: Scope, statuses: Sequence[SheetStatus], captions: Captions
) -> Iterator[Picture]:
    """How far the sheets of the round have come."""
    for grid in grids(scope, statuses, room_across(scope.settings.layout)):
        yield _picture(grid, word("grid_title", scope.lang), "", captions)


def _bars(
    scope: Scope, form: Form, fact: Figure, shown: Sequence[Measured], captions: Captions
) -> Iterator[Picture]:
    plan = form.figure(fact.of or "")
    planned = any(it.planned is not None for it in shown)
    key = "chart_bars" if planned else "by_territory"
    title = word(key, scope.lang, figure=head(scope, fact))
    alt = "; ".join(_told(scope, plan, fact, it) for it in shown)
    for drawing in bars(scope, plan, fact, shown, room_across(scope.settings.layout)):
        yield _picture(drawing, title, alt, captions)


def _map_of_fact(scope: Scope, form: Form, fact: Figure, captions: Captions) -> Iterator[Picture]:
    """Shaded by how much of the plan is done; where too few have a plan, by the fact itself."""
    known = by_branch(scope, form, fact)
    if sum(it.percent is not None for it in known) >= FEWEST:
        yield from _map(scope, fact, PERCENT, {it.kato: it.percent for it in known}, captions)
    else:
        yield from _map(scope, fact, fact, {it.kato: it.done for it in known}, captions)


def _map(
    scope: Scope, fact: Figure, shown: Figure, values: dict[str, Value], captions: Captions
) -> Iterator[Picture]:
    """The map by `shown`, which is `fact` itself or how much of its plan it is."""
    drawing = shaded_map(scope, shown, values, room_across(scope.settings.layout))
    if drawing is None or sum(it is not None for it in values.values()) < FEWEST:
        return
    label = head(scope, fact)
    key = "map_figure" if shown is fact else "map_percent"
    alt = "; ".join(
        f"{scope.name(kato)} – {said(shown, value, scope.lang)}" for kato, value in values.items()
    )
    yield _picture(drawing, word(key, scope.lang, figure=label), alt, captions)


def _trend(
    scope: Scope, form: Form, fact: Figure, told: Iterable[Measured], captions: Captions
) -> Iterator[Picture]:
    """Plan and fact of the territory as a whole, in this round and those before it."""
    shown = [it for it in told if it.done is not None]
    if len(shown) < 2:
        return
    plan = form.figure(fact.of or "")
    drawing = trend(scope, plan, fact, shown, room_across(scope.settings.layout))
    title = word("chart_trend", scope.lang, figure=head(scope, fact))
    alt = "; ".join(_told(scope, plan, fact, it) for it in shown)
    yield _picture(drawing, title, alt, captions)


def _told(scope: Scope, plan: Figure, fact: Figure, one: Measured) -> str:
    lang = scope.lang
    planned = word("plan", lang, value=said(plan, one.planned, lang))
    done = word("fact", lang, value=said(fact, one.done, lang))
    return f"{one.name} – {planned}, {done}"


def _picture(drawing: Drawing, title: str, alt: str, captions: Captions) -> Picture:
    caption = captions.picture(title)
    words = f"{title}: {alt}" if alt else title
    return Picture(drawing, drawing.width, drawing.height, words, caption)
