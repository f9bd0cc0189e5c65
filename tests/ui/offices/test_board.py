"""The coordinator sees who has reported what, and gets to each sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.completeness import SheetState, SheetStatus
from taza_desktop.register.completeness_cells import CellCounts
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing import accept, return_sheet
from taza_desktop.reports.board import Board, Source, rows_of
from taza_desktop.ui.board_contact import Contacts
from taza_desktop.ui.board_filter import Filter, Sieve
from taza_desktop.ui.board_model import BoardModel
from taza_desktop.ui.board_states import LOOKS
from taza_desktop.ui.board_view import BoardView
from taza_desktop.ui.theme import Look
from tests.ui.offices.conftest import Opener
from tests.ui.offices.pages import Overseeing, Part
from tests.ui.offices.world import ALGA, FAR, GOOD, MARTUK, REGION, ROUND, SUFFIX, World, key
from tests.ui.pages import settle


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """The region's register alone, with nothing in it: quicker than a whole world."""
    path = tmp_path / f"region{SUFFIX}"
    Register.create(path, Office("region", REGION, "Ерлан Сапаров")).close()
    return path


def _sheet(territory: str, measure: int, state: SheetState) -> SheetStatus:
    return SheetStatus(territory, measure, state, CellCounts(0, 0, 0, 0), [], list, "", False)


def test_a_received_sheet_looks_unlike_one_that_never_came(
    world: World, open_window: Opener
) -> None:
    world.merges(world.sends(ALGA, GOOD).path)
    page = Overseeing(open_window(world.region))
    assert page.letter("Alga District", 6) == "I"
    assert page.letter("Martuk District", 6) == "–"
    assert "received" in page.tip("Alga District", 6)
    assert "From the package of Айгүл Серікова" in page.tip("Alga District", 6)


def test_anybody_is_found_and_only_what_is_asked_for_stands_out(
    world: World, open_window: Opener
) -> None:
    world.merges(world.sends(ALGA, GOOD).path)
    page = Overseeing(open_window(world.region))
    everybody = page.names()
    assert page.looks_for("март").names() == ["Martuk District"]
    assert page.looks_for("").names() == everybody
    page.asks_for("State: received")
    assert page.standing_out() == [("Alga District", 6)]
    assert page.names() == ["Alga District"], "the others have nothing that was asked for"
    page.asks_for("Not sent yet")
    assert ("Alga District", 6) not in page.standing_out()
    assert set(page.names()) == set(everybody)
    page.asks_for("Package older than 90 days")
    assert page.names() == [], "it was made today"


def test_only_the_measures_of_one_direction(region: Path, open_window: Opener) -> None:
    page = Overseeing(open_window(region))
    plan = load_plan()
    direction = plan.measures[6].direction
    page.in_direction(f"{direction}. {plan.directions[direction - 1].title}")
    assert {plan.measures[int(each)].direction for each in page.measures()} == {direction}


def test_who_owes_most_comes_first_and_equals_by_the_kazakh_alphabet() -> None:
    rows = rows_of(
        [
            _sheet(MARTUK, 6, "received"),
            _sheet(MARTUK, 8, "received"),
            _sheet(ALGA, 6, "draft"),
            _sheet(ALGA, 8, "received"),
            _sheet("153400000", 6, "not_started"),
            _sheet("153400000", 8, "not_started"),
        ],
        load_plan(),
    )
    assert [(row.territory.kato, row.owed) for row in rows] == [
        ("153400000", 2),
        (ALGA, 1),
        (MARTUK, 0),
    ]


def test_a_territory_that_does_not_answer_has_no_sheet_to_open(qtbot) -> None:
    plan = load_plan()
    statuses = [_sheet(ALGA, 6, "draft"), _sheet(MARTUK, 8, "draft")]
    model = BoardModel()
    model.show(Board(rows_of(statuses, plan), (6, 8), round="2024"), plan)
    assert model.key(0, 0) == key(ALGA)
    assert model.key(0, 1) is None
    view = BoardView(model)
    qtbot.addWidget(view)
    with qtbot.assertNotEmitted(view.opened):
        view.clicked.emit(model.index(0, 1))


def test_letters_differ_in_every_language(open_window: Opener, region: Path) -> None:
    shell = open_window(region)
    for language in ("kk", "ru", "en"):
        shell.speaks(language)
        letters = [look.letter for look in LOOKS.values()]
        assert len(set(letters)) == len(letters), f"{language}: {letters}"
        assert all(look.name for look in LOOKS.values())


def test_the_names_follow_the_language_at_once(region: Path, open_window: Opener) -> None:
    page = Overseeing(open_window(region))
    page.shell.speaks("kk")
    assert "Алға ауданы" in page.names()
    assert isinstance(page, Part)


