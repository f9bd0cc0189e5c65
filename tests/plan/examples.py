"""Example sheets of the forms (`examples/measureNN.json`), and their small variations.

`python -m tests.plan.examples` writes an example for every form that has none: values of each
cell's kind, tried until no check finds anything. They are meant to be read and mended by hand.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import cast

from taza_desktop.cli.sheet_json import read_sheets, to_json
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.checks import missing, problems
from taza_desktop.plan.form import Check, Figure, Form, Table
from taza_desktop.plan.kind_numbers import exact, stored
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.problems import Problem
from taza_desktop.plan.relations import check_sql, schema_of
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey, Value
from taza_desktop.plan.sql import Compiler, Read, is_other

PLAN = load_plan()
FOLDER = Path(__file__).parent / "examples"
REGION, DISTRICT, CITY, COUNTRY = "390000000", "393600000", "391000000", "000000000"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)
PHOTO: dict[str, object] = {
    "sha256": hashlib.sha256(PNG).hexdigest(),
    "name": "сурет.png",
    "type": "image/png",
    "size": len(PNG),
}
_NUMBERS = (1, 2, 3, 4, 5, 8, 12, 20, 40, 60, 100, 250, 600, 1000, 5000, 20000, 100000, 0)
_SUMS = (40_000_000, 2_500_000, 600_000, 150_000, 900, 500, 3_000_000_000, 10**12, 0)
_SHARES = (85, 60, 90, 100, 10, 1, 0)
_LAST = "last "  # before a table of the round before
_YEARS = range(2024, 2030)
_PARTS = {
    "year": ("",),
    "nine_months": ("-9M",),
    "half": ("-H1", "-H2"),
    "quarter": ("-Q1", "-Q2", "-Q3", "-Q4"),
}


@dataclass
class Case:
    """What the checks look at."""

    sheet: Sheet
    last: Sheet | None = None
    others: dict[int, Sheet] = field(default_factory=dict[int, Sheet])

    def problems(self, form: Form) -> list[Problem]:
        """What they say."""
        return problems(form, self.sheet, self.last, self.others)

    def copy(self) -> Case:
        """A case that can be changed."""
        others = {measure: _copy(sheet) for measure, sheet in self.others.items()}
        return Case(_copy(self.sheet), self.last and _copy(self.last), others)


def examples(measure: int) -> list[Sheet]:
    """The examples of a form, as `taza-desktop enter` reads them."""
    return read_sheets(FOLDER / f"measure{measure:02}.json", PLAN)


def cases(measure: int) -> Iterator[Case]:
    """Each example beside itself as the round before, where such a round is asked for."""
    form = PLAN.form(measure)
    for sheet in examples(measure):
        earlier = Round.parse(sheet.key.round).earlier()
        asked = any(it.kind in form.rounds for it in earlier)
        yield Case(sheet, _copy(sheet) if asked else None)


def _copy(sheet: Sheet) -> Sheet:
    rows = {
        table: [Entry(dict(row.cells)) for row in rows] for table, rows in sheet.entries.items()
    }
    return Sheet(sheet.key, dict(sheet.cells), rows)


@cache
def broken(measure: int) -> dict[str, Case | None]:
    """For each check of a form a case in which it finds something."""
    form, good = PLAN.form(measure), list(cases(measure))
    return {check.name: breaking(form, check, good) for check in form.checks}


def breaking(form: Form, check: Check, good: Sequence[Case], tries: int = 4000) -> Case | None:
    """A small variation of a good case in which the check finds something; None when none is."""
    varied = _Variation(form, check)
    alone = replace(form, checks=(check,), sentences=())
    luck = random.Random(f"{form.measure} {check.name}")
    for attempt in range(tries):
        case = good[attempt % len(good)].copy()
        if attempt % 4 == 3:
            varied.blank(case, luck)
        for _ in range(1 + attempt % 7):
            varied.change(case, luck)
        if any(problem.check == check.name for problem in case.problems(alone)):
            return case
    return None


class _Variation:
    """Changes only what a check reads."""

    def __init__(self, form: Form, check: Check) -> None:
        self._form = form
        self._reads = sorted(_behind(form, check))
        self._tables = sorted({read.relation for read in self._reads} & _tables(form).keys())

    def change(self, case: Case, luck: random.Random) -> None:
        """One change."""
        read = luck.choice(self._reads)
        if read.relation == "round":
            self._another_round(case, luck)
        elif read.relation == "sheet":
            self._cell(case.sheet.cells, self._form.figure(read.column), case.sheet, luck)
        elif read.relation == "last":
            if case.last is not None:
                self._cell(case.last.cells, self._form.figure(read.column), case.sheet, luck)
        elif read.relation.startswith(_LAST):
            if case.last is not None:
                table = read._replace(relation=read.relation.removeprefix(_LAST))
                self._row(case.last, table, luck)
        elif is_other(read.relation):
            self._other(case, read, luck)
        else:
            self._row(case.sheet, read, luck)

    def blank(self, case: Case, luck: random.Random) -> None:
        """Blank most of what is read."""
        for read in self._reads:
            if read.relation == "sheet" and luck.random() < 0.8:
                case.sheet.cells.pop(read.column, None)
            elif read.relation in self._tables:
                rows = case.sheet.entries.get(read.relation, [])
                if luck.random() < 0.4:
                    rows.clear()
                for row in rows:
                    row.cells.pop(read.column, None)

    def _another_round(self, case: Case, luck: random.Random) -> None:
        parts = [part for kind in self._form.rounds for part in _PARTS[kind]]
        code = f"{luck.choice(_YEARS)}{luck.choice(parts)}"
        case.sheet.key = case.sheet.key._replace(round=code)
        if not any(it.kind in self._form.rounds for it in Round.parse(code).earlier()):
            case.last = None

    def _other(self, case: Case, read: Read, luck: random.Random) -> None:
        measure = int(read.relation[1:])
        other = next(it for it in self._form.beside if it.measure == measure)
        key = case.sheet.key._replace(measure=measure)
        sheet = case.others.setdefault(measure, Sheet(key))
        self._cell(sheet.cells, other.figure(read.column), case.sheet, luck)

    def _row(self, sheet: Sheet, read: Read, luck: random.Random) -> None:
        table = self._form.table(read.relation)
        rows = sheet.entries.setdefault(table.name, [])
        sort = luck.randrange(6)
        if sort == 0 and rows:
            rows.append(Entry(dict(luck.choice(rows).cells)))
        elif sort == 1 and rows:
            rows.remove(luck.choice(rows))
        elif sort == 2 and rows:
            rows += [Entry(dict(row.cells)) for row in rows for _ in range(3)]
        elif rows and read.column not in ("", "entry"):
            self._cell(rows[0].cells, table.column(read.column), sheet, luck)

    def _cell(self, cells: Cells, figure: Figure, sheet: Sheet, luck: random.Random) -> None:
        """Another value, or none."""
        if luck.random() < 0.2:
            cells.pop(figure.name, None)
        elif luck.random() < 0.2 and sheet.cells.get(figure.name) is not None:
            cells[figure.name] = sheet.cells[figure.name]
        else:
            cells[figure.name] = luck.choice(list(values(figure, sheet)))


def _behind(form: Form, check: Check) -> set[Read]:
    """What a check reads, through computed figures down to what is typed."""
    with Compiler(schema_of(form)) as compiler:
        found: set[Read] = set()
        waiting = list(compiler.reads(check_sql(check)))
        while waiting:
            read = waiting.pop()
            figure = _figure(form, read)
            if figure is not None and figure.computed:
                waiting += [_of(read.relation, it) for it in compiler.reads(figure.computed)]
            elif read.column or read.relation.removeprefix(_LAST) in _tables(form):
                found.add(read)
    return found


def _of(relation: str, read: Read) -> Read:
    """What a computed figure reads, when it is that of the round before or of another sheet."""
    if relation == "sheet":
        return read
    return read._replace(relation=relation if read.relation == "sheet" else _LAST + read.relation)


def _figure(form: Form, read: Read) -> Figure | None:
    """The figure that is read; of a table and of the round none."""
    owner = form
    if is_other(read.relation):
        owner = next(it for it in form.beside if f"m{it.measure:02}" == read.relation)
    elif read.relation not in ("sheet", "last"):
        return None
    return next((it for it in owner.figures if it.name == read.column), None)


def _tables(form: Form) -> dict[str, Table]:
    return {table.name: table for table in form.tables}


def values(figure: Figure, sheet: Sheet, row: int = 0) -> Iterator[Value]:
    """Values of a figure's kind, the likely ones first; numbers also like those already there."""
    if KINDS[figure.kind].numeric:
        yield from _within(figure, _numbers(figure, sheet))
    elif figure.kind == "date":
        yield from _days(Round.parse(sheet.key.round), row)
    elif figure.kind == "choice":
        keys = [choice.key for choice in figure.choices]
        yield from keys[row:] + keys[:row]
    elif figure.kind == "choices":
        keys = [choice.key for choice in figure.choices]
        yield from (keys[:2], keys[:1], keys)
    elif figure.kind == "place":
        places = _places(sheet.key.territory)
        yield from places[row:] + places[:row]
    elif figure.kind == "attachment":
        yield PHOTO
    else:
        yield from _words(figure, row)


