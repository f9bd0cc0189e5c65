"""Sheets as JSON: `[{measure, territory, round, figures, entries, remarks, na, sentences, …}]`.

A value is a JSON number, a text (a date 2024-10-31, a KATO code, the key of a choice), a list of
keys, or an attachment's object; what is blank is left out or null. A remark is keyed by its cell,
`sheet` is the whole sheet; `na` says why a cell does not apply; a sentence is keyed by language. An
entry may carry the `id` that `sheets` printed: then it is the row that is there, else a new one; a
remark on one of its cells stands in the row as `remark:cell`. An office above others may add
`stands_for`, the KATO codes of the territories that its sheet speaks for, and `overrides`, what it
puts beside computed totals; a remark keyed `override:cell` says why.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import cast

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.kind_numbers import stored
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import OVERRIDE, STANDS_FOR, Cells, Entry, Sheet, SheetKey, Value

WHOLE_SHEET = "sheet"
_ID = "id"
_MARKS = {"remarks": "remark:", "na": "na:", "sentences": "sentence:"}
_OVERRIDES, _STANDS_FOR = "overrides", "stands_for"
_KEY = ("measure", "territory", "round")
_PARTS = {*_KEY, "figures", "entries", _OVERRIDES, _STANDS_FOR, *_MARKS}
_LARGEST_EXPONENT = 30
_Object = dict[str, object]


def read_sheets(path: Path, plan: Plan) -> list[Sheet]:
    """The sheets in a file; whether their cells fit the forms is for `plan.checks` to say.

    Raises:
        Refusal: CLI-JSON, CLI-TWICE, PLAN-NO-FORM, PLAN-TERRITORY, PLAN-ROUND.
    """
    with environment_faults(path):
        text = path.read_bytes()
    try:
        read: object = json.loads(
            text, parse_float=_decimal, parse_constant=_decimal, object_pairs_hook=_object_once
        )
        sheets = [_sheet(_object(one, "a sheet"), plan) for one in _list(read, "the file")]
    except (ValueError, RecursionError) as fault:
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
        part: {cell or WHOLE_SHEET: value for cell, value in sheet.marks(mark).items()}
        for part, mark in _MARKS.items()
    }
    overrides = {
        name.removeprefix(OVERRIDE): value
        for name, value in sheet.cells.items()
        if name.startswith(OVERRIDE)
    }
    from_above = {_OVERRIDES: overrides, _STANDS_FOR: sheet.cells.get(STANDS_FOR)}
    said = {**marks, **{part: value for part, value in from_above.items() if value}}
    return {**sheet.key._asdict(), "figures": sheet.figures(), "entries": entries, **said}


def _sheet(read: _Object, plan: Plan) -> Sheet:
    """One sheet; ValueError for a wrong shape."""
    if unknown := read.keys() - _PARTS:
        raise ValueError(f"“{min(unknown)}” is not a part of a sheet")
    measure, territory, round_ = (read.get(name) for name in _KEY)
    if type(measure) is not int or not isinstance(territory, str) or not isinstance(round_, str):
        raise ValueError("measure is a number, territory and round are texts")
    form = plan.form(measure)
    key = SheetKey(form.measure, plan.territories[territory].kato, Round.parse(round_).code)
    cells = _cells(_part(read, "figures"))
    for part, mark in (*_MARKS.items(), (_OVERRIDES, OVERRIDE)):
        for cell, value in _cells(_part(read, part)).items():
            cells[mark + ("" if cell == WHOLE_SHEET else cell)] = value
    if _STANDS_FOR in read:
        cells[STANDS_FOR] = cast("Value", _list(read[_STANDS_FOR], _STANDS_FOR))
    entries = {
        table: [_entry(_object(row, f"a row of “{table}”")) for row in _list(rows, table)]
        for table, rows in _part(read, "entries").items()
    }
    return Sheet(key, cells, entries)


def _entry(read: _Object) -> Entry:
    entry_id = read.get(_ID, "")
    if not isinstance(entry_id, str):
        raise ValueError(f"“{_ID}” is not a text")
    return Entry(_cells({name: value for name, value in read.items() if name != _ID}), entry_id)


def _cells(read: _Object) -> Cells:
    """The cells that are not blank; a number with a point becomes what its kind stores."""
    return {
        name: stored(value) if isinstance(value, Decimal) else cast("Value", value)
        for name, value in read.items()
        if value is not None
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