def test_a_name_that_repeats_says_its_region() -> None:
    abay_of_abay, abay_of_karaganda = "103200000", "353200000"
    statuses = [_sheet(kato, 6, "draft") for kato in (abay_of_abay, abay_of_karaganda, ALGA)]
    rows = {row.territory.kato: row for row in rows_of(statuses, load_plan())}
    assert rows[abay_of_abay].title() == "Abay District, Abai Region"
    assert rows[abay_of_karaganda].title() == "Abay District, Karaganda Region"
    assert rows[ALGA].title() == "Alga District"


def test_a_region_is_found_with_all_its_districts() -> None:
    statuses = [_sheet(kato, 6, "draft") for kato in (ALGA, MARTUK, "103200000")]
    rows = rows_of(statuses, load_plan())
    assert [row.territory.kato for row in rows if row.matches("актоб")] == [ALGA, MARTUK]


def test_whoever_is_late_with_most_comes_first_whatever_else_is_missing() -> None:
    late = replace(_sheet(MARTUK, 6, "not_started"), overdue=True)
    waiting = [_sheet(ALGA, 6, "draft"), _sheet(ALGA, 8, "draft")]
    rows = rows_of([*waiting, late], load_plan())
    assert [(row.territory.kato, row.late, row.owed) for row in rows] == [
        (MARTUK, 1, 1),
        (ALGA, 0, 2),
    ]


def test_a_return_is_owed_again_and_an_accepted_sheet_is_not(
    world: World, open_window: Opener
) -> None:
    for territory in (ALGA, MARTUK):
        world.merges(world.sends(territory, GOOD).path)
    with Register.open(world.region) as register:
        accept(register, [key(ALGA)])
        return_sheet(register, key(MARTUK), {"planted": "Too many for so small a park"})
    page = Overseeing(open_window(world.region))
    assert page.letter("Alga District", 6) == "✓"
    assert page.letter("Martuk District", 6) == "B"
    tip = page.tip("Martuk District", 6)
    assert "Return not opened yet" in tip
    assert "1 remark, 0 answered" in tip
    assert "Judged by Ерлан Сапаров" in tip
    page.asks_for("Return not opened yet")
    assert page.standing_out() == [("Martuk District", 6)]
    page.asks_for("State: accepted")
    assert page.standing_out() == [("Alga District", 6)]
    page.asks_for("Late")
    assert ("Martuk District", 6) in page.standing_out()


def test_open_questions_are_found_while_the_board_is_shown(
    world: World, open_window: Opener
) -> None:
    world.merges(world.sends(ALGA, FAR).path)
    page = Overseeing(open_window(world.region))
    page.asks_for("With open questions")
    assert page.standing_out() == [("Alga District", 6)]
    assert "with open questions" in page.texts()
    assert "plan" in page.tip("Alga District", 6)


def test_the_strip_says_who_sent_a_sheet_and_what_it_lacks(
    world: World, open_window: Opener
) -> None:
    world.merges(world.sends(ALGA, {"planned": 12}).path)
    page = Overseeing(open_window(world.region))
    page.points_at("Alga District", 6)
    assert "Alga District · 6. " in page.strip()
    assert "1 cell missing: Saplings planted" in page.strip()
    assert "From the package of Айгүл Серікова" in page.strip()


def test_many_sheets_are_chosen_and_reminded_of(world: World, open_window: Opener) -> None:
    world.merges(world.sends(ALGA, GOOD).path)
    page = Overseeing(open_window(world.region)).looks_for("а")
    first, last = page.names()[0], page.names()[2]
    page.drags((first, 6), (last, 8))
    assert page.shell.window.current() == "board", "dragging opens nothing"
    chosen = [sheet.territory for sheet in page.view.chosen()]
    assert f"{len(chosen)} sheets chosen" in page.strip()
    page.clicks("Copy a reminder")
    text = QApplication.clipboard().text()
    assert f"{first}. Still to be sent for 2024:" in text
    assert "– 6. " in text
    assert "due on 1 February 2025" in text


def test_shift_and_a_header_choose_and_enter_opens(region: Path, open_window: Opener) -> None:
    page = Overseeing(open_window(region))
    page.view.selectRow(1)
    assert {sheet.territory for sheet in page.view.chosen()} == {
        page.view.model().row(1).territory.kato
    }
    place = page._place(page.names()[0], 6)
    QTest.mouseClick(
        page.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, place
    )
    assert page.shell.window.current() == "board"
    page.points_at(page.names()[0], 6)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert page.shell.window.current() == "form"


