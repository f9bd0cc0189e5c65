"""A form as SQL sees it, and the order in which its computed figures follow from each other."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter

from taza_desktop.plan.form import Check, Form, Sentence
from taza_desktop.plan.sql import Compiler, Schema, other, rows_where


def schema_of(form: Form) -> Schema:
    """The names that the form's expressions may use; those of other forms only its checks."""
    columns = {table.name: tuple(column.name for column in table.columns) for table in form.tables}
    others = {other(it.measure): _names(it) for it in form.beside}
    return Schema(_names(form), columns, others)


def _names(form: Form) -> tuple[str, ...]:
    return tuple(figure.name for figure in form.figures)


def check_sql(check: Check) -> str:
    """True when the check holds; of a check over a table the numbers of the rows that break it."""
    return rows_where(check.each, check.that, holds=False) if check.each else check.that


def when_sql(sentence: Sentence) -> str:
    """True when the sentence is printed; over a table the numbers of the rows to print."""
    when = sentence.when or "1"
    return rows_where(sentence.each, when, holds=True) if sentence.each else when


def stages(form: Form, compiler: Compiler) -> Iterator[list[str]]:
    """The computed figures in batches: each needs only those before it.

    Raises: graphlib.CycleError, sqlite3.Error.
    """
    computed = {figure.name: figure.computed for figure in form.figures if figure.computed}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for name, expression in computed.items():
        reads = compiler.reads(expression)
        sorter.add(
            name, *(r.column for r in reads if r.relation == "sheet" and r.column in computed)
        )
    sorter.prepare()
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        yield ready
        sorter.done(*ready)
