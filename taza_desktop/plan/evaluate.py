"""Evaluates the SQL of a form over one sheet: everything that is asked together is one prepared statement."""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from collections.abc import Mapping, Sequence
from typing import Final, cast

from taza_desktop.plan.sql import ENTRY, ROUND, Compiler, Read, Schema, in_scope, limit_steps, may

SqlValue = int | float | str | None
Row = Mapping[str, SqlValue]


class _Failed:
    """What an expression gives that SQLite could not finish: too large a number, too many steps."""


# Beside SQLite's own: a number or a text in a sheet from elsewhere that SQLite cannot take.
_FAULTS = (sqlite3.Error, OverflowError, UnicodeError)
FAILED: Final = _Failed()
Answer = SqlValue | _Failed


class Statement:
    """Several expressions over the same relations, prepared once and evaluated together."""

    def __init__(self, schema: Schema, expressions: Sequence[str]) -> None:
        """`expressions` have passed the compiler when the form was read; `sqlite3.Error` otherwise."""
        with Compiler(schema) as compiler:
            reads = [compiler.reads(expression) for expression in expressions]
        self.reads: frozenset[Read] = frozenset[Read]().union(*reads)
        self.columns = {table: self._columns(table) for table in schema.tables}
        self._relations = self._with_clause(schema)
        self._expressions = [in_scope(expression) for expression in expressions]
        self._together = self._select(self._expressions)
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.execute("select 1 from json_each('[]')").close()  # refused once guarded
        self._connection.set_authorizer(_authorize)
        self._budget = limit_steps(self._connection)
        weakref.finalize(self, self._connection.close)

    def run(
        self, sheet: Row, tables: Mapping[str, Sequence[Sequence[SqlValue]]], last: Row, round_: Row
    ) -> list[Answer]:
        """One answer an expression. Rows of `tables` hold the columns of `self.columns`, in that order."""
        rows: Mapping[str, Row] = {"sheet": sheet, "last": last, "round": round_}
        given: dict[str, SqlValue] = {
            _parameter(read): rows[read.relation].get(read.column)
            for read in self.reads
            if read.column and read.relation in rows
        }
        for table in self.columns:
            given[f"table_{table}"] = json.dumps(tables.get(table, ()))
        with self._lock:
            return self._run(given)

    def _run(self, given: Mapping[str, SqlValue]) -> list[Answer]:
        try:
            return list(self._ask(self._together, given))
        except _FAULTS:
            return [self._alone(expression, given) for expression in self._expressions]

    def _alone(self, expression: str, given: Mapping[str, SqlValue]) -> Answer:
        try:
            return self._ask(self._select([expression]), given)[0]
        except _FAULTS:
            return FAILED

    def _ask(self, statement: str, given: Mapping[str, SqlValue]) -> tuple[SqlValue, ...]:
        self._budget.renew()
        cursor = self._connection.execute(statement, given)
        return cast("tuple[SqlValue, ...]", cursor.fetchone())

    def _select(self, expressions: Sequence[str]) -> str:
        return f"{self._relations}\nselect {', '.join(expressions) or 'null'}"

    def _columns(self, table: str) -> list[str]:
        return sorted(
            r.column for r in self.reads if r.relation == table and r.column not in ("", ENTRY)
        )

    def _with_clause(self, schema: Schema) -> str:
        rows = {"sheet": schema.sheet, "last": schema.sheet, "round": ROUND}
        relations = [self._row(name, columns) for name, columns in rows.items()]
        relations += [self._table(name) for name in schema.tables]
        return "with " + ",\n".join(relations)

    def _row(self, relation: str, columns: Sequence[str]) -> str:
        used = [
            Read(relation, column) for column in columns if Read(relation, column) in self.reads
        ]
        bound = ", ".join(f":{_parameter(read)} as {read.column}" for read in used)
        return f"{relation} as (select {bound or 'null'})"

    def _table(self, table: str) -> str:
        columns = [
            f"json_extract(value, '$[{at}]') as {name}"
            for at, name in enumerate(self.columns[table])
        ]
        selected = ", ".join([f"key + 1 as {ENTRY}", *columns])
        return f"{table} as (select {selected} from json_each(:table_{table}))"


def _parameter(read: Read) -> str:
    return f"{read.relation}_{read.column}"


def _authorize(action: int, one: str | None, two: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_READ:
        return (
            sqlite3.SQLITE_OK
        )  # the compiler has seen to it which relations; here all are in memory
    if action == sqlite3.SQLITE_FUNCTION and two == "json_extract":
        return sqlite3.SQLITE_OK
    return may(action, two)
