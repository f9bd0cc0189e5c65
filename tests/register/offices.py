"""Registers to test with: a district's clerk, her neighbour, the region, another region."""

from __future__ import annotations

import io
from pathlib import Path

from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register

DISTRICT, NEIGHBOUR, REGION = "103200000", "103400000", "100000000"
CLERK = Office("clerk", DISTRICT, "Айгүл Сейітқызы")
COORDINATOR = Office("region", REGION, "Ерлан Қасымұлы")
SHEET_2024 = SheetKey(6, DISTRICT, "2024")


def new_register(folder: Path, name: str, office: Office = CLERK) -> Register:
    """A fresh register that does not wait for the disk: tests of logic, not of power cuts."""
    register = Register.create(folder / f"{name}.taza-register", office)
    register.db.execute("PRAGMA synchronous = OFF")
    return register


def dumped(register: Register) -> bytes:
    """The canonical dump."""
    out = io.BytesIO()
    register.dump(out)
    return out.getvalue()
