"""Rules about the SQL of a form: every expression is compiled against the form's own relations."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from graphlib import CycleError
from typing import cast

from taza_desktop.errors import Refusal
from taza_desktop.plan.form import Check, Sentence
from taza_desktop.plan.form_draft import Draft
from taza_desktop.plan.form_source import Node
from taza_desktop.plan.relations import check_sql, schema_of, stages, when_sql
from taza_desktop.plan.sql import (
    Compiler,
    Schema,
    others_named,
    refuse_quirks,
    without_others,
)


def computed_figures_follow(draft: Draft) -> Iterator[Refusal]:
    """A computed figure is an SQL expression, and none follows from itself."""
    computed = [(figure, figure.computed) for figure in draft.form.figures if figure.computed]
    with Compiler(_alone(draft)) as compiler:
        wrong = [
            mistake
            for figure, sql in computed
            for mistake in _compiled(compiler, draft.node(figure), "computed", sql, sql)
        ]
        yield from wrong or _circle(draft, compiler)


def checks_are_sql(draft: Draft) -> Iterator[Refusal]:
    """A check is an SQL expression; `each` names a table, `at` a cell."""
    with Compiler(schema_of(draft.form)) as compiler:
        for check in draft.form.checks:
            node, wrong = draft.node(check), [*_over_table(draft, check), *_others(draft, check)]
            for sql in () if wrong else _both_ways(check):
                wrong = wrong or _compiled(compiler, node, "that", check.that, sql)
            yield from wrong
            known = _cells_to_point_at(draft, check)
            if check.at is not None and check.at not in known:
                yield node.unknown("FORM-AT", "at", check.at, known)


def sentences_are_sql(draft: Draft) -> Iterator[Refusal]:
    """`when` is an SQL expression; `each` names a table, `sort` and `group` columns of it."""
    with Compiler(_alone(draft)) as compiler:
        for sentence in draft.form.sentences:
            node, wrong = draft.node(sentence), _over_table(draft, sentence)
            yield from wrong
            if not wrong:
                condition = sentence.when or ""
                yield from _compiled(compiler, node, "when", condition, when_sql(sentence))
                yield from _goes_with_each(draft, sentence)


SQL_RULES: tuple[Callable[[Draft], Iterator[Refusal]], ...] = (
    computed_figures_follow,
    checks_are_sql,
    sentences_are_sql,
)


def _compiled(compiler: Compiler, node: Node, key: str, written: str, whole: str) -> list[Refusal]:
    """The mistake in an expression as it was written, or in the whole that is made of it."""
    try:
        refuse_quirks(written)
        compiler.reads(whole)
    except sqlite3.Error as fault:
        return [node.mistake("FORM-SQL", key, reason=str(fault))]
    return []


def _circle(draft: Draft, compiler: Compiler) -> list[Refusal]:
    try:
        list(stages(draft.form, compiler))
    except CycleError as cycle:
        names = cast("list[str]", cycle.args[1])
        node = draft.node(draft.form.figure(names[0]))
        return [node.mistake("FORM-CYCLE", "computed", names=" → ".join(names))]
    return []


def _others(draft: Draft, check: Check) -> Iterator[Refusal]:
    """Every other measure that a check names has a form."""
    known = {form.measure for form in draft.form.beside}
    for measure in sorted(others_named(check.that) - known):
        yield draft.node(check).mistake("FORM-OTHER", "that", number=measure)


def _both_ways(check: Check) -> list[str]:
    """A check first without other forms, so that no bare name means a figure of theirs."""
    sql = check_sql(check)
    return [without_others(sql), sql]


def _alone(draft: Draft) -> Schema:
    """What computed figures and sentences may name: nothing of other forms."""
    return schema_of(draft.form)._replace(others={})


def _over_table(draft: Draft, part: Check | Sentence) -> list[Refusal]:
    known = [table.name for table in draft.form.tables]
    if part.each is None or part.each in known:
        return []
    return [draft.node(part).unknown("FORM-EACH", "each", part.each, known)]


def _cells_to_point_at(draft: Draft, check: Check) -> list[str]:
    tables = [table.name for table in draft.form.tables]
    if check.each in tables:
        return [column.name for column in draft.form.table(check.each).columns]
    return [*(figure.name for figure in draft.form.figures), *tables]


def _goes_with_each(draft: Draft, sentence: Sentence) -> Iterator[Refusal]:
    node = draft.node(sentence)
    columns = [c.name for c in draft.form.table(sentence.each).columns] if sentence.each else []
    for key, column in (("sort", sentence.sort), ("group", sentence.group)):
        if column is not None and column not in columns:
            yield node.unknown("FORM-SORT", key, column, columns)
    if sentence.opening is not None and sentence.each is None:
        yield node.unknown("FORM-SORT", "opening", "opening", columns)
