"""Small variations of an example, until a check finds something in one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from taza_desktop.plan.form import Check, Figure, Form, Table
from taza_desktop.plan.relations import check_sql, schema_of
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Cells, Entry, Sheet
from taza_desktop.plan.sql import Compiler, Read, is_other, other
from tests.plan.example_values import values
from tests.plan.examples import PARTS, PLAN, Case, cases

_LAST = "last "  # before a table of the round before


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
        parts = [part for kind in self._form.rounds for part in PARTS[kind]]
        code = f"{luck.choice(PLAN.years)}{luck.choice(parts)}"
        case.sheet.key = case.sheet.key._replace(round=code)
        if not any(it.kind in self._form.rounds for it in Round.parse(code).earlier()):
            case.last = None

    def _other(self, case: Case, read: Read, luck: random.Random) -> None:
        measure = int(read.relation[1:])
        owner = next(it for it in self._form.beside if it.measure == measure)
        key = case.sheet.key._replace(measure=measure)
        sheet = case.others.setdefault(measure, Sheet(key))
        self._cell(sheet.cells, owner.figure(read.column), case.sheet, luck)

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
        owner = next(it for it in form.beside if other(it.measure) == read.relation)
    elif read.relation not in ("sheet", "last"):
        return None
    return next((it for it in owner.figures if it.name == read.column), None)


def _tables(form: Form) -> dict[str, Table]:
    return {table.name: table for table in form.tables}