def test_a_note_file_that_cannot_be_read_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "contacts.json"
    file.write_text("[1", encoding="utf-8")
    contacts = Contacts(file)
    assert contacts.note(ALGA) == ""
    contacts.keep(ALGA, "Айгүл, 12")
    assert Contacts(file).note(ALGA) == "Айгүл, 12"


def test_old_packages_stand_out_by_their_age() -> None:
    plan, on = load_plan(), date(2025, 3, 1)
    fresh, old = (
        replace(_sheet(kato, 6, "received"), package=package)
        for kato, package in ((ALGA, "new"), (MARTUK, "old"))
    )
    sources = {
        "new": Source("Айгүл", "2025-02-20T10:00:00Z"),
        "old": Source("Нұрлан", "2025-01-20T10:00:00Z"),
    }
    board = Board(rows_of([fresh, old], plan), (6,), sources, "2024", on)
    assert [row.territory.kato for row in Sieve(Filter(wish="older30"), board, plan).rows()] == [
        MARTUK
    ]
    assert Sieve(Filter(wish="older90"), board, plan).rows() == ()


def test_the_menu_offers_what_can_be_done_and_notes_how_to_reach_a_territory(
    world: World, open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def answer(_parent: object, *says: str) -> str:
        asked.append(says)
        return "8 71337 3-11-22"

    monkeypatch.setattr("taza_desktop.ui.board_actions.ask_text", answer)
    world.merges(world.sends(ALGA, GOOD).path)
    page = Overseeing(open_window(world.region)).points_at("Martuk District", 6)
    assert page.menu() == ["Open the sheet", "Review 1 sheet", "Copy a reminder", "Contact…"]
    page.points_at("Alga District", 6)
    assert page.menu() == ["Open the sheet", "Review 1 sheet", "Contact…"]
    page.chooses_from_menu("Contact…")
    page.chooses_from_menu("Contact…")
    assert [(place, note) for _title, place, _who, note in asked] == [
        ("Alga District", ""),
        ("Alga District", "8 71337 3-11-22"),
    ]
    assert "Айгүл Серікова" in asked[0][2]
    page.opens("Alga District", 6)
    assert page.shell.window.current() == "form"


def test_late_is_said_with_the_day_and_the_cursor_keeps_its_sheet(
    region: Path, open_window: Opener
) -> None:
    page = Overseeing(open_window(region)).points_at("Martuk District", 6)
    assert "Late: it was due on 1 February 2025" in page.tip("Martuk District", 6)
    assert any("are late" in text for text in page.texts())
    with Register.open(region) as register:
        register.set_cell(SheetKey(6, ALGA, "2025-Q1"), "planted", 1)
    page.shell.window.header.round_chosen.emit("2026-Q1")
    told = next(text for text in page.texts() if "Still late of earlier rounds" in text)
    assert "first quarter of 2025: " in told
    page.shell.window.header.round_chosen.emit(ROUND.code)
    assert not any("earlier rounds" in text for text in page.texts())
    page.points_at("Martuk District", 6).asks_for("Not sent yet")
    at = page.view.currentIndex()
    assert page.view.model().key(at.row(), at.column()) == key(MARTUK)


def test_a_narrower_board_is_taken_over_with_everything_chosen(look: Look, qtbot) -> None:
    plan = load_plan()
    offices = [office.kato for office in plan.territories.offices()][:60]
    sheets = [_sheet(kato, measure, "draft") for kato in offices for measure in range(1, 61)]
    model = BoardModel()
    view = BoardView(model)
    qtbot.addWidget(view)
    view.show()
    board = Board(rows_of(sheets, plan), tuple(range(1, 61)), round="2024")
    for filter_ in (Filter(), Filter("алға"), Filter("zzz"), Filter(direction=2), Filter()):
        model.show(board, plan)
        view.selectAll()
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
        model.narrow(filter_)
        view.grab()
    assert model.rowCount() == 60
    assert model.headerData(60, Qt.Orientation.Vertical) is None


def test_what_can_be_accepted_is_and_the_rest_is_named(world: World, open_window: Opener) -> None:
    for territory in (ALGA, MARTUK):
        world.merges(world.sends(territory, GOOD).path)
    page = Overseeing(open_window(world.region))
    page.drags(("Alga District", 6), ("Martuk District", 6))
    chosen = [key(sheet.territory) for sheet in page.view.chosen()]
    asked: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.informativeText())
        buttons = {each.text(): each for each in box.buttons()}
        buttons.get("Accept 2 sheets", buttons["Cancel"]).click()

    QTimer.singleShot(300, answer)  # what stands in the way is looked up first
    page.clicks(f"Review {len(chosen)} sheets")
    settle()
    assert asked[0].count("nothing was entered yet") == len(chosen) - 2
    assert page.says() == "2 sheets accepted."
    assert page.letter("Alga District", 6) == "✓"
