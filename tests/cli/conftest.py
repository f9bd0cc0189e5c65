"""Running commands as a person would, in the same process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from taza_desktop.cli.app import run
from taza_desktop.reports.neutral import Report


@dataclass
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed."""
        return json.loads(self.out)


Taza = Callable[..., Outcome]


def _fake_pdf(report: Report, path: Path) -> None:
    path.write_text(f"%PDF {report.title}", encoding="utf-8")


@pytest.fixture
def taza(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Taza:
    """`taza("plan", "measures")` runs the command in English."""
    monkeypatch.setenv("TAZA_LANG", "en")

    def call(*arguments: str | Path) -> Outcome:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments], _fake_pdf)
        return Outcome(code, *capfd.readouterr())

    return call


@pytest.fixture
def district(taza: Taza, tmp_path: Path) -> Path:
    """The register of a clerk in Әулиекөл ауданы."""
    file = tmp_path / "district.taza"
    made = taza(
        "register", "new", file, "--role", "clerk", "--territory", "393600000", "--name", "А."
    )
    assert made.code == 0, made.err
    return file
