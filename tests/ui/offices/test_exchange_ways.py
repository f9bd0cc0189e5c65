"""What a person does in the middle of it: stops, hands over, goes away, switches; metered lines."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from taza_desktop.exchange import inbox, keystore, outbox
from taza_desktop.exchange.place import Credential, Where
from taza_desktop.exchange.places import places, put_place
from taza_desktop.register.receipts import receipts
from taza_desktop.register.register import Register
from taza_desktop.ui import exchange_network
from taza_desktop.ui.exchange_log import ExchangeLog
from tests.exchange.lines import BadLine, bad_line
from tests.exchange.servers import Server
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.exchange_kit import (
    PATIENCE,
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
from tests.ui.offices.pages import Part, Receiving, Sent
from tests.ui.offices.test_answers import Answering
from tests.ui.offices.world import GOOD, MARTUK, REGION, World
from tests.ui.pages import Shell, settle

THERE = "at the place of exchange"
Reach = QNetworkInformation.Reachability


class Told(QObject):
    """What the system says of its network, as a test wants it."""

    reachabilityChanged = Signal(object)
    isMeteredChanged = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.reach, self.costs = Reach.Online, False

    def reachability(self) -> Reach:
        return self.reach

    def isMetered(self) -> bool:
        return self.costs

    def supports(self, _feature: object) -> bool:
        return True

    def becomes(self, reach: Reach) -> None:
        self.reach = reach
        self.reachabilityChanged.emit(reach)

    def costs_now(self, costs: bool) -> None:
        self.costs = costs
        self.isMeteredChanged.emit(costs)


@pytest.fixture
def network(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """The network of this PC."""
    told = Told()

    class Information(QNetworkInformation):
        loadBackendByFeatures = staticmethod(lambda _wanted: True)
        instance = staticmethod(lambda: told)

    monkeypatch.setattr(exchange_network, "QNetworkInformation", Information)
    yield told
    told.deleteLater()


@pytest.fixture
def share(world: World) -> Path:
    """A folder where both offices meet."""
    folder = world.folder / "share"
    folder.mkdir()
    meets(world, Where("folder", str(folder)))
    return folder


def waits_for_states(qtbot: QtBot, shell: Shell, *wanted: str) -> None:
    qtbot.waitUntil(lambda: states(shell) == list(wanted), timeout=PATIENCE)


def test_on_a_line_that_costs_photos_wait_until_they_may_or_must(
    world: World, open_window: Opener, qtbot: QtBot, share: Path, network: Told
) -> None:
    network.costs = True
    with_photo(world)
    clerk = open_window(world.clerk())
    signs_and_sends(qtbot, clerk)
    waits_for_states(qtbot, clerk, "photos wait for another line", THERE)
    waits_for_pill(qtbot, clerk, "photos wait")
    page = Sent(clerk)
    says = "Photos wait for a line that does not cost by size"
    assert any(text.startswith(says) for text in page.texts())
    assert clerk.desk._context is not None
    postman = clerk.desk._context.exchange.postman
    assert postman is not None
    with qtbot.assertNotEmitted(postman.busy, wait=500):
        pass  # it waits without asking again and again
    page.clicks("Send photos now too")
    waits_for_states(qtbot, clerk, THERE, THERE)
    waits_for_pill(qtbot, clerk, "up to date at ")


def test_photos_follow_by_themselves_when_the_line_costs_no_more(
    world: World, open_window: Opener, qtbot: QtBot, share: Path, network: Told
) -> None:
    network.costs = True
    with_photo(world)
    clerk = open_window(world.clerk())
    signs_and_sends(qtbot, clerk)
    waits_for_pill(qtbot, clerk, "photos wait")
    network.costs_now(False)
    waits_for_states(qtbot, clerk, THERE, THERE)


def test_a_network_that_is_back_and_a_pc_that_woke(
    world: World,
    open_window: Opener,
    qtbot: QtBot,
    network: Told,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The pause before the next try would be half a minute; a sleep does not prolong it."""
    share = world.folder / "share"
    where = Where("folder", str(share))
    meets(world, where)
    world.enters(GOOD)
    clerk = open_window(world.clerk())
    signs_and_sends_later(qtbot, clerk)
    qtbot.waitUntil(lambda: parcels(world.clerk())[0].tries == 1, timeout=PATIENCE)
    network.becomes(Reach.Disconnected)
    share.mkdir()
    network.becomes(Reach.Local)  # an office network without the Internet
    waits_for_states(qtbot, clerk, THERE)

    there = next(share.glob("v1/*/*/up/2024/*.taza"))
    with Register.open(world.clerk()) as register:
        (sent,) = outbox.parcels(register)
        outbox.queue(register, sent.package.envelope.package_id)
        late = register.clock() + 3000
        due = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(late))
        register.db.execute("UPDATE outbox SET due = ?", (due,))
    there.unlink()
    assert clerk.desk._context is not None
    postman_network = clerk.desk._context.exchange._network
    assert postman_network is not None
    postman_network._beat()
    settle()
    assert not there.exists(), "it did not sleep"
    now = time.time()
    monkeypatch.setattr(exchange_network.time, "time", lambda: now + 7200)
    postman_network._beat()
    qtbot.waitUntil(there.exists, timeout=PATIENCE)


