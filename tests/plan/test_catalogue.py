import json
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.i18n import LANGUAGES, Language
from taza_desktop.plan import catalogue
from taza_desktop.plan.catalogue import Plan, load_plan
from taza_desktop.plan.kazakh import clean
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.plan.units import units

ALMATY, ASTANA, KOSTANAY, ABAY_DISTRICT = "750000000", "710000000", "390000000", "103200000"
TEXTS = ("title", "completion_form", "deadline", "executors")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan()


def test_sixty_measures_in_order(plan: Plan):
    assert list(plan.measures) == list(range(1, 61))
    assert all(number == measure.number for number, measure in plan.measures.items())


def test_directions(plan: Plan):
    assert [direction.number for direction in plan.directions] == [1, 2, 3]
    of = Counter(measure.direction for measure in plan.measures.values())
    assert of == {1: 22, 2: 17, 3: 21}


def test_which_akimats_answer(plan: Plan):
    measures = plan.measures.values()
    assert Counter(one.akimat for one in measures) == {"all": 45, "named": 2, "none": 13}
    assert plan.measures[12].named == (ALMATY,)
    assert plan.measures[54].named == (ASTANA,)
    assert all(bool(one.named) == (one.akimat == "named") for one in measures)
    assert all(kato in plan.territories for one in measures for kato in one.named)


@pytest.mark.parametrize(
    ("number", "answering", "not_answering"),
    [
        (6, [KOSTANAY, ABAY_DISTRICT, ALMATY], [REPUBLIC]),
        (12, [ALMATY, "751110000"], [ASTANA, KOSTANAY, REPUBLIC]),
        (54, [ASTANA], [ALMATY, REPUBLIC]),
        (11, [REPUBLIC], [ALMATY, KOSTANAY, ABAY_DISTRICT]),
    ],
)
def test_who_answers(plan: Plan, number: int, answering: list[str], not_answering: list[str]):
    measure = plan.measures[number]
    assert all(measure.answers(kato) for kato in answering)
    assert not any(measure.answers(kato) for kato in not_answering)


@pytest.mark.parametrize("number", range(1, 61))
def test_a_measure_is_complete_in_three_languages(plan: Plan, number: int):
    measure = plan.measures[number]
    for name in TEXTS:
        text = getattr(measure, name)
        for language in LANGUAGES:
            assert text.to(language), (name, language)
            assert clean(text.to(language)) == text.to(language), (name, language)
    assert measure.unofficial == ("kk", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_unique(plan: Plan, language: Language):
    titles = [measure.title.to(language) for measure in plan.measures.values()]
    assert len(set(titles)) == 60


@pytest.mark.parametrize("number", range(1, 61))
def test_the_languages_say_the_same_figures(plan: Plan, number: int):
    """A translation that lost or gained a number is wrong."""
    measure = plan.measures[number]
    for name in TEXTS:
        text = getattr(measure, name)
        figures = {language: re.findall(r"[0-9]+", text.to(language)) for language in LANGUAGES}
        assert sorted(figures["kk"]) == sorted(figures["ru"]) == sorted(figures["en"]), name


@pytest.mark.parametrize("number", range(1, 61))
def test_the_languages_name_as_many_executors(plan: Plan, number: int):
    executors = plan.measures[number].executors
    assert len({text.count(", ") for text in executors}) == 1
    asked = [executors.ru.count("(по согласованию)"), executors.kk.count("(келісу бойынша)")]
    assert asked == [executors.en.count("(by agreement)")] * 2


def test_every_abbreviation_of_the_executors_is_spelt_out(plan: Plan):
    for language, letters in (("ru", r"\b[А-Я]{2,}\b"), ("kk", r"\b[А-ЯӘҒҚҢӨҰҮҺІ]{2,}\b")):
        known = {word for one in plan.abbreviations for word in one.short.to(language).split()}
        for measure in plan.measures.values():
            used = re.findall(letters, measure.executors.to(language))
            assert set(used) <= known, (measure.number, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_abbreviations_are_unique(plan: Plan, language: Language):
    for texts in (
        [one.short for one in plan.abbreviations],
        [one.meaning for one in plan.abbreviations],
    ):
        assert len({text.to(language) for text in texts}) == len(texts) == 16


def test_targets_of_the_plan(plan: Plan):
    targets = {number: one.targets for number, one in plan.measures.items() if one.targets}
    assert targets == {
        4: {2025: 5, 2026: 7, 2027: 9},
        8: {2029: 6},
        24: {2024: 77, 2025: 81, 2026: 89, 2027: 93, 2028: 97, 2029: 100},
        26: {2026: 125, 2027: 125, 2028: 125, 2029: 125},
    }


def test_measure_24_keeps_the_contradiction_of_its_source(plan: Plan):
    for text in plan.measures[24].completion_form:
        assert text.count("2025") == 2
        assert "81" in text
        assert "85" in text


def test_indicators(plan: Plan):
    names = {one.name: one for direction in plan.directions for one in direction.indicators}
    assert len(names) == 5
    assert {one.unit for one in names.values()} <= set(units())
    assert names["waste_recycled"].values[2024] == (25, Decimal("25.87"))
    assert names["waste_recycled"].values[2023] == (None, 24)
    assert names["satisfaction"].values[2029] == (Decimal("64.7"), None)
    assert names["proeko_pupils"].values[2024] == (None, 16000)
    for one in names.values():
        plans = [one.values[year][0] for year in range(2025, 2030)]
        assert None not in plans
        assert plans == sorted(plans, key=lambda number: number or 0)


def test_the_plan_itself(plan: Plan):
    assert plan.version == "2024.2"
    assert plan.years == tuple(range(2024, 2030))
    assert "«Таза Қазақстан»" in plan.title.kk
    assert (plan.executors_report_by, plan.ministry_reports_by) == ("02-01", "03-15")
    assert load_plan() is plan


def test_a_measure_without_a_form_is_refused(plan: Plan):
    missing = next(number for number in (61, 0) if not plan.has_form(number))
    with pytest.raises(Refusal) as refused:
        plan.form(missing)
    assert refused.value.code == "PLAN-NO-FORM"


def test_forms_are_found_by_the_name_of_their_file(
    plan: Plan, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "resources" / "forms"
    folder.mkdir(parents=True)
    for name in ("measure06.toml", "measure52.toml", "shared.toml", "measure6.toml.bak"):
        (folder / name).touch()
    monkeypatch.setattr(catalogue, "data_path", tmp_path.joinpath)
    catalogue._form_numbers.cache_clear()
    try:
        assert plan.form_numbers() == (6, 52)
        assert plan.has_form(6)
        assert not plan.has_form(7)
    finally:
        catalogue._form_numbers.cache_clear()


def test_loading_the_plan_reads_no_settlement_and_no_heavy_library():
    code = """
import json, sys
from taza_desktop.plan.catalogue import load_plan
plan = load_plan()
plan.territories.search("абай", offices_only=True)
loaded = set(sys.modules) & {"babel", "sqlite3", "openpyxl", "docx", "lxml", "PySide6"}
print(json.dumps([sorted(loaded - {"sqlite3"}), "_below" in vars(plan.territories)]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[], False]
