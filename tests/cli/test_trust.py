"""`region`, `card`, `request`, `enrol`, `key`: who may sign, and who may read."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import DISTRICT, REGION
from tests.packages.test_ecp import NAME, WORD, Owner, rsa_key
from tests.running import Taza


@pytest.fixture
def region(taza: Taza, tmp_path: Path) -> Path:
    """A coordinator's register with its authority."""
    path = tmp_path / "region.taza-register"
    whose = ("--role", "region", "--territory", REGION, "--name", "Марат")
    assert taza("register", "new", path, *whose).code == 0
    assert taza("region", "create", path, "--out", tmp_path / "made").code == 0
    return path


def code_in(folder: Path) -> str:
    """The code on the sheet."""
    return (folder / f"{REGION}-code.txt").read_text(encoding="utf-8").split("\n\n")[2]


def enrolled(taza: Taza, region: Path, district: Path) -> None:
    """From the card to the certificate, with the call between."""
    folder = region.parent
    card, asked, answer = (folder / name for name in ("card", "asked", "answer"))
    assert taza("region", "card", region, "--out", card).code == 0
    assert taza("card", district, card, "--code", code_in(folder / "made")).code == 0
    heard = taza("request", district, "--out", asked, "--json").json["code"]
    who = ("--territory", DISTRICT, "--name", "Айгүл", "--code", heard, "--out", answer)
    assert taza("region", "certify", region, asked, *who).code == 0
    assert taza("enrol", district, answer).code == 0


def enter(taza: Taza, district: Path) -> None:
    """Something to send."""
    sheet = {"measure": 6, "territory": DISTRICT, "round": "2024", "figures": {"planted": 7}}
    file = district.with_suffix(".json")
    file.write_text(json.dumps([sheet]), encoding="utf-8")
    assert taza("enter", district, file).code == 0


def export(taza: Taza, district: Path, *more: object) -> Path:
    """The package that was written."""
    what = ("--round", "2024", "--out", district.parent / "sent", "--json", *more)
    sent = taza("export", district, *what)
    assert sent.code == 0, sent.err
    return Path(sent.json["path"])


