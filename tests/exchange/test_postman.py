"""The postman in Qt's loop: the register on its worker, the network beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from taza_desktop.errors import Refusal
from taza_desktop.exchange import inbox, outbox
from taza_desktop.exchange.jobs import Progress
from taza_desktop.exchange.keystore import remember
from taza_desktop.exchange.place import Where
from taza_desktop.exchange.places import put_place
from taza_desktop.exchange.session import Session
from taza_desktop.packages.keys import Keyring
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.register import Register
from taza_desktop.ui.exchange_postman import Postman
from taza_desktop.ui.worker import Worker
from tests.exchange.kit import KB
from tests.exchange.lines import bad_line
from tests.exchange.servers import Server
from tests.packages.kit import KEY, REGION, picture

PLAN = load_plan()
LONG = 20_000  # milliseconds
Open = Callable[[Register], Postman]


@pytest.fixture
def open_office(qapp: object) -> Iterator[Open]:
    """A postman for a register, on a worker thread of its own."""
    opened: list[tuple[Postman, Worker[Register]]] = []

    def one(register: Register) -> Postman:
        path = register.path
        worker = Worker(lambda: Register.open(path), path=path)
        opened.append((Postman(worker, PLAN, Session(patience=2.0)), worker))
        return opened[-1][0]

    yield one
    for postman, worker in opened:
        postman.close()
        worker.close()
        postman.deleteLater()
        worker.deleteLater()


@pytest.fixture
def made(clerk: Register, secret: Keyring, tmp_path: Path) -> str:
    """A package that waits for nobody yet."""
    clerk.set_cell(KEY, "planned", 10)
    clerk.set_cell(KEY, "planted", 10)
    return export(clerk, PLAN, Round.parse(KEY.round), tmp_path / "made", secret).package_id


def state(register: Register) -> str:
    (parcel,) = outbox.parcels(register)
    return parcel.state


def meet(server: Server, where: Where, *registers: Register) -> None:
    remember(where, server.credential)
    for register in registers:
        put_place(register, REGION, where)


@pytest.mark.parametrize("server", ["apache", "seaweed"], indirect=True)
def test_from_outbox_to_inbox(
    qtbot: QtBot, open_office: Open, server: Server, clerk: Register, region: Register, made: str
) -> None:
    meet(server, server.where, clerk, region)
    sender, receiver = open_office(clerk), open_office(region)
    told: list[Progress] = []
    sender.progress.connect(told.append)
    with qtbot.waitSignal(sender.changed, timeout=LONG):
        sender.send_now(made)
    qtbot.waitUntil(lambda: state(clerk) == "placed", timeout=LONG)
    assert told[-1].arrived == told[-1].size > 0
    came: list[list[inbox.Arrival]] = []
    receiver.came.connect(came.append)
    receiver.start()
    qtbot.waitUntil(lambda: any(one.package == made for (one,) in came), timeout=LONG)
    assert region.sheet(KEY).cells == {}


def test_a_line_that_comes_back(
    qtbot: QtBot, open_office: Open, clerk: Register, made: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    put_place(clerk, REGION, Where("folder", str(stick)))
    postman, failed = open_office(clerk), list[Refusal]()
    postman.failed.connect(failed.append)
    postman.send_now(made)
    qtbot.waitUntil(lambda: bool(failed), timeout=LONG)
    assert failed[0].code == "EXC-FOLDER-GONE"
    qtbot.waitUntil(lambda: outbox.parcels(clerk)[0].tries == 1, timeout=LONG)
    stick.mkdir()
    postman.send_now(made)  # «send now» does not wait for the pause
    qtbot.waitUntil(lambda: state(clerk) == "placed", timeout=LONG)


def test_stopped_on_the_way(
    qtbot: QtBot, open_office: Open, apache: Server, clerk: Register, secret: Keyring,
    tmp_path: Path,
) -> None:  # fmt: skip
    """What has arrived stays, and the rest follows when it is wanted again."""
    photo = clerk.attach(picture("PNG", (700, 500)) + b"", "a.png")
    clerk.set_cell(KEY, "planned", 10)
    clerk.set_cell(KEY, "planted", 10)
    assert photo["size"]
    made = export(clerk, PLAN, Round.parse(KEY.round), tmp_path / "made", secret).package_id
    with bad_line(apache.port, hole=True) as line:
        meet(apache, apache.at(line.port), clerk)
        postman = open_office(clerk)
        with qtbot.waitSignal(postman.busy, timeout=LONG):
            postman.send_now(made)
        qtbot.waitUntil(lambda: line.connections > 0, timeout=LONG)
        postman.stop(made)
        qtbot.waitUntil(lambda: state(clerk) == "stopped", timeout=LONG)
        line.hole = False
        postman.send_now(made)
        qtbot.waitUntil(lambda: state(clerk) == "placed", timeout=LONG)


def test_no_place_and_no_credential(
    qtbot: QtBot, open_office: Open, clerk: Register, made: str
) -> None:
    postman, failed = open_office(clerk), list[Refusal]()
    postman.failed.connect(failed.append)
    postman.send_now(made)
    qtbot.waitUntil(lambda: state(clerk) == "waiting", timeout=LONG)
    qtbot.waitUntil(lambda: [one.code for one in failed] == ["EXC-NO-PLACE"], timeout=LONG)
    failed.clear()
    put_place(clerk, REGION, Where("webdav", "https://cloud.test/x"))
    postman.send_now(made)
    qtbot.waitUntil(lambda: bool(failed), timeout=LONG)
    assert failed[0].code == "EXC-NO-CREDENTIAL"
    assert 400 * KB > outbox.parcels(clerk)[0].size > 0


def test_closed_in_the_middle(
    qtbot: QtBot, open_office: Open, apache: Server, clerk: Register, made: str
) -> None:
    with bad_line(apache.port, hole=True) as line:
        meet(apache, apache.at(line.port), clerk)
        postman = open_office(clerk)
        postman.send_now(made)
        qtbot.waitUntil(lambda: line.connections > 0, timeout=LONG)
        postman.close()
        qtbot.wait(50)
    assert state(clerk) == "waiting"
