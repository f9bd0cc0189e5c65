"""The coordinator sees who has reported what, and gets to each sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit
from taza_desktop.reports.board import Board, rows_of

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.completeness import SheetState, SheetStatus
from taza_desktop.register.completeness_cells import CellCounts
from taza_desktop.ui.board_model import BoardModel
from taza_desktop.ui.board_states import LOOKS
from taza_desktop.ui.board_view import BoardView
from tests.ui.offices.conftest import Opener
from tests.ui.offices.pages import Overseeing, Part
from tests.ui.offices.world import ALGA, FAR, GOOD, MARTUK, World, key
from tests.ui.pages import settle, type_into


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
    assert "As of " in page.tip("Alga District", 6)


def test_open_questions_stand_in_the_tip(world: World, open_window: Opener) -> None:
    world.merges(world.sends(ALGA, FAR).path)
    page = Overseeing(open_window(world.region))
    assert "plan" in page.tip("Alga District", 6)


def test_a_click_opens_the_sheet(world: World, open_window: Opener) -> None:
    world.merges(world.sends(ALGA, GOOD).path)
    shell = open_window(world.region)
    Overseeing(shell).opens("Alga District", 6)
    assert shell.window.current() == "form"


def test_whoever_has_sent_everything_can_be_hidden_and_anybody_found(
    world: World, open_window: Opener
) -> None:
    page = Overseeing(open_window(world.region))
    everybody = page.names()
    type_into(page.all(QLineEdit)[0], "март")
    settle()
    page.widget._narrow()
    assert page.names() == ["Martuk District"]
    page.all(QLineEdit)[0].clear()
    page.all(QCheckBox)[0].click()
    page.widget._narrow()
    assert page.names() == everybody, "nobody has sent anything yet"


def test_only_the_measures_of_one_direction(world: World, open_window: Opener) -> None:
    page = Overseeing(open_window(world.region))
    plan = load_plan()
    direction = plan.measures[6].direction
    title = f"{direction}. {plan.directions[direction - 1].title}"
    page.chooses("Direction of the plan", title)
    page.widget._narrow()
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
    model.show(Board(rows_of(statuses, plan), (6, 8), {}), plan)
    assert model.key(0, 0, "2024") == key(ALGA)
    assert model.key(0, 1, "2024") is None
    view = BoardView(model)
    qtbot.addWidget(view)
    with qtbot.assertNotEmitted(view.chosen):
        view.clicked.emit(model.index(0, 1))


def test_letters_differ_in_every_language(open_window: Opener, world: World) -> None:
    shell = open_window(world.region)
    for language in ("kk", "ru", "en"):
        shell.speaks(language)
        letters = [look.letter for look in LOOKS.values()]
        assert len(set(letters)) == len(letters), f"{language}: {letters}"
        assert all(look.name for look in LOOKS.values())


def test_the_names_follow_the_language_at_once(world: World, open_window: Opener) -> None:
    page = Overseeing(open_window(world.region))
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
