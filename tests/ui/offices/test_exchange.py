"""Exchange in the window: sent once, fetched, answered; through broken lines and restarts."""

from __future__ import annotations

import hashlib

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from taza_desktop.exchange import inbox, keystore, outbox
from taza_desktop.exchange.place import Credential, Where
from taza_desktop.exchange.places import places, put_place
from taza_desktop.register.register import Register
from taza_desktop.settings import Settings
from taza_desktop.ui.exchange_log import ExchangeLog
from tests.exchange.lines import bad_line
from tests.exchange.servers import Server
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.exchange_kit import (
    PATIENCE,
    PHOTO,
    Dialog,
    meets,
    opens_sealed,
    parcels,
    signs_and_sends,
    signs_and_sends_later,
    states,
    waits_for_pill,
    with_photo,
)
from tests.ui.offices.pages import Part, Receiving, Sending, Sent
from tests.ui.offices.test_answers import Answering
from tests.ui.offices.world import GOOD, REGION, World, key
from tests.ui.pages import settle


def test_without_a_place_the_header_says_so(
    world: World, open_window: Opener, qtbot: QtBot
) -> None:
    shell = open_window(world.clerk())
    waits_for_pill(qtbot, shell, "no place of exchange")
    assert not Sending(shell).has_button("Sign and send")
    assert shell.desk._context is not None
    assert shell.desk._context.exchange.postman is None


def test_a_package_goes_through_a_folder_and_its_answer_comes_back(
    world: World, open_window: Opener, qtbot: QtBot
) -> None:
    place = world.folder / "share"
    place.mkdir()
    meets(world, Where("folder", str(place)))
    world.enters(GOOD)
    clerk = open_window(world.clerk())
    result = signs_and_sends(qtbot, clerk)
    assert result.notices()[0].startswith("Package 1 is signed and on its way")
    qtbot.waitUntil(lambda: states(clerk) == ["at the place of exchange"], timeout=PATIENCE)
    waits_for_pill(qtbot, clerk, "up to date at ")
    clerk.window.close()

    region = open_window(world.region)
    received = Receiving(region)
    qtbot.waitUntil(lambda: len(received.lines("arrivals")) == 1, timeout=PATIENCE)
    assert "Айгүл Серікова" in received.lines("arrivals")[0][0]
    assert world.in_region() == {}, "nothing is merged by itself"
    received.picks("Айгүл", "arrivals")
    received.clicks("Merge")
    assert world.in_region() == GOOD
    assert received.lines("arrivals")[0][1] == "merged"
    answering = Answering(region)
    qtbot.waitUntil(lambda: answering.has_button("Sign and send 1 answer"), timeout=PATIENCE)
    answering.types("Passphrase of your key", PASSPHRASE)
    answering.clicks("Sign and send 1 answer")
    qtbot.waitUntil(lambda: states(region) == ["at the place of exchange"], timeout=PATIENCE)
    region.window.close()

    clerk = open_window(world.clerk())
    received = Receiving(clerk)
    qtbot.waitUntil(lambda: len(received.lines("arrivals")) == 1, timeout=PATIENCE)
    opens_sealed(received)
    received.clicks("Merge")
    assert states(clerk) == ["received"]


def test_broken_in_the_middle_it_goes_on_after_a_restart_and_arrives_once(
    world: World, open_window: Opener, qtbot: QtBot, dav: Server
) -> None:
    keystore.remember(dav.where, dav.credential)
    with_photo(world)
    with bad_line(dav.port, rate=150_000) as line:
        where = dav.at(line.port)
        keystore.remember(where, dav.credential)
        meets(world, where)
        clerk = open_window(world.clerk())
        signs_and_sends(qtbot, clerk)
        page = Sent(clerk)
        qtbot.waitUntil(lambda: "sending" in page.lines()[0][6], timeout=PATIENCE)
        qtbot.waitUntil(lambda: any(" a second" in text for text in page.texts()), timeout=PATIENCE)
        assert any(text.endswith(" left") for text in page.texts())
        line.hole = True
        line.break_all()
        clerk.window.close()
    photo, figures = parcels(world.clerk())
    assert (figures.state, photo.state) == ("placed", "waiting"), "figures go first"

    meets_again = Where("webdav", dav.where.address)
    meets(world, meets_again)
    clerk = open_window(world.clerk())
    wanted = ["at the place of exchange"] * 2
    qtbot.waitUntil(lambda: states(clerk) == wanted, timeout=PATIENCE)
    clerk.window.close()
    region = open_window(world.region)
    received = Receiving(region)
    qtbot.waitUntil(lambda: len(received.lines("arrivals")) == 2, timeout=PATIENCE)
    received.clicks("Merge all 2 packages")
    assert [line[1] for line in received.lines("arrivals")] == ["merged", "merged"]
    with Register.open(world.region) as register:
        (entry,) = register.sheet(key()).entries["plantings"]
        assert register.attachment(str(entry.cells["photo"]["sha256"])) == PHOTO