def test_an_encrypted_package_goes_the_whole_way(
    taza: Taza, region: Path, district: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled(taza, region, district)
    enter(taza, district)
    package = export(taza, district)
    assert package.name == f"{DISTRICT}-2024-1.taza.age"
    seen = taza("verify", package, "--register", region, "--json").json
    assert (seen["name"], seen["second"]) == ("Айгүл", None)
    trust = region.with_suffix(".pem")
    assert taza("region", "trust", region, "--out", trust).code == 0
    assert taza("verify", package, "--trust", trust).refused == "PKG-SEALED"
    assert taza("verify", package, "--register", district).refused == "PKG-NOT-FOR-US"
    monkeypatch.setenv("TAZA_PASSPHRASE", "other")
    assert taza("merge", region, package).refused == "CRED-PASSPHRASE"
    monkeypatch.setenv("TAZA_PASSPHRASE", "құпия")
    merged = taza("merge", region, package, "--json").json
    assert merged["packages"][0]["counts"]["new"] == 1


def test_creating_leaves_two_backups_and_the_sheet(region: Path) -> None:
    made = {path.name: path for path in (region.parent / "made").iterdir()}
    assert set(made) == {
        f"{REGION}-keys.taza-backup",
        f"{REGION}-deputy.taza-backup",
        f"{REGION}-code.txt",
    }
    assert len(code_in(region.parent / "made").split()) == 6
    if sys.platform != "win32":
        modes = {stat.S_IMODE(made[name].stat().st_mode) for name in made if "backup" in name}
        assert modes == {0o600}


def test_what_the_backups_are_for_is_told_to_the_coordinator(
    taza: Taza, region: Path, tmp_path: Path
) -> None:
    said = taza("region", "backup", region, "--out", tmp_path / "again").out
    assert said.splitlines()[-1].startswith("For the coordinator: keep one backup in the safe")
    assert "backup" not in (tmp_path / "made" / f"{REGION}-code.txt").read_text(encoding="utf-8")


def test_a_wrong_code_or_a_misheard_one_is_refused(
    taza: Taza, region: Path, district: Path
) -> None:
    folder = region.parent
    taza("region", "card", region, "--out", folder / "card")
    right = code_in(folder / "made")
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert taza("card", district, folder / "card").refused == "CRED-CODE-NEEDED"
    refused = taza("card", district, folder / "card", "--code", wrong)
    assert refused.refused == "CRED-CODE"
    assert "group 6" in refused.err
    heard = taza("request", district, "--out", folder / "asked", "--json").json["code"]
    misheard = str((int(heard[0]) + 1) % 10) + heard[1:]
    who = ("--territory", DISTRICT, "--name", "X", "--out", folder / "answer")
    refused = taza("region", "certify", region, folder / "asked", *who, "--code", misheard)
    assert refused.refused == "CRED-HEARD"
    assert not (folder / "answer").exists()


def test_renewing_needs_no_call(taza: Taza, region: Path, district: Path) -> None:
    enrolled(taza, region, district)
    asked, answer = region.parent / "again", region.parent / "renewed"
    assert taza("request", district, "--renew", "--out", asked).code == 0
    assert taza("region", "renew", region, asked, "--out", answer).code == 0
    assert taza("enrol", district, answer).code == 0
    rows = taza("region", "issued", region, "--json").json
    assert [row["name"] for row in rows] == ["Айгүл", "Айгүл"]


def test_a_deputy_takes_over(taza: Taza, region: Path, district: Path, tmp_path: Path) -> None:
    enrolled(taza, region, district)
    enter(taza, district)
    package = export(taza, district)
    assert taza("region", "backup", region, "--out", tmp_path / "stick").code == 0
    deputy = tmp_path / "deputy.taza-register"
    whose = ("--role", "region", "--territory", REGION, "--name", "Сәуле")
    taza("register", "new", deputy, *whose)
    kept = tmp_path / "stick" / f"{REGION}-deputy.taza-backup"
    taza("region", "card", region, "--out", tmp_path / "card")
    put = taza("region", "restore", deputy, kept, "--card", tmp_path / "card", "--json").json
    assert put["restored"] == ["authority"]
    assert put["code"] == code_in(tmp_path / "made")
    assert taza("merge", deputy, package).code == 0


def test_an_authority_that_is_lost_is_replaced(
    taza: Taza, region: Path, district: Path, tmp_path: Path
) -> None:
    enrolled(taza, region, district)
    out = tmp_path / "anew"
    replaced = taza("region", "replace", region, "--out", out, "--json").json
    assert replaced["code"] == code_in(out) != code_in(tmp_path / "made")
    taza("region", "card", region, "--out", tmp_path / "card")
    assert taza("card", district, tmp_path / "card").refused == "CRED-CODE-NEEDED"
    assert taza("card", district, tmp_path / "card", "--code", code_in(out)).code == 0
    assert taza("enrol", district, out / f"{DISTRICT}-1-certificate.pem").code == 0
    enter(taza, district)
    assert taza("merge", region, export(taza, district)).code == 0


def test_the_keys_of_a_clerk_are_kept_and_locked_anew(
    taza: Taza, region: Path, district: Path, tmp_path: Path
) -> None:
    enrolled(taza, region, district)
    kept, new = tmp_path / "kept", tmp_path / "new"
    assert taza("key", "backup", district, "--out", kept).code == 0
    new.write_text("жаңа", encoding="utf-8")
    assert taza("key", "passphrase", district, "--new-passphrase-file", new).code == 0
    enter(taza, district)
    where = ("--round", "2024", "--out", tmp_path)
    assert taza("export", district, *where).refused == "CRED-PASSPHRASE"
    assert taza("export", district, *where, "--passphrase-file", new).code == 0
    refused = taza("key", "restore", district, kept, "--passphrase-file", new)
    assert refused.refused == "CRED-PASSPHRASE"
    assert taza("key", "restore", district, kept, "--json").json["restored"] == ["person"]


def test_the_place_of_exchange_travels_on_the_card(
    taza: Taza, region: Path, district: Path, tmp_path: Path
) -> None:
    place, card = tmp_path / "place.json", tmp_path / "card"
    place.write_text('{"kind": "folder", "path": "T:/"}', encoding="utf-8")
    made = taza("region", "card", region, "--place", place, "--out", card, "--json").json
    opened = taza("card", district, card, "--code", made["code"], "--json").json
    assert opened["place"] == {"kind": "folder", "path": "T:/"}
    place.write_text("[]", encoding="utf-8")
    assert taza("region", "card", region, "--place", place, "--out", card).refused == "CLI-PLACE"


def test_a_second_signature_is_shown_as_what_it_is(
    taza: Taza, region: Path, district: Path, tmp_path: Path
) -> None:
    enrolled(taza, region, district)
    enter(taza, district)
    (tmp_path / "key.p12").write_bytes(Owner(rsa_key()).file())
    word = tmp_path / "word"
    word.write_text("wrong", encoding="utf-8")
    options = ("--ecp", tmp_path / "key.p12", "--ecp-passphrase-file", word)
    where = ("--round", "2024", "--out", tmp_path / "sent")
    assert taza("export", district, *where, *options).refused == "ECP-PASSPHRASE"
    word.write_text(WORD, encoding="utf-8")
    package = export(taza, district, *options)
    seen = taza("verify", package, "--register", region)
    assert NAME in seen.out
    assert "not an official check" in seen.out
    assert taza("verify", package, "--register", region, "--json").json["second"]["checked"]
