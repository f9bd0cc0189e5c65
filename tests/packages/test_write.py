"""An office exports a round: what goes, what stays behind, and that a refusal changes nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from taza_desktop.errors import EnvironmentFault, Refusal
from taza_desktop.packages import credentials, limits, read, write
from taza_desktop.packages.keys import Keyring
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import (
    DISTRICT,
    KEY,
    NEIGHBOUR,
    REGION,
    cheap,
    dumped,
    enrolled,
    new_register,
)

YEAR = Round.parse("2024")


def counted(records: int, revisions: int) -> dict[str, int]:
    """What a package of that many and nothing else announces."""
    rest = {"attachments": 0, "awaited": 0, "packages": 0}
    return {"records": records, "revisions": revisions, **rest}


@pytest.fixture
def filled(clerk: Register) -> Register:
    clerk.set_cell(KEY, "planned", 200)
    clerk.set_cell(KEY, "planted", 176)
    clerk.set_cell(KEY, "note", "Бірінші жол\u00a0— бар")
    clerk.add_entry(KEY, "plantings", {"species": "терек", "trees": 100})
    return clerk


def test_what_is_exported_is_what_the_coordinator_reads(
    filled: Register, region: Register, plan: Plan, secret: Keyring, tmp_path: Path
):
    made = write.export(filled, plan, YEAR, tmp_path / "stick", secret)
    opened = read.verify(made.path, credentials.trust_pem(region), plan)
    assert made.path == tmp_path / "stick" / f"{DISTRICT}-2024-1.taza"
    assert made.size == made.path.stat().st_size
    assert made.package_id == opened.envelope.package_id
    assert made.counts == counted(2, 2)
    assert (opened.envelope.territory, opened.envelope.audience) == (DISTRICT, REGION)
    kept = {record: revisions for record, revisions in filled.lineages([KEY])}
    assert {record: kept[record] for record in opened.records} == kept
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]


def test_the_register_keeps_what_was_sent(
    filled: Register, plan: Plan, secret: Keyring, tmp_path: Path
):
    made = write.export(filled, plan, YEAR, tmp_path, secret)
    (stored,) = filled.packages("out")
    assert stored.envelope.package_id == made.package_id
    assert filled.container(made.package_id) == made.path.read_bytes()


def test_packages_are_numbered_and_chained(
    filled: Register, plan: Plan, secret: Keyring, tmp_path: Path
):
    first = write.export(filled, plan, YEAR, tmp_path, secret)
    filled.set_cell(KEY, "planted", 180)
    second = write.export(filled, plan, YEAR, tmp_path, secret)
    one, two = filled.packages("out")
    assert (first.seq, second.seq) == (1, 2)
    assert two.envelope.prev == one.manifest_sha256
    assert one.envelope.prev == ""


def test_a_later_package_holds_the_whole_history(
    filled: Register, region: Register, plan: Plan, secret: Keyring, tmp_path: Path
):
    write.export(filled, plan, YEAR, tmp_path, secret)
    filled.set_cell(KEY, "planted", 180)
    made = write.export(filled, plan, YEAR, tmp_path, secret)
    assert made.counts == counted(2, 3)


def test_a_sheet_that_cannot_be_true_stays_behind(
    filled: Register, plan: Plan, secret: Keyring, tmp_path: Path
):
    below = SheetKey(6, "103230100", "2024")
    assert plan.territories.covers(DISTRICT, below.territory)
    filled.set_cell(below, "planned", 1)
    filled.set_cell(below, "planted", 11)
    made = write.export(filled, plan, YEAR, tmp_path, secret)
    assert [(held.sheet, held.problems[0].check) for held in made.held_back] == [(below, "enough")]
    assert made.counts["records"] == 2
    filled.set_cell(KEY, "planted", 100_000)
    with pytest.raises(Refusal, match="PKG-ALL-HELD-BACK"):
        write.export(filled, plan, YEAR, tmp_path, secret)


def test_only_the_round_and_the_own_territory_go(
    filled: Register, plan: Plan, secret: Keyring, tmp_path: Path
):
    filled.set_cell(KEY._replace(round="2025"), "planned", 5)
    filled.set_cell(KEY._replace(territory=NEIGHBOUR), "planned", 5)
    assert write.export(filled, plan, YEAR, tmp_path, secret).counts["records"] == 2


def test_an_attachment_travels(
    filled: Register, region: Register, plan: Plan, secret: Keyring, tmp_path: Path
):
    from tests.packages.kit import picture

    digest = filled.keep_attachment(shot := picture("JPEG"))
    named = {"sha256": digest, "name": "көшет.jpg", "type": "image/jpeg", "size": len(shot)}
    filled.set_cell(KEY, "photo", named)
    made = write.export(filled, plan, YEAR, tmp_path, secret)
    opened = read.verify(made.path, credentials.trust_pem(region), plan)
    assert opened.attachments == {digest: shot}


def test_one_unlocked_key_serves_several_packages(
    filled: Register, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    ring, opened = cheap(), list[bytes]()
    unlock = ring._protector.unlock
    monkeypatch.setattr(
        ring._protector, "unlock", lambda *given: opened.append(b"") or unlock(*given)
    )
    write.export(filled, plan, YEAR, tmp_path, ring)
    write.export(filled, plan, YEAR, tmp_path, ring)
    assert len(opened) == 1


def test_a_region_sends_up_what_its_districts_sent(
    region: Register, plan: Plan, secret: Keyring, tmp_path: Path
):
    with new_register(tmp_path, "ministry", Office("ministry", "000000000", "Министрлік")) as top:
        trust = credentials.create_authority(top, secret)
        enrolled(region, top, secret)
        region.set_cell(KEY, "planned", 5)
        made = write.export(region, plan, YEAR, tmp_path, secret)
        opened = read.verify(made.path, trust, plan)
    assert opened.signer.territory == REGION
    assert [record.sheet.territory for record in opened.records] == [DISTRICT]


def _nothing_entered(clerk: Register) -> None:
    clerk.db.execute("DELETE FROM revisions")


def _not_enrolled(clerk: Register) -> None:
    clerk.put_credential("person")


def _three_years_later(clerk: Register) -> None:
    later = clerk.clock() + timedelta(days=3 * 365).total_seconds()
    clerk.clock = lambda: later


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_nothing_entered, "PKG-NOTHING"),
        (_not_enrolled, "CRED-NO-PERSON"),
        (_three_years_later, "PKG-OWN-EXPIRED"),
    ],
)
def test_it_says_why_nothing_can_be_sent(
    filled: Register, plan: Plan, secret: Keyring, tmp_path: Path, spoil, code: str
):
    spoil(filled)
    _refused_without_a_trace(filled, plan, secret, tmp_path / "out", code)


def test_a_wrong_passphrase_changes_nothing(filled: Register, plan: Plan, tmp_path: Path):
    _refused_without_a_trace(filled, plan, cheap("other"), tmp_path / "out", "CRED-PASSPHRASE")


def test_a_file_that_is_there_is_not_overwritten(
    filled: Register, plan: Plan, secret: Keyring, tmp_path: Path
):
    there = tmp_path / f"{DISTRICT}-2024-1.taza"
    there.write_bytes(b"somebody's")
    with pytest.raises(Refusal, match="PKG-FILE-EXISTS"):
        write.export(filled, plan, YEAR, tmp_path, secret)
    assert there.read_bytes() == b"somebody's"
    assert not filled.packages()


def test_too_much_is_refused_before_it_is_sent(
    filled: Register, plan: Plan, secret: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "FILE", 1000)
    _refused_without_a_trace(filled, plan, secret, tmp_path / "out", "PKG-TOO-MUCH")


def test_a_folder_that_cannot_be_made_changes_nothing(
    filled: Register, plan: Plan, secret: Keyring, tmp_path: Path
):
    (tmp_path / "out").write_text("a file, not a folder")
    before = _state(filled)
    with pytest.raises(EnvironmentFault):
        write.export(filled, plan, YEAR, tmp_path / "out", secret)
    assert _state(filled) == before


def test_no_file_is_left_when_the_register_cannot_note_it(
    filled: Register, plan: Plan, secret: Keyring, tmp_path: Path
):
    filled.db.execute("CREATE TEMP TABLE parents (id INTEGER PRIMARY KEY)")
    filled.db.execute(
        "CREATE TEMP TABLE late (parent REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)"
    )
    filled.db.execute(
        "CREATE TEMP TRIGGER fail AFTER INSERT ON main.packages"
        " BEGIN INSERT INTO late VALUES (1); END"
    )  # the transaction fails when it is committed, after the file was written
    with pytest.raises(Exception, match="FOREIGN KEY"):
        write.export(filled, plan, YEAR, tmp_path / "out", secret)
    assert not list((tmp_path / "out").iterdir())
    assert not filled.packages()


def _state(register: Register) -> tuple[bytes, list[tuple[bytes, int]]]:
    """Content, and which revisions are still drafts."""
    drafts = register.db.execute("SELECT id, draft FROM revisions ORDER BY id").fetchall()
    return dumped(register), drafts


def _refused_without_a_trace(
    register: Register, plan: Plan, secret: Keyring, folder: Path, code: str
) -> None:
    before = _state(register)
    with pytest.raises(Refusal) as refused:
        write.export(register, plan, YEAR, folder, secret)
    assert refused.value.code == code
    assert _state(register) == before
    assert not folder.exists()
