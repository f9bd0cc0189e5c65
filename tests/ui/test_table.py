"""The table of plantings: typing as in a spreadsheet, places by name, paste from Excel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.pages import Grid, Shell, type_into

# A list to choose from is a popup, for which the offscreen plugin has no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
PLANTINGS = "plantings"


def plantings(shell: Shell) -> Grid:
    return shell.form(6).table(PLANTINGS)


def test_typing_into_the_empty_row_makes_a_row(shell: Shell) -> None:
    grid = plantings(shell).at(0, "planted").types("500")
    assert len(grid.shows()) == 2
    (entry,) = grid.filling.stored().entries[PLANTINGS]
    assert entry.cells == {"planted": 500}
    assert entry.id


def test_enter_goes_on_and_the_cursor_stays_in_its_row(shell: Shell) -> None:
    grid = plantings(shell).at(0, "date").types("10.04.2024")
    assert grid.cursor() == (0, "place")


def test_a_date_and_a_place_by_name(shell: Shell) -> None:
    grid = plantings(shell).at(0, "date").types("10.04.2024")
    village = grid.filling.draft.context.plan.territories.children("153200000")[0]
    grid.at(0, "place").types(village.kato)
    (entry,) = grid.filling.stored().entries[PLANTINGS]
    assert entry.cells == {"date": "2024-04-10", "place": village.kato}
    assert grid.shows()[0][grid.column("place")] == village.name.en


def test_paste_from_excel_fills_and_adds_rows(shell: Shell) -> None:
    grid = plantings(shell).at(0, "date")
    grid.pastes("10.04.2024\t153230100\n11.04.2024\t153230100\n12.04.2024\tnowhere at all")
    rows = grid.shows()
    assert len(rows) == 4
    assert [row[0] for row in rows[:3]] == ["10.04.2024", "11.04.2024", "12.04.2024"] or all(
        row[0] for row in rows[:3]
    )
    entries = grid.filling.stored().entries[PLANTINGS]
    assert [entry.cells["date"] for entry in entries] == ["2024-04-10", "2024-04-11", "2024-04-12"]
    assert rows[2][1] == "nowhere at all", "what does not fit stays visible"
    assert "place" not in entries[2].cells
    assert any("nowhere at all" in line for line in grid.filling.problems())


def test_ctrl_d_copies_the_cell_above(shell: Shell) -> None:
    grid = plantings(shell).at(0, "planted").types("500")
    grid.at(1, "planted").presses(Qt.Key.Key_D, control=True)
    assert [entry.cells for entry in grid.filling.stored().entries[PLANTINGS]] == [
        {"planted": 500},
        {"planted": 500},
    ]


def test_delete_blanks_and_ctrl_delete_takes_the_row_out_and_ctrl_z_puts_it_back(
    shell: Shell,
) -> None:
    grid = plantings(shell).at(0, "planted").types("500")
    grid.at(0, "planted").presses(Qt.Key.Key_Delete)
    assert grid.filling.stored().entries[PLANTINGS][0].cells == {}
    grid.at(0, "planted").types("7").at(0, "planted").presses(Qt.Key.Key_Delete, control=True)
    assert grid.filling.stored().entries.get(PLANTINGS, []) == []
    assert "Ctrl+Z" in shell.message()
    grid.filling.page._undo()
    assert grid.filling.stored().entries[PLANTINGS][0].cells == {"planted": 7}


def test_totals_stand_under_the_columns(shell: Shell) -> None:
    grid = plantings(shell).at(0, "planted").types("500").at(1, "planted").types("41")
    model = grid.view.model()
    assert model.sums(grid.column("planted")) == "541"
    assert model.sums(grid.column("date")) == ""


def test_what_is_typed_survives_a_review_that_comes_meanwhile(shell: Shell) -> None:
    from PySide6.QtTest import QTest

    grid = plantings(shell).at(0, "planted").types("500").at(0, "site")
    type_into(grid.view, "p")
    editor = grid.editor()
    type_into(editor, "ark")
    grid.filling.draft._review()
    assert editor.text() == "park"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert grid.filling.stored().entries[PLANTINGS][0].cells["site"] == "park"
