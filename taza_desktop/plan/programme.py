"""The SQL of one form made ready: its computed figures in their order, its checks, its sentences' conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from taza_desktop.errors import Refusal
from taza_desktop.plan.evaluate import Answer, Row, SqlValue, Statement
from taza_desktop.plan.form import Form
from taza_desktop.plan.kinds import KINDS, from_sql
from taza_desktop.plan.relations import check_sql, schema_of, stages, when_sql
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Cells, Entry, Sheet, Value
from taza_desktop.plan.sql import Compiler

Entries = Mapping[str, Sequence[Entry]]


class Given(NamedTuple):
    """What expressions look at: the sheet with its entries, the same sheet before, the round."""

    cells: Mapping[str, Value]
    entries: Entries
    last: Mapping[str, Value] = {}
    round: Row = {}


class Programme:
    """All expressions of a form, compiled when first needed."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._schema = schema_of(form)
        self._figures = {figure.name: figure for figure in form.figures}
        self._columns = {t.name: {c.name: c for c in t.columns} for t in form.tables}

    def computed(self, given: Given) -> Cells:
        """The computed figures that are not blank."""
        cells = dict(given.cells)
        found: Cells = {}
        for names, statement in self._stages:
            answers = self._run(statement, given._replace(cells=cells))
            for name, answer in zip(names, answers, strict=True):
                value = None if not _is_value(answer) else from_sql(self._figures[name], answer)
                if value is not None:
                    cells[name] = found[name] = value
        return found

    def checked(self, given: Given) -> list[Answer]:
        """The answer of each check, in the form's order; `given.cells` with the computed figures."""
        return self._run(self._checks, given)

    def printed(self, given: Given) -> list[Answer]:
        """The answer of each sentence's condition; `given.cells` with the computed figures."""
        return self._run(self._sentences, given)

    @cached_property
    def last_matters(self) -> bool:
        """Does a check read a computed figure of the sheet before."""
        computed = {figure.name for figure in self._form.figures if figure.computed}
        reads = self._checks.reads
        return any(read.relation == "last" and read.column in computed for read in reads)

    @cached_property
    def _stages(self) -> list[tuple[list[str], Statement]]:
        with Compiler(self._schema) as compiler:
            batches = list(stages(self._form, compiler))
        return [
            (names, Statement(self._schema, [self._figures[name].computed or "" for name in names]))
            for names in batches
        ]

    @cached_property
    def _checks(self) -> Statement:
        return Statement(self._schema, [check_sql(check) for check in self._form.checks])

    @cached_property
    def _sentences(self) -> Statement:
        return Statement(self._schema, [when_sql(sentence) for sentence in self._form.sentences])

    def _run(self, statement: Statement, given: Given) -> list[Answer]:
        return statement.run(
            self._row(statement, "sheet", given.cells),
            {table: self._rows(table, names, given) for table, names in statement.columns.items()},
            self._row(statement, "last", given.last),
            given.round,
        )

    def _row(self, statement: Statement, relation: str, cells: Mapping[str, Value]) -> Row:
        return {
            read.column: KINDS[self._figures[read.column].kind].for_sql(value)
            for read in statement.reads
            if read.relation == relation and (value := cells.get(read.column)) is not None
        }

    def _rows(self, table: str, names: Sequence[str], given: Given) -> list[list[SqlValue]]:
        entries = given.entries.get(table, ())
        if not names:
            return [[]] * len(entries)
        columns = [_column(entries, n, KINDS[self._columns[table][n].kind].for_sql) for n in names]
        return [list(row) for row in zip(*columns, strict=True)]


def programme_of(form: Form) -> Programme:
    """The programme of a form; made once for each form object."""
    return _programme(_Same(form))


def given(sheet: Sheet, last: Sheet | None = None) -> Given:
    """What the expressions of a sheet's form look at, before its computed figures are known."""
    return Given(
        sheet.figures(), sheet.entries, last.figures() if last else {}, _round(sheet.key.round)
    )


class _Same:
    """A form as a key of a cache: the same object, not an equal one, as comparing whole forms is slow."""

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


def _column(
    entries: Sequence[Entry], name: str, for_sql: Callable[[Value], SqlValue]
) -> list[SqlValue]:
    values = [entry.cells.get(name) for entry in entries]
    return [None if value is None else for_sql(value) for value in values]


def _is_value(answer: Answer) -> bool:
    return answer is None or isinstance(answer, int | float | str)
