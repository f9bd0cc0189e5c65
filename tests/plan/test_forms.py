"""The shipped forms hold the facts of 2024, catch what went wrong in print, and read well."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from taza_desktop.i18n import LANGUAGES, Text
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.checks import problems
from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.kinds import check_value
from taza_desktop.plan.sentences import sentences
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey
from taza_desktop.plan.totals import add_up

PLAN = load_plan()
NUMBERS = (6, 8, 10, 19, 50, 52)
REPUBLIC, AQTOBE = "000000000", "150000000"
Rows = dict[str, list[Cells]]


def region(iso: str) -> str:
    """The КАТО code of a region."""
    return next(it.kato for it in PLAN.territories.offices() if it.iso == iso)


def place(name: str, within: str) -> str:
    """The КАТО code of the only place of that name."""
    (found,) = (it for it in PLAN.territories.search(name, within) if it.name.ru == name)
    return found.kato


def sheet(measure: int, territory: str, cells: Cells, rows: Rows | None = None) -> Sheet:
    """A sheet of 2024 whose every value is of its kind."""
    form = PLAN.form(measure)
    entries = {table: [Entry(it) for it in given] for table, given in (rows or {}).items()}
    for name, value in cells.items():
        check_value(form.figure(name), value)
    for table, given in entries.items():
        for entry in given:
            for name, value in entry.cells.items():
                check_value(form.table(table).column(name), value)
    return Sheet(SheetKey(measure, territory, "2024"), cells, entries)


def told(it: Sheet, *others: Sheet) -> dict[str, str]:
    """The sentences of a total by language, with ordinary spaces."""
    form = PLAN.form(it.key.measure)
    total = add_up(form, [it, *others])
    territory = PLAN.territories[it.key.territory]
    return {
        language: " ".join(
            sentences(form, total.cells, total.entries, territory, language)
        ).replace("\u00a0", " ")
        for language in LANGUAGES
    }


def wrong(it: Sheet) -> list[tuple[str, str]]:
    """Level and name of the problems of a sheet."""
    return [(found.level, found.check) for found in problems(PLAN.form(it.key.measure), it)]


ULAN = place("Уланский район", region("KZ-63"))
CONTEST_OF_AQTOBE: Rows = {
    "winners": [
        {"contest": "ulgili_auyl", "award": award, "place": place(village, place(district, AQTOBE))}
        for award, village, district in (
            ("second", "село Ебейти", "Байганинский район"),
            ("first", "село Родниковка", "Мартукский район"),
            ("third", "село Монке би", "Шалкарский район"),
        )
    ]
}
OFFENCES_OF_ATYRAU: Cells = {
    "offences": 11358,
    "fined": 159938082,
    "collected": 72871485,
    "protocols_505": 3623,
    "fined_505": 8340290,
    "collected_505": 7362372,
    "protocols_434_2": 7735,
    "fined_434_2": 151597792,
    "collected_434_2": 65509113,
}
VOLUNTEERS_OF_AQMOLA: Rows = {
    "projects": [
        {"name": "Я волонтер", "amount": 2000000, "state": "completed"},
        {"name": "Развитие волонтерства", "amount": 5000000, "state": "contracted"},
    ],
    "grants": [{"number": 5, "amount": 500000}],
}
# The facts of 2024: the sheet, and what the report says of it in Russian.
FACTS = {
    "6 Abai": (
        sheet(6, region("KZ-10"), {"planned": 63500, "planted": 63670}),
        "В области Абай при плане 63 500 саженцев высажено 63 670 (100,3 %).",
    ),
    "6 Zhambyl": (
        sheet(6, region("KZ-31"), {"planned": 200000, "planted": 176600}),
        "В Жамбылской области при плане 200 000 саженцев высажено 176 600 (88,3 %).",
    ),
    "6 Pavlodar": (
        sheet(6, region("KZ-55"), {"planted": 63300}),
        "В Павлодарской области высажено 63 300 саженцев.",
    ),
    "8": (
        sheet(8, REPUBLIC, {"planned": 6}),
        "В Республике Казахстан до 2029 года запланировано создать 6 питомников.",
    ),
    "10 Kostanay": (
        sheet(10, region("KZ-39"), {"path_length": "3.1", "car_stations": 4}),
        "В Костанайской области протяженность велодорожек составляет 3,1 километра. "
        "Действуют 4 зарядные станции для электромобилей.",
    ),
    "10 West Kazakhstan": (
        sheet(10, region("KZ-27"), {"electric_cars": 66}),
        "В Западно-Казахстанской области зарегистрировано 66 электромобилей.",
    ),
    "10 Pavlodar": (
        sheet(10, region("KZ-55"), {"car_stations": 5, "bus_stations": 3}),
        "В Павлодарской области действует 5 зарядных станций для электромобилей, "
        "для электробусов — 3.",
    ),
    "19 Almaty": (
        sheet(19, region("KZ-75"), {"winners_number": 24}),
        "В городе Алматы награждены 24 победителя.",
    ),
    "19 Aqtobe": (
        sheet(19, AQTOBE, {}, CONTEST_OF_AQTOBE),
        "В Актюбинской области победители: I место — село Родниковка (Мартукский район); "
        "II место — село Ебейти (Байганинский район); "
        "III место — село Монке би (Шалкарский район).",
    ),
    "19 Zhambyl": (
        sheet(19, region("KZ-31"), {"districts_applied": 10, "prize_places": 8}),
        "В Жамбылской области заявки на областной этап подали 10 районов. "
        "Определено 8 призовых мест.",
    ),
    "19 Qaraghandy": (
        sheet(19, region("KZ-35"), {"districts_held": 13}),
        "В Карагандинской области конкурс проведен в 13 районах и городах.",
    ),
    "19 Kostanay": (
        sheet(
            19,
            region("KZ-39"),
            {},
            {
                "contests": [
                    {"contest": "ulgili_aula", "settlements": 53, "winners": 86},
                    {"contest": "ulgili_koshe", "settlements": 4, "winners": 4},
                ]
            },
        ),
        "В Костанайской области проведены конкурсы: «Үлгілі аула» — 53 населенных пункта, "
        "86 победителей; «Үлгілі көше» — 4 населенных пункта, 4 победителя.",
    ),
    "19 Qyzylorda": (
        sheet(19, region("KZ-43"), {"machines": 48}),
        "В Кызылординской области победителям вручено 48 единиц техники.",
    ),
    "19 Turkistan": (
        sheet(
            19,
            region("KZ-61"),
            {"districts_held": 16, "villages_district": 75, "villages_regional": 16},
        ),
        "В Туркестанской области конкурс проведен в 16 районах и городах. "
        "В районном этапе участвовали 75 сел, в областном — 16.",
    ),
    "19 Ulan": (
        sheet(
            19,
            ULAN,
            {"okrugs": 16, "settlements": 45},
            {
                "winners": [
                    {
                        "award": "winner",
                        "place": place("село Жанузак", ULAN),
                        "prize": "money",
                        "prize_amount": 10000000,
                    }
                ]
            },
        ),
        "В Уланском районе в конкурсе участвовали 16 сельских округов и 45 населенных пунктов. "
        "Победители: победитель — село Жанузак (Уланский район) (10 млн тенге).",
    ),
    "50 Atyrau": (
        sheet(50, region("KZ-23"), OFFENCES_OF_ATYRAU),
        "В Атырауской области выявлено 11 358 правонарушений. "
        "Наложено штрафов на 159 938 082 тенге, взыскано 72 871 485 тенге (45,6 %). "
        "По статье 505 составлено 3 623 протокола, наложено 8 340 290 тенге, "
        "взыскано 7 362 372 тенге. "
        "По статье 434-2 составлено 7 735 протоколов, наложено 151 597 792 тенге, "
        "взыскано 65 509 113 тенге.",
    ),
    "52 Aqmola": (
        sheet(
            52,
            region("KZ-11"),
            {"social_projects": 2, "events": 4000, "participants": 550000},
            VOLUNTEERS_OF_AQMOLA,
        ),
        "В Акмолинской области в рамках государственного социального заказа поддержаны 2 проекта "
        "на общую сумму 7 млн тенге. Проекты: «Я волонтер» — 2 млн тенге, завершен; "
        "«Развитие волонтерства» — 5 млн тенге, заключен договор. "
        "Проведено 4 000 мероприятий, в них участвовало 550 000 человек. "
        "Выделено 5 грантов на 2,5 млн тенге. Гранты: 5 грантов по 500 000 тенге.",
    ),
    "52 Kostanay": (
        sheet(52, region("KZ-39"), {"passes": 25, "trained": 30}),
        "В Костанайской области волонтерам выдано 25 проездных билетов. "
        "Экологическому волонтерству обучено 30 человек.",
    ),
    "52 Aqtobe": (
        sheet(52, AQTOBE, {"volunteers": 20}),
        "В Актюбинской области поддержку получили 20 волонтеров.",
    ),
}


@pytest.mark.parametrize(("it", "russian"), FACTS.values(), ids=FACTS)
def test_a_fact_of_2024_is_entered_and_told(it: Sheet, russian: str) -> None:
    assert [problem for problem in wrong(it) if problem[0] == "stop"] == []
    texts = told(it)
    assert texts["ru"] == russian
    assert all(texts.values())


@pytest.mark.parametrize(
    ("it", "kazakh"),
    [
        (FACTS["6 Zhambyl"][0],
         "Жамбыл облысында 200 000 көшет отырғызу жоспарланып, "
         "176 600 көшет отырғызылды (88,3 %)."),
        (FACTS["19 Aqtobe"][0],
         "Ақтөбе облысында жеңімпаздар: І орын — Родниковка ауылы (Мәртөк ауданы); "
         "ІІ орын — Ебейті ауылы (Байғанин ауданы); ІІІ орын — Мөңке би ауылы (Шалқар ауданы)."),
        (FACTS["52 Kostanay"][0],
         "Қостанай облысында еріктілерге 25 жол жүру билеті берілді. "
         "Эковолонтерлікке 30 адам оқытылды."),
    ],
)  # fmt: skip
def test_a_fact_is_told_in_kazakh(it: Sheet, kazakh: str) -> None:
    assert told(it)["kk"] == kazakh


@pytest.mark.parametrize(
    ("it", "found"),
    [
        (sheet(6, region("KZ-43"), {"planned": 21700, "planted": 100418}), "above_plan"),
        (sheet(6, region("KZ-27"), {"planned": 238000, "planted": 116992}), "below_plan"),
        (sheet(50, region("KZ-23"), {**OFFENCES_OF_ATYRAU, "offences": 11301}),
         "articles_within_offences"),
        (sheet(50, region("KZ-23"), {"offences": 5, "fined": 10, "collected": 20}),
         "collected_within_fined"),
        (sheet(19, region("KZ-35"), {"districts_held": 13}), "winners_are_known"),
        (sheet(52, region("KZ-39"), {"passes": 25, "volunteers": 20}), "passes_have_volunteers"),
        (sheet(19, AQTOBE, {}, {"winners": [*CONTEST_OF_AQTOBE["winners"],
                                            CONTEST_OF_AQTOBE["winners"][0]]}), "winner_twice"),
        (sheet(10, AQTOBE, {}, {"paths": [
            {"place": AQTOBE, "street": "Абай", "length": 1000, "state": "operating"}]}),
         "path_length_is_likely"),
    ],
)  # fmt: skip
def test_what_is_odd_wants_a_remark_and_no_more(it: Sheet, found: str) -> None:
    assert wrong(it) == [("explain", found)]
    it.cells["remark:"] = "Тексерілді"
    assert all(problem.answered for problem in problems(PLAN.form(it.key.measure), it))


@pytest.mark.parametrize(
    ("it", "found"),
    [
        (sheet(6, AQTOBE, {"planted": 4}, {"plantings": [{"place": AQTOBE, "planted": 5}]}),
         "table_within_total"),
        (sheet(6, AQTOBE, {"planted": 4, "on_enterprises": 5}), "enterprises_within_total"),
        (sheet(8, AQTOBE, {"grown": 4, "closed_root": 5}), "closed_root_within_grown"),
        (sheet(10, AQTOBE, {"path_length": "0.3"}, {"paths": [
            {"place": AQTOBE, "street": "а", "length": "0.1", "state": "operating"},
            {"place": AQTOBE, "street": "б", "length": "0.3", "state": "operating"}]}),
         "paths_within_length"),
        (sheet(19, AQTOBE, {"winners_number": 1}, CONTEST_OF_AQTOBE), "winners_in_table"),
        (sheet(19, AQTOBE, {}, {"winners": [{"award": "first"}]}), "somebody_won"),
        (sheet(19, AQTOBE, {}, {"contests": [{"contest": "other"}]}), "contest_is_named"),
        (sheet(50, AQTOBE, {"offences": 5, "fined": 10, "fined_505": 20, "protocols_505": 1}),
         "articles_within_fined"),
        (sheet(52, AQTOBE, {"social_projects": 1}, VOLUNTEERS_OF_AQMOLA), "projects_in_table"),
    ],
)  # fmt: skip
def test_what_cannot_be_true_must_be_mended(it: Sheet, found: str) -> None:
    assert ("stop", found) in wrong(it)


def test_parts_of_a_kilometre_may_make_the_whole() -> None:
    paths: list[Cells] = [
        {"place": AQTOBE, "street": street, "length": length, "state": "operating"}
        for street, length in (("а", "0.1"), ("б", "0.2"))
    ]
    assert wrong(sheet(10, AQTOBE, {"path_length": "0.3"}, {"paths": paths})) == []


def test_a_plan_for_the_year_is_not_behind_before_the_year_is_over() -> None:
    it = sheet(6, AQTOBE, {"planned": 100, "planted": 10})
    quarter = Sheet(it.key._replace(round="2024-Q1"), it.cells)
    assert wrong(it) == [("explain", "below_plan")]
    assert wrong(quarter) == []


def test_districts_together_make_the_region() -> None:
    districts = [it.kato for it in PLAN.territories.children(AQTOBE)][:2]
    rows: list[Rows] = [
        {"plantings": [{"place": kato, "planted": 5, "species": "pine"}]} for kato in districts
    ]
    region_itself = sheet(6, AQTOBE, {"planned": 30, "planted": 0})
    parts = [sheet(6, kato, {"planted": 10}, it) for kato, it in zip(districts, rows, strict=True)]
    assert told(region_itself, *parts)["ru"] == (
        "В Актюбинской области при плане 30 саженцев высажено 20 (66,7 %). По породам: сосна — 10."
    )


def test_contests_of_many_districts_are_told_once() -> None:
    it = sheet(19, AQTOBE, {}, {"contests": [{"contest": "taza_auyl", "winners": 1}] * 3})
    assert told(it)["kk"] == "Ақтөбе облысында өткізілген конкурстар: «Таза ауыл» — 3 жеңімпаз."


def test_the_six_forms_are_there() -> None:
    assert set(NUMBERS) <= set(PLAN.form_numbers())


@pytest.mark.parametrize("number", PLAN.form_numbers())
def test_labels_are_labels_and_hints_are_sentences(number: int) -> None:
    for cell in _cells(PLAN.form(number)):
        for label in cell.label:
            assert len(label) <= 80, label
            assert not label.endswith("."), label
        for text in _texts(PLAN.form(number)):
            for one in text:
                assert one == one.strip()
                assert "  " not in one
                assert "ё" not in one, "the country's official texts write е"


@pytest.mark.parametrize("number", PLAN.form_numbers())
def test_each_language_is_written_in_its_letters(number: int) -> None:
    for text in _texts(PLAN.form(number)):
        plain = Text(*(re.sub(r"\{[^}]*\}|“[^”]*”", "", one) for one in text))
        assert not re.search(r"[әғқңөұүһі]", re.sub(r"«[^»]*»", "", plain.ru)), text
        assert not re.search(r"[А-Яа-яӘІҢҒҮҰҚӨҺәіңғүұқөһ]", plain.en), text


@pytest.mark.parametrize("number", PLAN.form_numbers())
def test_every_problem_leads_to_a_cell_and_no_two_figures_look_alike(number: int) -> None:
    form = PLAN.form(number)
    assert all(check.at for check in form.checks)
    for language in LANGUAGES:
        labels = [figure.label.to(language) for figure in form.figures]
        assert len(set(labels)) == len(labels)


def _cells(form: Form) -> Iterator[Figure]:
    yield from form.figures
    for table in form.tables:
        yield from table.columns


def _texts(form: Form) -> Iterator[Text]:
    yield from (section.label for section in form.sections)
    yield from (check.says for check in form.checks)
    yield from (sentence.text for sentence in form.sentences)
    for part in (*_cells(form), *form.tables):
        yield part.label
        if part.hint:
            yield part.hint
