"""Ten clerks and two coordinators at one place, with random faults: nothing lost or doubled.

CROWD_SEEDS says how many crowds each server sees; a crowd that went wrong names its seed.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from taza_desktop.exchange import inbox, line, outbox
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.errands import Errands
from taza_desktop.exchange.keystore import remember
from taza_desktop.exchange.layout import Lane
from taza_desktop.exchange.places import put_place
from taza_desktop.exchange.requests import KB, Request
from taza_desktop.exchange.run import Answered
from taza_desktop.exchange.session import Session
from taza_desktop.merging.apply import apply
from taza_desktop.packages.keys import Keyring
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.exchange.kit import Post
from tests.exchange.lines import BadLine, bad_line
from tests.exchange.servers import Server
from tests.packages.kit import COORDINATOR, REGION, dumped, enrolled, new_register

PLAN = load_plan()
ROUND = Round.parse("2024")
CLERKS, PACKAGES = 10, 3
MOODY = 4.0  # seconds
SEEDS = range(1, 1 + int(os.environ.get("CROWD_SEEDS", "1")))
SERVERS = [
    "apache", "seaweed",
    *(pytest.param(name, marks=pytest.mark.thorough) for name in ("replicated", "ceph")),
]  # fmt: skip
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


class Killed(Exception):
    """The PC was switched off."""


class MortalDriver(HttpDriver):
    """Ends its program now and then, before one of its requests."""

    chance = 0.0
    dice = random.Random()

    def start(self, request: Request, answered: Answered) -> None:
        if self.dice.random() < self.chance:
            raise Killed
        super().start(request, answered)


def misbehave(bad: BadLine, seed: int) -> None:
    """Line and programs change their mood all the time, then all is well."""
    dice, until = random.Random(seed), time.monotonic() + MOODY
    while time.monotonic() < until:
        bad.drop_every = dice.choice([0, 0, 3_000, 10_000])
        bad.swallow = dice.choice([0, 0, 1, 2])
        bad.chance = dice.choice([0.0, 0.02])
        if dice.random() < 0.3:
            bad.break_all()
        time.sleep(0.1)
    bad.drop_every, bad.swallow, bad.chance, MortalDriver.chance = 0, 0, 0.0, 0.0


def work(register: Register, made: list[str]) -> None:
    """A clerk's program: closed, killed, opened again, until everything is there."""
    for package_id in made:
        outbox.queue(register, package_id)
    while True:
        with suppress(Killed), Errands(register, PLAN, Session(patience=1.0)) as office:
            list(office.send())
        outbox.line_is_back(register)
        if all(one.state == "placed" for one in outbox.parcels(register)):
            return
        time.sleep(0.05)


@pytest.mark.crowd
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_ten_clerks_and_two_coordinators(
    server: Server, seed: int, clerks: list[Register], coordinators: list[Register],
    secret: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("taza_desktop.exchange.line._REST", 0.05)
    monkeypatch.setattr("taza_desktop.exchange.errands.HttpDriver", MortalDriver)
    monkeypatch.setattr(MortalDriver, "chance", 0.05)
    monkeypatch.setattr(MortalDriver, "dice", random.Random(f"kill {seed}"))
    if seed % 2:  # figures alone are small; so they go in parts as well
        monkeypatch.setattr(line, "_FIRST", 4 * KB)
    made = [fill(one, secret, tmp_path / f"out{n}") for n, one in enumerate(clerks)]
    sweep(server)
    with bad_line(server.port, seed=seed) as bad:
        remember(server.at(bad.port), server.credential)
        for register in (*clerks, *coordinators):
            put_place(register, REGION, server.at(bad.port))
        mood = threading.Thread(target=misbehave, args=(bad, seed))
        senders = [
            threading.Thread(target=work, args=pair) for pair in zip(clerks, made, strict=True)
        ]
        for thread in (mood, *senders):
            thread.start()
        for register in coordinators:
            collect(register)
        for thread in senders:
            thread.join()
        mood.join()
        for register in coordinators:
            collect(register, times=1)
    sent = sorted(package_id for ids in made for package_id in ids)
    for register in coordinators:
        came = [one.package for one in inbox.arrivals(register)]
        assert sorted(came) == sent  # nothing lost, nothing doubled
        merge_all(register)
        assert sorted(one.envelope.package_id for one in register.packages("in")) == sent
        assert inbox.gaps(register, PLAN) == []
    first, second = map(dumped, coordinators)
    assert first == second
    total = sum(1000 * PACKAGES for _ in {one.office.territory for one in clerks})
    planted = [sheet.cells.get("planted") for sheet in coordinators[0].sheets(ROUND.code, 6)]
    assert sum(int(str(value)) for value in planted) == total


def sweep(server: Server) -> None:
    """Take away what crowds before have left in these lanes."""
    place = Post.at(server.where, server.credential).place
    with HttpDriver() as driver:
        for district in DISTRICTS:
            folder = Lane(REGION, district, "up").folder
            for entry in driver.run(place.names(folder)):
                driver.run(place.remove(f"{folder}/{entry.name}"))


def collect(register: Register, times: int = 6) -> None:
    """Look into all lanes while everybody sends."""
    for _ in range(times):
        with suppress(Killed), Errands(register, PLAN, Session(patience=1.0)) as office:
            office.fetch()


def merge_all(register: Register) -> None:
    arrived = [one for one in inbox.arrivals(register) if one.state == "arrived"]
    for arrival in reversed(arrived):
        apply(register, inbox.open_arrival(register, PLAN, arrival.path))
