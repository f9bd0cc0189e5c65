"""A good package is read; what is in it is what was put in."""

from __future__ import annotations

import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from taza_desktop.errors import EnvironmentFault, Refusal
from taza_desktop.packages import container, read
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
