"""The sheets of a register as CSV files with a description of every column, for other programs.

The folder is a Frictionless Data Package (specs.frictionlessdata.io/tabular-data-package).
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_, Language
from taza_desktop.plan.catalogue import Measure, Plan
from taza_desktop.plan.checks import computed
from taza_desktop.plan.form import Figure, Form, KindName
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.sheet import Cells, Sheet, Value
from taza_desktop.register.register import Register
from taza_desktop.reports.columns import labelled

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")  # with which a spreadsheet begins a formula
GUARD = "'"
ABOUT = (
    "A text that begins with = + - @ or a control character has an apostrophe before it, so that "
    "no spreadsheet takes it for a formula."
)
_TYPES: Mapping[KindName, str] = {"count": "integer", "date": "date"}
_KEYS = (("territory", "string"), ("territory_name", "string"), ("round", "string"))


class Selection(NamedTuple):
    """What is wanted; empty is all that there is. Territories (КАТО) with what lies in them."""

    rounds: tuple[str, ...] = ()
    measures: tuple[int, ...] = ()
    territories: tuple[str, ...] = ()


class _File(NamedTuple):
    """A CSV file: its name without the ending, what it holds, its columns, its rows."""

    name: str
    title: str
    fields: tuple[Mapping[str, object], ...]
    rows: tuple[tuple[str, ...], ...]


def write(
    register: Register, plan: Plan, selection: Selection, lang: Language, folder: Path
) -> list[str]:
    """Write the package into a new folder; the names of its CSV files.

    Titles of columns are in `lang`, names of columns and values are the same in every language.
    Raises Refusal DATA-FOLDER when there is something in it, PLAN-TERRITORY; EnvironmentFault.
    """
    with environment_faults(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Refusal(
                "DATA-FOLDER",
                N_("{folder} is not empty. Name a folder that does not exist yet."),
                folder=str(folder),
            )
        unfinished = folder.with_name(f".{folder.name}.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        try:
            resources = [_put(unfinished, it) for it in _files(register, plan, selection, lang)]
            said = _description(register, selection, resources)
            text = json.dumps(said, ensure_ascii=False, indent=1)
            (unfinished / "datapackage.json").write_text(text + "\n", encoding="utf-8")
            if folder.exists():
                folder.rmdir()
            os.replace(unfinished, folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return [str(it["path"]) for it in resources]


def guarded(text: str) -> str:
    """The text as no spreadsheet takes it for a formula."""
    return f"{GUARD}{text}" if text.startswith(SIGNS) else text


def _description(
    register: Register, selection: Selection, resources: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    rounds = "-".join(selection.rounds).lower() or "all"
    return {
        "profile": "tabular-data-package",
        "name": f"taza-{register.office.territory}-{rounds}",
        "title": "Таза Қазақстан 2024–2029",
        "description": ABOUT,
        "resources": list(resources),
    }


def _put(folder: Path, file: _File) -> dict[str, object]:
    """Write one file; how the package describes it."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([field["name"] for field in file.fields])
    writer.writerows(file.rows)
    data = text.getvalue().encode()
    path = f"{file.name}.csv"
    (folder / path).write_bytes(data)
    return {
        "profile": "tabular-data-resource",
        "name": file.name,
        "path": path,
        "title": file.title,
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {"fields": list(file.fields), "missingValues": [""]},
    }


def _files(register: Register, plan: Plan, selection: Selection, lang: Language) -> Iterator[_File]:
    """For each measure its figures, then a file for each of its tables that has entries."""
    by_measure: dict[int, list[Sheet]] = {}
    for sheet in _selected(register, plan, selection):
        by_measure.setdefault(sheet.key.measure, []).append(sheet)
    for number, sheets in sorted(by_measure.items()):
        if plan.has_form(number):
            yield from _of_measure(plan, plan.measures[number], sheets, lang)


def _selected(register: Register, plan: Plan, selection: Selection) -> Iterator[Sheet]:
    wanted = [plan.territories[kato].kato for kato in selection.territories]
    for code in selection.rounds or (None,):
        for sheet in register.sheets(code) if code else register.sheets():
            if selection.measures and sheet.key.measure not in selection.measures:
                continue
            inside = (plan.territories.covers(kato, sheet.key.territory) for kato in wanted)
            if not wanted or any(inside):
                yield sheet


def _of_measure(
    plan: Plan, measure: Measure, sheets: Sequence[Sheet], lang: Language
) -> Iterator[_File]:
    form = plan.form(measure.number)
    title = f"{measure.number}. {measure.title.to(lang)}"
    keys = tuple({"name": name, "type": kind} for name, kind in _KEYS)
    yield _File(
        f"measure-{measure.number:02}",
        title,
        (*keys, *_fields(form.figures, lang)),
        tuple(_row(plan, it, form.figures, _cells(form, it)) for it in sheets),
    )
    for table in form.tables:
        rows = tuple(
            (*_row(plan, sheet, (), {}), entry.id, *_values(table.columns, entry.cells))
            for sheet in sheets
            for entry in sheet.entries.get(table.name, ())
        )
        if rows:
            name = f"measure-{measure.number:02}-{table.name.replace('_', '-')}"
            own = {"name": "entry", "type": "string"}
            fields = (*keys, own, *_fields(table.columns, lang))
            yield _File(name, f"{title}: {table.label.to(lang)}", fields, rows)


def _cells(form: Form, sheet: Sheet) -> Cells:
    return {**sheet.cells, **computed(form, sheet)}


def _fields(figures: Iterable[Figure], lang: Language) -> Iterator[Mapping[str, object]]:
    for figure in figures:
        numeric = KINDS[figure.kind].numeric
        kind = _TYPES.get(figure.kind, "number" if numeric else "string")
        yield {"name": figure.name, "type": kind, "title": labelled(figure, lang)}


def _row(plan: Plan, sheet: Sheet, figures: Iterable[Figure], cells: Cells) -> tuple[str, ...]:
    place = plan.territories[sheet.key.territory]
    return (place.kato, place.name.kk, sheet.key.round, *_values(figures, cells))


def _values(figures: Iterable[Figure], cells: Cells) -> Iterator[str]:
    for figure in figures:
        value = cells.get(figure.name)
        plain = KINDS[figure.kind].numeric or figure.kind == "date"
        yield _text(value) if plain else guarded(_text(value))


def _text(value: Value) -> str:
    """A value as one text: several between semicolons, of an attachment its name."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(value)
    return str(value["name"]) if isinstance(value, Mapping) else str(value)
