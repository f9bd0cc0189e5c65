"""Every kind of place typed, tried and used through the window: S3, TLS of the office, plain."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from taza_desktop.exchange import keystore
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.place import Where, open_place
from taza_desktop.exchange.places import places
from taza_desktop.register.register import Register
from tests.exchange import servers
from tests.exchange.servers import Server
from tests.exchange.web import proxy
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.exchange_kit import (
    PATIENCE,
    Dialog,
    meets,
    signs_and_sends,
    states,
    waits_for_pill,
)
from tests.ui.offices.pages import Sent
from tests.ui.offices.world import ALGA, GOOD, REGION, World

THERE = ["at the place of exchange"]
ALL_OF_IT = {
    "The name of the server is found": "works",
    "It accepts a connection": "works",
    "The line is protected and the server is the right one": "works",
    "User and password are accepted; the folder can be listed": "works",
    "A file can be put there": "works",
    "It comes back unchanged": "works",
    "It can be taken away again": "works",
}


@pytest.fixture(scope="module")
def s3() -> Iterator[Server]:
    with servers.public_folder() as folder, servers.seaweed(folder) as server:
        yield server


def waits_for(qtbot: QtBot, dialog: Dialog, text: str) -> None:
    qtbot.waitUntil(lambda: dialog.reads(text), timeout=PATIENCE)


def saved(world: World) -> Where:
    with Register.open(world.clerk()) as register:
        return places(register)[REGION]


def test_a_bucket_with_the_folder_of_the_district(
    world: World, open_window: Opener, qtbot: QtBot, s3: Server
) -> None:
    world.enters(GOOD)
    clerk = open_window(world.clerk())
    with Dialog(clerk) as dialog:
        dialog.clicks("S3")
        dialog.types("Address", s3.where.address)
        dialog.types("Bucket", "no")
        dialog.types("Access key", s3.credential.user)
        dialog.types("Secret key", "wrong")
        dialog.clicks("Test")
        waits_for(qtbot, dialog, "not in order: no")
        dialog.types("Bucket", s3.where.bucket)
        dialog.clicks("Test")
        waits_for(qtbot, dialog, "does not accept the user name or the password")
        dialog.types("Secret key", s3.credential.secret)
        dialog.clicks("More")
        dialog.types("Region of the service", "kz-1")
        dialog.types("Folder that the address stands for", f"v1/{REGION}/{ALGA}")
        dialog.clicks("Test")
        waits_for(qtbot, dialog, "The place works")
        protected = "The line is protected and the server is the right one"
        assert dialog.signs() == {one: how for one, how in ALL_OF_IT.items() if one != protected}
        dialog.clicks("Save")
        qtbot.waitUntil(dialog.is_over, timeout=PATIENCE)
    where = saved(world)
    assert (where.kind, where.region, where.at) == ("s3", "kz-1", f"v1/{REGION}/{ALGA}")
    signs_and_sends(qtbot, clerk)
    qtbot.waitUntil(lambda: states(clerk) == THERE, timeout=PATIENCE)
    root = open_place(Where("s3", where.address, where.bucket), s3.credential, Line())
    with HttpDriver() as driver:
        (entry,) = driver.run(root.names("up"))  # not below v1/…: the address stands for that
    assert entry.name.startswith("2024/000001-")


def test_the_certificate_authority_of_the_office(
    world: World, open_window: Opener, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    world.enters(GOOD)
    clerk = open_window(world.clerk())
    with servers.public_folder() as folder, servers.apache(folder, tls=True) as server:
        office = server.where.authority
        (tmp_path / "office.txt").write_text("not a certificate")
        (tmp_path / "office.cer").write_bytes(ssl.PEM_cert_to_DER_cert(office))  # as of Windows
        with Dialog(clerk) as dialog:
            dialog.types("Address", server.where.address)
            dialog.types("User name", server.credential.user)
            dialog.types("Password", server.credential.secret)
            dialog.clicks("Save")
            waits_for(qtbot, dialog, "Nobody known vouches for localhost")
            assert dialog.has_button("Save all the same")
            dialog.clicks("More")
            answers.path = tmp_path / "office.txt"
            dialog.clicks("Add the office's certificate authority…")
            assert dialog.reads("office.txt holds no certificate")
            answers.path = tmp_path / "office.cer"
            dialog.clicks("Add the office's certificate authority…")
            assert dialog.reads("An authority of the office is trusted too.")
            dialog.clicks("Test")
            waits_for(qtbot, dialog, "The place works")
            assert dialog.signs() == ALL_OF_IT
            dialog.clicks("Save")
            qtbot.waitUntil(dialog.is_over, timeout=PATIENCE)
        assert (
            ssl.PEM_cert_to_DER_cert(saved(world).authority)
            == (tmp_path / "office.cer").read_bytes()
        )
        signs_and_sends(qtbot, clerk)
        qtbot.waitUntil(lambda: states(clerk) == THERE, timeout=PATIENCE)
        clerk.window.close()


def test_a_line_without_protection_only_when_it_is_allowed(
    world: World,
    open_window: Opener,
    qtbot: QtBot,
    dav: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clerk = open_window(world.clerk())
    with proxy(dav.port) as port, Dialog(clerk) as dialog:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        boxes = dialog.dialog.findChildren(QCheckBox)
        allow = next(one for one in boxes if one.text().startswith("Allow a line"))
        assert not allow.isVisible()
        dialog.types("Address", "http://place.test/taza")
        dialog.types("User name", dav.credential.user)
        dialog.types("Password", dav.credential.secret)
        dialog.clicks("Save")
        assert dialog.reads("would send the password unprotected")
        dialog.clicks(allow.text())
        assert dialog.reads("Whoever is on the way can read the password")
        dialog.clicks("Save")
        qtbot.waitUntil(dialog.is_over, timeout=PATIENCE)
        waits_for_pill(qtbot, clerk, "up to date at ")
    assert saved(world).plain


def test_a_known_password_goes_to_no_other_server(
    world: World, open_window: Opener, qtbot: QtBot, dav: Server
) -> None:
    mine = Where("webdav", "https://mine.test/taza")
    keystore.remember(mine, dav.credential)
    meets(world, mine)
    clerk = open_window(world.clerk())
    waits_for_pill(qtbot, clerk, "offline")
    with Dialog(clerk) as dialog:
        dialog.types("Address", dav.where.address)
        dialog.clicks("Save")
        waits_for(qtbot, dialog, "does not accept the user name or the password")
        dialog.clicks("Cancel")


def test_what_does_not_work_yet_can_be_saved_all_the_same(
    world: World, open_window: Opener, qtbot: QtBot
) -> None:
    clerk = open_window(world.clerk())
    with Dialog(clerk) as dialog:
        dialog.clicks("Folder")
        dialog.types("Address", str(world.folder / "not there"))
        dialog.clicks("Save")
        waits_for(qtbot, dialog, "is not there")
        dialog.clicks("Save all the same")
        qtbot.waitUntil(dialog.is_over, timeout=PATIENCE)
    waits_for_pill(qtbot, clerk, "offline")
    with Dialog(clerk) as dialog:
        dialog.clicks("Forget the place")
        qtbot.waitUntil(dialog.is_over, timeout=PATIENCE)
    waits_for_pill(qtbot, clerk, "no place of exchange")


def test_mended_elsewhere_is_tried_again_at_once(
    world: World, open_window: Opener, qtbot: QtBot
) -> None:
    """The office's IT gives a right that was missing: nothing has to be typed."""
    with servers.public_folder() as folder, servers.apache(folder) as server:
        passwords = folder / "taza-passwords"
        right = passwords.read_text()
        passwords.write_text(right.replace(server.credential.user, "nobody"))
        keystore.remember(server.where, server.credential)
        meets(world, server.where)
        world.enters(GOOD)
        clerk = open_window(world.clerk())
        waits_for_pill(qtbot, clerk, "exchange needs you")
        passwords.write_text(right)
        with Dialog(clerk) as dialog:
            assert dialog.notices()[0].startswith("127.0.0.1 does not accept the user name")
            dialog.clicks("Try again")
            qtbot.waitUntil(dialog.is_over, timeout=PATIENCE)
        waits_for_pill(qtbot, clerk, "up to date at ")
        passwords.write_text("")
        signs_and_sends(qtbot, clerk)
        waits_for_pill(qtbot, clerk, "exchange needs you")
        page = Sent(clerk)
        passwords.write_text(right)
        page.clicks("Try again")
        qtbot.waitUntil(lambda: states(clerk) == THERE, timeout=PATIENCE)
        waits_for_pill(qtbot, clerk, "up to date at ")
        clerk.window.close()


def test_nothing_secret_is_shown_or_kept_where_it_does_not_belong(
    world: World, open_window: Opener, qtbot: QtBot, dav: Server
) -> None:
    clerk = open_window(world.clerk())
    with Dialog(clerk) as dialog:
        dialog.types("Address", dav.where.address)
        dialog.types("User name", dav.credential.user)
        dialog.types("Password", dav.credential.secret)
        dialog.clicks("Save")
        qtbot.waitUntil(dialog.is_over, timeout=PATIENCE)
    waits_for_pill(qtbot, clerk, "up to date at ")
    with Dialog(clerk) as dialog:
        lines = {one.accessibleName(): one.text() for one in dialog.all(QLineEdit)}
        assert lines["Password"] == ""
        assert dialog.has_button("Cancel")
        dialog.clicks("Cancel")
    clerk.window.close()
    secret = dav.credential.secret.encode()
    for path in world.folder.rglob("*"):
        if path.is_file() and path.suffix in (".taza-register", ".json", ".log"):
            assert secret not in path.read_bytes(), path