def _words(figure: Figure, row: int) -> Iterator[str]:
    for number in itertools.chain(range(row, 3), range(row)):
        if figure.kind == "link":
            yield f"https://www.gov.kz/{figure.name}/{number + 1}"
        elif figure.kind == "person":
            yield ("Айгүл Сәрсенбаева", "Ерлан Оспанов", "Мақсат Жүнісов")[number]
        else:
            yield f"{figure.label.kk} {number + 1}{'.' * (figure.kind == 'long_text')}"


def _numbers(figure: Figure, sheet: Sheet) -> Iterator[Value]:
    if figure.minimum is not None:
        yield from (stored(exact(figure.minimum) + more) for more in (0, 1, 2))
    yield from {"money": _SUMS, "percent": _SHARES}.get(figure.kind, _NUMBERS)
    there = {exact(value) for value in _numbers_there(sheet)}
    for number in sorted(there):
        for factor in ("1", "0.5", "0.2", "2", "6", "11", "100"):
            near = number * exact(factor)
            yield from (stored(near), stored(near + 1), stored(max(near - 1, exact(0))))
    for one, two in itertools.islice(itertools.product(sorted(there), repeat=2), 400):
        yield stored(one + two)
        yield stored(abs(one - two))


def _numbers_there(sheet: Sheet) -> Iterator[Value]:
    form = PLAN.form(sheet.key.measure)
    names = [figure.name for figure in form.figures if KINDS[figure.kind].numeric]
    yield from (sheet.cells[name] for name in names if name in sheet.cells)
    for table in form.tables:
        rows = sheet.entries.get(table.name, [])
        yield len(rows)
        for column in table.columns:
            if KINDS[column.kind].numeric:
                there = [row.cells[column.name] for row in rows if column.name in row.cells]
                yield from there
                if there:
                    yield stored(sum((exact(value) for value in there), exact(0)))