def test_a_password_that_is_refused_asks_for_the_person(
    world: World, open_window: Opener, qtbot: QtBot, dav: Server
) -> None:
    keystore.remember(dav.where, Credential(dav.credential.user, "wrong"))
    meets(world, dav.where)
    world.enters(GOOD)
    clerk = open_window(world.clerk())
    waits_for_pill(qtbot, clerk, "exchange needs you")
    signs_and_sends_later(qtbot, clerk)
    page = Sent(clerk)
    qtbot.waitUntil(
        lambda: any("does not accept the user name" in text for text in page.texts()),
        timeout=PATIENCE,
    )
    with Dialog(clerk) as dialog:
        dialog.types("Password", dav.credential.secret)
        dialog.clicks("Test")
        qtbot.waitUntil(lambda: dialog.reads("The place works"), timeout=PATIENCE)
        dialog.clicks("Save")
    qtbot.waitUntil(lambda: states(clerk) == ["at the place of exchange"], timeout=PATIENCE)
    waits_for_pill(qtbot, clerk, "up to date at ")


def test_trying_a_place_says_which_step_fails(
    world: World, open_window: Opener, qtbot: QtBot, dav: Server
) -> None:
    clerk = open_window(world.clerk())
    with Dialog(clerk) as dialog:
        dialog.types("Address", f"http://127.0.0.1:{dav.port}/taza")
        dialog.types("User name", dav.credential.user)
        dialog.types("Password", "wrong")
        dialog.clicks("Test")
        qtbot.waitUntil(lambda: dialog.reads("does not accept the user name"), timeout=PATIENCE)
        signs = dialog.signs()
        assert signs["It accepts a connection"] == "works"
        assert signs["User and password are accepted; the folder can be listed"] == "does not work"
        assert signs["A file can be put there"] == "not tried"
        dialog.types("Address", "http://akimat.kz/taza")
        dialog.clicks("Save")
        assert dialog.reads("would send the password unprotected")
        dialog.clicks("Cancel")
    with Register.open(world.clerk()) as register:
        assert not places(register), "nothing was saved"


def test_what_waits_can_be_paused_and_handed_over_by_stick(
    world: World, open_window: Opener, qtbot: QtBot, answers: Answers
) -> None:
    meets(world, Where("folder", str(world.folder / "gone")))  # a share that is not connected
    world.enters(GOOD)
    clerk = open_window(world.clerk())
    signs_and_sends_later(qtbot, clerk)
    page = Sent(clerk)
    qtbot.waitUntil(lambda: page.lines()[0][6] == "waits for the line", timeout=PATIENCE)
    qtbot.waitUntil(lambda: any("is not there" in text for text in page.texts()), timeout=PATIENCE)
    waits_for_pill(qtbot, clerk, "offline · 1 waits")
    page.clicks("Pause")
    assert states(clerk) == ["stopped"]
    answers.path = world.stick
    Sent(clerk).clicks("Copy to a stick…")
    assert states(clerk) == ["handed over by stick"]
    (world.folder / "gone").mkdir()
    Sent(clerk).clicks("Send now")
    qtbot.waitUntil(lambda: states(clerk) == ["at the place of exchange"], timeout=PATIENCE)
    clerk.window.close()
    world.merges(next(world.stick.iterdir()))
    region = open_window(world.region)
    waits_for_pill(qtbot, region, "up to date at ")
    assert Receiving(region).lines("arrivals") == [], "it came both ways and is taken once"
    with Register.open(world.region) as register:
        assert [one.state for one in inbox.arrivals(register)] == ["merged"]


def test_what_vanished_from_the_place_is_sent_again(
    world: World, open_window: Opener, qtbot: QtBot
) -> None:
    place = world.folder / "share"
    place.mkdir()
    meets(world, Where("folder", str(place)))
    world.enters(GOOD)
    clerk = open_window(world.clerk())
    signs_and_sends(qtbot, clerk)
    qtbot.waitUntil(lambda: states(clerk) == ["at the place of exchange"], timeout=PATIENCE)
    clerk.window.close()
    (there,) = place.glob("v1/*/*/up/2024/*.taza")
    sent = there.read_bytes()
    there.unlink()
    open_window(world.clerk())
    qtbot.waitUntil(there.exists, timeout=PATIENCE)
    assert there.read_bytes() == sent


