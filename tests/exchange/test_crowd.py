"""Ten clerks and two coordinators at one place, with random faults: nothing lost or doubled."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from taza_desktop.exchange import inbox, outbox
from taza_desktop.exchange.errands import Errands
from taza_desktop.exchange.keystore import remember
from taza_desktop.exchange.places import put_place
from taza_desktop.exchange.session import Session
from taza_desktop.merging.apply import apply
from taza_desktop.packages.keys import Keyring
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.exchange.lines import BadLine, bad_line
from tests.exchange.servers import Server
from tests.packages.kit import COORDINATOR, REGION, dumped, enrolled, new_register

PLAN = load_plan()
ROUND = Round.parse("2024")
CLERKS, PACKAGES, ROUNDS = 10, 3, 40
DISTRICTS = [one.kato for one in PLAN.territories.children(REGION, offices_only=True)]


@pytest.fixture
def coordinators(region: Register, tmp_path: Path) -> Iterator[list[Register]]:
    """Two of one office, with the same authority, each with a register of an own."""
    with new_register(tmp_path, "second", COORDINATOR) as second:
        second.put_credential("authority", **region.credential("authority"))
        yield [region, second]


@pytest.fixture
def clerks(region: Register, secret: Keyring, tmp_path: Path) -> Iterator[list[Register]]:
    """Some districts have two clerks."""
    with ExitStack() as stack:
        made: list[Register] = []
        for number in range(CLERKS):
            office = Office("clerk", DISTRICTS[number % 7], f"Маман {number}")
            register = new_register(tmp_path, f"clerk{number}", office)
            made.append(stack.enter_context(register))
            enrolled(register, region, secret)
        yield made


def fill(register: Register, secret: Keyring, folder: Path) -> list[str]:
    """Packages one after another, each with more in it."""
    key, made = SheetKey(6, register.office.territory, ROUND.code), list[str]()
    for number in range(1, PACKAGES + 1):
        entry = {"place": key.territory, "planted": number}
        register.set_cell(key, "planned", 1000 * number)
        register.set_cell(key, "planted", 1000 * number)
        register.add_entry(key, "plantings", entry)
        made.append(export(register, PLAN, ROUND, folder / f"{number}", secret).package_id)
    return made


def misbehave(line: BadLine, chance: random.Random, stop: threading.Event) -> None:
    """The line changes its mood all the time."""
    while not stop.wait(0.1):
        line.drop_every = chance.choice([0, 0, 3_000, 10_000])
        line.swallow = chance.choice([0, 0, 1, 2])
        line.chance = chance.choice([0.0, 0.02])
        if chance.random() < 0.3:
            line.break_all()


def work(register: Register, made: list[str], until_there: bool) -> None:
    """A clerk's program, closed and opened again and again."""
    for package_id in made:
        outbox.queue(register, package_id)
    for _session in range(ROUNDS):
        with Errands(register, PLAN, Session(patience=1.0)) as office:
            list(office.send())
        outbox.line_is_back(register)
        if not until_there or all(one.state == "placed" for one in outbox.parcels(register)):
            return
        time.sleep(0.05)


@pytest.mark.crowd
@pytest.mark.parametrize("server", ["apache", "seaweed"], indirect=True)
def test_ten_clerks_and_two_coordinators(
    server: Server, clerks: list[Register], coordinators: list[Register], secret: Keyring,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("taza_desktop.exchange.line._REST", 0.05)
    made = [fill(one, secret, tmp_path / f"out{n}") for n, one in enumerate(clerks)]
    stop = threading.Event()
    with bad_line(server.port) as line:
        remember(server.at(line.port), server.credential)
        for register in (*clerks, *coordinators):
            put_place(register, REGION, server.at(line.port))
        mood = threading.Thread(target=misbehave, args=(line, random.Random(7), stop))
        senders = [
            threading.Thread(target=work, args=(register, ids, True))
            for register, ids in zip(clerks, made, strict=True)
        ]
        for thread in (mood, *senders):
            thread.start()
        for register in coordinators:
            collect(register)
        for thread in senders:
            thread.join()
        stop.set()
        mood.join()
        line.drop_every, line.swallow, line.chance = 0, 0, 0.0
        for register in coordinators:
            collect(register, times=1)
    sent = sorted(package_id for ids in made for package_id in ids)
    for register in coordinators:
        # other tests leave packages of strangers at the same place; those are refused
        came = [one.package for one in inbox.arrivals(register) if one.state != "refused"]
        assert sorted(came) == sent  # nothing lost, nothing doubled
        merge_all(register)
        assert sorted(one.envelope.package_id for one in register.packages("in")) == sent
        assert inbox.gaps(register, PLAN) == []
    first, second = map(dumped, coordinators)
    assert first == second
    total = sum(1000 * PACKAGES for _ in {one.office.territory for one in clerks})
    planted = [sheet.cells.get("planted") for sheet in coordinators[0].sheets(ROUND.code, 6)]
    assert sum(int(str(value)) for value in planted) == total


def collect(register: Register, times: int = 6) -> None:
    """Look into all lanes while everybody sends."""
    for _ in range(times):
        with Errands(register, PLAN, Session(patience=1.0)) as office:
            office.fetch()


def merge_all(register: Register) -> None:
    arrived = [one for one in inbox.arrivals(register) if one.state == "arrived"]
    for arrival in reversed(arrived):
        apply(register, inbox.open_arrival(register, PLAN, arrival.path))
