"""Sheets as JSON: `[{measure, territory, round, figures, entries, remarks, na, sentences}]`.

A value is a JSON number, a text (a date 2024-10-31, a KATO code, the key of a choice), a list of
keys, or an attachment's object; what is blank is left out or null. A remark is keyed by its cell,
`sheet` is the whole sheet; `na` says why a cell does not apply; a sentence is keyed by language. An
entry may carry the `id` that `sheets` printed: then it is the row that is there, else a new one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import cast

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import LANGUAGES, N_
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.kind_numbers import stored
from taza_desktop.plan.kinds import check_value
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import MARKS, Cells, Entry, Sheet, SheetKey, Value

WHOLE_SHEET = "sheet"
_ID = "id"
_MARKS = {"remarks": "remark:", "na": "na:", "sentences": "sentence:"}
_KEY = ("measure", "territory", "round")
_PARTS = (*_KEY, "figures", "entries", *_MARKS)
_LARGEST_EXPONENT = 30
_Object = dict[str, object]


def read_sheets(path: Path, plan: Plan) -> list[Sheet]:
    """The sheets in a file, every value as its kind stores it.

    Raises:
        Refusal: CLI-JSON, CLI-NO-CELL, CLI-COMPUTED, CLI-TWICE, PLAN-NO-FORM, PLAN-TERRITORY,
            PLAN-ROUND, FORM-VALUE.
    """
    with environment_faults(path):
        text = path.read_bytes()
    try:
        read: object = json.loads(
            text, parse_float=_decimal, parse_constant=_decimal, object_pairs_hook=_object_once
        )
        sheets = [_sheet(_object(one, "a sheet"), plan) for one in _list(read, "the file")]
    except ValueError as fault:
        raise Refusal(
            "CLI-JSON",
            N_("{file} is not a list of sheets in JSON: {reason}. See docs/cli.md."),
            file=path.name,
            reason=fault,
        ) from fault
    _refuse_twins(sheets)
    return sheets


def to_json(sheet: Sheet) -> _Object:
    """A sheet in the shape that `read_sheets` reads."""
    entries = {
        table: [{_ID: entry.id, **entry.cells} for entry in rows]
        for table, rows in sheet.entries.items()
    }
    marks = {
        part: {cell or WHOLE_SHEET: text for cell, text in sheet.marks(mark).items()}
        for part, mark in _MARKS.items()
    }
    return {**sheet.key._asdict(), "figures": sheet.figures(), "entries": entries, **marks}


def _sheet(read: _Object, plan: Plan) -> Sheet:
    """One sheet; ValueError for a wrong shape, Refusal for what the plan does not know."""
    if unknown := read.keys() - set(_PARTS):
        raise ValueError(f"“{min(unknown)}” is not a part of a sheet")
    measure, territory, round_ = (read.get(name) for name in _KEY)
    if type(measure) is not int or not isinstance(territory, str) or not isinstance(round_, str):
        raise ValueError("measure is a number, territory and round are texts")
    key = SheetKey(measure, plan.territories[territory].kato, Round.parse(round_).code)
    form = plan.form(measure)
    cells = dict(_cells(form.figures, _part(read, "figures"), measure))
    for part, mark in _MARKS.items():
        cells |= _marks(form, mark, _part(read, part))
    entries = {
        table: [_entry(form, table, row) for row in _list(rows, table)]
        for table, rows in _part(read, "entries").items()
    }
    return Sheet(key, cells, entries)


def _cells(figures: tuple[Figure, ...], read: _Object, measure: int) -> Iterator[tuple[str, Value]]:
    """The cells that are not blank."""
    known = {figure.name: figure for figure in figures}
    for name, given in read.items():
        figure = known.get(name)
        if figure is None:
            raise _no_cell(name, measure)
        if figure.computed:
            raise Refusal(
                "CLI-COMPUTED",
                N_("“{cell}” of measure {measure} is computed. Leave it out."),
                cell=name,
                measure=measure,
            )
        value = stored(given) if isinstance(given, Decimal) else given
        check_value(figure, value)
        if value is not None:
            yield name, cast("Value", value)


def _entry(form: Form, table: str, read: object) -> Entry:
    """One row; besides its columns it may hold marks, as `sheets` prints them."""
    row = dict(_object(read, f"a row of “{table}”"))
    entry_id = row.pop(_ID, "")
    columns = {one.name: one.columns for one in form.tables}.get(table)
    if columns is None:
        raise _no_cell(table, form.measure)
    marks = {name: _text(row.pop(name), name) for name in list(row) if name.startswith(MARKS)}
    cells: Cells = {**dict(_cells(columns, row, form.measure)), **marks}
    return Entry(cells, _text(entry_id, _ID) if entry_id else "")


def _marks(form: Form, mark: str, read: _Object) -> Cells:
    """Remarks and the like; they belong to a figure, to a table, or to the whole sheet."""
    known = {figure.name for figure in form.figures} | {table.name for table in form.tables}
    known |= set(LANGUAGES) if mark == "sentence:" else {WHOLE_SHEET}
    if unknown := read.keys() - known:
        raise _no_cell(min(unknown), form.measure)
    return {
        mark + ("" if cell == WHOLE_SHEET else cell): _text(text, cell)
        for cell, text in read.items()
    }


def _refuse_twins(sheets: list[Sheet]) -> None:
    seen: set[SheetKey] = set()
    for sheet in sheets:
        if sheet.key in seen:
            raise Refusal(
                "CLI-TWICE",
                N_("Measure {measure}, {territory}, {round} stands in the file twice. Keep one."),
                **sheet.key._asdict(),
            )
        seen.add(sheet.key)


def _no_cell(name: str, measure: int) -> Refusal:
    return Refusal(
        "CLI-NO-CELL",
        N_("The form of measure {measure} has no “{cell}”. `plan form {measure}` lists its cells."),
        measure=measure,
        cell=name,
    )


def _part(read: _Object, name: str) -> _Object:
    return _object(read.get(name, {}), name)


def _object(read: object, what: str) -> _Object:
    if not isinstance(read, dict):
        raise ValueError(f"{what} is not an object")
    return cast("_Object", read)


def _list(read: object, what: str) -> list[object]:
    if not isinstance(read, list):
        raise ValueError(f"{what} is not a list")
    return cast("list[object]", read)


def _text(read: object, what: str) -> str:
    if not isinstance(read, str) or not read.strip():
        raise ValueError(f"“{what}” is not a text")
    return read


def _decimal(digits: str) -> Decimal:
    """A number with a point, exactly as written; NaN, Infinity and monsters are no numbers."""
    number = Decimal(digits)
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError(f"{digits} is not a number")
    return number


def _object_once(pairs: list[tuple[str, object]]) -> _Object:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return read
