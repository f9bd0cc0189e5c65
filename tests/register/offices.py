"""Registers to test with: a district's clerk, her neighbour, the region, another region."""

from __future__ import annotations

import io
import json
import secrets
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import PACKAGE, Office
from taza_desktop.register.register import Register

DISTRICT, NEIGHBOUR, REGION = "103200000", "103400000", "100000000"
CLERK = Office("clerk", DISTRICT, "Айгүл Сейітқызы")
COORDINATOR = Office("region", REGION, "Ерлан Қасымұлы")
SHEET_2024 = SheetKey(6, DISTRICT, "2024")


def new_register(folder: Path, name: str, office: Office = CLERK) -> Register:
    """A fresh register that does not wait for the disk: tests of logic, not of power cuts."""
    path = folder / f"{name}.taza-register"
    path.write_bytes(_empty_register())
    path.chmod(0o600)
    meta = {**office._asdict(), "site": secrets.token_hex(6)}
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany("UPDATE meta SET value = ? WHERE key = ?", [(v, k) for k, v in meta.items()])
    register = Register.open(path)
    register.db.execute("PRAGMA synchronous = OFF")
    return register


@cache
def _empty_register() -> bytes:
    """Making the tables takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.taza-register"
        Register.create(path, CLERK).close()
        return path.read_bytes()


def dumped(register: Register) -> bytes:
    """The canonical dump."""
    out = io.BytesIO()
    register.dump(out)
    return out.getvalue()


def figures(register: Register) -> list[bytes]:
    """The dump without what is said about packages."""
    lines = dumped(register).splitlines()
    shown = [(line, json.loads(line)) for line in lines]
    said = {of["record"] for _, of in shown if of.get("table") == PACKAGE}
    return [line for line, of in shown if of.get("record") not in said]
