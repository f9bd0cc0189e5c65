"""Programs that know nothing of this one come to the same verdict on its packages."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path
from typing import get_args

import pytest

from taza_desktop.packages import certificates, container
from taza_desktop.register.parcel import PackageKind
from tests.packages.kit import Sample

GUIDE = Path(__file__).parents[2] / "docs" / "package-format.md"


@pytest.fixture
def unpacked(sample: Sample, tmp_path: Path) -> Path:
    """A package in its parts, beside what an auditor is given to trust."""
    return unpack(sample, tmp_path)


def unpack(sample: Sample, tmp_path: Path) -> Path:
    (tmp_path / "package.taza").write_bytes(sample.good())
    with zipfile.ZipFile(tmp_path / "package.taza") as opened:
        opened.extractall(tmp_path)
    (tmp_path / "trust.pem").write_bytes(sample.authority.trust)
    authority = certificates.to_pem(sample.authority.certificate)
    (tmp_path / "authority.pem").write_bytes(authority)
    return tmp_path


def commands() -> dict[str, str]:
    """The commands that the guide for auditors gives, by their program."""
    given = re.findall(r"^    \$ (.+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    return {command.split()[0]: command for command in given}


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command.split(), cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize("program", ["openssl", "certtool"])
def test_the_signature_is_good(program: str, unpacked: Path):
    done = run(commands()[program], unpacked)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", get_args(PackageKind))
def test_packages_of_every_kind_are_good(kind: PackageKind, sample: Sample, tmp_path: Path):
    unpacked = unpack(sample.of_kind(kind), tmp_path)
    for program in ("openssl", "certtool"):
        done = run(commands()[program], unpacked)
        assert done.returncode == 0, done.stderr
    from frictionless import validate

    report = validate(str(unpacked / container.DESCRIPTOR))
    assert report.valid, report.to_summary()


@pytest.mark.parametrize("program", ["openssl", "certtool"])
@pytest.mark.parametrize("name", [container.MANIFEST, container.SIGNATURE])
def test_it_is_bad_after_one_byte_has_changed(program: str, name: str, unpacked: Path):
    there = unpacked / name
    content = bytearray(there.read_bytes())
    content[-40] ^= 1
    there.write_bytes(content)
    assert run(commands()[program], unpacked).returncode != 0


def test_openssl_refuses_what_was_taken_back(sample: Sample, unpacked: Path):
    trust = sample.authority.revoking(sample.certificate, sample.now).trust
    (unpacked / "trust.pem").write_bytes(trust)
    assert "certificate revoked" in run(commands()["openssl"], unpacked).stderr


def test_openssl_refuses_what_another_authority_signed(sample: Sample, unpacked: Path):
    from tests.packages.kit import new_authority

    (unpacked / "trust.pem").write_bytes(new_authority(sample.now).trust)
    assert run(commands()["openssl"], unpacked).returncode != 0


def test_frictionless_is_content(unpacked: Path):
    done = run(_frictionless(), unpacked)
    assert done.returncode == 0, done.stdout
    assert "VALID" in done.stdout


def test_frictionless_is_not_content_after_one_byte_has_changed(unpacked: Path):
    records = unpacked / container.RECORDS
    records.write_bytes(records.read_bytes().replace(b"176", b"976"))
    done = run(_frictionless(), unpacked)
    assert done.returncode != 0
    assert "hash-count" in done.stdout + done.stderr or "Hash Count" in done.stdout


def test_frictionless_reads_the_rows(sample: Sample, unpacked: Path):
    from frictionless import Package

    package = Package(str(unpacked / container.DESCRIPTOR))
    rows = package.get_resource("records").read_rows()
    revisions = [one for _, lineage in sample.lineages for one in lineage]
    assert [row["revision"] for row in rows] == [one.id.hex() for one in revisions]
    assert [row["changes"] for row in rows] == [one.changes for one in revisions]
    assert [row["measure"] for row in rows] == [6] * len(revisions)


def _frictionless() -> str:
    import sys

    return commands()["frictionless"].replace(
        "frictionless", str(Path(sys.executable).with_name("frictionless")), 1
    )