def test_what_has_no_place_yet_holds_nothing_else_up(
    world: World, open_window: Opener, qtbot: QtBot
) -> None:
    """The region knows its own place only; the answer goes, what is for the Ministry waits."""
    place = world.folder / "share"
    place.mkdir()
    world.merges(world.sends(cells=GOOD).path)
    with Register.open(world.region) as region:
        put_place(region, REGION, Where("folder", str(place)))
    shell = open_window(world.region)
    answering = Answering(shell)
    qtbot.waitUntil(lambda: answering.has_button("Sign and send 1 answer"), timeout=PATIENCE)
    answering.types("Passphrase of your key", PASSPHRASE)
    answering.clicks("Sign and send 1 answer")
    qtbot.waitUntil(lambda: states(shell) == ["at the place of exchange"], timeout=PATIENCE)
    assert not Sending(shell).has_button("Sign and send"), "no place of the Ministry is known"


def test_by_hand_nothing_goes_that_nobody_asked_for(
    world: World, open_window: Opener, qtbot: QtBot
) -> None:
    place = world.folder / "share"
    place.mkdir()
    meets(world, Where("folder", str(place)))
    world.sends(cells=GOOD)
    with Register.open(world.clerk()) as register:
        (sent,) = outbox.parcels(register)
        outbox.queue(register, sent.package.envelope.package_id)
    settings = Settings.load()
    settings.exchange_by_hand = True
    settings.save()
    clerk = open_window(world.clerk())
    waits_for_pill(qtbot, clerk, "1 waits")
    settle()
    assert states(clerk) == ["waits for the line"]
    Sent(clerk).clicks("Send all that waits")
    qtbot.waitUntil(lambda: states(clerk) == ["at the place of exchange"], timeout=PATIENCE)


def test_a_number_that_never_came_and_a_file_that_is_none_are_told(
    world: World, open_window: Opener, qtbot: QtBot
) -> None:
    place = world.folder / "share"
    place.mkdir()
    meets(world, Where("folder", str(place)))
    world.sends(cells=GOOD)
    world.sends(cells=GOOD)
    with Register.open(world.clerk()) as register:
        outbox.queue(register, outbox.parcels(register)[0].package.envelope.package_id)
    clerk = open_window(world.clerk())
    qtbot.waitUntil(lambda: states(clerk)[0] == "at the place of exchange", timeout=PATIENCE)
    clerk.window.close()
    (lane,) = place.glob("v1/*/*/up/2024")
    digest = hashlib.sha256(b"not a package").hexdigest()
    (lane / f"000009-{digest[:16]}.taza").write_bytes(b"not a package")
    received = Receiving(open_window(world.region))
    missing, refused = "A package has not come\nАйгүл Серікова: number 1", "1 file was refused"
    for begins in (missing, refused):
        qtbot.waitUntil(
            lambda begins=begins: any(one.startswith(begins) for one in received.notices()),
            timeout=PATIENCE,
        )
    received.clicks("Hide")
    received.clicks("Hide")
    assert not any(one.startswith((missing, refused)) for one in received.notices())
    received.shell.window.close()
    received = Receiving(open_window(world.region))
    waits_for_pill(qtbot, received.shell, "up to date at ")
    told = received.notices()
    assert not any(one.startswith((missing, refused)) for one in told), "what was read is hidden"
    digest = hashlib.sha256(b"nor this").hexdigest()
    (lane / f"000010-{digest[:16]}.taza").write_bytes(b"nor this")
    received.clicks("Fetch now")
    qtbot.waitUntil(
        lambda: any(one.startswith("1 file was refused") for one in received.notices()),
        timeout=PATIENCE,
    )


def test_the_log_tells_every_attempt_and_can_be_copied(
    world: World, open_window: Opener, qtbot: QtBot
) -> None:
    place = world.folder / "share"
    place.mkdir()
    meets(world, Where("folder", str(place)))
    world.enters(GOOD)
    clerk = open_window(world.clerk())
    signs_and_sends(qtbot, clerk)
    qtbot.waitUntil(lambda: states(clerk) == ["at the place of exchange"], timeout=PATIENCE)
    assert clerk.desk._context is not None
    log = ExchangeLog(clerk.desk._context, parent=clerk.window)
    log.show()
    part = Part(log, clerk)
    assert part.lines("attempts")[0][1] == "sending: package 1"
    assert part.lines("attempts")[0][4].startswith("went well: ")
    part.clicks("Copy all")
    assert "sending: package 1" in QGuiApplication.clipboard().text()
    log.deleteLater()
