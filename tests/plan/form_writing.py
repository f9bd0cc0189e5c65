"""A small form to write in tests, whole and with one thing changed."""

from __future__ import annotations

from pathlib import Path

from taza_desktop.plan.form import Form
from taza_desktop.plan.form_file import read_form
from taza_desktop.plan.form_mistakes import FormRefused

LABEL = 'label = { kk = "Атау", ru = "Имя", en = "Name" }'
GOOD = f'''\
measure = 6
version = 1
filled_by = ["district", "region"]
rounds = ["year", "quarter"]
include = ["event"]

[[section]]
name = "main"
{LABEL}

[[figure]]
name = "planned"
kind = "count"
unit = "plant"
role = "plan"
section = "main"
over_territories = "sum"
over_rounds = "last"
{LABEL}

[[figure]]
name = "planted"
kind = "count"
unit = "plant"
role = "fact"
of = "planned"
required = true
over_territories = "sum"
over_rounds = "last"
{LABEL}

[[figure]]
name = "survival"
kind = "percent"
minimum = 0
maximum = 100
over_territories = "mean by planted"
over_rounds = "last"
{LABEL}

[[figure]]
name = "fulfilment"
kind = "percent"
computed = "100.0 * planted / planned"
{LABEL}

[[figure]]
name = "note"
kind = "long_text"
over_territories = "list"
{LABEL}

[[table]]
name = "plantings"
section = "main"
{LABEL}

[[table.column]]
name = "place"
kind = "place"
required = true
{LABEL}

[[table.column]]
name = "species"
kind = "choice"
choices = "species"
{LABEL}

[[table.column]]
name = "number"
kind = "count"
unit = "plant"
minimum = 1
{LABEL}

[[table.column]]
name = "area"
kind = "decimal"
unit = "ha"
{LABEL}

[[column]]
table = "event_list"
before = "name"
name = "topic"
kind = "choice"
{LABEL}
choices = [
    {{ key = "water", label = {{ kk = "Су", ru = "Вода", en = "Water" }} }},
    {{ key = "forest", label = {{ kk = "Орман", ru = "Лес", en = "Forest" }} }},
]

[[check]]
name = "table_within_total"
level = "stop"
at = "planted"
that = "(select sum(number) from plantings) <= planted"
says = {{ kk = "Артық.", ru = "Больше.", en = "More." }}

[[check]]
name = "never_falls"
level = "explain"
at = "planted"
that = "planted >= last.planted"
says = {{ kk = "Аз.", ru = "Меньше.", en = "Less." }}

[[check]]
name = "likely_number"
level = "explain"
each = "plantings"
at = "number"
that = "number < 100000"
says = {{ kk = "Көп.", ru = "Много.", en = "Many." }}

[[sentence]]
when = "planted > 0"
text.kk = "{{in_territory}} {{planted:unit}} отырғызылды[ ({{fulfilment}})]."
text.ru = """{{in_territory}} {{planted:высажен|высажено|высажено}} {{planted:unit}}\\
[ ({{fulfilment}})]."""
text.en = "{{planted:unit}} {{planted:was|were}} planted {{in_territory}}[ ({{fulfilment}})]."

[[sentence]]
each = "plantings"
group = "species"
sort = "species"
opening = {{ kk = "Түрлері:", ru = "Породы:", en = "Species:" }}
text.kk = "{{species:lower}} — {{number}}"
text.ru = "{{species:lower}} — {{number}}"
text.en = "{{species:lower}} — {{number}}"
'''


def written(folder: Path, text: str = GOOD) -> Form:
    """The form that the text defines."""
    path = folder / "measure06.toml"
    path.write_text(text, encoding="utf-8")
    return read_form(path)


def changed(old: str, new: str) -> str:
    """The good form with one stretch changed; it must be there exactly once."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def refused(folder: Path, text: str) -> FormRefused:
    """Why the text is no form."""
    try:
        written(folder, text)
    except FormRefused as refusal:
        return refusal
    raise AssertionError("the form was accepted")
