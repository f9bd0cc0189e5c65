"""Programs that know nothing of this one come to the same verdict on its packages.

The commands are those that `docs/verify.md` gives to auditors, copied out of it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from taza_desktop.packages import certificates, code, container, sealing
from tests.attacks.manifests import unsigned_extra
from tests.packages.kit import Sample, new_authority

GUIDE = Path(__file__).parents[2] / "docs" / "verify.md"
COMMANDS: list[str] = re.findall(r"^    \$ (.+)$", GUIDE.read_text("utf-8"), re.MULTILINE)
UNPACKED = next(n for n, command in enumerate(COMMANDS) if command.startswith("unzip")) + 1
OPENING, CHECKING = COMMANDS[:UNPACKED], COMMANDS[UNPACKED:]


@dataclass
class Auditor:
    """Somebody with a package, what it is to be believed by, and a shell."""

    folder: Path
    said: str = ""

    def follow(self, commands: list[str]) -> list[str]:
        """Run the commands; those that found something wrong."""
        return [command for command in commands if not self.run(command)]

    def run(self, command: str) -> bool:
        """Run one of them as it stands in the guide."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
        )
        self.said += done.stdout + done.stderr
        return done.returncode == 0

    @property
    def part(self) -> Path:
        return self.folder / "parts"


def given(sample: Sample, folder: Path, data: bytes, trust: bytes) -> Auditor:
    """An encrypted package, the key to it, and the trust."""
    identity = sealing.new_identity()
    sealed = sealing.seal(data, [sealing.recipient_of(identity)])
    (folder / "package.taza.age").write_bytes(sealed)
    (folder / "key.txt").write_text(identity, encoding="ascii")
    (folder / "trust.pem").write_bytes(trust)
    return Auditor(folder)


@pytest.fixture
def auditor(sample: Sample, tmp_path: Path) -> Auditor:
    return given(sample, tmp_path, sample.good(), sample.authority.trust)


def test_every_command_of_the_guide_is_content_with_a_good_package(
    sample: Sample, auditor: Auditor
):
    assert auditor.follow(COMMANDS) == [], auditor.said
    assert "urn:kz:kato:103200000" in auditor.said
    assert "Айгүл Сейітқызы" in auditor.said
    assert "VALID" in auditor.said
    assert "".join(code.code_of(sample.authority.certificate)) in auditor.said


@pytest.mark.parametrize("name", [container.MANIFEST, container.SIGNATURE])
def test_openssl_and_gnutls_see_a_changed_byte(name: str, auditor: Auditor):
    auditor.follow(OPENING)
    there = auditor.part / name
    content = bytearray(there.read_bytes())
    content[-40] ^= 1
    there.write_bytes(content)
    wrong = auditor.follow([one for one in CHECKING if "signature001" in one])
    assert [one.split()[0] for one in wrong] == ["openssl", "certtool"]


def test_openssl_and_gnutls_see_that_a_certificate_was_taken_back(sample: Sample, tmp_path: Path):
    trust = sample.authority.revoking(sample.certificate, sample.now).trust
    auditor = given(sample, tmp_path, sample.good(), trust)
    certificate = certificates.to_pem(sample.certificate)
    (tmp_path / "signer.pem").write_bytes(certificate)  # openssl writes it only when all is good
    wrong = [one.split()[:2] for one in auditor.follow(COMMANDS)]
    assert wrong == [["openssl", "cms"], ["certtool", "--verify"]]
    assert "certificate revoked" in auditor.said
    assert "chain is revoked" in auditor.said


def test_openssl_and_gnutls_refuse_another_authority(sample: Sample, tmp_path: Path):
    auditor = given(sample, tmp_path, sample.good(), new_authority(sample.now).trust)
    auditor.follow(OPENING)
    wrong = auditor.follow([one for one in CHECKING if "signature001" in one])
    assert len(wrong) == 2


def test_the_shell_sees_a_changed_file_and_frictionless_too(auditor: Auditor):
    auditor.follow(OPENING)
    records = auditor.part / container.RECORDS
    records.write_bytes(records.read_bytes().replace(b"176", b"976"))
    wrong = auditor.follow(CHECKING)
    assert [one.split()[0] for one in wrong] == ["diff", "frictionless"]


def test_the_shell_sees_a_file_that_nobody_signed(sample: Sample, tmp_path: Path):
    auditor = given(sample, tmp_path, unsigned_extra(sample), sample.authority.trust)
    assert [one.split("|")[-1].strip() for one in auditor.follow(COMMANDS)] == ["diff - there.txt"]


def test_frictionless_reads_the_rows(sample: Sample, auditor: Auditor):
    from frictionless import Package

    auditor.follow(OPENING)
    package = Package(str(auditor.part / container.DESCRIPTOR))
    rows = package.get_resource("records").read_rows()
    revisions = [one for _, lineage in sample.lineages for one in lineage]
    assert [row["revision"] for row in rows] == [one.id.hex() for one in revisions]
    assert [row["changes"] for row in rows] == [one.changes for one in revisions]
    assert [row["measure"] for row in rows] == [6] * len(revisions)
