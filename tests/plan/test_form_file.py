"""A form is read whole; a definition with a mistake is refused with file, line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from taza_desktop.errors import EnvironmentFault
from taza_desktop.i18n import LANGUAGES, Text, set_language
from taza_desktop.paths import data_path
from taza_desktop.plan.form import Adding
from taza_desktop.plan.form_data import form_as_data
from taza_desktop.plan.form_file import read_form
from taza_desktop.plan.form_mistakes import SAYS, FormRefused
from tests.plan.form_writing import GOOD, LABEL, changed, refused, written

FORMS = sorted(data_path("resources", "forms").glob("measure*.toml"))

# One bad form a row: what to change into what, and the code; «#!» marks the line that is to blame.
BAD = {
    "syntax": ("version = 1", "version = = 1 #!", "FORM-SYNTAX"),
    "twice the same key": ("version = 1", "version = 1\nversion = 2 #!", "FORM-SYNTAX"),
    "unknown key": (
        'unit = "plant"\nrole = "plan"',
        'unitt = "plant" #!\nrole = "plan"',
        "FORM-KEY",
    ),
    "unknown key of the form": ("version = 1", "version = 1\nversoin = 2 #!", "FORM-KEY"),
    "unknown language": (
        'says = { kk = "Аз.", ru',
        'says = { uz = "Oz.", kk = "Аз.", ru #!'.replace(" #!", ""),
        "FORM-KEY",
    ),
    "no kind": ('kind = "long_text"\n', "", "FORM-NEEDED"),
    "no level": ('level = "stop"\n', "", "FORM-NEEDED"),
    "number in quotes": ("minimum = 1\n", 'minimum = "1" #!\n', "FORM-TYPE"),
    "yes in quotes": ("required = true\nover", 'required = "yes" #!\nover', "FORM-TYPE"),
    "rounds no list": ('rounds = ["year", "quarter"]', 'rounds = "year" #!', "FORM-TYPE"),
    "version zero": ("version = 1", "version = 0 #!", "FORM-TYPE"),
    "section no table": (
        '[[section]]\nname = "main"\n' + LABEL,
        'section = "main" #!',
        "FORM-TYPE",
    ),
    "unknown level": ('level = "stop"', 'level = "halt" #!', "FORM-WORD"),
    "unknown round": ('rounds = ["year", "quarter"]', 'rounds = ["year", "month"] #!', "FORM-WORD"),
    "unknown filler": ('["district", "region"]', '["district", "oblast"] #!', "FORM-WORD"),
    "unknown role": ('role = "plan"', 'role = "goal" #!', "FORM-WORD"),
    "unknown kind": ('kind = "long_text"', 'kind = "longtext" #!', "FORM-KIND"),
    "unknown rule": ('"mean by planted"', '"average" #!', "FORM-RULE"),
    "mean by nothing": ('"mean by planted"', '"mean by" #!', "FORM-RULE"),
    "no rule": ('over_territories = "mean by planted"\n', "", "FORM-RULE-NEEDED"),
    "no Kazakh": ('says = { kk = "Аз.", ru', "says = { ru #!".replace(" #!", ""), "FORM-LANGUAGE"),
    "blank Russian": ('ru = "Меньше."', 'ru = " "', "FORM-LANGUAGE"),
    "capital letter": ('name = "note"', 'name = "Note" #!', "FORM-NAME"),
    "Cyrillic name": ('name = "note"', 'name = "примечание" #!', "FORM-NAME"),
    "word of SQL": ('name = "note"', 'name = "order" #!', "FORM-RESERVED"),
    "own relation": ('name = "note"', 'name = "last" #!', "FORM-RESERVED"),
    "own name of another sheet": ('name = "note"', 'name = "m44" #!', "FORM-RESERVED"),
    "sheet of no measure": ("planted >= last.planted", "planted >= m61.planted", "FORM-OTHER"),
    "sheet of its own": ("planted >= last.planted", "planted >= m06.planted", "FORM-OTHER"),
    "nothing of another sheet": ("planted >= last.planted", "planted >= m08.plantd", "FORM-SQL"),
    "bare name of another": ("planted >= last.planted", "grown >= m08.grown", "FORM-SQL"),
    "computed of another": ("100.0 * planted / planned", "100.0 * planted / m08.grown", "FORM-SQL"),
    "said when another": ('when = "planted > 0"', 'when = "m08.grown > 0" #!', "FORM-SQL"),
    "own check": ('name = "never_falls"', 'name = "required" #!', "FORM-RESERVED"),
    "figure twice": ('name = "note"', 'name = "planted" #!', "FORM-REPEATED"),
    "figure like table": ('name = "note"', 'name = "plantings"', "FORM-REPEATED"),
    "figure like a shared one": ('name = "note"', 'name = "events" #!', "FORM-REPEATED"),
    "column twice": ('name = "area"', 'name = "number" #!', "FORM-REPEATED"),
    "added column twice": ('name = "topic"', 'name = "date" #!', "FORM-REPEATED"),
    "check twice": ('name = "never_falls"', 'name = "table_within_total" #!', "FORM-REPEATED"),
    "choice twice": ('key = "forest"', 'key = "water"', "FORM-REPEATED"),
    "replaces nothing": ('name = "note"', 'name = "note"\nreplaces = true #!', "FORM-REPLACES"),
    "unknown shape": ('include = ["event"]', 'include = ["evnt"] #!', "FORM-INCLUDE"),
    "unknown unit": ('unit = "ha"', 'unit = "hectar" #!', "FORM-UNIT"),
    "unknown choices": ('choices = "species"', 'choices = "spices" #!', "FORM-CHOICES"),
    "choice without answers": ('choices = "species"\n', "", "FORM-NEEDED"),
    "unit of a text": ('kind = "long_text"', 'kind = "long_text"\nunit = "ha" #!', "FORM-FIT"),
    "minimum of a place": ('kind = "place"', 'kind = "place"\nminimum = 1 #!', "FORM-FIT"),
    "answers of a count": (
        'kind = "place"',
        'kind = "place"\nchoices = "species" #!',
        "FORM-FIT",
    ),
    "sum of texts": ('over_territories = "list"', 'over_territories = "sum" #!', "FORM-FIT"),
    "last territory": ('"mean by planted"', '"last" #!', "FORM-FIT"),
    "computed text": (
        'kind = "long_text"\nover_territories = "list"',
        'kind = "long_text"\ncomputed = "planted" #!',
        "FORM-FIT",
    ),
    "limits crossed": ("minimum = 0", "minimum = 101 #!", "FORM-LIMITS"),
    "unknown section": (
        'section = "main"\nover',
        'section = "mian" #!\nover',
        "FORM-SECTION",
    ),
    "table in unknown section": (
        'name = "plantings"\nsection = "main"',
        'name = "plantings"\nsection = "mian" #!',
        "FORM-SECTION",
    ),
    "column of no table": ('table = "event_list"', 'table = "event_lst" #!', "FORM-TABLE"),
    "column before nothing": ('before = "name"', 'before = "nmae" #!', "FORM-TABLE"),
    "of names nothing": ('of = "planned"', 'of = "planed" #!', "FORM-OF"),
    "of names no plan": ('of = "planned"', 'of = "survival" #!', "FORM-OF"),
    "weight is no number": ('"mean by planted"', '"mean by note" #!', "FORM-WEIGHT"),
    "weighted by itself": ('"mean by planted"', '"mean by survival" #!', "FORM-WEIGHT"),
    "computed and required": (
        'computed = "100.0',
        'required = true #!\ncomputed = "100.0',
        "FORM-COMPUTED",
    ),
    "computed in a circle": (
        'computed = "100.0 * planted / planned"',
        'computed = "fulfilment + 1" #!',
        "FORM-CYCLE",
    ),
    "computed is no SQL": ("100.0 * planted / planned", "100.0 * planted / #!", "FORM-SQL"),
    "computed of nothing": ("100.0 * planted / planned", "100.0 * planted / goal", "FORM-SQL"),
    "check of nothing": ("planted >= last.planted", "planted >= lst.planted", "FORM-SQL"),
    "check of a missing column": ("select sum(number)", "select sum(total)", "FORM-SQL"),
    "two expressions": ("number < 100000", "number < 100000; drop table sheet", "FORM-SQL"),
    "way out of the brackets": ("number < 100000", "1) or (1", "FORM-SQL"),
    "forbidden function": ("number < 100000", "random() > 0", "FORM-SQL"),
    "other tables": ("number < 100000", "(select 1 from sqlite_schema)", "FORM-SQL"),
    "condition is no SQL": ('when = "planted > 0"', 'when = "planted >" #!', "FORM-SQL"),
    "check points nowhere": (
        'at = "planted"\nthat = "planted >=',
        'at = "plnted" #!\nthat = "planted >=',
        "FORM-AT",
    ),
    "check points out of its table": ('at = "number"', 'at = "planted" #!', "FORM-AT"),
    "check over no table": (
        'each = "plantings"\nat',
        'each = "planting" #!\nat',
        "FORM-EACH",
    ),
    "sentence over no table": (
        'each = "plantings"\ngroup',
        'each = "planting" #!\ngroup',
        "FORM-EACH",
    ),
    "sorted by nothing": ('sort = "species"', 'sort = "spices" #!', "FORM-SORT"),
    "grouped by nothing": ('group = "species"', 'group = "spices" #!', "FORM-SORT"),
    "opening of one": (
        'when = "planted > 0"',
        'when = "planted > 0"\nopening = { kk = "А", ru = "А", en = "A" } #!',
        "FORM-SORT",
    ),
    "bracket open": ("отырғызылды[ (", "отырғызылды[[ (", "FORM-TEMPLATE"),
    "brace open": ("отырғызылды[ (", "отырғызылды{ [ (", "FORM-TEMPLATE"),
    "sentence of nothing": ("{planted:unit} отыр", "{plantd:unit} отыр", "FORM-FIELD"),
    "two Russian words": ("высажен|высажено|высажено", "высажен|высажено", "FORM-FIELD-HOW"),
    "words in Kazakh": ("{planted:unit} отыр", "{planted:түп} отыр", "FORM-FIELD-HOW"),
    "unit of a percent": ("ды[ ({fulfilment})", "ды[ ({fulfilment:unit})", "FORM-FIELD-HOW"),
    "number in small letters": (
        'text.kk = "{species:lower} — {number}"',
        'text.kk = "{species:lower} — {number:lower}"',
        "FORM-FIELD-HOW",
    ),
    "choice in a case": ('text.kk = "{species:lower}', 'text.kk = "{species:in}', "FORM-FIELD-HOW"),
    "Kazakh says less": ("отырғызылды[ ({fulfilment})]", "отырғызылды", "FORM-FIELDS-DIFFER"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), BAD.values(), ids=BAD)
def test_a_mistake_is_refused_with_its_line(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = changed(old, new)
    refusal = refused(tmp_path, text)
    assert refusal.code == refusal.mistakes[0].code == code
    if "#!" in new:
        line = text[: text.index("#!")].count("\n") + 1
        assert f"measure06.toml, line {line}: " in refusal.mistakes[0].text()
    for mistake in refusal.mistakes:
        assert "measure06.toml, line " in mistake.text()


def test_every_mistake_has_a_bad_form() -> None:
    assert {code for _, _, code in BAD.values()} == set(SAYS)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "note"\nkind', 'nmae = "note"\nkind', "Did you mean “name”?"),
        ('kind = "long_text"', 'kind = "longtext"', "Did you mean “long_text”?"),
        ('unit = "ha"', 'unit = "hectar"', "no unit “hectar”"),
        ('choices = "species"', 'choices = "spices"', "Did you mean “species”?"),
        ('include = ["event"]', 'include = ["evnt"]', "Did you mean “event”? Known: contest, "),
        ('of = "planned"', 'of = "planed"', "Did you mean “planned”?"),
        ("100.0 * planted / planned", "100.0 * planted / goal", "no such column: goal"),
        ("number < 100000", "random() > 0", "not authorized to use function: random"),
        ('over_territories = "mean by planted"\n', "", 'over_territories = "sum", or "none"'),
        ("{planted:высажен|высажено|высажено}", "{planted:да|нет}", "three words in ru"),
        ("отырғызылды[ ({fulfilment})]", "отырғызылды", "in “ru” does not name the same figures"),
        ('name = "note"', 'name = "events"', "first in event.toml, line"),
        ('name = "note"', 'name = "planted"', "first in measure06.toml, line 22"),
    ],
)  # fmt: skip
def test_the_sentence_says_what_to_do(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert says in refused(tmp_path, changed(old, new)).text()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('says = { kk = "Аз.", ru', "says = { ru", 'says = { ru = "Меньше.'),
        ('key = "forest"', 'key = "water"', '    { key = "water", label = { kk = "Орман"'),
        ("отырғызылды[ (", "отырғызылды[[ (", "text.kk = "),
        ('kind = "long_text"\n', "", "[[figure]]\nname = "),
    ],
)
def test_a_mistake_inside_a_line_leads_to_it(tmp_path: Path, old: str, new: str, line: str) -> None:
    text = changed(old, new)
    found = int(str(refused(tmp_path, text).fields["line"]))
    assert "\n".join(text.split("\n")[found - 1 :]).startswith(line)


def test_all_mistakes_of_a_step_are_told_at_once(tmp_path: Path) -> None:
    text = changed('kind = "long_text"', 'kind = "longtext"').replace('"stop"', '"halt"')
    refusal = refused(tmp_path, text)
    assert [mistake.code for mistake in refusal.mistakes] == ["FORM-KIND", "FORM-WORD"]
    assert refusal.text().count("\n") == 1


def test_a_mistake_is_told_in_the_language_in_force(tmp_path: Path) -> None:
    refusal = refused(tmp_path, changed('kind = "long_text"', 'kind = "longtext"'))
    for language in LANGUAGES:
        set_language(language)
        assert "longtext" in refusal.text()


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "measure06.toml"
    path.write_bytes(GOOD.encode().replace("Түрлері".encode(), b"\xff\xfe", 1))
    with pytest.raises(FormRefused) as caught:
        read_form(path)
    line = GOOD[: GOOD.index("Түрлері")].count("\n") + 1
    assert caught.value.fields["line"] == line
    assert "UTF-8" in caught.value.text()


def test_a_file_that_is_not_there_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        read_form(tmp_path / "measure61.toml")


def test_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "measure06.toml"
    path.write_bytes(GOOD.replace("\n", "\r\n").encode())
    assert read_form(path) == written(tmp_path)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    form = written(tmp_path)
    assert (form.measure, form.version, form.rounds) == (6, 1, ("year", "quarter"))
    assert form.figure("planned").label == Text("Атау", "Имя", "Name")
    assert form.figure("survival").over_territories == Adding("mean", "planted")
    assert form.figure("survival").maximum == "100"
    assert form.figure("note").over_rounds == Adding("none")
    assert form.table("plantings").column("species").choices[0].key == "pine"
    assert form.table("plantings").over_rounds == "list"
    assert form.checks[2].each == "plantings"


def test_a_shared_shape_stands_behind_the_own_items(tmp_path: Path) -> None:
    form = written(tmp_path)
    assert [section.name for section in form.sections] == ["main", "events"]
    assert {"events", "participants"} <= {figure.name for figure in form.figures[5:]}
    columns = [column.name for column in form.table("event_list").columns]
    assert columns[2:4] == ["topic", "name"]


def test_a_shared_item_can_be_replaced(tmp_path: Path) -> None:
    own = f'[[figure]]\nname = "events"\nreplaces = true\nkind = "text"\n{LABEL}\n'
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "event.toml").write_text(
        f'[[figure]]\nname = "before"\nkind = "text"\n{LABEL}\n'
        f'[[figure]]\nname = "events"\nkind = "person"\n{LABEL}\n',
        encoding="utf-8",
    )
    head = 'measure = 1\nversion = 1\nfilled_by = ["region"]\nrounds = ["year"]\n'
    form = written(tmp_path, f'{head}include = ["event"]\n{own}')
    assert [(it.name, it.kind) for it in form.figures] == [("before", "text"), ("events", "text")]


def test_a_mistake_in_a_shared_shape_names_its_file(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "event.toml").write_text('[[figure]]\nname = "events"\nkind = "cuont"\n', "utf-8")
    head = 'measure = 1\nversion = 1\nfilled_by = ["region"]\nrounds = ["year"]\n'
    refusal = refused(tmp_path, f'{head}include = ["event"]\n')
    assert "event.toml, line 3: there is no kind “cuont”" in refusal.text()
    assert "event.toml, line 1: figure events lacks “label”" in refusal.text()


@pytest.mark.parametrize("path", FORMS, ids=[path.stem for path in FORMS])
def test_a_shipped_form_is_read_and_is_called_like_its_measure(path: Path) -> None:
    form = read_form(path)
    assert path.name == f"measure{form.measure:02}.toml"
    assert form.source == path.name


def test_a_form_as_data_holds_plain_values_only(tmp_path: Path) -> None:
    data = form_as_data(written(tmp_path))
    assert _is_plain(data)
    figures = data["figures"]
    assert isinstance(figures, list)
    assert figures[0]["label"] == {"kk": "Атау", "ru": "Имя", "en": "Name"}
    assert figures[2]["over_territories"] == "mean by planted"
    assert "source" not in data


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(type(key) is str and _is_plain(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return type(value) in (str, int, bool)
