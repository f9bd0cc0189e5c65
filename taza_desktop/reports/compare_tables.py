"""The comparisons as tables of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from taza_desktop.i18n import Language
from taza_desktop.plan.kind_numbers import exact
from taza_desktop.plan.numbers import show_number
from taza_desktop.plan.units import unit
from taza_desktop.reports.captions import Captions
from taza_desktop.reports.chart_data import BLANK, PERCENT, Measured, said
from taza_desktop.reports.columns import fitted, head, heads
from taza_desktop.reports.compare import Against, Changed, Comparison, Ranked
from taza_desktop.reports.neutral import Block, Cell, Column, Grid, Heading, Row, plain
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word


def comparison(scope: Scope, found: Comparison, captions: Captions) -> Iterator[Block]:
    """A heading with up to three tables; nothing where there is nothing to compare."""
    tables = list(_tables(scope, found, captions))
    if tables:
        yield Heading(word("comparison", scope.lang), 2)
        yield from tables


def _tables(scope: Scope, found: Comparison, captions: Captions) -> Iterator[Grid]:
    lang = scope.lang
    if found.before is not None and found.changes:
        before, now = found.before.name(lang), scope.round.name(lang)
        title = word("compare_rounds", lang, before=before, now=now)
        names = (before, now, word("difference", lang), word("compare_percent", lang))
        rows = [_changed(scope, it) for it in found.changes]
        yield _grid(scope, title, (*_measure(scope), *names), rows, captions)
    if found.ranks:
        key = "compare_regions" if scope.national else "compare_parts"
        names = ("chart_plan", "chart_fact", "ratio", "most", "least", "reached")
        named = (word(name, lang) for name in names)
        rows = [_ranked(scope, it) for it in found.ranks]
        yield _grid(scope, word(key, lang), (*_measure(scope), *named), rows, captions)
    if found.indicators:
        title = word("compare_indicators", lang, year=scope.round.year)
        named = (word(name, lang) for name in ("chart_plan", "chart_fact", "difference"))
        names = (word("column_number", lang), word("indicator_name", lang), *named)
        rows = [_against(scope, at, it) for at, it in enumerate(found.indicators, start=1)]
        yield _grid(scope, title, names, rows, captions)


def _measure(scope: Scope) -> tuple[str, str]:
    return word("column_number", scope.lang), word("figure", scope.lang)


def _grid(
    scope: Scope,
    title: str,
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    captions: Captions,
) -> Grid:
    texts = (Column(1, "centre"), Column(1))
    grid = Grid(
        columns=(*texts, *(Column(1, "right") for _ in names[2:])),
        rows=tuple(map(_row, rows)),
        header=(heads(names),),
        alt=title,
        caption=captions.table(title),
    )
    return fitted(grid)


def _row(texts: Sequence[str]) -> Row:
    return tuple(Cell((plain(text),)) for text in texts)


def _changed(scope: Scope, it: Changed) -> list[str]:
    values = (it.before, it.now)
    return [
        str(it.form.measure),
        head(scope, it.figure),
        *(said(it.figure, value, scope.lang) for value in values),
        _signed(exact(it.difference), scope.lang),
        said(PERCENT, it.percent, scope.lang),
    ]


def _ranked(scope: Scope, it: Ranked) -> list[str]:
    lang = scope.lang
    return [
        str(it.form.measure),
        head(scope, it.fact),
        said(it.plan, it.whole.planned, lang),
        said(it.fact, it.whole.done, lang),
        said(PERCENT, it.whole.percent, lang),
        _named(scope, it.known[0]),
        _named(scope, it.known[-1]),
        word("reached_of", lang, reached=it.reached, count=len(it.known)),
    ]


def _named(scope: Scope, it: Measured) -> str:
    return f"{it.name} – {said(PERCENT, it.percent, scope.lang)}"


def _against(scope: Scope, at: int, it: Against) -> list[str]:
    lang = scope.lang
    short = unit(it.indicator.unit).short.to(lang)
    return [
        str(at),
        f"{it.indicator.title.to(lang)}, {short}",
        *(BLANK if value is None else show_number(value, lang) for value in (it.planned, it.fact)),
        BLANK if it.difference is None else _signed(it.difference, lang),
    ]


def _signed(number: Decimal, lang: Language) -> str:
    """A difference with its sign."""
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return sign + show_number(abs(number), lang)
