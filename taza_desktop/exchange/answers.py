"""What the office above said to a package: received, accepted, returned (docs/decisions/0003)."""

from __future__ import annotations

from typing import Literal

from taza_desktop.plan.sheet import Cells, SheetKey
from taza_desktop.register.codec import cells_of
from taza_desktop.register.ids import package_record, review_record
from taza_desktop.register.register import Register

Answer = Literal["", "received", "accepted", "returned"]
_RECEIPT = "received:"


def answer_to(register: Register, package_id: str) -> Answer:
    """The answer as far as it has come back: returned when any of its sheets is, accepted when all
    of them are. Blank when nothing has come.
    """
    package = register.package(package_id)
    if package is None:
        return ""
    said = _cells(register, package_record(package_id, package.envelope.territory))
    judged = package.envelope.kind == "submission"  # an answer carries verdicts of its own
    carried = register.carried_records(package_id) if judged else []
    verdicts = {_verdict(register, key) for key in {one.sheet for one in carried} if key.measure}
    if "returned" in verdicts:
        return "returned"
    if verdicts == {"accepted"}:
        return "accepted"
    return "received" if any(cell.startswith(_RECEIPT) for cell in said) else ""


def _verdict(register: Register, key: SheetKey) -> str:
    return str(_cells(register, review_record(key)).get("verdict") or "")


def _cells(register: Register, record: bytes) -> Cells:
    row = register.db.execute("SELECT cells FROM records WHERE id = ?", (record,)).fetchone()
    return cells_of(row[0]) if row else {}
