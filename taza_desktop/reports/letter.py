"""The letter with the code of an office, as a page to print, sign and send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from taza_desktop.i18n import Language
from taza_desktop.reports.neutral import Block, Cell, Column, Grid, Heading, Report, plain
from taza_desktop.reports.settings import defaults

_SIZE = 13.0  # points: it is read aloud from the paper


def compose(lines: Sequence[str], territory: str, lang: Language) -> Report:
    """The page; `lines` as `packages.letter` says them, the first is the title."""
    title, subtitle, code, *sentences = lines
    blocks: tuple[Block, ...] = (
        Heading(title),
        plain(subtitle, "subtitle"),
        _groups(code.split()),
        *(it for each in sentences for it in (plain(""), plain(each))),
    )
    layout = replace(defaults().layout, landscape=False, size=_SIZE, table_size=_SIZE + 4)
    return Report(
        title=title,
        language=lang,
        territory=territory,
        round="",
        draft=False,
        mark="",
        notes=(),
        blocks=blocks,
        layout=layout,
    )


def _groups(code: Sequence[str]) -> Grid:
    """The six groups, each under its number."""
    numbers = tuple(Cell((plain(str(at)),)) for at in range(1, len(code) + 1))
    groups = tuple(Cell((plain(each, bold=True),)) for each in code)
    columns = tuple(Column(1, "centre") for _group in code)
    return Grid(columns, (groups,), (numbers,))
