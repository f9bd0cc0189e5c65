"""A program that has signed nothing yet reads signatures as well as one that has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.packages.kit import CLERK, Sample

READ = """
import sys
from datetime import datetime
from pathlib import Path
from taza_desktop.packages import certificates, container, signature

path, trust, moment = Path(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
box = container.Container(container.load(path), path.name)
listed, signed = box.read(container.MANIFEST), box.read(container.SIGNATURE)
believed = certificates.read_trust(trust.read_bytes())
print(signature.verify(listed, signed, believed, moment, path.name).name)
"""


def test_reading_needs_no_signing_before_it(sample: Sample, tmp_path: Path):
    package, trust = tmp_path / "good.taza", tmp_path / "trust.pem"
    package.write_bytes(sample.good())
    trust.write_bytes(sample.authority.trust)
    said = subprocess.run(
        [sys.executable, "-c", READ, str(package), str(trust), sample.now.isoformat()],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"},
    )
    assert said.stdout.strip() == CLERK.name, said.stderr[-500:]
