"""A power cut, as near as a test comes to it: the process is killed while it saves."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from taza_desktop.register.register import Register
from tests.register.offices import CLERK, SHEET_2024

_CHILD = """
import sys
from pathlib import Path
from taza_desktop.register.register import Register
from tests.register.offices import SHEET_2024

with Register.open(Path(sys.argv[1])) as register:
    entry = register.add_entry(SHEET_2024, "plantings")
    for value in range(1, 1_000_000):
        register.set_cell(SHEET_2024, "planted", value)
        register.set_entry_cell(entry, "planted", value)
        print(value, flush=True)
"""


@pytest.mark.parametrize("saved", [1, 50, 333])
def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path, saved: int) -> None:
    path = tmp_path / "clerk.taza-register"
    Register.create(path, CLERK).close()
    command = [sys.executable, "-c", _CHILD, str(path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stdout is not None
        while int(child.stdout.readline()) < saved:
            pass
        child.send_signal(signal.SIGKILL)
        heard = [saved, *map(int, child.stdout.read().split())]
    with Register.open(path) as register:
        assert register.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        sheet = register.sheet(SHEET_2024)
        (entry,) = sheet.entries["plantings"]
        planted = sheet.cells["planted"]
        assert planted in (heard[-1], heard[-1] + 1)
        assert entry.cells["planted"] in (heard[-1], heard[-1] + 1)
        assert register.history(SHEET_2024, "planted")[0].value == planted
