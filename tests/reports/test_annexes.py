"""What stands behind the signature: tables, lists, photos, sources; and footnotes in column 6."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from taza_desktop.i18n import Language
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.form import Figure, Form, Table
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Entry, Sheet, SheetKey
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.reports.content import compose
from taza_desktop.reports.neutral import (
    Caption,
    Grid,
    Heading,
    Paragraph,
    Part,
    Photo,
    Picture,
    Report,
    figures,
    footnotes,
    paragraphs,
)
from taza_desktop.reports.options import Options, chosen
from taza_desktop.reports.settings import defaults
from tests.register.offices import new_register
from tests.reports.plans import ARAL, CITY, FORM, REGION, SHIELI, SUM, own_plan, put, same

YEAR = Round(2024)
COORDINATOR = Office("region", REGION, "Ерлан Қасымұлы")
PLANTINGS = Form(
    measure=8,
    version=1,
    filled_by=("region", "district", "city"),
    rounds=("year", "quarter"),
    figures=(
        Figure("length", "decimal", same("Length"), unit="km", role="plan", over_territories=SUM),
        Figure(
            "built", "decimal", same("Built"), unit="km", role="fact", of="length",
            over_territories=SUM,
        ),
    ),
    tables=(
        Table(
            "plantings",
            same("Plantings"),
            (
                Figure("place", "text", same("Place")),
                Figure("cost", "money", same("Cost")),
                Figure("photo", "attachment", same("Photo")),
            ),
        ),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def plan() -> Plan:
    return own_plan(FORM, PLANTINGS)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "region", COORDINATOR) as fresh:
        yield fresh


def annexed(register: Register, plan: Plan, *names: str, lang: Language = "ru") -> Report:
    return compose(register, plan, YEAR, lang, [6, 8], options=chosen(names))


def grids(report: Report) -> list[Grid]:
    """The tables behind the signature."""
    return [it for it in report.blocks if isinstance(it, Grid) and it.caption]


def said(grid: Grid) -> list[list[str]]:
    rows = (*grid.header, *grid.rows)
    return [[cell.text.replace("\u00a0", " ") for cell in row] for row in rows]


def test_a_table_by_territory_has_plan_fact_ratio_and_total(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 400, "planted": 300})
    put(register, REGION, {"planned": 600, "planted": 1300})
    (table,) = grids(annexed(register, plan, "figures"))
    assert table.caption
    assert table.caption.text == "Таблица 1. Показатели по территориям"
    assert said(table) == [
        ["Территория", "Planned, шт.", "Planted, шт.", "Fulfilment, %"],
        ["Собственные данные", "600", "1 300", "216,7"],
        ["Аральский район", "400", "300", "75"],
        ["Всего", "1 000", "1 600", "160"],
    ]
    total = [run.figure for run in table.rows[-1][2].paragraphs[0].runs]
    assert total[0]
    assert sorted(total[0].sources) == [SheetKey(6, REGION, "2024"), SheetKey(6, ARAL, "2024")]


def test_a_ratio_is_worked_out_where_the_form_has_none_and_the_last_round_stands_beside(
    register: Register, plan: Plan
) -> None:
    put(register, ARAL, {"length": "12.5", "built": "2.5"}, measure=8, round="2024-Q1")
    put(register, ARAL, {"length": "12.5", "built": 10}, measure=8, round="2024-Q2")
    put(register, SHIELI, {"length": 0, "built": 1}, measure=8, round="2024-Q2")
    report = compose(
        register, plan, Round.parse("2024-Q2"), "ru", [8], options=Options(figures=True)
    )
    assert said(grids(report)[0]) == [
        ["Территория", "Length, км", "Built, км", "Исполнение, %", "Built, км – прошлый период"],
        ["Аральский район", "12,5", "10", "80", "2,5"],
        ["Шиелийский район", "0", "1", "–", "–"],
        ["Всего", "12,5", "11", "88", "2,5"],
    ]


def test_the_countrys_table_is_by_region(tmp_path: Path, plan: Plan) -> None:
    with new_register(tmp_path, "ministry", Office("ministry", REPUBLIC, "А. А.")) as ministry:
        put(ministry, ARAL, {"planned": 1, "planted": 2})
        put(ministry, SHIELI, {"planned": 1, "planted": 2})
        put(ministry, "150000000", {"planned": 5, "planted": 5})
        (table,) = grids(annexed(ministry, plan, "figures"))
    assert [row[:3] for row in said(table)[1:]] == [
        ["Актюбинская область", "5", "5"],
        ["Кызылординская область", "2", "4"],
        ["Всего", "7", "9"],
    ]


def test_lists_hold_every_entry_and_lead_back_to_it(register: Register, plan: Plan) -> None:
    rows = tuple({"name": f"Ауыл {number}", "prize": 1000 * number} for number in range(1, 41))
    put(register, ARAL, {"planned": 1, "planted": 1}, rows)
    report = annexed(register, plan, "entries")
    (table,) = grids(report)
    assert len(table.rows) == 40
    assert said(table)[:2] == [
        ["№ п/п", "Территория", "Name", "Prize, тенге"],
        ["1", "Аральский район", "Ауыл 1", "1 000"],
    ]
    (run,) = table.rows[39][3].paragraphs[0].runs
    entry = register.sheet(SheetKey(6, ARAL, "2024")).entries["winners"][39]
    assert run.figure
    assert (run.figure.figure, run.figure.value) == (f"winners/{entry.id}/prize", 40000)
    texts = [it.text for it in paragraphs(report.blocks)]
    assert any(text.endswith("(полный перечень в приложении).") for text in texts)


def test_photos_are_shrunk_captioned_and_limited(register: Register, plan: Plan) -> None:
    original = BytesIO()
    Image.new("RGB", (1600, 1200), "green").save(original, "JPEG")
    cell = register.attach(original.getvalue(), "photo.jpg")
    lost = {**cell, "sha256": "0" * 64}
    report_ = register.attach(b"%PDF-1.4 act", "act.pdf")
    entries = [
        Entry({"place": place, "photo": photo})
        for place, photo in (("Сквер", cell), ("Парк", lost), ("Акт", report_))
    ]
    key = SheetKey(8, ARAL, "2024")
    register.put_sheet(Sheet(key, {"length": 1}, {"plantings": entries}))
    pictures = [it for it in annexed(register, plan, "photos").blocks if isinstance(it, Picture)]
    (picture,) = pictures
    assert isinstance(picture.image, Photo)
    assert len(picture.image.data) < len(original.getvalue())
    assert picture.alt == "Аральский район. Сквер"
    assert picture.caption == Caption("picture", "Рисунок ", 1, ". Аральский район. Сквер")
    assert picture.width / picture.height == pytest.approx(4 / 3)


def test_a_photo_of_another_program_is_printed_upright(register: Register, plan: Plan) -> None:
    lying = Image.Exif()
    lying[0x0112] = 6
    foreign = BytesIO()
    Image.new("RGB", (400, 300), "green").save(foreign, "JPEG", exif=lying)
    data = foreign.getvalue()
    cell = {
        "sha256": register.keep_attachment(data), "name": "a.jpg", "type": "image/jpeg",
        "size": len(data),
    }  # fmt: skip
    entries = [Entry({"place": "Сквер", "photo": cell})]
    register.put_sheet(Sheet(SheetKey(8, ARAL, "2024"), {"length": 1}, {"plantings": entries}))
    report = annexed(register, plan, "photos")
    (picture,) = [it for it in report.blocks if isinstance(it, Picture)]
    assert picture.width / picture.height == pytest.approx(3 / 4)


def test_nothing_is_annexed_that_was_not_chosen(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 1, "planted": 1}, ({"name": "Айман"},))
    report = annexed(register, plan)
    headings = [it.text for it in report.blocks if isinstance(it, Heading)]
    assert headings[1:] == ["Источники данных"]
    assert grids(report) == []


def test_the_same_figures_give_the_same_hash_anywhere(
    register: Register, plan: Plan, tmp_path: Path
) -> None:
    with new_register(tmp_path, "other", COORDINATOR) as other:
        for one, territories in ((register, (ARAL, SHIELI)), (other, (SHIELI, ARAL))):
            for kato in territories:
                put(one, kato, {"planned": 1, "planted": 2, "manager": "А."})
        first, second = (compose(it, plan, YEAR, "kk").data_hash for it in (register, other))
        assert first == second
        put(other, ARAL, {"planned": 1, "planted": 3, "manager": "А."})
        assert compose(other, plan, YEAR, "kk").data_hash != first
    report = compose(register, plan, YEAR, "kk")
    assert any(first in it.text for it in paragraphs(report.blocks))


def test_both_languages_stand_one_behind_the_other(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 1, "planted": 2})
    heard: list[tuple[int, int]] = []
    report = compose(register, plan, YEAR, ("kk", "ru"), [6], told=lambda *done: heard.append(done))
    parts = [it.language for it in report.blocks if isinstance(it, Part)]
    titles = [it.text for it in report.blocks if isinstance(it, Heading) and it.level == 1]
    assert (report.language, parts) == ("kk", ["kk", "ru"])
    assert ["Ақпарат" in titles[0] or "ақпарат" in titles[0], "Информация" in titles[1]] == [
        True,
        True,
    ]
    assert report.mark == "ЖОБА / ПРОЕКТ"
    assert heard == [(1, 2), (2, 2)]


def told(report: Report) -> list[Paragraph]:
    """The paragraphs of column 6 of measure 6."""
    rows = (row for it in report.blocks if isinstance(it, Grid) for row in it.rows)
    return list(next(row for row in rows if row[0].text == "6")[5].paragraphs)


def test_what_an_office_puts_beside_a_total_is_a_footnote(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 10, "planted": 20})
    put(register, SHIELI, {"planned": 10, "planted": 20})
    own = {"override:planted": 35, "remark:override:planted": "Актіге сәйкес."}
    put(register, REGION, own)
    report = compose(register, plan, YEAR, "ru", [6])
    assert "высажено 40" in told(report)[0].text.replace("\u00a0", " ")
    made = next(it for it in figures(report) if it.figure == "planted")
    assert (made.value, made.stated) == (40, 35)
    assert [it.replace("\u00a0", " ") for it in footnotes(report)] == [
        "По данным самого ведомства – 35 шт.; основание: Актіге сәйкес."
    ]


def test_a_sheet_that_the_region_entered_for_is_told_apart(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 10, "planted": 20})
    put(register, SHIELI, {"planned": 10, "planted": 20})
    put(register, CITY, {"planned": 700, "planted": 700})
    put(register, REGION, {"planned": 5, "planted": 6, "stands_for:": [CITY]})
    report = annexed(register, plan, "figures")
    texts = [it.text.replace("\u00a0", " ") for it in told(report)]
    assert texts[0].startswith("В Кызылординской области при плане 25 саженцев высажено 46")
    assert not any("700" in text for text in texts)
    assert texts[-1] == "Данные учтены в листе вышестоящего ведомства: город Кызылорда."
    assert [row[:3] for row in said(grids(report)[0])[1:]] == [
        ["Собственные данные", "5", "6"],
        ["Аральский район", "10", "20"],
        ["Шиелийский район", "10", "20"],
        ["Всего", "25", "46"],
    ]


def test_a_remark_finds_the_nearest_figure_that_is_printed(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 1, "planted": 9, "remark:": "Барлығы анық."})
    put(register, SHIELI, {"planted": 9})
    noted = [
        (number, run.text)
        for number, paragraph in enumerate(told(compose(register, plan, YEAR, "kk", [6])))
        for run in paragraph.runs
        if run.note
    ]
    assert noted == [(2, "9")]


def test_more_remarks_than_there_is_room_for_are_counted(register: Register, plan: Plan) -> None:
    for kato in (ARAL, SHIELI, CITY):
        put(register, kato, {"planned": 1, "planted": 9, "remark:planted": f"Себебі {kato}"})
    settings = replace(defaults(), remarks=2)
    report = compose(register, plan, YEAR, "kk", [6], settings=settings)
    assert len(footnotes(report)) == 2
    assert told(report)[-1].text == "Тағы 1 көрсеткішке түсіндірме берілген."


def test_entries_are_sorted_before_they_are_cut(register: Register) -> None:
    by_prize = tuple(
        replace(sentence, sort="prize") if sentence.each else sentence
        for sentence in FORM.sentences
    )
    plan = own_plan(replace(FORM, sentences=by_prize))
    rows = tuple({"name": f"Ауыл {number}", "prize": 100 - number} for number in range(5))
    put(register, ARAL, {"planned": 1, "planted": 1}, rows)
    settings = replace(defaults(), entries=2)
    texts = [it.text for it in told(compose(register, plan, YEAR, "kk", [6], settings=settings))]
    assert [text[2:8] for text in texts if "Ауыл" in text] == ["Ауыл 4", "Ауыл 3"]


def test_one_territory_alone_is_told_once(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 10, "planted": 20})
    (only,) = told(compose(register, plan, YEAR, "ru", [6]))
    assert only.text.startswith("В Аральском районе при плане")
