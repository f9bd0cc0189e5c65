"""The SQL of forms: which relations and functions an expression may use, and what it reads.

An expression sees one row `sheet` (its figures need no prefix), one row `last` (the same sheet in
an earlier round of the year; blank when there is none), one row `round` (`year`, `first_day`,
`last_day`) and each table by its name, with `entry`, the number of the row. A check also sees the
sheets of other measures of the same territory and round, as in `m44.planted`. Nothing else can be
reached: an authorizer allows reading these relations and a few functions that always answer the
same, and a limit of steps ends what would never end.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

FUNCTIONS = frozenset(
    [
        "abs",
        "avg",
        "coalesce",
        "count",
        "group_concat",
        "ifnull",
        "iif",
        "instr",
        "length",
        "like",
        "lower",
        "max",
        "min",
        "nullif",
        "replace",
        "round",
        "substr",
        "sum",
        "total",
        "trim",
    ]
)
ENTRY = "entry"  # column of every table: the number of the row, from 1
ROUND = ("year", "first_day", "last_day")
RELATIONS = ("sheet", "last", "round")
RESERVED = frozenset((*RELATIONS, ENTRY, "id", "rowid", "oid", "measure", "territory", "count"))
_OTHER = re.compile(r"m[0-9]{2}")  # the sheet of another measure: m44
_NAMES_OTHER = re.compile(rf"\b({_OTHER.pattern})\s*\.")
_LITERALS = re.compile(r"'[^']*'|--[^\n]*")
_STEPS = 1000  # virtual machine instructions between two looks at the budget
_LOOKS = 5000


class Read(NamedTuple):
    """One column that an expression reads; `column` is empty when only rows are counted."""

    relation: str
    column: str


class Schema(NamedTuple):
    """The names an expression may use: figures of the sheet, columns by table, others' figures."""

    sheet: tuple[str, ...]
    tables: dict[str, tuple[str, ...]]
    others: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def relations(self) -> dict[str, tuple[str, ...]]:
        """Every relation with its columns."""
        tables = {name: (ENTRY, *columns) for name, columns in self.tables.items()}
        return {"sheet": self.sheet, "last": self.sheet, "round": ROUND, **self.others, **tables}


def other(measure: int) -> str:
    """How expressions call the sheet of another measure: `m44`."""
    return f"m{measure:02}"


def is_other(relation: str) -> bool:
    """Is it the sheet of another measure."""
    return _OTHER.fullmatch(relation) is not None


def others_named(expression: str) -> set[int]:
    """The measures whose sheets an expression names."""
    return {int(name[1:]) for name in _NAMES_OTHER.findall(_LITERALS.sub("", expression))}


def without_others(expression: str) -> str:
    """The expression with blanks for what it names of other sheets."""
    return re.sub(rf"{_NAMES_OTHER.pattern}\s*\w+", "null", expression)


def in_scope(expression: str) -> str:
    """The expression with `sheet`, `last`, `round` and the others it names around it."""
    scoped = f"(\n{expression}\n)"
    for relation in (*RELATIONS, *map(other, sorted(others_named(expression)))):
        scoped = f"(select {scoped} from {relation})"
    return scoped


def rows_where(table: str, expression: str, holds: bool) -> str:
    """An expression: the numbers of the rows in which `expression` holds, or fails to."""
    test = f"(\n{expression}\n)" if holds else f"not (\n{expression}\n)"
    return f"(select group_concat({ENTRY}) from {table} where {test})"


class Compiler:
    """Compiles expressions against empty relations: finds mistakes and what is read."""

    def __init__(self, schema: Schema) -> None:
        self._reads: set[Read] = set()
        self._relations = schema.relations()
        # No cache of statements: the authorizer is asked only when one is compiled.
        self._connection = sqlite3.connect(":memory:", cached_statements=0)
        for name, columns in self._relations.items():
            self._connection.execute(f"create table {name} ({', '.join(columns) or ENTRY})")
        self._connection.set_authorizer(self._authorize)

    def __enter__(self) -> Compiler:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def reads(self, expression: str) -> frozenset[Read]:
        """What the expression reads.

        Raises: sqlite3.Error with SQLite's reason when it is no expression over the schema.
        """
        self._reads = set()
        self._connection.execute(f"explain select {in_scope(expression)}").close()
        return frozenset(self._reads)

    def _authorize(self, action: int, one: str | None, two: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and one in self._relations:
            self._reads.add(Read(one, two or ""))
            return sqlite3.SQLITE_OK
        return may(action, two)


def refuse_quirks(expression: str) -> None:
    """Refuse what SQLite would accept and understand otherwise than it was meant.

    Raises: sqlite3.OperationalError.
    """
    plain = _LITERALS.sub("", expression)
    if '"' in plain:
        raise sqlite3.OperationalError("double quotes: write text in single quotes, names in none")
    depth = 0
    for character in plain:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            raise sqlite3.OperationalError('near ")": syntax error')


def may(action: int, function: str | None) -> int:
    """The authorizer's answer to anything but reading a relation."""
    if action == sqlite3.SQLITE_SELECT:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and (function or "").lower() in FUNCTIONS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


@cache
def usable(name: str) -> bool:
    """Can SQLite use the name as it stands, that is, is it no word of SQL."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f"create table {name} ({name})")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True


def limit_steps(connection: sqlite3.Connection) -> Budget:
    """End any statement of the connection that takes more steps than a check can need."""
    budget = Budget()
    connection.set_progress_handler(budget.look, _STEPS)
    return budget


class Budget:
    """How many steps the statement under way may still take."""

    def __init__(self) -> None:
        self._left = _LOOKS

    def renew(self) -> None:
        """A new statement begins."""
        self._left = _LOOKS

    def look(self) -> int:
        """SQLite's progress handler: not 0 ends the statement."""
        self._left -= 1
        return self._left < 0