def test_stopped_while_it_is_just_arriving_it_counts_as_arrived(
    world: World, open_window: Opener, qtbot: QtBot, share: Path
) -> None:
    world.enters(GOOD)
    clerk = open_window(world.clerk())
    signs_and_sends(qtbot, clerk)
    waits_for_states(qtbot, clerk, THERE)
    assert clerk.desk._context is not None
    exchange = clerk.desk._context.exchange
    (sent,) = parcels(world.clerk())
    exchange.pause(sent.package.envelope.package_id)  # pressed before the page knew
    exchange.hand_over(sent.package.envelope.package_id)
    settle()
    assert states(clerk) == [THERE]


def is_quiet(line: BadLine, qtbot: QtBot) -> bool:
    """Whether nothing goes any more, not even what was in the system's buffers."""
    up = line.up
    qtbot.wait(300)
    return line.up == up


def test_stop_and_send_again_and_again(
    world: World, open_window: Opener, qtbot: QtBot, dav: Server
) -> None:
    """Whatever is pressed how fast, the last word counts and one whole package lies there."""
    with_photo(world)
    with bad_line(dav.port, rate=400_000) as line:
        where = dav.at(line.port)
        keystore.remember(where, dav.credential)
        meets(world, where)
        clerk = open_window(world.clerk())
        signs_and_sends(qtbot, clerk)
        qtbot.waitUntil(lambda: "sending" in states(clerk)[0], timeout=PATIENCE)
        assert clerk.desk._context is not None
        exchange = clerk.desk._context.exchange
        photo = parcels(world.clerk())[0].package.envelope.package_id
        for pause in (0, 30, 0, 80):
            exchange.pause(photo)
            exchange.send([photo])
            qtbot.wait(pause)
        exchange.pause(photo)
        qtbot.wait(200)
        assert states(clerk)[0] == "stopped"
        assert exchange.standing.progress is None
        qtbot.waitUntil(lambda: is_quiet(line, qtbot), timeout=PATIENCE)
        line.rate = 0
        Sent(clerk).clicks("Send now")
        waits_for_states(qtbot, clerk, THERE, THERE)
        clerk.window.close()


def test_another_register_opened_in_the_middle(
    world: World, open_window: Opener, qtbot: QtBot, dav: Server
) -> None:
    """Nothing of the first is done with the second; both go on when they are opened again."""
    with_photo(world)
    with bad_line(dav.port, rate=200_000) as line:
        where = dav.at(line.port)
        keystore.remember(where, dav.credential)
        meets(world, where)
        shell = open_window(world.clerk())
        signs_and_sends(qtbot, shell)
        qtbot.waitUntil(lambda: "sending" in states(shell)[0], timeout=PATIENCE)
        shell.desk.open(world.clerk(MARTUK))
        settle()
        waits_for_pill(qtbot, shell, "no place of exchange")
        assert Sent(shell).lines() == []
        photo, figures = parcels(world.clerk())
        assert (figures.state, photo.state) == ("placed", "waiting")
        line.rate = 0
        shell.desk.open(world.clerk())
        settle()
        waits_for_states(qtbot, shell, THERE, THERE)
        shell.window.close()


