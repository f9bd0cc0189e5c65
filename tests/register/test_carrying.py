"""What goes into packages, what is remembered of them, and the canonical dump."""

from __future__ import annotations

import json

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.merging.apply import apply
from taza_desktop.register.register import Register
from tests.merging.senders import send
from tests.register.offices import COORDINATOR, SHEET_2024, dumped, new_register


def test_lineages_hold_whole_records_deleted_rows_included(register: Register) -> None:
    register.set_cell(SHEET_2024, "planted", 1)
    entry = register.add_entry(SHEET_2024, "plantings", {"planted": 1})
    register.seal([SHEET_2024])
    register.delete_entry(entry)
    other = SHEET_2024._replace(round="2025")
    register.set_cell(other, "planted", 2)
    lineages = list(register.lineages([SHEET_2024]))
    assert {record.table: len(made) for record, made in lineages} == {"": 1, "plantings": 2}
    assert {record.sheet for record, _ in lineages} == {SHEET_2024}


def test_packages_are_listed_in_order_and_keep_their_file(register: Register) -> None:
    register.clock = lambda: 1_760_000_000.0
    register.set_cell(SHEET_2024, "planted", 1)
    first, second = send(register), send(register)
    listed = register.packages("out")
    assert [package.envelope for package in listed] == [first.envelope, second.envelope]
    assert (listed[0].signer, listed[0].manifest_sha256) == (first.signer, first.manifest_sha256)
    assert (listed[0].at, listed[0].active) == ("2025-10-09T08:53:20Z", True)
    assert listed[0].size == len(first.container)
    assert register.packages("in") == []
    assert register.packages(serial="other") == []
    assert register.package(first.envelope.package_id) == listed[0]
    assert register.container(second.envelope.package_id) == second.container
    assert register.carried(first.envelope.package_id) == [one.id for one in first.revisions]


def test_an_unknown_package_is_refused(register: Register) -> None:
    assert register.package("none") is None
    with pytest.raises(Refusal, match="REG-NO-PACKAGE"):
        register.container("none")


def test_the_dump_holds_what_is_shared_and_nothing_local(register: Register) -> None:
    photo = register.attach(b"%PDF-1.7", "хат.pdf")
    register.attach(b"%PDF-1.4", "never used")
    register.set_cell(SHEET_2024, "planted", 1)
    register.set_cell(SHEET_2024, "letter", photo)
    send(register)
    lines = dumped(register).decode().splitlines()
    record, revision, attachment = map(json.loads, lines)
    assert record["cells"] == revision["changes"] == {"planted": 1, "letter": photo}
    assert attachment == {"attachment": photo["sha256"], "size": 8}
    assert "хат" in lines[0]
    assert lines == [
        json.dumps(json.loads(line), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        for line in lines
    ]


def test_the_sender_and_the_receiver_dump_the_same(register: Register) -> None:
    register.set_cell(SHEET_2024, "planted", 1)
    register.set_cell(SHEET_2024, "letter", register.attach(b"%PDF-1.7", "хат.pdf"))
    opened = send(register)
    with new_register(register.path.parent, "region", COORDINATOR) as region:
        apply(region, opened)
        assert dumped(region) == dumped(register)
        assert region.attachment(str(region.sheet(SHEET_2024).cells["letter"]["sha256"]))
