"""Columns of printed tables: what stands at their head, and how much of the page each needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import ceil

from taza_desktop.i18n import Language
from taza_desktop.plan.form import Figure
from taza_desktop.plan.units import unit
from taza_desktop.reports.neutral import Cell, Grid, Row, plain
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

LEAST, ENOUGH = 4, 26  # letters: no column is narrower, and none needs more to be read well
UNITS = {"percent": "percent", "money": "tenge"}  # of kinds that have one by themselves
ACROSS = 100  # letters of a table that fit across a landscape page


def head(scope: Scope, figure: Figure) -> str:
    """The label of a figure with its unit, in the language of the report."""
    return labelled(figure, scope.lang)


def labelled(figure: Figure, lang: Language) -> str:
    """The label of a figure with its unit."""
    label = figure.label.to(lang)
    if figure.kind in UNITS:
        return f"{label}, {word(UNITS[figure.kind], lang)}"
    return f"{label}, {unit(figure.unit).short.to(lang)}" if figure.unit else label


def heads(texts: Iterable[str]) -> Row:
    """A header row."""
    return tuple(Cell((plain(text),)) for text in texts)


def fitted(grid: Grid) -> Grid:
    """The grid with columns as wide as what stands in them: no word or number need be cut."""
    needed = [
        _needed([row[at].text for row in (*grid.header, *grid.rows)])
        for at in range(len(grid.columns))
    ]
    columns = (
        replace(column, width=width) for column, width in zip(grid.columns, needed, strict=True)
    )
    return replace(grid, columns=tuple(columns))


def in_pieces(grid: Grid) -> Iterator[Grid]:
    """The grid cut into as few as fit across a page, each with the first column; all fitted."""
    wide = fitted(grid)
    first, *others = [column.width for column in wide.columns]
    room = max(ACROSS - first, 1)
    pieces = ceil(sum(others) / room)
    share = sum(others) / max(pieces, 1)
    taken: list[list[int]] = [[0]]
    used = 0.0
    for at, width in enumerate(others, start=1):
        if len(taken[-1]) > 1 and used + width / 2 > share * len(taken):
            taken.append([0])
        taken[-1].append(at)
        used += width
    yield from (_with_columns(wide, chosen) for chosen in taken)


def _with_columns(grid: Grid, chosen: Sequence[int]) -> Grid:
    return replace(
        grid,
        columns=tuple(grid.columns[at] for at in chosen),
        rows=tuple(tuple(row[at] for at in chosen) for row in grid.rows),
        header=tuple(tuple(row[at] for at in chosen) for row in grid.header),
    )


def _needed(texts: Sequence[str]) -> float:
    """Letters across: the longest word, or more where whole texts are long."""
    longest_word = max((len(part) for text in texts for part in text.split(" ")), default=0)
    longest = max(map(len, texts), default=0)
    return max(LEAST, 1.15 * longest_word + 1, min(longest, ENOUGH))