def test_both_ways_at_once_do_no_harm_and_are_confirmed_once(
    world: World, open_window: Opener, qtbot: QtBot, share: Path, answers: Answers
) -> None:
    """Sent, and put onto a stick as well; the stick is merged first, then the line brings it."""
    world.enters(GOOD)
    clerk = open_window(world.clerk())
    signs_and_sends(qtbot, clerk)
    waits_for_states(qtbot, clerk, THERE)
    answers.path = world.stick
    Sent(clerk).clicks("Copy to a stick…")
    assert states(clerk) == [THERE], "it is there, whatever a stick does"
    clerk.window.close()
    (sent,) = world.stick.iterdir()
    world.merges(sent)

    region = open_window(world.region)
    waits_for_pill(qtbot, region, "up to date at ")
    assert Receiving(region).lines("arrivals") == []
    assert world.in_region() == GOOD
    answering = Answering(region)
    qtbot.waitUntil(lambda: answering.has_button("Sign and send 1 answer"), timeout=PATIENCE)
    answering.types("Passphrase of your key", PASSPHRASE)
    answering.clicks("Sign and send 1 answer")
    waits_for_states(qtbot, region, THERE)
    answers.path = world.stick
    Sent(region).clicks("Copy to a stick…")
    region.window.close()

    clerk = open_window(world.clerk())
    received = Receiving(clerk)
    qtbot.waitUntil(lambda: len(received.lines("arrivals")) == 1, timeout=PATIENCE)
    opens_sealed(received)
    received.clicks("Merge")
    assert states(clerk) == ["received"]
    (answer,) = set(world.stick.iterdir()) - {sent}
    Receiving(clerk).drops(answer)
    assert states(clerk) == ["received"]
    page = Sent(clerk)
    assert len([text for text in page.texts() if text.startswith("Received on ")]) == 1
    clerk.window.close()
    with Register.open(world.clerk()) as register:
        assert len(receipts(register, register.packages("out"))) == 1
        assert [one.state for one in inbox.arrivals(register)] == ["merged"]


def test_the_log_is_saved_for_the_administrator_without_any_secret(
    world: World, open_window: Opener, qtbot: QtBot, dav: Server, answers: Answers
) -> None:
    keystore.remember(dav.where, Credential(dav.credential.user, "hush-hush"))
    meets(world, dav.where)
    world.enters(GOOD)
    clerk = open_window(world.clerk())
    signs_and_sends_later(qtbot, clerk)
    qtbot.waitUntil(lambda: parcels(world.clerk())[0].tries == 1, timeout=PATIENCE)
    keystore.remember(dav.where, dav.credential)
    Sent(clerk).clicks("Try again")
    waits_for_states(qtbot, clerk, THERE)
    assert clerk.desk._context is not None
    log = ExchangeLog(clerk.desk._context, parent=clerk.window)
    log.show()
    part = Part(log, clerk)
    answers.path = world.folder / "exchange.txt"
    part.clicks("Save for the administrator…")
    text = answers.path.read_text(encoding="utf-8-sig")
    lines = [line.split("\t") for line in text.splitlines()]
    assert lines[0] == ["When", "What", "Where", "Took", "How it ended"]
    assert [line[1] for line in lines if line[4].startswith("went well: ")] == [
        "sending: package 1"
    ]
    assert any(line[4].endswith("[EXC-LOGIN]") for line in lines)
    assert {line[2] for line in lines[1:]} == {dav.where.label}
    part.clicks("Copy all")
    assert QGuiApplication.clipboard().text() == text.rstrip("\n")
    for secret in ("hush-hush", dav.credential.secret, "Basic "):
        assert secret not in text
    answers.path = world.folder / "gone" / "exchange.txt"
    part.clicks("Save for the administrator…")
    assert any("is not there" in each for each in part.texts())
    log.deleteLater()
    clerk.window.close()
    for secret in ("hush-hush", dav.credential.secret):
        assert secret.encode() not in world.clerk().read_bytes()


