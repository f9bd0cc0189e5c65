"""Making and opening the file: what is refused, and that nothing is touched then."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from taza_desktop.errors import EnvironmentFault, Refusal
from taza_desktop.plan.sheet import Sheet
from taza_desktop.register.register import Register
from taza_desktop.register.schema import FORMAT
from tests.register.offices import CLERK, SHEET_2024, new_register


def test_a_register_remembers_whose_it_is(tmp_path: Path) -> None:
    new_register(tmp_path, "clerk").close()
    with Register.open(tmp_path / "clerk.taza-register") as register:
        assert register.office == CLERK


def test_only_its_user_may_read_it(register: Register) -> None:
    register.set_cell(SHEET_2024, "planted", 1)
    for file in register.path.parent.glob(register.path.name + "*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_was_entered_survives_the_power_cut_by_its_settings(tmp_path: Path) -> None:
    new_register(tmp_path, "clerk").close()
    with Register.open(tmp_path / "clerk.taza-register") as register:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        values = [register.db.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    assert values == ["wal", 2, 1]


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("dear sir")
    with pytest.raises(Refusal, match="REG-EXISTS"):
        Register.create(path, CLERK)
    assert path.read_text() == "dear sir"


@pytest.mark.parametrize("content", [b"", b"dear sir" * 1000, b"SQLite format 3\0" + bytes(2000)])
def test_another_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(Refusal, match="REG-NOT-ONE"):
        Register.open(path)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [content]


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    sqlite3.connect(path).execute("CREATE TABLE records (id)").connection.close()
    with pytest.raises(Refusal, match="REG-NOT-ONE"):
        Register.open(path)


def test_a_newer_register_is_refused_and_left_alone(tmp_path: Path) -> None:
    with new_register(tmp_path, "clerk") as register:
        register.set_cell(SHEET_2024, "planted", 1)
        register.db.execute(f"PRAGMA user_version = {FORMAT + 1}")
        path = register.path
    before = path.read_bytes()
    with pytest.raises(Refusal, match="REG-NEWER"):
        Register.open(path)
    assert [file.read_bytes() for file in tmp_path.glob("clerk*")] == [before]


def test_a_step_that_was_cut_off_is_done_on_the_next_opening(tmp_path: Path) -> None:
    with new_register(tmp_path, "clerk") as register:
        register.set_cell(SHEET_2024, "planted", 1)
        register.db.execute("PRAGMA user_version = 0")
        path = register.path
    with Register.open(path) as register:
        assert register.db.execute("PRAGMA user_version").fetchone()[0] == FORMAT
        assert register.sheet(SHEET_2024).cells == {"planted": 1}


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="ENV-NOT-FOUND"):
        Register.open(tmp_path / "gone.taza-register")
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="ENV-NOT-FOUND"):
        Register.create(tmp_path / "gone" / "clerk.taza-register", CLERK)


def test_a_full_disk_is_told_and_changes_nothing(register: Register) -> None:
    register.set_cell(SHEET_2024, "planted", 1)
    pages = register.db.execute("PRAGMA page_count").fetchone()[0]
    register.db.execute(f"PRAGMA max_page_count = {pages}")
    sheet = Sheet(SHEET_2024, {"planted": 2, "remark:planted": "ә" * 100_000})
    with pytest.raises(EnvironmentFault, match="ENV-DISK-FULL"):
        register.put_sheet(sheet)
    assert register.sheet(SHEET_2024).cells == {"planted": 1}


def test_a_file_that_another_program_holds_is_told(register: Register) -> None:
    register.db.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(register.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(EnvironmentFault, match="ENV-LOCKED"):
        register.set_cell(SHEET_2024, "planted", 2)
    other.close()
    register.set_cell(SHEET_2024, "planted", 3)
    assert register.sheet(SHEET_2024).cells == {"planted": 3}


def test_opening_an_up_to_date_register_loads_no_heavy_library(tmp_path: Path) -> None:
    new_register(tmp_path, "clerk").close()
    code = (
        "import sys; from pathlib import Path\n"
        "from taza_desktop.register.register import Register\n"
        "from taza_desktop.plan.sheet import SheetKey\n"
        "with Register.open(Path(sys.argv[1])) as r: r.set_cell(SheetKey(6, '1', '2024'), 'a', 1)\n"
        "print(*sorted({'sqlite_utils', 'PIL', 'babel', 'cryptography'} & set(sys.modules)))"
    )
    path = str(tmp_path / "clerk.taza-register")
    run = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""