def _within(figure: Figure, numbers: Iterator[Value]) -> Iterator[Value]:
    """Those that the figure's limits and its kind allow."""
    for number in numbers:
        whole = exact(number)
        if figure.kind == "count" and whole != int(whole):
            continue
        if figure.minimum is not None and whole < exact(figure.minimum):
            continue
        if figure.maximum is None or whole <= exact(figure.maximum):
            yield number


def _days(round_: Round, row: int) -> Iterator[str]:
    middle = round_.start + timedelta(days=40 + 3 * row)
    near = (0, 60, 180, 200, -40, 120)
    for day in (*(middle + timedelta(days=it) for it in near), round_.start, round_.end):
        yield day.isoformat()
    yield from (date(year, 9, 21 - row).isoformat() for year in (2024, 2022, 2023, 2019, 2031))


@cache
def _places(territory: str) -> list[str]:
    below = [it.kato for it in PLAN.territories.children(territory)]
    return [*below[:3], territory]


def answering(form: Form) -> list[str]:
    """Who fills in the form: a region, a district of it or a city, else the country or the city."""
    measure = PLAN.measures[form.measure]
    known = [REGION, DISTRICT, CITY, *measure.named]
    able = [
        kato
        for kato in known
        if measure.answers(kato) and PLAN.territories.level(kato) in form.filled_by
    ]
    return able[:2] or [COUNTRY]


