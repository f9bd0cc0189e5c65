"""Views: a register reads as plain tables in any tool that opens SQLite."""

from __future__ import annotations

import sqlite3

from taza_desktop.i18n import Text
from taza_desktop.plan.form import Figure, Form, KindName, Table
from taza_desktop.register.register import Register
from taza_desktop.register.views import refresh_views
from tests.register.offices import DISTRICT, SHEET_2024

LABEL = Text("", "", "")


def figure(name: str, kind: KindName) -> Figure:
    return Figure(name, kind, LABEL)


FORM = Form(
    measure=6,
    version=1,
    filled_by=("district",),
    rounds=("year",),
    figures=(figure("planted", "count"), figure("cost", "money"), figure("order", "text")),
    tables=(Table("plantings", LABEL, (figure("trees", "count"), figure("photo", "attachment"))),),
)


def test_other_tools_see_typed_columns(register: Register) -> None:
    register.set_cell(SHEET_2024, "planted", 120)
    register.set_cell(SHEET_2024, "cost", "1500.50")
    photo = {"sha256": "00", "name": "егу.jpg", "type": "image/jpeg", "size": 1}
    entry = register.add_entry(SHEET_2024, "plantings", {"trees": 7, "photo": photo})
    gone = register.add_entry(SHEET_2024, "plantings", {"trees": 8})
    register.delete_entry(gone)
    refresh_views(register, [FORM])
    with sqlite3.connect(register.path) as other:
        sheets = other.execute('SELECT * FROM sheet_06 WHERE "order" IS NULL')
        assert [column[0] for column in sheets.description] == [
            "measure", "territory", "round", "planted", "cost", "order",
        ]  # fmt: skip
        assert sheets.fetchall() == [(6, DISTRICT, "2024", 120, 1500.5, None)]
        rows = other.execute("SELECT * FROM sheet_06_plantings").fetchall()
        assert rows == [(6, DISTRICT, "2024", entry, 7, "егу.jpg")]
    other.close()


def test_a_register_has_the_views_of_the_plan_from_the_beginning(register: Register) -> None:
    register.set_cell(SHEET_2024, "planted", 120)
    rows = register.db.execute("SELECT territory, planted FROM sheet_06").fetchall()
    assert rows == [(DISTRICT, 120)]


def test_a_newer_program_makes_the_views_anew(register: Register) -> None:
    register.db.execute("UPDATE meta SET value = '0.0.1' WHERE key = 'views_by'")
    register.db.execute("DROP VIEW sheet_06")
    with Register.open(register.path) as newer:
        assert newer.db.execute("SELECT count(*) FROM sheet_06").fetchone() == (0,)


def test_views_follow_the_forms_and_are_left_alone_when_they_fit(register: Register) -> None:
    refresh_views(register, [FORM])
    before = register.db.execute("PRAGMA schema_version").fetchone()
    refresh_views(register, [FORM])
    assert register.db.execute("PRAGMA schema_version").fetchone() == before
    other = Form(8, 1, ("district",), ("year",), (figure("nurseries", "count"),))
    refresh_views(register, [other])
    names = register.db.execute(
        "SELECT name FROM sqlite_master WHERE name GLOB 'sheet_*'"
    ).fetchall()
    assert names == [("sheet_08",)]
