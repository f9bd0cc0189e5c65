"""The report's sentences say what is known, leave out what is blank, and read well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from taza_desktop.i18n import Language
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.form import Form
from taza_desktop.plan.programme import Entries
from taza_desktop.plan.sentences import sentences
from taza_desktop.plan.sheet import Cells, Entry
from tests.plan.form_writing import GOOD, written

AQTOBE = "150000000"
RODNIKOVKA = "154657100"
PLANTED = {"planned": 63500, "planted": 63670, "fulfilment": "100.3"}


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return written(tmp_path_factory.mktemp("form"))


def said(form: Form, cells: Cells, language: Language, entries: Entries | None = None) -> list[str]:
    territory = load_plan().territories[AQTOBE]
    found = sentences(form, cells, entries or {}, territory, language)
    return [sentence.replace("\u00a0", " ") for sentence in found]


def more(folder: Path, *templates: str, opening: str = "") -> Form:
    """The small form with these templates as its only sentences; the Russian ones are meant."""
    text = GOOD[: GOOD.index("[[sentence]]")]
    for template in templates:
        plain = re.sub(r":[^}]*[|][^}]*}", "}", template)  # words that only Russian chooses from
        text += f"[[sentence]]\n{opening}\n"
        text += f"text.kk = '{plain}'\ntext.ru = '{template}'\ntext.en = '{plain}'\n"
    return written(folder, text)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("kk", "Ақтөбе облысында 63 670 көшет отырғызылды (100,3 %)."),
        ("ru", "В Актюбинской области высажено 63 670 саженцев (100,3 %)."),
        ("en", "63,670 saplings were planted in Aktobe Region (100.3%)."),
    ],
)
def test_a_sentence_in_each_language(form: Form, language: Language, sentence: str) -> None:
    assert said(form, PLANTED, language) == [sentence]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "В Актюбинской области высажен 1 саженец."),
        (2, "В Актюбинской области высажено 2 саженца."),
        (5, "В Актюбинской области высажено 5 саженцев."),
        (11, "В Актюбинской области высажено 11 саженцев."),
        (21, "В Актюбинской области высажен 21 саженец."),
        (112, "В Актюбинской области высажено 112 саженцев."),
    ],
)
def test_russian_words_go_with_the_number(form: Form, number: int, sentence: str) -> None:
    assert said(form, {"planted": number}, "ru") == [sentence]


def test_nothing_is_said_of_what_is_blank(form: Form) -> None:
    assert said(form, {}, "kk") == []
    assert said(form, {"planned": 5}, "kk") == []


def test_a_condition_that_fails_keeps_a_sentence_back(form: Form) -> None:
    assert said(form, {"planted": 0}, "kk") == []


def test_entries_become_one_sentence_grouped_and_sorted(form: Form) -> None:
    rows = [("birch", 2), ("pine", 1000), ("birch", 3), (None, 7), ("spruce", None)]
    entries = {"plantings": [Entry({"species": kind, "number": number}) for kind, number in rows]}
    assert said(form, {}, "ru", entries) == ["Породы: сосна — 1 000; береза — 5."]
    assert said(form, {}, "kk", entries) == ["Түрлері: қарағай — 1 000; қайың — 5."]


def test_entries_can_be_said_one_by_one(tmp_path: Path) -> None:
    over = 'each = "plantings"\nwhen = "number > 1"\nsort = "number"'
    form = more(tmp_path, "{number:unit}.", opening=over)
    entries = {"plantings": [Entry({"number": number}) for number in (30, 1, None, 4)]}
    assert said(form, {}, "ru", entries) == ["4 саженца.", "30 саженцев."]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("[{planned}, ][{survival}, ]{planted}.", "5."),
        ("{planted}[, {planned}][, {survival}].", "5."),
        ("Всего: [{planned}, ][{planted}, ][{survival}].", "Всего: 5."),
        ("{planted} ([{survival}][, {planted}]).", "5 (5)."),
        ("[{planned} из ]высажено {planted}.", "Высажено 5."),
        ("{planted} — [{survival}]", "5"),
        ("{plantings.count} мест[, {plantings.number:unit}]", "3 мест, 41 саженец"),
        ("{plantings.count:место|места|мест}", "Места"),
        ("[[{planted}]]", "[5]"),
        ("[{plantings.area}; ]{planted}", "2,55; 5"),
    ],
)
def test_what_is_left_out_leaves_no_trace(tmp_path: Path, template: str, text: str) -> None:
    rows = [Entry({"number": 40, "area": "0.55"}), Entry({"number": 1, "area": 2}), Entry({})]
    found = said(more(tmp_path, template), {"planted": 5}, "ru", {"plantings": rows})
    assert found == [text]


def test_the_territory_in_brackets_is_said_once(tmp_path: Path) -> None:
    form = more(tmp_path, "[{in_territory} ]{planned}.", "[{in_territory} ]посажено {planted}.")
    both = said(form, {"planned": 1, "planted": 2}, "ru")
    assert both == ["В Актюбинской области 1.", "Посажено 2."]
    assert said(form, {"planted": 2}, "ru") == ["В Актюбинской области посажено 2."]


def test_a_place_is_said_with_its_district_or_in_a_case(tmp_path: Path) -> None:
    form = more(tmp_path, "{place}; {place:in}; {place:of}", opening='each = "plantings"')
    entries = {"plantings": [Entry({"place": RODNIKOVKA})]}
    assert said(form, {}, "ru", entries) == [
        "Село Родниковка (Мартукский район); в селе Родниковка; села Родниковка"
    ]
    assert said(form, {}, "kk", entries)[0].endswith("Родниковка ауылында; Родниковка ауылының")


def test_all_that_belongs_to_a_number_stays_with_it(form: Form) -> None:
    territory = load_plan().territories[AQTOBE]
    (sentence,) = sentences(form, PLANTED, {}, territory, "kk")
    assert "63\u00a0670\u00a0көшет" in sentence
    assert "100,3\u00a0%" in sentence


def test_a_form_without_sentences_says_nothing(tmp_path: Path) -> None:
    form = written(
        tmp_path,
        GOOD[: GOOD.index("[[sentence]]")]
        .replace('include = ["event"]\n', "")
        .replace('table = "event_list"\nbefore = "name"', 'table = "plantings"'),
    )
    assert said(form, PLANTED, "kk") == []
