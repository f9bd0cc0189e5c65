"""A good package is read; what is in it is what was put in."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from taza_desktop.errors import EnvironmentFault, Refusal
from taza_desktop.packages import container, limits, read
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.parcel import Signer
from tests.packages.kit import CLERK, DISTRICT, Sample

GUIDE = Path(__file__).parents[2] / "docs" / "package-format.md"


def test_a_good_package_says_who_what_and_for_whom(sample: Sample, tmp_path: Path):
    data = sample.good()
    opened = sample.verify(data, tmp_path)
    assert opened.envelope == sample.said
    assert opened.signer == Signer(CLERK.name, DISTRICT, f"{sample.certificate.serial_number:x}")
    assert opened.records == [record for record, _ in sample.lineages]
    assert opened.revisions == [one for _, revisions in sample.lineages for one in revisions]
    assert list(opened.attachments.values()) == list(sample.attachments.values())
    assert opened.container == data


def test_its_identity_is_the_hash_of_the_manifest(sample: Sample, tmp_path: Path):
    data = sample.good()
    listed = container.Container(data, "x").read(container.MANIFEST)
    assert sample.verify(data, tmp_path).manifest_sha256 == sha256(listed).hexdigest()


def test_a_file_that_is_not_there_is_the_fault_of_the_machine(sample: Sample, tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="ENV-NOT-FOUND"):
        read.verify(tmp_path / "gone.taza", sample.authority.trust, sample.plan)


def test_what_is_trusted_must_be_an_authority(sample: Sample, tmp_path: Path):
    with pytest.raises(Refusal, match="CRED-TRUST"):
        sample.verify(sample.good(), tmp_path, trust=b"-----BEGIN NONSENSE-----")


def test_nothing_heavy_is_loaded_before_a_package_is_read():
    heavy = {"pyhanko", "cryptography", "asn1crypto", "lxml", "PIL", "pyrage"}
    look = (
        "import sys, taza_desktop.packages.read, taza_desktop.packages.write; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert not heavy & {name.partition(".")[0] for name in done.stdout.split()}


def test_the_guide_lists_every_code_that_reading_refuses_with():
    folder = Path(read.__file__).parent
    writing = ("answer", "build", "write")
    sources = (path.read_text("utf-8") for path in folder.glob("*.py") if path.stem not in writing)
    raised = {code for source in sources for code in re.findall(r'"(PKG-[A-Z-]+)"', source)}
    assert raised == set(re.findall(r"`(PKG-[A-Z-]+)`", GUIDE.read_text("utf-8")))


def test_two_cells_may_name_one_attachment(sample: Sample, tmp_path: Path):
    (record, (first, second)), *_ = sample.lineages
    again = replace(second, changes={"photo": first.changes["photo"]})
    opened = sample.verify(
        sample.with_lineages([(record, [first, again])], sample.attachments), tmp_path
    )
    assert opened.envelope.counts["attachments"] == 1


def test_an_attachment_that_many_cells_name_is_decoded_once(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (record, (first, second)), *_ = sample.lineages
    photo = {"photo": first.changes["photo"]}
    many = [
        replace(second, id=number.to_bytes(16, "big"), parents=(), changes=photo)
        for number in range(1, 300)
    ]
    data = sample.with_lineages([(record, many)], sample.attachments)
    opened: list[object] = []
    monkeypatch.setattr("PIL.Image.open", _counting(opened, Image.open))
    assert len(sample.verify(data, tmp_path).revisions) == len(many)
    assert len(opened) == 1


def _counting(calls: list[object], function: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*given: object, **named: object) -> Any:
        calls.append(given)
        return function(*given, **named)

    return counted


def test_all_pictures_together_have_a_limit(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "ALL_PIXELS", 47)  # the one picture has 48
    with pytest.raises(Refusal, match="PKG-ATTACHMENT:"):
        sample.verify(sample.good(), tmp_path)


def test_the_sheet_of_a_territory_below_is_the_offices_own(sample: Sample, tmp_path: Path):
    village = next(one.kato for one in sample.plan.territories.children(DISTRICT))
    key = SheetKey(6, village, "2024")
    record = replace(sample.lineages[1][0], sheet=key)
    data = sample.with_lineages([(record, sample.lineages[1][1])], {})
    assert sample.verify(data, tmp_path).records == [record]