def make(form: Form, territory: str, luck: random.Random) -> Sheet:
    """An example: each cell in turn gets the first value with which nothing is wrong."""
    schedule = PLAN.measures[form.measure].schedule
    year = schedule.once.year if schedule.once else schedule.years[0]
    kind = "year" if "year" in form.rounds else form.rounds[0]
    case = Case(Sheet(SheetKey(form.measure, territory, f"{year}{_PARTS[kind][0]}")))
    if luck.random() < 0.5:
        _fill_figures(form, case, luck)
    for table, row in itertools.product(form.tables, range(2)):
        rows = case.sheet.entries.setdefault(table.name, [])
        entry = Entry()
        rows.append(entry)
        for column in sorted(table.columns, key=lambda it: not it.required):
            _fill(form, case, entry.cells, column, row, luck)
        if _wrong(form, case):
            rows.remove(entry)
    _fill_figures(form, case, luck)
    return case.sheet


def _fill_figures(form: Form, case: Case, luck: random.Random) -> None:
    for figure in sorted(form.figures, key=lambda it: not it.required):
        if figure.computed is None and figure.name not in case.sheet.cells:
            _fill(form, case, case.sheet.cells, figure, 0, luck)


def _fill(
    form: Form, case: Case, cells: Cells, figure: Figure, row: int, luck: random.Random
) -> None:
    before = _wrong(form, case)
    choices = list(values(figure, case.sheet, row))
    if KINDS[figure.kind].numeric:
        start = luck.randrange(3, 9) if figure.kind == "count" else luck.randrange(3)
        choices = [*choices[start:], *choices[:start]]
    for value in choices:
        cells[figure.name] = value
        if not _wrong(form, case) - before:
            return
    cells.pop(figure.name, None)


def _wrong(form: Form, case: Case) -> set[str]:
    return {f"{problem.check} {problem.cell}" for problem in case.problems(form)}


def write(measure: int, seed: int = 0) -> str:
    """Write the examples of a form; returns what is still wrong or blank."""
    form = PLAN.form(measure)
    sheets: list[Sheet] = []
    notes: list[str] = []
    for territory in answering(form):
        tried = [make(form, territory, random.Random(seed + n)) for n in range(12)]
        sheets.append(max(tried, key=lambda it: (-len(problems(form, it)), filled(it))))
    for sheet in sheets:
        notes += [f"{it.check} {it.cell}" for it in problems(form, sheet)]
        notes += [f"missing {name}" for name in missing(form, sheet)]
    notes += [f"blank {name}" for name in sorted(blank(form, sheets))]
    path = FOLDER / f"measure{measure:02}.json"
    rows = [_without_blanks(to_json(sheet)) for sheet in sheets]
    path.write_text(_printed(rows), encoding="utf-8")
    return ", ".join(notes)


def _printed(rows: list[dict[str, object]]) -> str:
    """JSON with a line for each figure and each row of a table."""
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    return (
        re.sub(r"\{\n {5}.*?\n {4}\}", lambda it: " ".join(it[0].split()), text, flags=re.S) + "\n"
    )


def filled(sheet: Sheet) -> int:
    """How many cells hold something."""
    rows = [entry for entries in sheet.entries.values() for entry in entries]
    return len(sheet.cells) + sum(len(entry.cells) for entry in rows)


def blank(form: Form, sheets: Sequence[Sheet]) -> set[str]:
    """The typed cells that are blank in all of the sheets."""
    cells = {figure.name for figure in form.figures if figure.computed is None}
    cells |= {f"{table.name}/{it.name}" for table in form.tables for it in table.columns}
    for sheet in sheets:
        cells -= sheet.cells.keys()
        for table, entries in sheet.entries.items():
            cells -= {f"{table}/{name}" for entry in entries for name in entry.cells}
    return cells


def _without_blanks(row: dict[str, object]) -> dict[str, object]:
    entries = cast("dict[str, list[dict[str, object]]]", row["entries"])
    row["entries"] = {
        table: [{name: it for name, it in entry.items() if name != "id"} for entry in rows]
        for table, rows in entries.items()
        if rows
    }
    return {name: value for name, value in row.items() if value}


if __name__ == "__main__":
    wanted = [int(it) for it in sys.argv[1:]]
    for number in wanted or PLAN.form_numbers():
        if wanted or not (FOLDER / f"measure{number:02}.json").exists():
            print(number, write(number))
