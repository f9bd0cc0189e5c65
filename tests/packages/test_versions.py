"""Older formats stay readable for ever; of newer ones what we do not know is kept and ignored."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.merging.apply import apply
from taza_desktop.packages import container, descriptor, envelope, read
from taza_desktop.packages.payload import attachments
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.cell_checks import cell_problems
from taza_desktop.plan.checks import problems
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.plan.upgrades import UPGRADES
from taza_desktop.register.model import Office
from taza_desktop.register.parcel import Opened
from tests.packages.kit import Sample, new_register

SAMPLES = Path(__file__).parent / "samples" / "1.0"
MOMENT = datetime(2026, 11, 20, tzinfo=UTC)  # the samples were made on 18 November 2026
MINISTRY, REGION, DISTRICT = "000000000", "390000000", "393600000"
FROZEN = sorted(SAMPLES.glob("*.taza"))


def opened(path: Path) -> Opened:
    trust = "ministry" if path.name.startswith(REGION) else "region"
    return read.verify(path, (SAMPLES / f"{trust}.pem").read_bytes(), moment=MOMENT)


def test_there_are_samples_of_all_measures():
    measures = {record.sheet.measure for path in FROZEN for record in opened(path).records}
    assert len(FROZEN) == 9
    assert measures >= {
        change.measure for upgrade in UPGRADES.values() for change in upgrade.changes
    }
    assert len(measures) == 45


@pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.stem)
def test_format_1_0_is_read_as_it_was(path: Path):
    package = opened(path)
    assert package.envelope.plan == "2024.1"
    assert package.envelope.counts == {
        "records": len(package.records),
        "revisions": len(package.revisions),
        "attachments": len(package.attachments),
    }
    assert not package.via
    assert not package.relayed
    by_record = [
        (one, [of for of in package.revisions if of.record == one.id]) for one in package.records
    ]
    assert {str(named["sha256"]) for named in attachments(by_record)} == package.attachments.keys()


def test_what_was_filled_in_by_the_older_plan_fits_the_forms_of_today(tmp_path: Path):
    plan = load_plan()
    with new_register(tmp_path, "ministry", Office("ministry", MINISTRY, "Министрлік")) as top:
        for path in FROZEN:
            if path.name.startswith(REGION):
                apply(top, opened(path))
        sheets = top.sheets()
        assert len({sheet.key.measure for sheet in sheets}) >= 40
        for sheet in sheets:
            form = plan.form(sheet.key.measure)
            assert not list(cell_problems(form, sheet)), sheet.key
            assert not [one for one in problems(form, sheet) if one.level == "stop"], sheet.key
        parys = top.sheet(SheetKey(22, REGION, "2025"))
        assert parys.cells["ecology_applications"] == 10
        assert parys.cells["applications"] == 20
        assert parys.cells["remark:ecology_applications"] == "Түзетілді"
        assert top.sheet(SheetKey(59, REGION, "2027")).cells["energy_used"] == 1


def newer(**files: Callable[[bytes], bytes]) -> Callable[[Sample], bytes]:
    """A package of version 1.7 with some of its files changed, described and signed anew."""

    def made(sample: Sample) -> bytes:
        said = {**json.loads(envelope.write(sample.said)), "version": "1.7", "colour": "green"}
        contents = {**sample.files(), container.ENVELOPE: json.dumps(said).encode()}
        for name, change in files.items():
            path = {"extra": "data/colours.jsonl"}.get(name, f"data/{name}.jsonl")
            contents[path] = change(contents.get(path, b""))
        contents[container.DESCRIPTOR] = described(sample, contents)
        return container.write(sample.signed(contents))

    return made


def described(sample: Sample, contents: dict[str, bytes], **more: Any) -> bytes:
    others = {name: data for name, data in contents.items() if name != container.DESCRIPTOR}
    return json.dumps({**json.loads(descriptor.write(sample.said, others)), **more}).encode()


def with_a_column(data: bytes) -> bytes:
    """Another column in front of ours."""
    head, *rows = [json.loads(line) for line in data.splitlines()]
    table = [["colour", *head], *([{"any": "thing"}, *row] for row in rows)]
    return b"".join(json.dumps(row).encode() + b"\n" for row in table)


NEWER = {
    "a key of the envelope": newer(),
    "a table of its own": newer(extra=lambda _: b'["colour"]\n["green"]\n'),
    "a column in front": newer(records=with_a_column),
}


@pytest.mark.parametrize("what", NEWER)
def test_what_a_newer_minor_version_adds_is_kept_and_ignored(
    what: str, sample: Sample, tmp_path: Path
):
    data = NEWER[what](sample)
    package = sample.verify(data, tmp_path)
    assert package.container == data
    assert package.revisions == [one for _, revisions in sample.lineages for one in revisions]
    box = container.Container(data, "x")
    assert b"colour" in b"".join(map(box.read, box.entries))


def ours(change: Callable[[dict[str, bytes]], None]) -> Callable[[Sample], bytes]:
    """The same of our own version, described and signed as it should be."""

    def made(sample: Sample) -> bytes:
        contents = sample.files()
        change(contents)
        others = {name: data for name, data in contents.items() if name != container.DESCRIPTOR}
        contents[container.DESCRIPTOR] = descriptor.write(sample.said, others)
        return container.write(sample.signed(contents))

    return made


def _another_table(contents: dict[str, bytes]) -> None:
    contents["data/colours.jsonl"] = b'["colour"]\n["green"]\n'


def _another_column(contents: dict[str, bytes]) -> None:
    contents[container.RECORDS] = with_a_column(contents[container.RECORDS])


def _columns_turned(contents: dict[str, bytes]) -> None:
    rows = [json.loads(line) for line in contents[container.RECORDS].splitlines()]
    contents[container.RECORDS] = b"".join(json.dumps(row[::-1]).encode() + b"\n" for row in rows)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("PKG-UNKNOWN", _another_table),
        ("PKG-ROW", _another_column),
        ("PKG-ROW", _columns_turned),
    ],
)
def test_our_own_version_has_one_form(
    code: str, change: Callable[[dict[str, bytes]], None], sample: Sample, tmp_path: Path
):
    with pytest.raises(Refusal) as refused:
        sample.verify(ours(change)(sample), tmp_path)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said["resources"].pop(),
        lambda said: said["resources"][0].update(bytes=1),
        lambda said: said["resources"][0].update(hash="sha256:" + "0" * 64),
        lambda said: said.pop("resources"),
        lambda said: said.update(resources=[1]),
    ],
)
def test_a_newer_descriptor_still_has_to_name_every_file(
    change: Callable[[Any], object], sample: Sample, tmp_path: Path
):
    said = {**json.loads(envelope.write(sample.said)), "version": "1.7"}
    contents = {**sample.files(), container.ENVELOPE: json.dumps(said).encode()}
    listed = json.loads(described(sample, contents))
    change(listed)
    contents[container.DESCRIPTOR] = json.dumps(listed).encode()
    with pytest.raises(Refusal, match="PKG-DESCRIPTOR"):
        sample.verify(container.write(sample.signed(contents)), tmp_path)


def test_columns_of_a_newer_version_may_not_lack_ours(sample: Sample, tmp_path: Path):
    data = newer(records=lambda data: data.replace(b'"made"', b'"time"', 1))(sample)
    with pytest.raises(Refusal, match="PKG-ROW"):
        sample.verify(data, tmp_path)


def test_a_newer_version_may_count_more(sample: Sample, tmp_path: Path):
    counts = {**sample.said.counts, "colours": 3}
    more = replace(sample, said=replace(sample.said, counts=counts))
    assert sample.verify(newer()(more), tmp_path)
    with pytest.raises(Refusal, match="PKG-COUNTS"):
        more.verify(more.good(), tmp_path)
