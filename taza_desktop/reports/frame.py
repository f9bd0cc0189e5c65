"""What stands round the rows of measures: head, columns, directions, notes, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from taza_desktop.i18n import Text
from taza_desktop.plan.catalogue import Direction, Indicator
from taza_desktop.plan.form import Figure
from taza_desktop.plan.kinds import say
from taza_desktop.plan.numbers import show_number
from taza_desktop.plan.units import unit
from taza_desktop.reports.neutral import (
    Block,
    Cell,
    Column,
    Grid,
    Heading,
    Paragraph,
    Photo,
    Picture,
    Row,
    Run,
    plain,
)
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

COLUMNS = ("number", "name", "form", "deadline", "executors", "progress")
LINE = "_" * 20  # to write on
EMBLEM = 24.0  # millimetres of the longer side
_DATE = Figure("date", "date", Text("", "", ""))


def head(scope: Scope) -> Iterator[Block]:
    """Number and date at the left, «Приложение» at the right, title with territory and round."""
    signature = scope.settings.signature
    yield from _letterhead(scope)
    day = say(_DATE, signature.date, scope.lang) if signature.date else ""
    number = word("reference", scope.lang, number=signature.reference or LINE)
    yield side_by_side(
        (plain(number), plain(day or word("date_blank", scope.lang))),
        (plain(word("annex", scope.lang), "right"),),
    )
    yield Heading(word("title", scope.lang))
    yield plain(subtitle(scope), "subtitle")


def _letterhead(scope: Scope) -> Iterator[Block]:
    """The office's emblem and lines; nothing where it has none."""
    own = scope.settings.signature
    if own.emblem:
        width, height = _size(own.emblem)
        scale = EMBLEM / max(width, height)
        yield Picture(
            Photo(own.emblem, "image/png"),
            width * scale,
            height * scale,
            word("emblem", scope.lang),
        )
    yield from (plain(line, "letterhead") for line in own.letterhead.to(scope.lang).splitlines())


def _size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG, which stand behind its first 16 bytes."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def subtitle(scope: Scope) -> str:
    """«Қызылорда облысы, 2024 жыл»."""
    name, round_name = scope.territory.name.to(scope.lang), scope.round.name(scope.lang)
    return word("subtitle", scope.lang, territory=name, round=round_name)


def side_by_side(left: tuple[Paragraph, ...], right: tuple[Paragraph, ...]) -> Grid:
    """Text at the left and at the right of the page."""
    return Grid((Column(3), Column(2, "right")), ((Cell(left), Cell(right)),), borders=False)


def columns(scope: Scope) -> tuple[Column, ...]:
    """The six columns; the narrow ones are centred."""
    aligned = ("centre", "left", "left", "centre", "left", "left")
    widths = scope.settings.columns
    return tuple(Column(width, align) for width, align in zip(widths, aligned, strict=True))


def header(scope: Scope) -> tuple[Row, Row]:
    """The names of the columns and, below, their numbers."""
    names = [plain(word(f"column_{name}", scope.lang)) for name in COLUMNS]
    numbers = [plain(str(number)) for number in range(1, len(COLUMNS) + 1)]
    return tuple(Cell((it,)) for it in names), tuple(Cell((it,)) for it in numbers)


def direction_row(scope: Scope, direction: Direction) -> Row:
    """The merged row of a direction: its title, and its indicators by year."""
    indicators = (_indicator(scope, it) for it in direction.indicators)
    said = plain(direction_title(scope, direction), "section")
    return (Cell((said, *indicators), span=len(COLUMNS)),)


def direction_title(scope: Scope, direction: Direction) -> str:
    """«1-бағыт. …»."""
    title = direction.title.to(scope.lang)
    return word("direction", scope.lang, number=direction.number, title=title)


def _indicator(scope: Scope, indicator: Indicator) -> Paragraph:
    short = unit(indicator.unit).short.to(scope.lang)
    title = word("indicator", scope.lang, title=f"{indicator.title.to(scope.lang)}, {short}")
    years = [_year(scope, year, *both) for year, both in sorted(indicator.values.items())]
    return Paragraph((Run(f"{title}: ", italic=True), Run("; ".join(years))), "centre")


def _year(scope: Scope, year: int, plan: Decimal | None, fact: Decimal | None) -> str:
    lang = scope.lang
    values = [
        word(role, lang, value=show_number(value, lang))
        for role, value in (("plan", plan), ("fact", fact))
        if value is not None
    ]
    return word("indicator_year", lang, year=year, values=", ".join(values))


def abbreviations(scope: Scope, executors: str) -> Iterator[Paragraph]:
    """The note that spells out the abbreviations which occur among the executors."""
    spelt = [
        f"{said} – {abbreviation.meaning.to(scope.lang)}"
        for abbreviation in scope.plan.abbreviations
        for said in [abbreviation.short.to(scope.lang)]
        if re.search(rf"(?<!\w){re.escape(said)}(?!\w)", executors)
    ]
    if spelt:
        yield plain(f"{word('abbreviations', scope.lang)} {'; '.join(spelt)}.", "note")


def unofficial(scope: Scope) -> Iterator[Paragraph]:
    """Says that the titles in this language are our own translation, where they are."""
    if any(scope.lang in measure.unofficial for measure in scope.plan.measures.values()):
        yield plain(word("unofficial", scope.lang), "note")


def signature(scope: Scope) -> Iterator[Block]:
    """Position and name of who signs, one below another, then who prepared it, small."""
    lang, own = scope.lang, scope.settings.signature
    who = word("executor", lang, name=own.executor or LINE)
    prepared = plain(f"{who}\n{word('phone', lang, phone=own.phone or LINE)}", "small")
    blank = _pair(plain(""), plain(""))
    signed = [
        row
        for position, name in _signatories(scope)
        for row in (
            _pair(plain(position, bold=True), plain(name or LINE, "right", bold=True)),
            blank,
        )
    ]
    yield plain("")
    yield Grid(
        (Column(3), Column(2, "right")),
        (*signed, _pair(prepared, plain(""))),
        borders=False,
    )


def _signatories(scope: Scope) -> Iterator[tuple[str, str]]:
    """Position and name of everybody who signs; the second only where the office has one."""
    lang, own = scope.lang, scope.settings.signature
    usual = "signatory_position_ministry" if scope.national else "signatory_position"
    yield own.position.to(lang) or word(usual, lang), own.signatory
    if any(own.second_position) or own.second_signatory:
        yield own.second_position.to(lang) or LINE, own.second_signatory


def _pair(left: Paragraph, right: Paragraph) -> Row:
    return Cell((left,)), Cell((right,))
