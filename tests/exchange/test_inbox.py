"""The inbox: what has come, what is wrong with it, what is missing. Nothing merges by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.exchange import inbox, journal, outbox
from taza_desktop.exchange.errands import Errands
from taza_desktop.exchange.looking import looks
from taza_desktop.exchange.place import Where
from taza_desktop.exchange.places import put_place
from taza_desktop.exchange.session import Session
from taza_desktop.merging.apply import apply
from taza_desktop.merging.preview import preview
from taza_desktop.packages import credentials
from taza_desktop.packages.keys import Keyring
from taza_desktop.packages.read import verify
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import COORDINATOR, DISTRICT, KEY, REGION, enrolled, new_register

PLAN = load_plan()
UP = f"v1/{REGION}/{DISTRICT}/up/2024"
Send = Callable[[int], str]


@pytest.fixture
def stick(tmp_path: Path, clerk: Register, region: Register) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    for register in (clerk, region):
        put_place(register, REGION, Where("folder", str(folder)))
    return folder


@pytest.fixture
def send(clerk: Register, secret: Keyring, stick: Path, tmp_path: Path) -> Send:
    """Makes a package and puts it at the place; returns its id."""

    def one(planted: int) -> str:
        clerk.set_cell(KEY, "planned", planted)
        clerk.set_cell(KEY, "planted", planted)
        round_ = Round.parse(KEY.round)
        made = export(clerk, PLAN, round_, tmp_path / f"made{planted}", secret)
        outbox.queue(clerk, made.package_id)
        with errands(clerk) as office:
            assert [refusal for _load, refusal in office.send()] == [None]
        return made.package_id

    return one


def errands(register: Register) -> Errands:
    return Errands(register, PLAN, Session(patience=1.0))


def fetch(register: Register, *, all_of_it: bool = True) -> list[inbox.Arrival]:
    with errands(register) as office:
        fetched = office.fetch(all_of_it=all_of_it)
    assert fetched.failed == {}
    return fetched.arrived


def test_fetched_verified_previewed_merged(region: Register, send: Send) -> None:
    package_id = send(10)
    (arrival,) = fetch(region)
    assert (arrival.state, arrival.package, arrival.seq) == ("arrived", package_id, 1)
    assert region.sheet(KEY).cells == {}  # a person decides
    opened = inbox.open_arrival(region, PLAN, arrival.path)
    assert len(preview(region, opened).changes) == 2
    apply(region, opened)
    assert region.sheet(KEY).cells["planted"] == 10
    (arrival,) = inbox.arrivals(region)
    assert arrival.state == "merged"
    assert fetch(region) == []
    with pytest.raises(Refusal) as refused:
        inbox.data_of(region, arrival.path)  # the package itself keeps the bytes now
    assert refused.value.code == "EXC-NOT-HERE"


def test_each_package_comes_once(region: Register, send: Send) -> None:
    send(10)
    assert len(fetch(region)) == 1
    send(20)
    assert len(fetch(region, all_of_it=False)) == 1
    assert fetch(region) == []
    assert [one.seq for one in sorted(inbox.arrivals(region), key=lambda one: one.seq)] == [1, 2]


def test_both_ways_at_once_do_no_harm(
    region: Register, clerk: Register, send: Send, tmp_path: Path
) -> None:
    """The same package by stick and by the place."""
    package_id = send(10)
    file = next((tmp_path / "made10").iterdir())
    apply(region, verify(file, credentials.trust_pem(region), PLAN))
    (arrival,) = fetch(region)
    assert arrival.state == "merged"
    assert apply(region, inbox.open_arrival(region, PLAN, arrival.path)).already
    assert [one.envelope.package_id for one in region.packages("in")] == [package_id]


def test_a_late_package_with_an_earlier_name_is_found_by_a_full_look(
    region: Register, send: Send, stick: Path
) -> None:
    send(10)
    hidden = next((stick / UP).iterdir())
    aside = stick / hidden.name
    hidden.rename(aside)
    send(20)
    assert [one.seq for one in fetch(region)] == [2]
    aside.rename(hidden)
    assert fetch(region, all_of_it=False) == []
    assert [one.seq for one in fetch(region)] == [1]


def test_gaps_are_shown_until_they_close(region: Register, send: Send, stick: Path) -> None:
    for number in (10, 20, 30):
        send(number)
    first, second, third = sorted((stick / UP).iterdir())
    aside = stick / "aside"
    first.rename(aside)
    second.unlink()
    fetch(region)
    ((name, missing),) = inbox.gaps(region, PLAN)
    assert (name, missing) == ("Айгүл Сейітқызы", (1, 2))
    aside.rename(first)
    fetch(region)
    assert inbox.gaps(region, PLAN) == [("Айгүл Сейітқызы", (2,))]
    assert third.is_file()


def test_two_hashes_under_one_number_are_both_kept(
    region: Register, clerk: Register, send: Send, stick: Path, secret: Keyring, tmp_path: Path
) -> None:
    """Two people work with copies of one register."""
    send(10)
    clerk.db.execute("UPDATE packages SET signer_serial = 'other' WHERE direction = 'out'")
    send(20)
    arrived = fetch(region)
    assert [one.seq for one in arrived] == [1, 1]
    assert {one.state for one in arrived} == {"arrived"}


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda data: data[:-10], "EXC-DAMAGED"),
        (lambda data: data[:900] + bytes([data[900] ^ 1]) + data[901:], "EXC-DAMAGED"),
        (lambda _: b"", "EXC-DAMAGED"),
        (lambda _: b"<html>Please log in</html>", "EXC-DAMAGED"),
    ],
)
def test_bytes_that_are_not_what_the_name_says(
    region: Register, send: Send, stick: Path, spoil: Callable[[bytes], bytes], code: str
) -> None:
    send(10)
    file = next((stick / UP).iterdir())
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    with errands(region) as office:
        fetched = office.fetch()
    assert fetched.arrived == []
    assert [refusal.code for refusal in fetched.failed.values()] == [code]
    assert [(one.state, one.code) for one in inbox.arrivals(region)] == [("refused", code)]
    assert journal.read(region)[0].code == code
    assert fetch(region) == []  # not at every look
    file.write_bytes(whole)  # put right, it comes: at once when its size tells, else soon
    if len(spoil(whole)) == len(whole):
        assert fetch(region) == []
        now = region.clock()
        region.clock = lambda: now + 3600
    assert [one.state for one in fetch(region)] == ["arrived"]
    assert [one.state for one in inbox.arrivals(region)] == ["arrived"]


def test_a_stranger_is_refused_and_not_fetched_again(
    region: Register, stick: Path, secret: Keyring, tmp_path: Path
) -> None:
    """Anybody who can write to the place can put something there; only signatures are believed."""
    other = Office("region", REGION, "Басқа")
    with (
        new_register(tmp_path, "other", other) as authority,
        new_register(tmp_path, "stranger", Office("clerk", DISTRICT, "Бөтен")) as stranger,
    ):
        credentials.create_authority(authority, secret)
        enrolled(stranger, authority, secret)
        put_place(stranger, REGION, Where("folder", str(stick)))
        stranger.set_cell(KEY, "planned", 1)
        stranger.set_cell(KEY, "planted", 1)
        made = export(stranger, PLAN, Round.parse(KEY.round), tmp_path / "strange", secret)
        outbox.queue(stranger, made.package_id)
        with errands(stranger) as office:
            list(office.send())
    (arrival,) = fetch(region)
    assert (arrival.state, arrival.code) == ("refused", "PKG-STRANGER")
    assert arrival.text
    assert fetch(region) == []
    with pytest.raises(Refusal):
        inbox.open_arrival(region, PLAN, arrival.path)
    inbox.drop(region, arrival.path)
    assert len(fetch(region)) == 1


def test_what_needs_a_passphrase_is_kept(region: Register, send: Send) -> None:
    def sealed(*_: object) -> None:
        raise Refusal("PKG-SEALED", "encrypted")

    send(10)
    with Errands(region, PLAN, Session(patience=1.0), read=sealed) as office:
        (arrival,) = office.fetch().arrived
    assert (arrival.state, arrival.package) == ("sealed", "")
    assert inbox.open_arrival(region, PLAN, arrival.path).envelope.seq == 1


def test_everything_below_is_looked_into(region: Register, clerk: Register, stick: Path) -> None:
    found = looks(region, PLAN)
    assert len(found) == 1 + len(PLAN.territories.children(REGION, offices_only=True))
    assert {look.lane.way for look in found} == {"up"}
    (down,) = looks(clerk, PLAN)
    assert down.lane == (REGION, DISTRICT, "down")
    put_place(region, "000000000", Where("folder", str(stick)))
    assert looks(region, PLAN)[-1].lane == ("000000000", REGION, "down")
    assert COORDINATOR.territory == REGION


def test_a_place_that_is_away_is_told_and_the_others_are_looked_into(
    region: Register, send: Send, stick: Path
) -> None:
    send(10)
    put_place(region, "000000000", Where("folder", str(stick / "away")))
    with errands(region) as office:
        fetched = office.fetch()
    assert len(fetched.arrived) == 1
    assert [refusal.code for refusal in fetched.failed.values()] == ["EXC-FOLDER-GONE"]
