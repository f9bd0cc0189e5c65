"""Ending a conflict: the value that a person chose or typed is a revision like any other."""

from __future__ import annotations

from taza_desktop.plan.sheet import Value
from taza_desktop.register.lineage import Conflict
from taza_desktop.register.register import Register


def settle(register: Register, conflict: Conflict, value: Value) -> None:
    """Write the value on top of all sides; for the cell `deleted:` true or None."""
    register.write(conflict.record, {conflict.cell: value})
