"""The place on the card: from the coordinator's window to the clerk's first package over a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from taza_desktop.exchange import keystore
from taza_desktop.exchange.place import Credential, Where
from taza_desktop.exchange.places import places, put_place
from taza_desktop.packages import card, card_file
from taza_desktop.register.register import Register
from tests.exchange.servers import Server
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.exchange_kit import (
    PATIENCE,
    Dialog,
    in_dialog,
    pill,
    states,
    waits_for_pill,
)
from tests.ui.offices.pages import People, Sending
from tests.ui.offices.test_enrolment import Both
from tests.ui.offices.world import GOOD, REGION, World

OFFER, MOVE = "The card names a place of exchange", "The card names another place"


@pytest.fixture
def both(tmp_path: Path, open_window: Opener, answers: Answers) -> Both:
    return Both(tmp_path, open_window, answers)


def test_from_the_card_to_the_first_package(both: Both, qtbot: QtBot, dav: Server) -> None:
    office = both.founds()
    with Dialog(office.shell) as dialog:
        dialog.types("Address", dav.where.address)
        dialog.types("User name", dav.credential.user)
        dialog.types("Password", dav.credential.secret)
        dialog.clicks("Save")
        qtbot.waitUntil(dialog.is_over, timeout=PATIENCE)
    office = People(office.shell)
    assert any("Something changed since the last card" in text for text in office.texts())
    both.at("office.taza-card")
    office.clicks("Save the card of the office…")
    assert not any("Something changed since" in text for text in People(office.shell).texts())
    named = card_file.read(both.at("office.taza-card").read_bytes()).place
    assert named == {"kind": "webdav", "address": dav.where.address}, "no user, no password"
    keystore._KEPT.clear()  # the clerk sits at another PC

    page = both.sends()
    page.clicks("Open the card…")
    page.types_code(both.letter())
    page.clicks("This is the card")
    assert page.notices()[0].startswith(OFFER)
    assert pill(page.shell) == "place of exchange offered"
    both.asks(page)
    both.confirms(office, both.read_aloud())
    page.clicks("Open the answer…")

    def answer(dialog: Dialog) -> None:
        dialog.types("User name", dav.credential.user)
        dialog.types("Password", dav.credential.secret)
        dialog.clicks("Save")
        qtbot.waitUntil(dialog.is_over, timeout=PATIENCE)

    in_dialog(page.shell, answer, lambda: page.clicks("Use this place…"))
    assert not any(one.startswith(OFFER) for one in page.notices())
    qtbot.waitUntil(lambda: page.has_button("Sign and send"), timeout=PATIENCE)
    page.clicks("Sign and send")
    wanted = ["at the place of exchange"]
    qtbot.waitUntil(lambda: states(page.shell) == wanted, timeout=PATIENCE)
    waits_for_pill(qtbot, page.shell, "up to date at ")


def knows_card(world: World, where: Where, own: Where | None) -> None:
    """The clerk has opened a card that names a place, and uses perhaps another one."""
    with Register.open(world.region) as region:
        put_place(region, REGION, where)
        made = card.make(region, PASSPHRASE, {"kind": where.kind, "address": where.address})
        code = " ".join(card.digits(region))
    with Register.open(world.clerk()) as clerk:
        card.take(clerk, made, code)
        if own is not None:
            put_place(clerk, REGION, own)


def place_of_clerk(world: World) -> Where | None:
    with Register.open(world.clerk()) as register:
        return places(register).get(REGION)


def test_another_place_than_the_one_in_use_is_a_question(
    world: World, open_window: Opener, qtbot: QtBot, dav: Server
) -> None:
    mine = Where("webdav", "https://mine.test/taza")
    keystore.remember(mine, Credential("d153200000", "of-mine"))
    knows_card(world, dav.where, mine)
    world.enters(GOOD)
    page = Sending(open_window(world.clerk()))
    qtbot.waitUntil(lambda: bool(page.notices()), timeout=PATIENCE)
    assert page.notices()[0].startswith(MOVE)
    assert f"In use: {mine.label}" in page.notices()[0]

    def answer(dialog: Dialog) -> None:
        dialog.clicks("Test")
        says = "does not accept the user name"
        qtbot.waitUntil(lambda: dialog.reads(says), timeout=PATIENCE)
        dialog.types("User name", dav.credential.user)
        dialog.types("Password", dav.credential.secret)
        dialog.clicks("Save")
        qtbot.waitUntil(dialog.is_over, timeout=PATIENCE)

    in_dialog(page.shell, answer, lambda: page.clicks("Use the one on the card…"))
    assert place_of_clerk(world) == dav.where
    assert not any(one.startswith(MOVE) for one in page.notices())
    waits_for_pill(qtbot, page.shell, "up to date at ")


def test_who_keeps_the_own_place_is_not_asked_again(
    world: World, open_window: Opener, qtbot: QtBot
) -> None:
    mine = Where("folder", str(world.stick))
    knows_card(world, Where("webdav", "https://new.test/taza"), mine)
    page = Sending(open_window(world.clerk()))
    qtbot.waitUntil(lambda: bool(page.notices()), timeout=PATIENCE)
    page.clicks("Keep mine")
    assert not any(one.startswith(MOVE) for one in page.notices())
    assert place_of_clerk(world) == mine
    page.shell.window.close()
    shell = open_window(world.clerk())
    waits_for_pill(qtbot, shell, "up to date at ")
    assert not any(one.startswith(MOVE) for one in Sending(shell).notices())
    knows_card(world, Where("webdav", "https://newest.test/taza"), None)
    page = Sending(open_window(world.clerk()))
    qtbot.waitUntil(lambda: any(one.startswith(MOVE) for one in page.notices()), timeout=PATIENCE)
