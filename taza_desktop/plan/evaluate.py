"""Evaluates the SQL of a form: entries lie in memory, what is asked together is one statement."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Mapping, Sequence
from typing import Final, cast

from taza_desktop.plan.sql import (
    ENTRY,
    RELATIONS,
    Read,
    in_scope,
    is_other,
    limit_steps,
    may,
)

SqlValue = int | float | str | None
Row = Mapping[str, SqlValue]
Rows = Sequence[tuple[SqlValue, ...]]


class _Failed:
    """What an expression gives that SQLite could not finish: too large a number, too many steps."""


FAILED: Final = _Failed()
Answer = SqlValue | _Failed
# Beside SQLite's own: a number or a text in a sheet from elsewhere that SQLite cannot take.
_FAULTS = (sqlite3.Error, OverflowError, UnicodeError)


class Question:
    """Several expressions that are asked together.

    Attributes:
        reads: what they read.
        together: the statement that answers all of them. alone: one statement for each.
    """

    def __init__(self, expressions: Sequence[str], reads: frozenset[Read]) -> None:
        self.reads = reads
        scoped = [in_scope(expression) for expression in expressions]
        others = sorted({read.relation for read in reads if is_other(read.relation)})
        relations = "with " + ",\n".join(_row(name, reads) for name in (*RELATIONS, *others))
        self.together = f"{relations}\nselect {', '.join(scoped)}"
        self.alone = [f"{relations}\nselect {expression}" for expression in scoped]

    def bound(self, rows: Mapping[str, Row]) -> dict[str, SqlValue]:
        """The parameters of the statements, from the rows `sheet`, `last`, `round`, `m44`."""
        return {
            _parameter(read): rows[read.relation].get(read.column)
            for read in self.reads
            if read.relation in rows
        }


class Evaluator:
    """A database in memory with the tables of one form; not to be used by two threads at once."""

    def __init__(self, columns: Mapping[str, Sequence[str]]) -> None:
        """`columns` by table: those that any expression reads."""
        self._columns = columns
        self._loaded: dict[str, Rows] = {}
        self._guarded = False
        self._connection = sqlite3.connect(
            ":memory:", isolation_level=None, check_same_thread=False, cached_statements=1000
        )
        weakref.finalize(self, self._connection.close)
        for table, names in columns.items():
            self._connection.execute(f"create table {table} ({', '.join((ENTRY, *names))})")
        self._connection.execute("begin")
        self._connection.set_authorizer(self._authorize)
        self._budget = limit_steps(self._connection)

    def ask(
        self, question: Question, rows: Mapping[str, Row], tables: Mapping[str, Rows]
    ) -> list[Answer]:
        """One answer an expression; FAILED for one that could not be finished."""
        if not question.alone:
            return []
        try:
            self._load(tables)
        except _FAULTS:
            return [FAILED] * len(question.alone)
        bound = question.bound(rows)
        try:
            return list(self._fetch(question.together, bound))
        except _FAULTS:
            return [self._alone(statement, bound) for statement in question.alone]

    def _load(self, tables: Mapping[str, Rows]) -> None:
        """Put the rows of each table in place; what lies there already stays."""
        self._guarded = False
        for table, names in self._columns.items():
            rows = tables.get(table, ())
            if rows != self._loaded.get(table, ()):
                self._loaded.pop(table, None)
                self._connection.execute(f"delete from {table}")
                marks = ", ".join("?" * (1 + len(names)))
                self._connection.executemany(f"insert into {table} values ({marks})", rows)
                self._loaded[table] = rows
        self._guarded = True

    def _alone(self, statement: str, bound: Mapping[str, SqlValue]) -> Answer:
        try:
            return self._fetch(statement, bound)[0]
        except _FAULTS:
            return FAILED

    def _fetch(self, statement: str, bound: Mapping[str, SqlValue]) -> tuple[SqlValue, ...]:
        self._budget.renew()
        answer = self._connection.execute(statement, bound).fetchone()
        return cast("tuple[SqlValue, ...]", answer)

    def _authorize(self, action: int, one: str | None, two: str | None, *_: str | None) -> int:
        if not self._guarded:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ:
            allowed = one in self._columns or one in RELATIONS or is_other(one or "")
            return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
        return may(action, two)


def _parameter(read: Read) -> str:
    return f"{read.relation}_{read.column}"


def _row(relation: str, reads: frozenset[Read]) -> str:
    used = sorted(read for read in reads if read.relation == relation and read.column)
    bound = ", ".join(f":{_parameter(read)} as {read.column}" for read in used)
    return f"{relation} as (select {bound or 'null'})"
