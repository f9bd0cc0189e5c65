"""What every shipped form must be: no cell without use, no check that is dead or always on."""

from __future__ import annotations

from itertools import chain

import pytest

from taza_desktop.i18n import LANGUAGES, Text
from taza_desktop.plan.checks import computed, missing, problems
from taza_desktop.plan.form import Choice, Form
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.programme import programme_of
from taza_desktop.plan.relations import check_sql, schema_of, when_sql
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sentences import sentences
from taza_desktop.plan.sheet import Sheet
from taza_desktop.plan.sql import Compiler, Read
from taza_desktop.plan.template import COUNT, fields
from tests.plan.example_variations import broken
from tests.plan.examples import PLAN, blank, cases, examples

NUMBERS = PLAN.form_numbers()
every_form = pytest.mark.parametrize("number", NUMBERS)


def test_every_measure_has_a_form() -> None:
    assert tuple(PLAN.measures) == NUMBERS


@every_form
def test_a_form_is_filled_in_by_those_who_answer_in_the_rounds_that_are_wanted(
    number: int,
) -> None:
    form, measure = PLAN.form(number), PLAN.measures[number]
    assert measure.schedule.every in form.rounds
    assert "year" in form.rounds, "the Ministry reports on years"
    if measure.akimat == "none":
        assert form.filled_by == ("republic",)
    else:
        assert "region" in form.filled_by


@every_form
def test_a_text_is_said_in_each_language(number: int) -> None:
    """Reading the form asks for all three; here no text stands in the wrong alphabet."""
    for text in _texts(PLAN.form(number)):
        assert all(text), text
        assert text.kk != text.en, f"{text}: not translated"
        assert not set("ёъэщЁЪЭЩ") & set(text.en), text
        assert not set("әғқңөұүһіӘҒҚҢӨҰҮҺІ") & set(_without_quoted(text.ru)), text


@every_form
def test_a_cell_is_used(number: int) -> None:
    """A figure is said, or something said or checked follows from it; a column has its table."""
    form = PLAN.form(number)
    used = _said(form) | {read.column for read in _read(form) if read.relation == "sheet"}
    used |= {figure.of or "" for figure in form.figures}
    filed = {figure.name for figure in form.figures if figure.kind == "attachment"}
    assert {figure.name for figure in form.figures} - used - filed == set()
    assert {table.name for table in form.tables} <= _tables_used(form)


@every_form
def test_the_examples_are_sound_and_fill_every_cell(number: int) -> None:
    form = PLAN.form(number)
    assert examples(number)
    for sheet in examples(number):
        assert sheet.key.measure == number
        assert PLAN.territories.level(sheet.key.territory) in form.filled_by
        assert Round.parse(sheet.key.round).kind in form.rounds
        assert problems(form, sheet) == []
        assert missing(form, sheet) == []
    assert blank(form, examples(number)) == set()


@every_form
def test_the_round_before_breaks_no_check_when_nothing_changed(number: int) -> None:
    form = PLAN.form(number)
    for case in cases(number):
        assert case.problems(form) == []


@every_form
def test_a_check_finds_something_in_a_variation_of_the_examples(number: int) -> None:
    never = [name for name, case in broken(number).items() if case is None]
    assert never == [], f"{PLAN.form(number).source}: nothing breaks these checks"


@every_form
def test_what_is_asked_to_be_explained_can_be_explained(number: int) -> None:
    form = PLAN.form(number)
    for check in form.checks:
        case = broken(number)[check.name]
        if case is not None:
            case = case.copy()
            case.sheet.cells["remark:"] = "Тексерілді"
            found = [it.answered for it in case.problems(form) if it.check == check.name]
            assert set(found) == {check.level == "explain"}, check.name


@every_form
def test_a_check_leads_to_a_cell(number: int) -> None:
    for check in PLAN.form(number).checks:
        assert check.at, f"{check.name} leads nowhere"


@every_form
def test_the_examples_are_told_in_every_language(number: int) -> None:
    form = PLAN.form(number)
    for sheet in examples(number):
        for language in LANGUAGES:
            told = _told(form, sheet, language)
            assert told, f"nothing is said in {language}"
            for text in told:
                assert text[-1] in ".:!", text
                assert not set("[]{}") & set(text), text
                assert "  " not in text, text
                assert " ," not in text, text


@every_form
def test_every_figure_of_the_examples_stands_in_the_sentences(number: int) -> None:
    """Whatever number is typed, or what follows from it, is read in the report."""
    form = PLAN.form(number)
    said = _said(form)
    through = {
        read.column
        for name, reads in programme_of(form).reads.items()
        if name in said
        for read in reads
    }
    numbers = [it.name for it in form.figures if KINDS[it.kind].numeric and not it.computed]
    assert set(numbers) - said - through == set()


def _texts(form: Form) -> list[Text]:
    cells = [*form.figures, *chain.from_iterable(table.columns for table in form.tables)]
    choices: list[Choice] = [choice for cell in cells for choice in cell.choices]
    named = [*form.sections, *form.tables, *cells]
    texts = [part.label for part in named if any(letter.isalpha() for letter in part.label.ru)]
    texts += [part.hint for part in (*cells, *form.tables) if part.hint]
    texts += [choice.label for choice in choices if not _is_a_name(choice.label)]
    return [*texts, *(check.says for check in form.checks)]


def _is_a_name(label: Text) -> bool:
    """Instagram and «Таза аула» are called the same everywhere."""
    return label.ru.startswith("«") or label.ru == label.en or label.kk == label.en


def _without_quoted(text: str) -> str:
    """Names of campaigns and of law stand in quotation marks in their own language."""
    while "«" in text and "»" in text:
        text = text[: text.index("«")] + text[text.index("»", text.index("«")) + 1 :]
    return text


def _said(form: Form) -> set[str]:
    """The figures that sentences name, or choose by."""
    said: set[str] = set()
    for sentence in form.sentences:
        own = {c.name for c in form.table(sentence.each).columns} if sentence.each else set[str]()
        for text in filter(None, (sentence.text, sentence.opening)):
            said |= {field.name for field in fields(text.kk)} - own
    return said


def _read(form: Form) -> set[Read]:
    """What computed figures, checks and conditions of sentences read."""
    with Compiler(schema_of(form)) as compiler:
        expressions = [figure.computed for figure in form.figures if figure.computed]
        expressions += [check_sql(check) for check in form.checks]
        expressions += [when_sql(sentence) for sentence in form.sentences]
        return set().union(*(compiler.reads(expression) for expression in expressions))


def _tables_used(form: Form) -> set[str]:
    used = {sentence.each for sentence in form.sentences if sentence.each}
    used |= {name.removesuffix(f".{COUNT}").split(".")[0] for name in _said(form)}
    return used | {read.relation for read in _read(form)}


def _told(form: Form, sheet: Sheet, language: str) -> list[str]:
    cells = {**sheet.figures(), **computed(form, sheet)}
    territory = PLAN.territories[sheet.key.territory]
    assert language in LANGUAGES
    return sentences(form, cells, sheet.entries, territory, language)
