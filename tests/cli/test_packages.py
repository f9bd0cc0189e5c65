"""`export`, `verify`, `merge`, `undo`, `status`, `report`: a sheet on its way."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import DISTRICT, REGION, Offices
from tests.running import Taza

SHEET = {
    "measure": 6,
    "territory": DISTRICT,
    "round": "2024",
    "figures": {"planned": 1000, "planted": 1100},
    "entries": {"plantings": [{"place": DISTRICT, "planted": 100}]},
}


def enter(taza: Taza, register: Path, **parts: object) -> None:
    """Enter the sheet with other parts."""
    file = register.with_suffix(".json")
    file.write_text(json.dumps([{**SHEET, **parts}]), encoding="utf-8")
    entered = taza("enter", register, file)
    assert entered.code == 0, entered.err


def send(taza: Taza, register: Path) -> dict[str, Any]:
    """Export the round; the outcome names the package."""
    sent = taza("export", register, "--round", "2024", "--out", register.parent, "--json")
    assert sent.code == 0, sent.err
    return sent.json


def test_a_package_is_written_and_believed(taza: Taza, offices: Offices) -> None:
    enter(taza, offices.district)
    sent = send(taza, offices.district)
    assert Path(sent["path"]).name == f"{DISTRICT}-2024-1.taza"
    assert sent["held_back"] == []
    seen = taza("verify", sent["path"], "--trust", offices.trust, "--json").json
    assert seen["ok"] is True
    assert (seen["name"], seen["territory"], seen["round"]) == ("Айгүл", DISTRICT, "2024")
    assert seen["package_id"] == sent["package_id"]
    assert seen["kind"] == "submission"
    assert seen["counts"].items() >= {"records": 2, "revisions": 2, "attachments": 0}.items()
    seen = taza("verify", sent["path"], "--register", offices.region, "--json").json
    assert seen["package_id"] == sent["package_id"]
    plain = taza("verify", sent["path"], "--trust", offices.trust).out
    assert "Айгүл" in plain
    assert sent["package_id"] in plain


def test_a_changed_package_is_refused_and_nothing_is_merged(taza: Taza, offices: Offices) -> None:
    enter(taza, offices.district)
    good = Path(send(taza, offices.district)["path"])
    data = bytearray(good.read_bytes())
    data[len(data) // 3] ^= 1
    bad = good.with_name("bad.taza")
    bad.write_bytes(data)
    refused = taza("verify", bad, "--trust", offices.trust, "--json")
    assert refused.json["ok"] is False
    assert refused.refused.startswith("PKG-")
    before = taza("dump", offices.region).out
    assert taza("merge", offices.region, good, bad).refused.startswith("PKG-")
    assert taza("dump", offices.region).out == before


def test_without_trust_nobody_is_believed(taza: Taza, offices: Offices) -> None:
    enter(taza, offices.district)
    assert taza("verify", send(taza, offices.district)["path"]).refused == "CLI-NO-TRUST"


def test_a_dry_run_shows_what_merging_does_and_changes_nothing(
    taza: Taza, offices: Offices
) -> None:
    enter(taza, offices.district)
    package = send(taza, offices.district)["path"]
    before = taza("dump", offices.region).out
    looked = taza("merge", offices.region, package, "--dry-run", "--json").json
    assert taza("dump", offices.region).out == before
    merged = taza("merge", offices.region, package, "--json").json
    assert (looked["dry_run"], merged["dry_run"]) == (True, False)
    assert looked["packages"] == merged["packages"]
    assert merged["packages"][0]["counts"]["new"] == 2
    changes = {one["cell"]: one["after"] for one in merged["packages"][0]["changes"]}
    assert changes["planned"] == 1000
    assert "same 2" in taza("merge", offices.region, package).out


def test_merging_twice_and_undoing(taza: Taza, offices: Offices) -> None:
    enter(taza, offices.district)
    sent = send(taza, offices.district)
    taza("merge", offices.region, sent["path"])
    once = taza("dump", offices.region).out
    again = taza("merge", offices.region, sent["path"], "--json").json
    assert again["packages"][0]["already"] is True
    assert taza("dump", offices.region).out == once
    undone = taza("undo", offices.region, sent["package_id"], "--json").json
    assert {one["cell"] for one in undone["changes"]} >= {"planned", "planted", "place"}
    assert taza("sheets", offices.region, "--json").json == []
    assert taza("undo", offices.region, sent["package_id"]).refused == "MERGE-NOT-MERGED"


def test_the_order_of_packages_does_not_matter(
    taza: Taza, offices: Offices, tmp_path: Path
) -> None:
    enter(taza, offices.district)
    first = send(taza, offices.district)["path"]
    enter(taza, offices.district, figures={"planned": 1000, "planted": 1200})
    second = send(taza, offices.district)["path"]
    other = tmp_path / "other.taza-register"
    shutil.copy(offices.region, other)
    taza("merge", offices.region, first, second)
    taza("merge", other, second, first)
    assert taza("dump", offices.region).out == taza("dump", other).out
    assert taza("sheets", other, "--json").json[0]["figures"]["planted"] == 1200


def test_status_tells_how_far_each_sheet_is(taza: Taza, offices: Offices) -> None:
    def state(register: Path) -> dict[str, Any]:
        rows = taza("status", register, "--round", "2024", "--json").json
        return next(row for row in rows if (row["territory"], row["measure"]) == (DISTRICT, 6))

    assert state(offices.district)["state"] == "not_started"
    assert state(offices.district)["missing"] == ["planted"]
    enter(taza, offices.district)
    assert state(offices.district)["state"] == "ready"
    sent = send(taza, offices.district)
    assert state(offices.district)["state"] == "sent"
    taza("merge", offices.region, sent["path"])
    assert (state(offices.region)["state"], state(offices.region)["package"]) == (
        "received",
        sent["package_id"],
    )
    assert f"{DISTRICT}   6 received" in taza("status", offices.region, "--round", "2024").out


def test_a_certificate_that_was_taken_back_is_not_believed(taza: Taza, offices: Offices) -> None:
    enter(taza, offices.district)
    package = send(taza, offices.district)["path"]
    revoked = taza("region", "revoke", offices.region, offices.serial, "--since", "2020-01-01")
    assert revoked.code == 0, revoked.err
    (given,) = taza("region", "issued", offices.region, "--json").json
    assert (given["serial"], given["revoked"]) == (offices.serial, True)
    assert taza("merge", offices.region, package).refused.startswith("PKG-")


@pytest.mark.parametrize(
    "command",
    [
        ("region", "create"),
        ("request", "--out", "x.pem"),
        ("export", "--round", "2024", "--out", "."),
    ],
)
def test_a_command_that_needs_a_key_says_where_the_passphrase_comes_from(
    taza: Taza, district: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.delenv("TAZA_PASSPHRASE")
    where = 2 if command[0] == "region" else 1
    refused = taza(*command[:where], district, *command[where:])
    assert refused.refused == "CLI-NO-PASSPHRASE"
    assert "--passphrase-file" in refused.err


def test_a_wrong_passphrase_is_refused(taza: Taza, offices: Offices, tmp_path: Path) -> None:
    enter(taza, offices.district)
    (tmp_path / "wrong").write_text("other", encoding="utf-8")
    where = ("--round", "2024", "--out", tmp_path, "--passphrase-file", tmp_path / "wrong")
    assert taza("export", offices.district, *where).refused == "CRED-PASSPHRASE"
    assert not list(tmp_path.glob("*.taza"))


@pytest.mark.parametrize(
    ("format_", "begins"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%P"), ("html", b"<!")]
)
def test_a_report_is_a_file(
    taza: Taza, offices: Offices, tmp_path: Path, format_: str, begins: bytes
) -> None:
    enter(taza, offices.district)
    out = tmp_path / f"report.{format_}"
    what = ("--round", "2024", "--lang", "ru", "--format", format_, "--out", out)
    done = taza("report", offices.district, *what, "--json")
    assert done.code == 0, done.err
    assert len(done.json["data_hash"]) == 64
    assert out.read_bytes()[:2] == begins


def test_a_report_of_chosen_measures_in_both_languages_with_annexes(
    taza: Taza, offices: Offices, tmp_path: Path
) -> None:
    enter(taza, offices.district)
    out = tmp_path / "report.html"
    what = ("--round", "2024", "--lang", "kk,ru", "--format", "html", "--out", out)
    chosen = ("--measure", "6", "--measure", "10", "--annex", "figures")
    assert taza("report", offices.district, *what, *chosen).code == 0
    text = out.read_text("utf-8")
    assert text.index("Аумақтар бойынша көрсеткіштер") < text.index("Показатели по территориям")
    assert "<p>7</p>" not in text
    assert taza("report", offices.district, *what, "--measure", "61").code == 2


def test_the_settings_of_the_report_are_shown_and_changed(taza: Taza, district: Path) -> None:
    assert taza("report-settings", district, "--json").json["settings"]["font.size"] == 14
    typed = ("--set", "office.signatory", "А. Бек", "--set", "font.size", "12")
    assert "font.size = 12" in taza("report-settings", district, *typed).out
    kept = taza("report-settings", district, "--json").json["settings"]
    assert (kept["office.signatory"], kept["font.size"]) == ("А. Бек", 12)
    refused = taza("report-settings", district, "--set", "font.size", "huge")
    assert refused.refused == "REPORT-SETTING-VALUE"


def test_a_report_goes_into_no_folder_that_is_missing(taza: Taza, district: Path) -> None:
    what = ("--round", "2024", "--lang", "kk", "--format", "docx", "--out", "/no/such/report.docx")
    assert taza("report", district, *what).refused == "ENV-NOT-FOUND"


def test_a_register_is_never_overwritten(taza: Taza, district: Path) -> None:
    whose = ("--role", "region", "--territory", REGION, "--name", "Марат")
    assert taza("register", "new", district, *whose).refused == "REG-EXISTS"
