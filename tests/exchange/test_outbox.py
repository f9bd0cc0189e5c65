"""The outbox: what waits, when it is tried again, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.exchange import inbox, journal, outbox
from taza_desktop.exchange.errands import Errands
from taza_desktop.exchange.faults import LineFault
from taza_desktop.exchange.place import Where
from taza_desktop.exchange.places import put_place, reach_of
from taza_desktop.exchange.session import Session
from taza_desktop.packages.keys import Keyring
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.ids import package_record, review_record
from taza_desktop.register.model import PACKAGE, REVIEW
from taza_desktop.register.register import Register
from tests.packages.kit import DISTRICT, KEY, REGION

PLAN = load_plan()
ROUND = Round.parse(KEY.round)
Make = Callable[[int], str]


@pytest.fixture
def make(clerk: Register, secret: Keyring, tmp_path: Path) -> Make:
    """Makes a package; returns its id."""

    def one(planted: int) -> str:
        clerk.set_cell(KEY, "planned", planted)
        clerk.set_cell(KEY, "planted", planted)
        return export(clerk, PLAN, ROUND, tmp_path / f"made{planted}", secret).package_id

    return one


@pytest.fixture
def stick(tmp_path: Path, clerk: Register, region: Register) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    where = Where("folder", str(folder))
    put_place(clerk, REGION, where)
    put_place(region, REGION, where)
    return folder


def only(register: Register) -> outbox.Parcel:
    (parcel,) = outbox.parcels(register)
    return parcel


def errands(register: Register) -> Errands:
    return Errands(register, PLAN, Session(patience=1.0))


def test_the_life_of_a_package(clerk: Register, region: Register, make: Make, stick: Path) -> None:
    package_id = make(10)
    assert only(clerk).state == "made"
    assert outbox.due_in(clerk) is None
    outbox.queue(clerk, package_id)
    assert only(clerk).state == "waiting"
    assert outbox.due_in(clerk) == 0
    with errands(clerk) as office:
        ((load, refusal),) = office.send()
    assert refusal is None
    parcel = only(clerk)
    assert (parcel.state, parcel.arrived) == ("placed", parcel.size)
    assert (stick / parcel.path).read_bytes() == clerk.container(package_id) == load.data
    assert [(one.way, one.about, one.code) for one in journal.read(clerk)] == [
        ("send", package_id, "")
    ]


def write_answer(register: Register, record: bytes, table: str, cells: str) -> None:
    """As a merged receipt would leave it."""
    register.db.execute(
        "INSERT OR REPLACE INTO records (id, measure, territory, round, entry_of, cells, live)"
        " VALUES (?, ?, ?, ?, ?, ?, 1)",
        (record, KEY.measure, KEY.territory, KEY.round, table, cells),
    )


def test_answers_are_what_the_register_merged(clerk: Register, make: Make, stick: Path) -> None:
    package_id = make(10)
    outbox.queue(clerk, package_id)
    with errands(clerk) as office:
        list(office.send())
    receipt = package_record(package_id, DISTRICT)
    write_answer(clerk, receipt, PACKAGE, '{"received:0a":"2025-01-11T10:00:00Z"}')
    assert only(clerk).state == "received"
    write_answer(clerk, review_record(KEY), REVIEW, '{"verdict":"accepted"}')
    assert only(clerk).state == "accepted"
    write_answer(clerk, review_record(KEY), REVIEW, '{"verdict":"returned"}')
    assert only(clerk).state == "returned"
    assert outbox.unanswered(clerk, PLAN) == []
    (kept,) = clerk.db.execute("SELECT length(data) FROM outbox").fetchone()
    assert kept == 0  # nobody will send it again


def test_a_line_fault_grows_the_pause(clerk: Register, make: Make, stick: Path) -> None:
    package_id = make(10)
    outbox.queue(clerk, package_id)
    stick.rmdir()
    moment = 1_750_000_000.0
    clerk.clock = lambda: moment
    outbox.queue(clerk, package_id)
    pauses: list[float] = []
    for _ in range(12):
        with errands(clerk) as office:
            ((_load, refusal),) = office.send()
        assert isinstance(refusal, LineFault)
        due_in = outbox.due_in(clerk)
        assert due_in is not None
        pauses.append(due_in)
        moment += due_in + 1
    assert 9 <= pauses[0] <= 31
    assert max(pauses) <= 1.5 * 3600 + 1
    assert sum(pauses[-3:]) > 10 * sum(pauses[:3])
    parcel = only(clerk)
    assert (parcel.state, parcel.tries, parcel.code) == ("waiting", 12, "EXC-FOLDER-GONE")
    assert parcel.text
    assert len(journal.read(clerk, package_id)) == 12


def test_the_network_is_back(clerk: Register, make: Make, stick: Path) -> None:
    outbox.queue(clerk, make(10))
    stick.rmdir()
    with errands(clerk) as office:
        list(office.send())
        assert list(office.send()) == []  # it has its pause
        stick.mkdir()
        outbox.line_is_back(clerk)
        ((_load, refusal),) = office.send()
    assert refusal is None
    assert (only(clerk).state, only(clerk).code) == ("placed", "")


def test_what_a_person_must_mend_is_tried_seldom(clerk: Register, make: Make) -> None:
    put_place(clerk, REGION, Where("webdav", "https://cloud.test/x"))  # no credential
    outbox.queue(clerk, make(10))
    with errands(clerk) as office:
        ((_load, refusal),) = office.send()
    assert refusal is not None
    assert refusal.code == "EXC-NO-CREDENTIAL"
    assert (outbox.due_in(clerk) or 0) > 1000


def test_without_a_place_it_waits(clerk: Register, make: Make) -> None:
    package_id = make(10)
    outbox.queue(clerk, package_id)
    with errands(clerk) as office:
        assert list(office.send()) == []
        with pytest.raises(Refusal) as refused:
            list(office.send(wanted=[package_id]))
    assert refused.value.code == "EXC-NO-PLACE"


def test_stopped_and_handed_over(clerk: Register, make: Make, stick: Path) -> None:
    first, second = make(10), make(20)
    outbox.queue(clerk, first)
    outbox.stop(clerk, first)
    outbox.hand_over(clerk, second)
    assert [parcel.state for parcel in outbox.parcels(clerk)] == ["handed", "stopped"]
    with errands(clerk) as office:
        assert list(office.send()) == []
        outbox.queue(clerk, first)
        assert len(list(office.send())) == 1
    assert [parcel.state for parcel in outbox.parcels(clerk)] == ["handed", "placed"]


def test_the_oldest_goes_first(clerk: Register, make: Make, stick: Path) -> None:
    made = [make(number) for number in (10, 20, 30)]
    for package_id in reversed(made):
        outbox.queue(clerk, package_id)
    with errands(clerk) as office:
        assert [load.package_id for load, _refusal in office.send()] == made


def test_figures_go_before_photos_and_photos_wait_on_a_metered_line(
    clerk: Register, make: Make, stick: Path
) -> None:
    photos, figures = make(10), make(20)
    clerk.db.execute(  # as the package of attachments will be
        "UPDATE packages SET envelope = replace(envelope, '\"submission\"', '\"attachments\"')"
        " WHERE package_id = ?", (photos,),
    )  # fmt: skip
    outbox.queue(clerk, photos)
    outbox.queue(clerk, figures)
    with errands(clerk) as office:
        assert [load.package_id for load, _ in office.send(only_data=True)] == [figures]
        assert [load.package_id for load, _ in office.send()] == [photos]


def test_a_package_that_vanished_from_the_place_goes_again(
    clerk: Register, make: Make, stick: Path
) -> None:
    package_id = make(10)
    outbox.queue(clerk, package_id)
    with errands(clerk) as office:
        list(office.send())
        assert office.look_after() == []
        (stick / only(clerk).path).unlink()
        assert office.look_after() == [package_id]
        ((_load, refusal),) = office.send()
    assert refusal is None
    assert (stick / only(clerk).path).is_file()


def test_what_was_learned_of_the_line_is_remembered(
    clerk: Register, make: Make, stick: Path
) -> None:
    outbox.queue(clerk, make(10))
    with errands(clerk) as office:
        list(office.send())
    assert reach_of(clerk, REGION) > 0


def test_the_log_is_bounded(clerk: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_KEPT", 5)
    for number in range(9):
        journal.write(clerk, "look", "place", str(number))
    assert [one.about for one in journal.read(clerk)] == ["8", "7", "6", "5", "4"]


def test_a_register_without_these_tables_learns_to_exchange(clerk: Register) -> None:
    for table in ("places", "outbox", "arrivals", "attempts"):
        clerk.db.execute(f"DROP TABLE {table}")
    clerk.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'exchange_tables'")
    clerk.db.execute("PRAGMA user_version = 1")
    with Register.open(clerk.path) as older:
        assert outbox.parcels(older) == []
        assert inbox.arrivals(older) == []
