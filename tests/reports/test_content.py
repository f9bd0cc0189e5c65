"""What the report says, by what the register holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from taza_desktop.i18n import Language
from taza_desktop.plan.catalogue import Plan, load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.reports.content import compose
from taza_desktop.reports.frame import LINE
from taza_desktop.reports.neutral import (
    Grid,
    Paragraph,
    Report,
    figures,
    footnotes,
    paragraphs,
)
from taza_desktop.reports.options import chosen
from taza_desktop.reports.settings import defaults, of_office
from tests.register.offices import new_register
from tests.reports.plans import ARAL, CITY, FORM, REGION, SHIELI, own_plan, put

YEAR = Round(2024)
COORDINATOR = Office("region", REGION, "Ерлан Қасымұлы")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return own_plan(FORM)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "region", COORDINATOR) as fresh:
        yield fresh


@pytest.fixture
def ministry(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "ministry", Office("ministry", REPUBLIC, "А. А.")) as fresh:
        yield fresh


def tables(report: Report) -> list[Grid]:
    """The tables of the six columns."""
    return [it for it in report.blocks if isinstance(it, Grid) and len(it.header) == 2]


def told(report: Report, measure: int = 6) -> list[str]:
    """The paragraphs of column 6, with plain spaces."""
    row = next(row for grid in tables(report) for row in grid.rows if row[0].text == str(measure))
    return [paragraph.text.replace("\u00a0", " ") for paragraph in row[5].paragraphs]


def below_the_table(report: Report) -> list[str]:
    return [it.text for it in report.blocks if isinstance(it, Paragraph) and it.style == "note"]


def test_the_layout_is_the_ministrys(register: Register, plan: Plan) -> None:
    report = compose(register, plan, YEAR, "kk")
    grids = tables(report)
    for grid in grids:
        assert [cell.text for cell in grid.header[1]] == ["1", "2", "3", "4", "5", "6"]
    rows = [row for grid in grids for row in grid.rows]
    merged = [row for row in rows if len(row) == 1]
    assert [row[0].span for row in merged] == [6, 6, 6]
    assert merged[0][0].text.startswith("1-бағыт. ")
    assert "2024 ж. – жоспар 25, факт 25,87" in merged[0][0].text.replace("\u00a0", " ")
    numbers = [row[0].text for row in rows if len(row) == 6]
    assert numbers == [str(number) for number in range(1, 61)]
    assert report.title.endswith("Қызылорда облысы, 2024 жыл")


def test_no_measure_is_an_unexplained_gap(register: Register, plan: Plan) -> None:
    report = compose(register, plan, YEAR, "ru")
    assert all(told(report, number) != [""] for number in plan.measures)
    assert told(report, 6) == ["Сведения за отчетный период не представлены."]
    assert told(report, 8) == ["Форма сбора данных по мероприятию пока не утверждена."]
    central = next(it.number for it in plan.measures.values() if it.akimat == "none")
    assert "центральными" in told(report, central)[0]
    named = next(it for it in plan.measures.values() if it.akimat == "named")
    assert told(report, named.number) == ["Мероприятие на акимат данной территории не возложено."]
    half = compose(register, plan, Round.parse("2024-H1"), "ru")
    assert told(half, 6) == ["В данном отчетном периоде сведения не запрашиваются."]


def test_what_is_not_due_yet_and_what_is_off_control_is_said_so(register: Register) -> None:
    report = compose(register, load_plan(), YEAR, "ru", [6, 45, 53])
    assert told(report, 6) == ["Сведения за отчетный период не представлены."]
    assert told(report, 45) == ["Мероприятие снято с контроля."]
    assert told(report, 53) == [
        "Срок исполнения мероприятия не приходится на данный отчетный период."
    ]
    later = compose(register, load_plan(), Round(2026), "ru", [53])
    assert told(later, 53) == ["Сведения за отчетный период не представлены."]


def test_a_region_is_told_first_then_its_districts_the_largest_first(
    register: Register, plan: Plan
) -> None:
    put(register, REGION, {"planned": 700, "planted": 418})
    put(register, ARAL, {"planned": 1000, "planted": 40000})
    put(register, SHIELI, {"planned": 20000, "planted": 60000, "spent": 4700000})
    assert told(compose(register, plan, YEAR, "kk")) == [
        "Қызылорда облысында 21 700 көшет жоспарланып, 100 418 егілді (462,8 %)."
        " 4,7 млн теңге жұмсалды.",
        "Оның ішінде:",
        "– Шиелі ауданында 20 000 көшет жоспарланып, 60 000 егілді (300 %)."
        " 4,7 млн теңге жұмсалды.",
        "– Арал ауданында 1 000 көшет жоспарланып, 40 000 егілді (4 000 %).",
    ]


def test_a_figure_leads_back_to_the_sheets_it_was_added_up_from(
    register: Register, plan: Plan
) -> None:
    keys = [put(register, kato, {"planned": 5, "planted": 7}) for kato in (REGION, ARAL)]
    printed = figures(compose(register, plan, YEAR, "ru", [6]))
    total = [it for it in printed if len(it.sources) == 2]
    assert [(it.figure, it.value) for it in total] == [
        ("planned", 10),
        ("planted", 14),
        ("fulfilment", 140),
    ]
    assert all(sorted(it.sources) == sorted(keys) for it in total)
    district = [it for it in printed if it.sources == (SheetKey(6, ARAL, "2024"),)]
    assert [it.value for it in district] == [5, 7, 140]


def test_blanks_are_printed_as_nothing(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"spent": 900})
    put(register, SHIELI, {"spent": 700})
    said = told(compose(register, plan, YEAR, "ru"))
    assert said[0] == "Кызылординская область: Израсходовано 1 600 тенге."
    assert said[2] == "– Аральский район: Израсходовано 900 тенге."


def test_a_sheet_without_figures_says_so(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"remark:": "Кейін."})
    assert told(compose(register, plan, YEAR, "ru")) == ["Форма открыта, показатели не заполнены."]


def test_entries_are_named_as_many_as_there_is_room_for(register: Register, plan: Plan) -> None:
    rows = tuple({"name": f"Ауыл {number}", "prize": 1000 * number} for number in range(1, 6))
    put(register, ARAL, {"planned": 1, "planted": 1}, rows)
    settings = replace(defaults(), entries=3)
    said = told(compose(register, plan, YEAR, "kk", settings=settings))
    assert [line for line in said if "Ауыл" in line] == [
        "– Ауыл 1 – 1 000 теңге.",
        "– Ауыл 2 – 2 000 теңге.",
        "– Ауыл 3 – 3 000 теңге.",
    ]
    assert said[-1].startswith("және тағы 2 жазба")


def test_many_districts_are_added_up_in_one_line(register: Register, plan: Plan) -> None:
    for number, kato in enumerate((ARAL, SHIELI, CITY), start=1):
        put(register, kato, {"planned": 10, "planted": number})
    said = told(compose(register, plan, YEAR, "ru", settings=replace(defaults(), territories=1)))
    assert said[2].startswith("– В городе Кызылорда" if "Кызылорда" in said[2] else "– ")
    assert said[3].startswith("– по остальным территориям (2): Planned – 20 шт.; Planted – 3 шт.")


def test_a_remark_to_a_figure_that_had_to_be_explained(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 1, "planted": 9, "remark:planted": "Демеушілер көмектесті."})
    put(register, SHIELI, {"planned": 9, "planted": 9, "remark:planted": "Ішкі пікір."})
    report = compose(register, plan, YEAR, "kk")
    assert footnotes(report) == ["Арал ауданы, «Planted»: Демеушілер көмектесті."]
    noted = [run for it in paragraphs(report.blocks) for run in it.runs if run.note]
    assert [(run.text, run.figure and run.figure.sources) for run in noted] == [
        ("9", (SheetKey(6, ARAL, "2024"),))
    ]


def test_a_text_of_the_offices_own_replaces_the_generated_one(
    register: Register, plan: Plan
) -> None:
    put(register, REGION, {"planned": 1, "planted": 1, "sentence:kk": "Өз мәтініміз."})
    put(register, ARAL, {"planned": 1, "planted": 1})
    report = compose(register, plan, YEAR, "kk")
    assert told(report)[0] == "Өз мәтініміз. *"
    assert told(report)[2].startswith("– Арал ауданында 1 көшет")
    assert "* Мәтін қолмен өңделген." in below_the_table(report)
    russian = compose(register, plan, YEAR, "ru")
    assert not any("*" in note for note in below_the_table(russian))


def test_the_country_is_told_by_region(ministry: Register, plan: Plan) -> None:
    put(ministry, REGION, {"planned": 700, "planted": 418})
    put(ministry, ARAL, {"planned": 1000, "planted": 900}, ({"name": "Айман"},))
    put(ministry, "100000000", {"planned": 10, "planted": 5})
    said = told(compose(ministry, plan, YEAR, "ru"))
    assert said[0].startswith("В Республике Казахстан при плане 1 710 саженцев высажено 1 323")
    assert said[2].startswith("– В Кызылординской области при плане 1 700 саженцев высажено 1 318")
    assert said[3] == "– Айман."
    assert said[4].startswith("– В области Абай при плане 10 саженцев высажено 5")


def test_every_measure_is_the_countrys_business(ministry: Register, plan: Plan) -> None:
    report = compose(ministry, plan, YEAR, "ru")
    said = {told(report, number)[0] for number in plan.measures}
    assert said == {
        "Сведения за отчетный период не представлены.",
        "Форма сбора данных по мероприятию пока не утверждена.",
    }


def test_a_draft_names_who_is_missing(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 1})
    put(register, SHIELI, {"planned": 1, "planted": 9})
    report = compose(register, plan, YEAR, "ru", [6])
    assert report.draft
    silent, partly, overdue, unexplained = report.notes
    assert overdue == "У всех названных территорий срок представления истек (8)."
    assert "Кызылординская область" in silent
    assert "Аральский район" not in silent
    assert partly == "Сведения неполные (1): Аральский район (мероприятия: 6)."
    assert unexplained == "Показатели без пояснения: 1 (мероприятия: 6)."
    assert set(report.notes) <= set(below_the_table(report))


def test_a_complete_report_is_no_draft(register: Register, plan: Plan) -> None:
    for place in [plan.territories[REGION], *plan.territories.children(REGION, offices_only=True)]:
        if place.reported:
            put(register, place.kato, {"planned": 10, "planted": 10})
    report = compose(register, plan, YEAR, "kk", [6])
    assert (report.draft, report.notes) == (False, ())


def test_the_annex_holds_typed_figures_totals_and_entries(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 4, "planted": 3, "manager": "=Б."}, ({"name": "Айман"},))
    put(register, SHIELI, {"planned": 4, "planted": 4})
    (annex,) = compose(register, plan, YEAR, "ru").annexes
    figures_, winners = annex.tables
    assert figures_.rows == (
        ("Аральский район", ARAL, 4, 3, 75, None, "=Б."),
        ("Шиелийский район", SHIELI, 4, 4, 100, None, None),
    )
    assert figures_.total == ("Всего", None, 8, 7, "87.5", None, None)
    assert winners.rows == (("Аральский район", ARAL, "Айман", None),)


def test_who_signs_comes_from_the_office(register: Register, plan: Plan) -> None:
    own = of_office(
        {
            "office.signatory": "Н. Нәлібаев",
            "office.date": "2025-01-30",
            "office.reference": "03-12/45",
        }
    )
    report = compose(register, plan, YEAR, "kk", settings=own)
    said = " ".join(
        cell.text for it in report.blocks if isinstance(it, Grid) and not it.borders
        for row in it.rows for cell in row
    ).replace("\u00a0", " ")  # fmt: skip
    assert "№ 03-12/45" in said
    assert "2025 жылғы 30 қаңтар" in said
    assert "Н. Нәлібаев" in said


def signing(register: Register, plan: Plan, lang: Language, own: dict[str, str]) -> list[list[str]]:
    """The last table of the report, row by row."""
    report = compose(register, plan, YEAR, lang, settings=of_office(own), options=chosen(()))
    grid = [it for it in report.blocks if isinstance(it, Grid)][-1]
    return [[cell.text for cell in row] for row in grid.rows]


def test_a_second_one_signs_where_the_office_has_one(register: Register, plan: Plan) -> None:
    first = {"office.position.ru": "Аким", "office.signatory": "А. Б."}
    alone = signing(register, plan, "ru", first)
    assert alone[0] == ["Аким", "А. Б."]
    both = signing(register, plan, "ru", {**first, "office.second_position.ru": "Руководитель"})
    assert both[:4] == [["Аким", "А. Б."], ["", ""], ["Руководитель", LINE], ["", ""]]
    assert both[4:] == alone[2:], "who prepared it comes last"
    named = signing(register, plan, "kk", {**first, "office.second_signatory": "В. Г."})
    assert named[2] == [LINE, "В. Г."]


def test_abbreviations_of_the_executors_are_spelt_out(register: Register, plan: Plan) -> None:
    spelt = below_the_table(compose(register, plan, YEAR, "ru", [1]))[0]
    assert "МИО – местные исполнительные органы" in spelt
    assert "МВД – " in spelt
    assert "ОВПО" not in spelt


def test_composing_can_be_watched(register: Register, plan: Plan) -> None:
    heard: list[tuple[int, int]] = []
    compose(
        register, plan, YEAR, "kk", [1, 6], told=lambda done, whole: heard.append((done, whole))
    )
    assert heard == [(1, 2), (2, 2)]
