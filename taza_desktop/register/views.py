"""Views with real columns, one for the figures and one for each table of a form.

`sheet_06` and `sheet_06_plantings` let any SQLite tool read a register.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taza_desktop.plan.form import Figure, Form
from taza_desktop.register.model import SHEET
from taza_desktop.register.store import Store

_SQL_TYPES = {
    "count": "INTEGER",
    "decimal": "REAL",
    "money": "REAL",
    "percent": "REAL",
}


def refresh_views(register: Store, forms: Iterable[Form]) -> None:
    """Make the views of these forms and drop all others; nothing is written when they stand."""
    wanted = {name: sql for form in forms for name, sql in _views(form)}
    stored = dict(
        register.db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'view' AND name GLOB 'sheet_*'"
        ).fetchall()
    )
    if wanted == stored:
        return
    with register.transaction():
        for name in stored:
            register.db.execute(f"DROP VIEW {_quoted(name)}")
        for sql in wanted.values():
            register.db.execute(sql)


def _views(form: Form) -> Iterator[tuple[str, str]]:
    """The names of a form's views and the statements that make them."""
    name = f"sheet_{form.measure:02}"
    yield name, _view(name, form.measure, SHEET, form.figures)
    for table in form.tables:
        name = f"sheet_{form.measure:02}_{table.name}"
        yield name, _view(name, form.measure, table.name, table.columns)


def _view(name: str, measure: int, table: str, figures: Iterable[Figure]) -> str:
    columns = ["measure", "territory", "round"]
    if table != SHEET:
        columns.append('lower(hex(id)) AS "entry"')
    columns += [f"{_column(figure)} AS {_quoted(figure.name)}" for figure in figures]
    return (
        f"CREATE VIEW {_quoted(name)} AS SELECT {', '.join(columns)} FROM records"
        f" WHERE live AND measure = {measure} AND entry_of = '{table}'"
    )


def _column(figure: Figure) -> str:
    """The cell as a value of SQL; of an attachment its name."""
    path = f'$."{figure.name}"' + (".name" if figure.kind == "attachment" else "")
    value = f"json_extract(cells, '{path}')"
    return f"CAST({value} AS {_SQL_TYPES[figure.kind]})" if figure.kind in _SQL_TYPES else value


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
