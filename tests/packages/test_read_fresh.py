"""A program that has signed nothing yet reads signatures, and can sign after that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.packages.kit import CLERK, Sample, der, pkcs8

READ_THEN_SIGN = """
import sys
from datetime import datetime
from pathlib import Path
from taza_desktop.packages import certificates, container, signature

folder, moment = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
certificate, key = ((folder / name).read_bytes() for name in ("certificate", "key"))
believed = certificates.read_trust((folder / "trust").read_bytes())
box = container.Container(container.load(folder / "package"), "package")
listed, signed = box.read(container.MANIFEST), box.read(container.SIGNATURE)
print(signature.verify(listed, signed, believed, moment, "package").name)
signed = signature.sign(listed, certificate, key, moment)
print(signature.verify(listed, signed, believed, moment, "package").name)
"""


def test_reading_needs_no_signing_before_it_and_does_not_hinder_it(sample: Sample, tmp_path: Path):
    (tmp_path / "package").write_bytes(sample.good())
    (tmp_path / "trust").write_bytes(sample.authority.trust)
    (tmp_path / "certificate").write_bytes(der(sample.certificate))
    (tmp_path / "key").write_bytes(pkcs8(sample.key))
    said = subprocess.run(
        [sys.executable, "-c", READ_THEN_SIGN, str(tmp_path), sample.now.isoformat()],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"},
    )
    assert said.stdout.split("\n")[:2] == [CLERK.name, CLERK.name], said.stderr[-500:]
