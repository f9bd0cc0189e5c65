"""Nothing is lost, doubled or hidden when things come again, twice, spoilt or for somebody else."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from taza_desktop.errors import EnvironmentFault, Refusal
from taza_desktop.exchange import inbox, journal, outbox
from taza_desktop.exchange.errands import Errands, Fetched
from taza_desktop.exchange.layout import part_name
from taza_desktop.exchange.looking import Found
from taza_desktop.exchange.parts import Part, write_list
from taza_desktop.exchange.place import Where
from taza_desktop.exchange.places import put_place
from taza_desktop.exchange.session import Session
from taza_desktop.merging.apply import apply
from taza_desktop.packages import credentials, limits
from taza_desktop.packages.keys import Keyring
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import DISTRICT, KEY, REGION, dumped, enrolled, new_register

PLAN = load_plan()
ROUND = Round.parse(KEY.round)
UP = f"v1/{REGION}/{DISTRICT}/up/2024"
OTHER = next(
    one.kato for one in PLAN.territories.children(REGION, offices_only=True) if one.kato != DISTRICT
)
Make = Callable[[Register, int], str]


@pytest.fixture
def stick(tmp_path: Path, clerk: Register, region: Register) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    for register in (clerk, region):
        put_place(register, REGION, Where("folder", str(folder)))
    return folder


@pytest.fixture
def make(secret: Keyring, tmp_path: Path) -> Make:
    """Makes a package and queues it; returns its id."""

    def one(register: Register, planted: int) -> str:
        key = SheetKey(KEY.measure, register.office.territory, KEY.round)
        register.set_cell(key, "planned", planted)
        register.set_cell(key, "planted", planted)
        folder = tmp_path / f"{key.territory}-{planted}"
        made = export(register, PLAN, ROUND, folder, secret).package_id
        outbox.queue(register, made)
        return made

    return one


@pytest.fixture
def sent(clerk: Register, make: Make, stick: Path) -> Path:
    """A package of the clerk lies there."""
    make(clerk, 10)
    assert send(clerk) == [None]
    return next((stick / UP).iterdir())


def errands(register: Register) -> Errands:
    return Errands(register, PLAN, Session(patience=1.0))


def send(register: Register) -> list[str | None]:
    with errands(register) as office:
        return [refusal and refusal.code for _load, refusal in office.send()]


def look_after(register: Register) -> int:
    with errands(register) as office:
        return len(office.look_after())


def fetch(register: Register, *, all_of_it: bool = True) -> Fetched:
    with errands(register) as office:
        return office.fetch(all_of_it=all_of_it)


def later(register: Register, seconds: float) -> None:
    now = register.clock() + seconds
    register.clock = lambda: now


def test_a_place_that_keeps_nothing_is_sent_to_ever_more_seldom(
    clerk: Register, sent: Path
) -> None:
    """The first time at once, as something may have gone wrong; then after growing pauses."""
    later(clerk, 1)
    begun, times = clerk.clock(), list[float]()
    for _ in range(3000):
        if outbox.due_in(clerk) == 0:
            assert send(clerk) == [None]
            times.append(clerk.clock() - begun)
        sent.unlink(missing_ok=True)
        look_after(clerk)
        later(clerk, 120)
    pauses = [after - before for before, after in pairwise(times)]
    assert times[0] == pytest.approx(120)
    assert pauses == sorted(pauses)
    assert len(times) < 12  # in four days
    codes = [one.code for one in journal.read(clerk) if one.way == "look"]
    assert set(codes) == {"EXC-VANISHED"}
    assert outbox.parcels(clerk)[0].code in ("", "EXC-VANISHED")


def test_what_lies_in_parts_lies_there_with_all_of_them(clerk: Register, sent: Path) -> None:
    """The list of parts alone is no package."""
    data = sent.read_bytes()
    load = outbox.unanswered(clerk, PLAN)[0]
    folder, half = sent.parents[4] / load.item.parts.removeprefix("v1/"), len(data) // 2
    folder.mkdir(parents=True)
    parts = [Part(0, half), Part(half, len(data) - half)]
    for part in parts:
        (folder / part_name(*part)).write_bytes(data[part.offset : part.end])
    listed = sent.with_name(sent.name + ".json")
    listed.write_bytes(write_list(parts, load.size, load.sha256))
    sent.unlink()
    assert look_after(clerk) == 0
    (folder / part_name(*parts[0])).write_bytes(b"torn")
    assert look_after(clerk) == 1
    assert send(clerk) == [None]
    listed.write_bytes(b"{}")
    sent.unlink()
    assert look_after(clerk) == 1


def test_what_has_no_place_any_more_holds_nothing_up(
    clerk: Register, region: Register, sent: Path, make: Make
) -> None:
    put_place(clerk, REGION, None)
    assert look_after(clerk) == 0
    put_place(clerk, REGION, Where("webdav", "https://cloud.test/x"))  # nobody's password is known
    assert look_after(clerk) == 0


def test_somebody_misses_it(clerk: Register, region: Register, sent: Path) -> None:
    """It has its name and its size and other bytes: sent again, it is put right."""
    whole = sent.read_bytes()
    sent.write_bytes(bytes(len(whole)))
    assert [one.code for one in fetch(region).failed.values()] == ["EXC-DAMAGED"]
    assert look_after(clerk) == 0  # its size says nothing
    outbox.queue(clerk, outbox.parcels(clerk)[0].package.envelope.package_id)
    assert send(clerk) == [None]
    assert sent.read_bytes() == whole
    assert fetch(region).arrived == []  # not at every look
    later(region, 3600)
    assert [one.state for one in fetch(region).arrived] == ["arrived"]


def test_what_stays_spoilt_is_fetched_ever_more_seldom(region: Register, sent: Path) -> None:
    sent.write_bytes(bytes(sent.stat().st_size))
    tries = 0
    for _ in range(24 * 60 // 5):  # a day of looks
        tries += len(fetch(region, all_of_it=False).failed)
        later(region, 300)
    assert 5 <= tries <= 9
    (arrival,) = inbox.arrivals(region)
    assert (arrival.state, arrival.code) == ("refused", "EXC-DAMAGED")


def test_junk_beside_a_package_hides_it_not(region: Register, sent: Path) -> None:
    """Names that look like its own: another number, another year, a list of parts."""
    year, name = sent.parent, sent.name
    (year / name.replace("000001", "000099")).write_bytes(b"junk")
    (year / f"{name}.json").write_bytes(b"junk")
    later_year = year.with_name("9999")
    later_year.mkdir()
    (later_year / name).write_bytes(b"junk")
    assert [one.state for one in fetch(region).arrived] == ["arrived"]
    assert fetch(region, all_of_it=False).arrived == []


def test_a_far_year_does_not_end_quick_looks(
    clerk: Register, region: Register, sent: Path, make: Make
) -> None:
    far = sent.parent.with_name("9999")
    far.mkdir()
    (far / sent.name).write_bytes(b"junk")
    fetch(region)
    make(clerk, 20)
    send(clerk)
    assert [one.seq for one in fetch(region, all_of_it=False).arrived] == [2]


def test_a_spoilt_file_hides_not_its_good_parts(region: Register, sent: Path) -> None:
    whole = sent.read_bytes()
    folder = sent.parents[2] / "parts" / sent.name.partition("-")[2][:16]
    folder.mkdir(parents=True)
    (folder / part_name(0, len(whole))).write_bytes(whole)
    digest = hashlib.sha256(whole).hexdigest()
    listed = write_list([Part(0, len(whole))], len(whole), digest)
    sent.with_name(sent.name + ".json").write_bytes(listed)
    sent.write_bytes(whole[:100])
    assert [one.state for one in fetch(region).arrived] == ["arrived"]


def test_the_same_package_under_two_names_is_one(
    clerk: Register, region: Register, sent: Path
) -> None:
    """As when it was encrypted anew, or somebody replays it."""
    fetch(region)
    copy = sent.with_name(sent.name.replace("000001", "000007"))
    copy.write_bytes(sent.read_bytes())
    fetch(region)
    (arrival,) = inbox.arrivals(region)
    assert inbox.count_new(region) == 1
    apply(region, inbox.open_arrival(region, PLAN, arrival.path))
    before = dumped(region)
    copy.rename(copy.with_name(copy.name.replace("000007", "000008")))
    assert [one.state for one in fetch(region).arrived] == ["merged"]
    assert [one.state for one in inbox.arrivals(region)] == ["merged"]
    assert inbox.count_new(region) == 0
    assert dumped(region) == before
    assert inbox.gaps(region, PLAN) == []


def test_a_package_for_another_office(
    clerk: Register, region: Register, sent: Path, secret: Keyring, tmp_path: Path
) -> None:
    """What was meant for Qostanai lies in the lane of Aqmola."""
    far = "390000000"
    with (
        new_register(tmp_path, "far", Office("region", far, "Марат")) as other,
        new_register(tmp_path, "below", Office("clerk", "393600000", "Айгүл")) as below,
    ):
        credentials.create_authority(other, secret)
        enrolled(below, other, secret)
        key = SheetKey(KEY.measure, "393600000", KEY.round)
        below.set_cell(key, "planned", 1)
        below.set_cell(key, "planted", 1)
        made = export(below, PLAN, ROUND, tmp_path / "stray", secret)
        data = below.container(made.package_id)
    name = f"000005-{hashlib.sha256(data).hexdigest()[:16]}.taza"
    (sent.parent / name).write_bytes(data)
    before = dumped(region)
    states = {one.path.rpartition("/")[2]: one.state for one in fetch(region).arrived}
    assert states == {sent.name: "arrived", name: "refused"}
    assert dumped(region) == before


def test_one_below_in_the_lane_of_another_counts_as_who_signed(
    region: Register, sent: Path, make: Make, secret: Keyring, tmp_path: Path
) -> None:
    with new_register(tmp_path, "other", Office("clerk", OTHER, "Болат")) as other:
        enrolled(other, region, secret)
        put_place(other, REGION, Where("folder", str(sent.parents[5])))
        package_id = make(other, 7)
        send(other)
    theirs = next((sent.parents[5] / f"v1/{REGION}/{OTHER}/up/2024").iterdir())
    theirs.rename(sent.with_name(theirs.name))
    arrived = {one.package: one.signer for one in fetch(region).arrived}
    assert arrived[package_id] == "Болат"


@pytest.mark.parametrize("really", [False, True])
def test_larger_than_a_package_can_be(
    region: Register, sent: Path, monkeypatch: pytest.MonkeyPatch, really: bool
) -> None:
    """It is not even fetched; what was kept before stays as it is."""
    monkeypatch.setattr(limits, "SEALED", sent.stat().st_size - 1 if really else limits.SEALED)
    if not really:
        with sent.open("r+b") as stream:
            stream.truncate(300 * limits.MB)  # a hole in the file, no bytes on the disk
    before = dumped(region)
    assert [one.code for one in fetch(region).failed.values()] == ["EXC-TOO-BIG"]
    assert fetch(region).failed == {}
    assert dumped(region) == before
    assert [(one.state, one.code) for one in inbox.arrivals(region)] == [("refused", "EXC-TOO-BIG")]


def test_a_number_out_of_this_world_hangs_nobody(region: Register, sent: Path) -> None:
    fetch(region)
    region.db.execute("UPDATE arrivals SET seq = ?", (2**53,))
    ((name, missing),) = inbox.gaps(region, PLAN)
    assert (name, len(missing), missing[0]) == ("Айгүл Сейітқызы", 100, 1)


def test_a_second_program_cannot_spoil_what_has_come(region: Register, sent: Path) -> None:
    (arrival,) = fetch(region).arrived
    item = inbox._item_of(arrival.path)
    found = Found(item, 1)
    inbox.refuse(region, found, Refusal("EXC-DAMAGED", "spoilt"))
    assert inbox.arrivals(region) == [arrival]
    assert inbox.data_of(region, arrival.path)


def test_what_a_person_stops_while_it_is_under_way_stays_stopped(
    clerk: Register, make: Make, stick: Path
) -> None:
    package_id = make(clerk, 10)
    stick.rmdir()
    with errands(clerk) as office:
        for load, _refusal in office.send(tell=None):
            assert load.package_id == package_id
    load = outbox.next_load(clerk, PLAN, wanted=[package_id])
    assert load is not None
    outbox.stop(clerk, package_id)
    outbox.note_failed(clerk, load, Refusal("EXC-DROPPED", "broke"), 0, 0)
    assert outbox.parcels(clerk)[0].state == "stopped"


def test_window_and_command_line_send_from_one_register(
    clerk: Register, region: Register, make: Make, stick: Path
) -> None:
    made = [make(clerk, number) for number in range(1, 7)]
    faults: list[BaseException] = []

    def program() -> None:
        try:
            with Register.open(clerk.path) as same:
                for _ in range(3):
                    send(same)
                    look_after(same)
        except BaseException as fault:
            faults.append(fault)

    programs = [threading.Thread(target=program) for _ in range(2)]
    for one in programs:
        one.start()
    for one in programs:
        one.join()
    assert faults == []
    assert {one.state for one in outbox.parcels(clerk)} == {"placed"}
    assert sorted(one.package for one in fetch(region).arrived) == sorted(made)
    assert len(list((stick / UP).iterdir())) == len(made)


def test_a_full_disk_here_says_nothing_of_the_package(
    region: Register, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(EnvironmentFault) as refused:
            fetch(region)
    assert refused.value.code == "ENV-DISK-FULL"
    assert inbox.arrivals(region) == []
    assert [one.state for one in fetch(region).arrived] == ["arrived"]
