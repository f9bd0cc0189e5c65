"""The commands, as a person would use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from taza_desktop.cli.exchange_rows import report_lines
from taza_desktop.errors import Refusal
from taza_desktop.exchange import keystore, outbox, pauses
from taza_desktop.exchange.checking import Check, Report
from taza_desktop.exchange.errands import Errands, Tell
from taza_desktop.exchange.faults import LineFault
from tests.cli.conftest import DISTRICT, Offices, district, offices, region, taza
from tests.exchange.conftest import Memory
from tests.exchange.servers import SECRET, USER, Server
from tests.running import Taza

__all__ = ["district", "offices", "region", "taza"]  # fixtures of the command line


@pytest.fixture
def filled(taza: Taza, offices: Offices) -> Offices:
    """The district has something to send."""
    sheet = {"measure": 6, "territory": DISTRICT, "round": "2024"}
    file = offices.district.with_suffix(".json")
    file.write_text(json.dumps([{**sheet, "figures": {"planned": 10, "planted": 10}}]))
    entered = taza("enter", offices.district, file)
    assert entered.code == 0, entered.err
    return offices


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    file = tmp_path / "secret.txt"
    file.write_text(SECRET + "\n", encoding="utf-8")
    return file


def export(taza: Taza, offices: Offices, tmp_path: Path) -> str:
    made = taza("export", offices.district, "--round", "2024", "--out", tmp_path / "made", "--json")
    assert made.code == 0, made.err
    return made.json["package_id"]


@pytest.fixture
def connected(taza: Taza, filled: Offices, secret_file: Path, apache: Server) -> Offices:
    how = ("--webdav", apache.where.address, "--user", USER, "--secret-file", secret_file)
    for file in (filled.district, filled.region):
        said = taza("exchange", "set", file, *how)
        assert said.code == 0, said.err
        assert SECRET not in said.out + said.err
    return filled


def test_from_a_clerk_to_the_coordinator(taza: Taza, connected: Offices, tmp_path: Path) -> None:
    package_id = export(taza, connected, tmp_path)
    sent = taza("exchange", "send", connected.district, "--json")
    assert sent.code == 0, sent.err
    (package,) = sent.json["packages"]
    assert (package["state"], package["arrived"]) == ("placed", package["size"])
    assert "nothing to send" in taza("exchange", "send", connected.district).out
    fetched = taza("exchange", "fetch", connected.region, "--out", tmp_path / "in", "--json")
    assert fetched.code == 0, fetched.err
    (arrival,) = fetched.json["packages"]
    assert (arrival["package_id"], arrival["state"]) == (package_id, "arrived")
    merged = taza("merge", connected.region, arrival["file"], "--json")
    assert merged.json["packages"][0]["package_id"] == package_id
    status = taza("exchange", "status", connected.region, "--json").json
    assert status["in"][0]["state"] == "merged"
    assert "Nothing new" in taza("exchange", "fetch", connected.region).out


def test_lines_for_a_person(taza: Taza, connected: Offices, tmp_path: Path) -> None:
    export(taza, connected, tmp_path)
    assert "made, not sent" in taza("exchange", "status", connected.district).out
    assert "is at the place" in taza("exchange", "send", connected.district).out
    assert "has come, not merged" in taza("exchange", "fetch", connected.region).out
    log = taza("exchange", "status", connected.district, "--log").out
    assert "went well" in log
    assert SECRET not in log


def test_the_test_says_which_step_works(
    taza: Taza, connected: Offices, key_store: Memory, secret_file: Path
) -> None:
    good = taza("exchange", "test", connected.district)
    assert good.code == 0, good.err
    assert good.out.count("+ ") == 6
    assert "! " not in good.out
    secret_file.write_text("wrong")
    where = taza("exchange", "status", connected.district, "--json").json["places"]
    (address,) = where.values()
    how = ("--webdav", address, "--user", USER, "--secret-file", secret_file)
    taza("exchange", "set", connected.district, *how)
    bad = taza("exchange", "test", connected.district, "--json")
    assert bad.refused == "EXC-LOGIN"
    assert [(one["step"], one["works"]) for one in bad.json["checks"]] == [
        ("name", True), ("connection", True), ("listing", False),
        ("write", None), ("read", None), ("delete", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "failed", "code"),
    [
        ("https://no-such-place.invalid/x", "name", "EXC-NAME"),
        ("https://127.0.0.1:1/x", "connection", "EXC-REFUSED"),
    ],
)
def test_a_place_that_cannot_be_reached(
    taza: Taza, filled: Offices, monkeypatch: pytest.MonkeyPatch, address: str, failed: str,
    code: str,
) -> None:  # fmt: skip
    monkeypatch.setenv(keystore.USER, "x")
    assert taza("exchange", "set", filled.district, "--webdav", address).code == 0
    monkeypatch.setattr("taza_desktop.exchange.line._REST", 0.0)
    tried = taza("exchange", "test", filled.district, "--json")
    assert tried.refused == code
    assert [one["step"] for one in tried.json["checks"] if one["works"] is False] == [failed]


def test_a_stick(taza: Taza, filled: Offices, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for file in (filled.district, filled.region):
        assert taza("exchange", "set", file, "--folder", stick).code == 0
    export(taza, filled, tmp_path)
    tried = taza("exchange", "test", filled.district).out
    assert tried.count("+ ") == 4
    assert "password" not in tried
    assert taza("exchange", "send", filled.district).code == 0
    assert len(taza("exchange", "fetch", filled.region, "--json").json["packages"]) == 1


def test_a_stick_that_is_out(taza: Taza, filled: Offices, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    taza("exchange", "set", filled.district, "--folder", stick)
    package_id = export(taza, filled, tmp_path)
    stick.rmdir()
    sent = taza("exchange", "send", filled.district, package_id, "--json")
    assert sent.refused == "EXC-FOLDER-GONE"
    (package,) = sent.json["packages"]
    assert (package["state"], package["code"]) == ("waiting", "EXC-FOLDER-GONE")


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ((), "CLI-NO-PLACE"),
        (("--folder", "/x", "--webdav", "https://x.test"), "CLI-NO-PLACE"),
        (("--webdav", "http://cloud.test/x"), "EXC-PLAIN"),
        (("--s3", "https://s3.test"), "EXC-PLACE"),
        (("--webdav", "nonsense"), "EXC-PLACE"),
    ],
)
def test_what_is_no_place(taza: Taza, filled: Offices, how: tuple[str, ...], code: str) -> None:
    assert taza("exchange", "set", filled.district, *how).refused == code
    assert taza("exchange", "status", filled.district, "--json").json["places"] == {}


def test_nothing_is_known_yet(taza: Taza, filled: Offices, tmp_path: Path) -> None:
    assert taza("exchange", "test", filled.district).refused == "EXC-NO-PLACE"
    package_id = export(taza, filled, tmp_path)
    assert taza("exchange", "send", filled.district, package_id).refused == "EXC-NO-PLACE"
    where = ("--webdav", "https://cloud.test/x")
    assert taza("exchange", "set", filled.district, *where).code == 0
    assert taza("exchange", "test", filled.district).refused == "EXC-NO-CREDENTIAL"


def test_forgotten(taza: Taza, connected: Offices, key_store: Memory) -> None:
    assert key_store.kept
    assert taza("exchange", "set", connected.district, "--forget").code == 0
    assert key_store.kept == {}
    assert taza("exchange", "test", connected.district).refused == "EXC-NO-PLACE"


def test_waiting_ends_when_all_of_it_is_there(
    taza: Taza, filled: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of two gets there at last; that is no success of the other."""
    stick = tmp_path / "stick"
    stick.mkdir()
    taza("exchange", "set", filled.district, "--folder", stick)
    first = export(taza, filled, tmp_path)
    second = taza("export", filled.district, "--round", "2024", "--out", tmp_path / "m2", "--json")
    real, sticks = Errands._send, list[str]()

    def send(errands: Errands, load: outbox.Load, tell: Tell | None) -> Refusal | None:
        sticks.append(load.package_id)
        if load.package_id == first:
            return real(errands, load, tell)
        refusal = LineFault("EXC-DROPPED", "broke")
        outbox.note_failed(errands.register, load, refusal, 0, 0)
        return refusal

    monkeypatch.setattr(Errands, "_send", send)
    monkeypatch.setattr(pauses, "_FIRST", 0.1)
    monkeypatch.setattr("taza_desktop.cli.exchange._LOOK_AGAIN", 0.2)
    sent = taza("exchange", "send", filled.district, "--wait", "3", "--json")
    assert sent.refused == "EXC-DROPPED"
    states = {one["package_id"]: one["state"] for one in sent.json["packages"]}
    assert states == {first: "placed", second.json["package_id"]: "waiting"}
    assert len(sticks) > 2


def test_a_look_that_failed_is_not_called_nothing_new(
    taza: Taza, filled: Offices, tmp_path: Path
) -> None:
    taza("exchange", "set", filled.region, "--folder", tmp_path / "away")
    looked = taza("exchange", "fetch", filled.region)
    assert looked.code == 1
    assert "Nothing new" not in looked.out
    assert "EXC-FOLDER-GONE" in looked.err


@pytest.mark.parametrize(("skew", "whose"), [(600.0, "server"), (-600.0, "this PC")])
def test_whose_clock_is_ahead(skew: float, whose: str) -> None:
    report = Report("place.test", [Check("listing", works=True)], 0.1, skew)
    (line,) = [line for line in report_lines(report) if "clock" in line]
    assert f"clock of the {whose}".replace("the this", "this") in line
    assert " 10 minutes" in line


def test_every_step_says_how_it_ended() -> None:
    refusal = Refusal("EXC-LOGIN", "no")
    checks = [Check("name", True), Check("listing", False, refusal), Check("write", None)]
    lines = report_lines(Report("place.test", checks))
    assert [line[0] for line in lines] == ["+", "!", "·"]
    assert lines[1].endswith("does not work")
    assert lines[2].endswith("not tried")
