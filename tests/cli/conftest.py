"""Running commands as a person would, in the same process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from taza_desktop.cli.app import run
from taza_desktop.reports.neutral import Report
from tests.running import NoScrypt, Outcome, Taza

DISTRICT, REGION = "393600000", "390000000"


def _fake_pdf(report: Report, path: Path) -> None:
    path.write_text(f"%PDF {report.title}", encoding="utf-8")


@pytest.fixture
def taza(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Taza:
    """`taza("plan", "measures")` runs the command in English."""
    monkeypatch.setenv("TAZA_LANG", "en")
    monkeypatch.setenv("TAZA_PASSPHRASE", "құпия")
    monkeypatch.setattr("taza_desktop.packages.keys.Age", NoScrypt)

    def call(*arguments: str | Path) -> Outcome:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments], _fake_pdf)
        return Outcome(code, *capfd.readouterr())

    return call


@pytest.fixture
def district(taza: Taza, tmp_path: Path) -> Path:
    """The register of a clerk in Әулиекөл ауданы."""
    file = tmp_path / "district.taza-register"
    whose = ("--role", "clerk", "--territory", DISTRICT, "--name", "Айгүл")
    assert taza("register", "new", file, *whose).code == 0
    return file


@pytest.fixture
def region(taza: Taza, tmp_path: Path) -> Path:
    """The register of the coordinator of Қостанай облысы, with its authority."""
    file = tmp_path / "region.taza-register"
    whose = ("--role", "region", "--territory", REGION, "--name", "Марат")
    assert taza("register", "new", file, *whose).code == 0
    assert taza("region", "create", file).code == 0
    return file


@dataclass
class Offices:
    """A region and a district of it that can sign."""

    region: Path
    district: Path
    trust: Path
    serial: str


@pytest.fixture
def offices(taza: Taza, region: Path, district: Path, tmp_path: Path) -> Offices:
    """Enrolment by files, as a stick would carry them."""
    asked, answer, trust = (tmp_path / name for name in ("asked.pem", "answer.pem", "trust.pem"))
    assert taza("request", district, "--out", asked).code == 0
    whose = ("--territory", DISTRICT, "--name", "Айгүл")
    given = taza("region", "certify", region, asked, *whose, "--out", answer, "--json")
    assert given.code == 0, given.err
    assert taza("enrol", district, answer, "--json").json["audience"] == REGION
    assert taza("region", "trust", region, "--out", trust).code == 0
    return Offices(region, district, trust, given.json["serial"])
