"""A small report with everything that a rendering can get wrong."""

from __future__ import annotations

from dataclasses import replace

from taza_desktop.i18n import Language
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.reports.data_table import Annex, DataColumn, DataTable
from taza_desktop.reports.neutral import (
    Cell,
    Column,
    Grid,
    Heading,
    Paragraph,
    Provenance,
    Report,
    Row,
    Run,
    plain,
)
from taza_desktop.reports.settings import defaults

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
NASTY = f"=1+1 <b>&amp;</b> {KAZAKH}\x0b «№ 5»"
NUMBERS = ("100\u00a0418", "21\u00a0700", "88,3", "4,7")
SOURCES = (SheetKey(6, "431000000", "2024"), SheetKey(6, "433200000", "2024"))
PLANTED = Provenance(6, "planted", 100418, SOURCES)
LAYOUT = replace(defaults().layout, font="Noto Serif")  # on every machine that tests


def report(lang: Language = "kk", rows: int = 3, *, draft: bool = True) -> Report:
    """A report of so many measures; the figures of `NUMBERS` stand in each of them."""
    header = tuple(tuple(Cell((plain(f"{name}{n}"),)) for n in range(1, 7)) for name in ("H", ""))
    aligned = ("centre", "left", "left", "left", "left", "left")
    widths = (11.0, 48.0, 38.0, 30.0, 38.0, 97.0)
    section = (Cell((plain("1-бағыт", "section"), plain("жоспар 25", "centre")), span=6),)
    columns = tuple(Column(width, align) for width, align in zip(widths, aligned, strict=True))
    names = Grid(
        (Column(1), Column(1, "right")),
        ((Cell((plain("Әкім", bold=True),)), Cell((plain("Н. Н.", "right", bold=True),))),),
        borders=False,
    )
    return Report(
        title="Таза Қазақстан: орындалу барысы",
        language=lang,
        territory="430000000",
        round="2024",
        draft=draft,
        mark="ЖОБА",
        notes=("Дерек ұсынбағандар (1): Арал ауданы.",) if draft else (),
        blocks=(
            Heading("Таза Қазақстан: орындалу барысы"),
            plain("Қызылорда облысы, 2024 жыл", "subtitle"),
            Grid(columns, (section, *(_row(n) for n in range(1, rows + 1))), header),
            plain("Ескертпе", "note"),
            names,
            plain("Орынд.: А. А.", "small"),
        ),
        layout=LAYOUT,
        author="Қызылорда облысының әкімдігі",
        annexes=(_annex(),),
    )


def _row(number: int) -> Row:
    planted, planned, percent, money = NUMBERS
    told = (
        Paragraph(
            (
                Run(f"{planned} көшет жоспарланып, "),
                Run(planted, figure=PLANTED),
                Run(f" көшет отырғызылды ({percent} %), {money} млн теңге."),
            )
        ),
        plain(NASTY, italic=True),
    )
    short = [Cell((plain(text),)) for text in (str(number), "Көгалдандыру", "акция", "жыл", "ЖАО")]
    return (*short, Cell(told))


def _annex() -> Annex:
    columns = (DataColumn("Аумақ"), DataColumn("Коды"), DataColumn("Отырғызылды, түп", True))
    figures = DataTable(
        title="Көрсеткіштер",
        columns=columns,
        rows=(("Арал ауданы", "433200000", 418), ("=Шиелі()", "434800000", "100000.5")),
        total=("Барлығы", None, "100418.5"),
    )
    entries = DataTable("Жеңімпаздар", columns[:2], (("Арал ауданы", "1\x0b"),))
    return Annex(6, "6. Көгалдандыру", (figures, entries))
