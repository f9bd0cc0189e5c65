"""What a start loads before the first page is painted, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from taza_desktop.register.model import Office, Role
from taza_desktop.register.register import Register
from tests.bench.startup import HEAVY, ROOT
from tests.ui.pages import KEY

REGION = "150000000"


@pytest.mark.parametrize(
    ("role", "territory"), [("clerk", KEY.territory), ("region", REGION)], ids=["due", "inbox"]
)
def test_the_first_page_is_painted_without_the_heavy_modules(
    tmp_path: Path, role: Role, territory: str
) -> None:
    path = tmp_path / "one.taza-register"
    with Register.create(path, Office(role, territory, "Айгүл Серікова")) as register:
        register.set_cell(KEY._replace(territory=territory), "planted", 12)
    started = subprocess.run(
        [sys.executable, "-m", "tests.bench.first_paint", "window", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    loaded = json.loads(started.stdout)["modules"]
    assert "taza_desktop.register.register" in loaded
    assert f"taza_desktop.ui.{'due' if role == 'clerk' else 'inbox'}_page" in loaded
    assert [name for name in HEAVY if name in loaded] == []
