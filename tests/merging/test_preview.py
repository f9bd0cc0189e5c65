"""What the coordinator is told before merging: one word a record, every cell, and what is odd."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.merging.apply import apply
from taza_desktop.merging.compare import Outcome
from taza_desktop.merging.preview import preview
from taza_desktop.merging.settle import settle
from taza_desktop.merging.undo import undo
from taza_desktop.packages import revocations
from taza_desktop.plan.sheet import Value
from taza_desktop.register.ids import review_record
from taza_desktop.register.model import DELETED, REVIEW, SHEET, Record
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from tests.merging.senders import send
from tests.register.offices import NEIGHBOUR, REGION, SHEET_2024, dumped, figures


def outcomes(register: Register, opened: Opened) -> list[Outcome]:
    return [word for word, count in preview(register, opened).counts.items() for _ in range(count)]


def values(register: Register, opened: Opened) -> list[tuple[str, Value, Value, Value]]:
    """Each cell with before, incoming and after."""
    changes = preview(register, opened).changes
    return [(change.cell, change.before, change.incoming, change.after) for change in changes]


@pytest.fixture
def shared(clerk: Register, region: Register) -> Opened:
    """120 planted, sent and merged."""
    clerk.set_cell(SHEET_2024, "planted", 120)
    clerk.set_cell(SHEET_2024, "planned", 100)
    opened = send(clerk)
    apply(region, opened)
    return opened


def test_new(clerk: Register, region: Register) -> None:
    entry = clerk.add_entry(SHEET_2024, "plantings", {"planted": 5})
    clerk.set_cell(SHEET_2024, "planted", 120)
    shown = preview(region, send(clerk))
    assert shown.counts == {
        "new": 2, "changed": 0, "same": 0, "older": 0, "joined": 0, "conflict": 0,
    }  # fmt: skip
    assert {(c.table, c.entry, c.cell, c.after) for c in shown.changes} == {
        (SHEET, "", "planted", 120),
        ("plantings", entry, "planted", 5),
    }


def test_changed(clerk: Register, region: Register, shared: Opened) -> None:
    clerk.set_cell(SHEET_2024, "planted", 150)
    opened = send(clerk)
    assert outcomes(region, opened) == ["changed"]
    assert values(region, opened) == [("planted", 120, 150, 150)]


def test_same(clerk: Register, region: Register, shared: Opened) -> None:
    opened = send(clerk)
    assert outcomes(region, opened) == ["same"]
    assert values(region, opened) == []


def test_older(clerk: Register, region: Register, shared: Opened) -> None:
    region.set_cell(SHEET_2024, "planted", 130)
    opened = send(clerk)
    assert outcomes(region, opened) == ["older"]
    assert values(region, opened) == []


def test_joined(clerk: Register, region: Register, shared: Opened) -> None:
    region.set_cell(SHEET_2024, "planned", 110)
    clerk.set_cell(SHEET_2024, "planted", 150)
    opened = send(clerk)
    assert outcomes(region, opened) == ["joined"]
    assert values(region, opened) == [("planted", 120, 150, 150)]
    apply(region, opened)
    assert region.sheet(SHEET_2024).cells == {"planned": 110, "planted": 150}


def test_conflict_and_its_settlement(clerk: Register, region: Register, shared: Opened) -> None:
    region.set_cell(SHEET_2024, "planted", 130)
    clerk.set_cell(SHEET_2024, "planted", 150)
    opened = send(clerk)
    assert outcomes(region, opened) == ["conflict"]
    assert values(region, opened) == [("planted", 130, 150, 130)]
    apply(region, opened)
    (conflict,) = region.conflicts()
    assert (conflict.cell, conflict.base) == ("planted", 120)
    assert [(side.value, side.office) for side in conflict.sides] == [
        (130, REGION),
        (150, SHEET_2024.territory),
    ]
    region.clock = lambda: time.time() + 60
    settle(region, conflict, 140)
    assert region.conflicts() == []
    back = send(region)
    assert outcomes(clerk, back) == ["changed"]
    apply(clerk, back)
    assert clerk.sheet(SHEET_2024) == region.sheet(SHEET_2024)
    assert clerk.history(SHEET_2024, "planted")[0].package == back.envelope.package_id


def test_the_value_that_is_shown_settles_a_conflict_too(
    clerk: Register, region: Register, shared: Opened
) -> None:
    region.set_cell(SHEET_2024, "planted", 130)
    clerk.set_cell(SHEET_2024, "planted", 150)
    apply(region, send(clerk))
    settle(region, region.conflicts()[0], 130)
    assert region.conflicts() == []
    opened = send(region)
    apply(clerk, opened)
    assert clerk.sheet(SHEET_2024).cells["planted"] == 130


def test_a_row_edited_here_and_deleted_there(clerk: Register, region: Register) -> None:
    entry = clerk.add_entry(SHEET_2024, "plantings", {"planted": 5})
    apply(region, send(clerk))
    region.set_entry_cell(entry, "planted", 6)
    clerk.delete_entry(entry)
    opened = send(clerk)
    assert outcomes(region, opened) == ["conflict"]
    assert values(region, opened) == [(DELETED, None, True, None)]
    apply(region, opened)
    assert region.sheet(SHEET_2024).entries["plantings"][0].cells == {"planted": 6}
    settle(region, region.conflicts()[0], True)
    assert (region.conflicts(), region.sheet(SHEET_2024).entries) == ([], {})


def test_two_clerks_of_one_district_fill_in_one_sheet(
    clerk: Register, neighbour: Register, region: Register
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 1)
    neighbour.set_cell(SHEET_2024, "planned", 2)
    neighbour.add_entry(SHEET_2024, "plantings", {"planted": 3})
    apply(region, send(clerk))
    opened = send(neighbour)
    assert preview(region, opened).counts["joined"] == 1
    apply(region, opened)
    sheet = region.sheet(SHEET_2024)
    assert sheet.cells == {"planted": 1, "planned": 2}
    assert len(sheet.entries["plantings"]) == 1


def test_a_package_that_is_merged_changes_nothing(region: Register, shared: Opened) -> None:
    before = dumped(region), region.packages()
    assert preview(region, shared).already
    assert apply(region, shared).already
    assert before == (dumped(region), region.packages())


def test_an_own_package_that_comes_back_changes_nothing(clerk: Register, shared: Opened) -> None:
    before = dumped(clerk)
    assert apply(clerk, shared).already
    assert dumped(clerk) == before


def test_a_draft_that_a_copy_of_the_register_sent_is_not_rewritten(
    tmp_path: Path, clerk: Register, region: Register
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    copy = tmp_path / "copy.taza-register"
    with closing(sqlite3.connect(copy)) as target:
        clerk.db.backup(target)
    opened = send(clerk)
    apply(region, opened)
    with Register.open(copy) as at_home:
        apply(at_home, opened)
        at_home.set_cell(SHEET_2024, "planted", 130)
        assert outcomes(region, send(at_home)) == ["changed"]


def test_two_packages_under_one_id_are_refused(region: Register, shared: Opened) -> None:
    before = dumped(region)
    with pytest.raises(Refusal, match="MERGE-TWO-FACES"):
        apply(region, replace(shared, manifest_sha256="00" * 32))
    assert dumped(region) == before


def renamed(opened: Opened, **others: object) -> Opened:
    """The same under another id, with other parts."""
    envelope = replace(opened.envelope, package_id="another", seq=2)
    fields = {"envelope": envelope, "manifest_sha256": "11" * 32, **others}
    return replace(opened, **fields)


def test_a_revision_never_changes(region: Register, shared: Opened) -> None:
    (revision,) = shared.revisions
    forged = renamed(shared, revisions=[replace(revision, changes={"planted": 999})])
    before = dumped(region)
    with pytest.raises(Refusal, match="MERGE-REVISION-CHANGED"):
        preview(region, forged)
    with pytest.raises(Refusal, match="MERGE-REVISION-CHANGED"):
        apply(region, forged)
    assert dumped(region) == before


def test_the_same_id_in_another_record_is_another_revision(
    region: Register, shared: Opened
) -> None:
    entry = Record(bytes(16), SHEET_2024, "plantings")
    twin = replace(shared.revisions[0], record=entry.id, changes={"planted": 7})
    before = figures(region)
    apply(region, renamed(shared, records=[entry], revisions=[twin]))
    assert region.sheet(SHEET_2024).cells == {"planted": 120, "planned": 100}
    assert region.sheet(SHEET_2024).entries["plantings"][0].cells == {"planted": 7}
    undo(region, "another")
    assert figures(region) == before


def test_a_row_never_moves_to_another_sheet(clerk: Register, region: Register) -> None:
    clerk.add_entry(SHEET_2024, "plantings", {"planted": 1})
    opened = send(clerk)
    apply(region, opened)
    (record,), (revision,) = opened.records, opened.revisions
    elsewhere = replace(record, sheet=SHEET_2024._replace(territory=NEIGHBOUR))
    later = replace(revision, id=bytes(16), parents=(revision.id,))
    before = dumped(region), region.packages()
    with pytest.raises(Refusal, match="MERGE-BROKEN"):
        apply(region, renamed(opened, records=[elsewhere], revisions=[revision, later]))
    assert before == (dumped(region), region.packages())


def test_one_revision_with_two_contents_is_refused(region: Register, shared: Opened) -> None:
    (revision,) = shared.revisions
    twins = [revision, replace(revision, changes={"planted": 999})]
    with pytest.raises(Refusal, match="MERGE-BROKEN"):
        preview(region, renamed(shared, records=shared.records, revisions=twins))


@pytest.mark.parametrize("part", ["no record", "wrong id", "twice"])
def test_a_package_that_does_not_hold_together_is_refused(
    region: Register, shared: Opened, part: str
) -> None:
    (record,) = shared.records
    records = {
        "no record": [],
        "wrong id": [replace(record, id=bytes(16))],
        "twice": [record, record],
    }
    with pytest.raises(Refusal, match="MERGE-BROKEN"):
        preview(region, renamed(shared, records=records[part]))


def codes(register: Register, opened: Opened) -> list[str]:
    return [notice.code for notice in preview(register, opened).warnings]


def test_an_ordinary_package_warns_of_nothing(clerk: Register, region: Register) -> None:
    for value in (1, 2, 3):
        clerk.set_cell(SHEET_2024, "planted", value)
        opened = send(clerk)
        assert codes(region, opened) == []
        apply(region, opened)
        assert codes(region, opened) == []


def test_a_gap_and_what_is_stale_are_told(clerk: Register, region: Register) -> None:
    packages: list[Opened] = []
    for value in range(5):
        clerk.set_cell(SHEET_2024, "planted", value)
        packages.append(send(clerk))
    apply(region, packages[1])
    shown = preview(region, packages[4])
    assert [notice.code for notice in shown.warnings] == ["MERGE-GAP"]
    assert "Package 5 of Айгүл Сейітқызы is here, but 1, 3, 4 never" in shown.warnings[0].text()
    apply(region, packages[4])
    region.db.execute("UPDATE packages SET at = '2025-05-12T09:00:00Z'")
    (stale,) = preview(region, packages[0]).warnings
    assert (stale.code, "package 5" in stale.text(), "12\u00a0May\u00a02025" in stale.text()) == (
        "MERGE-OLDER",
        True,
        True,
    )
    assert region.sheet(SHEET_2024).cells == {"planted": 4}


def test_one_number_for_two_packages_is_told(
    clerk: Register, region: Register, shared: Opened
) -> None:
    twin = replace(shared.envelope, package_id="another")
    assert codes(region, renamed(shared, envelope=twin)) == ["MERGE-SAME-NUMBER"]
    second = replace(send(clerk).envelope, prev="22" * 32)
    assert codes(region, renamed(shared, envelope=second)) == ["MERGE-SAME-NUMBER"]


def test_a_number_given_twice_is_told_by_the_package_after_it(
    clerk: Register, region: Register, shared: Opened
) -> None:
    """The second package names another first one than the one that now comes."""
    clerk.set_cell(SHEET_2024, "planted", 150)
    apply(region, send(clerk))
    twin = replace(shared.envelope, package_id="another")
    forged = replace(renamed(shared, envelope=twin), manifest_sha256="33" * 32)
    region.db.execute("UPDATE packages SET direction = 'via' WHERE id = 1")
    assert "MERGE-SAME-NUMBER" in codes(region, forged)


def test_a_package_of_another_territory_than_its_signers_is_told(
    region: Register, shared: Opened
) -> None:
    signer = replace(shared.signer, territory=REGION)
    stranger = replace(renamed(shared), signer=signer)
    told = preview(region, stranger).warnings[-1]
    assert told.code == "MERGE-ANOTHER-TERRITORY"
    assert "Айгүл Сейітқызы works for Abai" in told.text()


def test_an_accepted_sheet_that_would_change_is_told(
    clerk: Register, region: Register, shared: Opened
) -> None:
    region.write(Record(review_record(SHEET_2024), SHEET_2024, REVIEW), {"verdict": "accepted"})
    unchanged = send(clerk)
    assert codes(region, unchanged) == []
    apply(region, unchanged)
    clerk.set_cell(SHEET_2024, "planted", 150)
    opened = send(clerk)
    (told,) = preview(region, opened).warnings
    assert (told.code, "6 · " in told.text()) == ("MERGE-ACCEPTED", True)
    apply(region, opened)
    assert region.sheet(SHEET_2024).cells["planted"] == 150


def test_a_package_that_was_taken_back_is_told_with_the_reason(
    region: Register, shared: Opened
) -> None:
    undo(region, shared.envelope.package_id, "last year's figures")
    (told,) = preview(region, shared).warnings
    assert told.code == "MERGE-WITHDRAWN"
    assert "last year's figures" in told.text()
    region.write(region.packages()[0].record, {"reason": None})
    (told,) = preview(region, shared).warnings
    assert "None" not in told.text()


def test_what_is_passed_on_of_a_person_whose_certificate_was_taken_back_is_told(
    clerk: Register, region: Register, neighbour: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 1)
    apply(region, send(clerk))
    opened = send(region)
    assert codes(neighbour, opened) == []
    monkeypatch.setattr(revocations, "revoked", lambda _: {"clerk": date(2025, 5, 12)})
    (told,) = preview(neighbour, opened).warnings
    assert told.code == "MERGE-REVOKED"
    assert "package 1 of Айгүл Сейітқызы" in told.text()


def test_a_row_of_another_sheet_is_refused_before_anything_is_merged(
    clerk: Register, region: Register
) -> None:
    clerk.add_entry(SHEET_2024, "plantings", {"planted": 1})
    opened = send(clerk)
    apply(region, opened)
    (record,) = opened.records
    elsewhere = replace(record, sheet=SHEET_2024._replace(territory=NEIGHBOUR))
    with pytest.raises(Refusal, match="MERGE-BROKEN"):
        preview(region, renamed(opened, records=[elsewhere]))


def test_another_version_of_the_plan_is_told(region: Register, shared: Opened) -> None:
    envelope = replace(shared.envelope, plan="1999", package_id="another", seq=2)
    assert "MERGE-OTHER-PLAN" in codes(region, renamed(shared, envelope=envelope))
