"""LibreOffice reads the example's Word files: a page says what the facts say."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from taza_desktop.demo.example import Made

pytestmark = pytest.mark.office


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        ("kk", ["21 700", "100 418", "88,3 %", "Родниковка", "Мөңке би", "11 358"]),
        ("ru", ["21 700", "100 418", "88,3 %", "Родниковка", "Монке би", "11 358"]),
    ],
)
def test_the_ministry_can_open_the_report(
    made: Made, language: str, facts: list[str], tmp_path: Path
) -> None:
    (report,) = (path for path in made.reports if path.match(f"ministry*-{language}.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
        report,
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    pdf = tmp_path / f"{report.stem}.pdf"
    read = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True)
    text = " ".join(read.stdout.decode("utf-8").replace("\u00a0", " ").split())
    assert [fact for fact in facts if fact not in text] == []
