"""The SQL of one form made ready: computed figures in order, checks, sentences' conditions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from taza_desktop.errors import Refusal
from taza_desktop.plan.evaluate import Answer, Evaluator, Question, Row, Rows, SqlValue
from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.kinds import KINDS, as_text, from_sql
from taza_desktop.plan.relations import check_sql, schema_of, stages, when_sql
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Cells, Entry, Value
from taza_desktop.plan.sql import Compiler, Read, other

Entries = Mapping[str, Sequence[Entry]]
Others = Mapping[int, Mapping[str, Value]]
_NOTHING: Cells = {}
_NOBODY: Others = {}


class Given(NamedTuple):
    """What expressions look at; make one with `Programme.given`."""

    cells: Mapping[str, Value]
    tables: Mapping[str, Rows]
    last: Mapping[str, Value]
    round: Row
    others: Others

    def with_cells(self, more: Mapping[str, Value]) -> Given:
        """The same with the computed figures among the cells."""
        return self._replace(cells={**self.cells, **more})


class Programme:
    """All expressions of a form, compiled once.

    Attributes:
        reads: what each computed figure reads, in the order in which they follow from each other.
        last_matters: does a check read a computed figure of the sheet before.
    """

    def __init__(self, form: Form) -> None:
        """Raises: sqlite3.Error, graphlib.CycleError for a form that `read_form` would refuse."""
        self._figures = {figure.name: figure for figure in form.figures}
        self._beside = {it.measure: {one.name: one for one in it.figures} for it in form.beside}
        self._lock = threading.Lock()
        with Compiler(schema_of(form)) as compiler:
            self._stages = [
                (names, _question(compiler, [self._figures[name].computed or "" for name in names]))
                for names in stages(form, compiler)
            ]
            self.reads = {
                name: compiler.reads(self._figures[name].computed or "")
                for names, _ in self._stages
                for name in names
            }
            self._checks = _question(compiler, [check_sql(check) for check in form.checks])
            self._sentences = _question(compiler, [when_sql(each) for each in form.sentences])
        reads = frozenset[Read]().union(*(question.reads for question in self._questions()))
        used = {
            table.name: {
                column.name: KINDS[column.kind].for_sql
                for column in table.columns
                if Read(table.name, column.name) in reads
            }
            for table in form.tables
            if any(read.relation == table.name for read in reads)
        }
        self._used: Mapping[str, Mapping[str, Callable[[Value], SqlValue]]] = used
        self._evaluator = Evaluator({table: list(columns) for table, columns in used.items()})
        self.last_matters = any(Read("last", name) in reads for name in self.reads)

    def given(
        self,
        cells: Cells,
        entries: Entries,
        last: Cells = _NOTHING,
        round_code: str = "",
        others: Others = _NOBODY,
    ) -> Given:
        """What the expressions look at, before the computed figures are known.

        `others` are the cells of other measures' sheets, with what is computed in them.
        """
        tables = {table: self._rows(table, entries.get(table, ())) for table in self._used}
        return Given(cells, tables, last, _round(round_code), others)

    def computed(self, given: Given) -> Cells:
        """The computed figures that are not blank."""
        found: Cells = {}
        for names, question in self._stages:
            answers = self._ask(question, given.with_cells(found))
            for name, answer in zip(names, answers, strict=True):
                if isinstance(answer, int | float | str):
                    found[name] = from_sql(self._figures[name], answer)
        return {name: value for name, value in found.items() if value is not None}

    def checked(self, given: Given) -> list[Answer]:
        """The answer of each check in the form's order, the computed figures among the cells."""
        return self._ask(self._checks, given)

    def printed(self, given: Given) -> list[Answer]:
        """The answer of each sentence's condition, the computed figures among the cells."""
        return self._ask(self._sentences, given)

    def _questions(self) -> list[Question]:
        return [*(question for _, question in self._stages), self._checks, self._sentences]

    def _ask(self, question: Question, given: Given) -> list[Answer]:
        rows = {
            "sheet": _row(question, "sheet", self._figures, given.cells),
            "last": _row(question, "last", self._figures, given.last),
            "round": given.round,
        }
        for measure, figures in self._beside.items():
            cells = given.others.get(measure, _NOTHING)
            rows[other(measure)] = _row(question, other(measure), figures, cells)
        with self._lock:
            return self._evaluator.ask(question, rows, given.tables)

    def _rows(self, table: str, entries: Sequence[Entry]) -> Rows:
        columns = [_column(entries, name, for_sql) for name, for_sql in self._used[table].items()]
        return list(zip(range(1, len(entries) + 1), *columns, strict=True))


def _row(
    question: Question, relation: str, figures: Mapping[str, Figure], cells: Mapping[str, Value]
) -> Row:
    return {
        read.column: KINDS[figures[read.column].kind].for_sql(value)
        for read in question.reads
        if read.relation == relation and (value := cells.get(read.column)) is not None
    }


def programme_of(form: Form) -> Programme:
    """The programme of a form; made once for each form object."""
    return _programme(_Same(form))


class _Same:
    """A form as key of a cache: the same object, since comparing whole forms is slow."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def __hash__(self) -> int:
        return id(self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.form is self.form


@lru_cache(maxsize=128)
def _programme(key: _Same) -> Programme:
    return Programme(key.form)


@lru_cache(maxsize=64)
def _round(code: str) -> Row:
    try:
        found = Round.parse(code)
    except Refusal:
        return {}
    days = {"first_day": found.start.isoformat(), "last_day": found.end.isoformat()}
    return {"year": found.year, **days}


def _question(compiler: Compiler, expressions: Sequence[str]) -> Question:
    reads = [compiler.reads(expression) for expression in expressions]
    return Question(expressions, frozenset[Read]().union(*reads))


def _column(
    entries: Sequence[Entry], name: str, for_sql: Callable[[Value], SqlValue]
) -> list[SqlValue]:
    values = [entry.cells.get(name) for entry in entries]
    if for_sql is as_text:  # most columns are: nothing to do, and long tables are quick
        return [
            value if value is None or type(value) is str else for_sql(value) for value in values
        ]
    return [None if value is None else for_sql(value) for value in values]