def test_when_only_the_clerk_knows_the_place_it_is_said(
    world: World, open_window: Opener, qtbot: QtBot, share: Path
) -> None:
    """The region forgets its place: what the clerk sent waits there, and nothing breaks."""
    with Register.open(world.region) as register:
        put_place(register, REGION, None)
    world.enters(GOOD)
    clerk = open_window(world.clerk())
    signs_and_sends(qtbot, clerk)
    waits_for_states(qtbot, clerk, THERE)
    region = open_window(world.region)
    waits_for_pill(qtbot, region, "no place of exchange")
    with Register.open(world.region) as register:
        put_place(register, REGION, Where("folder", str(share)))
    assert region.desk._context is not None
    region.desk._context.exchange.settings_changed()
    received = Receiving(region)
    qtbot.waitUntil(lambda: len(received.lines("arrivals")) == 1, timeout=PATIENCE)


def test_another_place_named_in_the_middle(
    world: World, open_window: Opener, qtbot: QtBot, dav: Server
) -> None:
    """What was half at the first place is whole at the second one, and believed nowhere else."""
    with_photo(world)
    other = world.folder / "other"
    other.mkdir()
    with bad_line(dav.port, rate=200_000) as line:
        where = dav.at(line.port)
        keystore.remember(where, dav.credential)
        meets(world, where)
        clerk = open_window(world.clerk())
        signs_and_sends(qtbot, clerk)
        qtbot.waitUntil(lambda: "sending" in states(clerk)[0], timeout=PATIENCE)
        with Dialog(clerk) as dialog:
            dialog.clicks("Folder")
            dialog.types("Address", str(other))
            dialog.clicks("Save")
            qtbot.waitUntil(dialog.is_over, timeout=PATIENCE)
        waits_for_states(qtbot, clerk, THERE, THERE)
        waits_for_pill(qtbot, clerk, "up to date at ")
        assert len(list(other.glob("v1/*/*/up/2024/*.taza"))) == 2, "the figures too"
        clerk.window.close()


def test_a_place_forgotten_in_the_middle(
    world: World, open_window: Opener, qtbot: QtBot, dav: Server
) -> None:
    with_photo(world)
    with bad_line(dav.port, rate=200_000) as line:
        where = dav.at(line.port)
        keystore.remember(where, dav.credential)
        meets(world, where)
        clerk = open_window(world.clerk())
        signs_and_sends(qtbot, clerk)
        qtbot.waitUntil(lambda: "sending" in states(clerk)[0], timeout=PATIENCE)
        with Dialog(clerk) as dialog:
            dialog.clicks("Forget the place")
            qtbot.waitUntil(dialog.is_over, timeout=PATIENCE)
        waits_for_pill(qtbot, clerk, "no place of exchange")
        qtbot.wait(500)
        assert states(clerk) == ["waits for the line", THERE]
        assert clerk.desk._context is not None
        assert clerk.desk._context.exchange.standing.progress is None
        page = Sent(clerk)
        assert not page.has_button("Send now")
        assert page.has_button("Copy to a stick…")
        clerk.window.close()


def test_a_test_that_is_given_up(world: World, open_window: Opener, dav: Server) -> None:
    """Nobody waits for a place that does not answer."""
    clerk = open_window(world.clerk())
    with bad_line(dav.port, hole=True) as line, Dialog(clerk) as dialog:
        dialog.types("Address", dav.at(line.port).address)
        dialog.types("User name", dav.credential.user)
        dialog.types("Password", dav.credential.secret)
        dialog.clicks("Save")
        assert dialog.reads("Being tried…")
        dialog.types("Password", "another")
        assert not dialog.reads("Being tried…"), "it was about something else"
        dialog.clicks("Test")
        dialog.clicks("Cancel")
    settle()
    with Register.open(world.clerk()) as register:
        assert not places(register)
