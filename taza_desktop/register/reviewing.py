"""Reviewing: sheets are accepted, returned and unlocked by an office above, and answered below.

All of it is revisions of the sheet's review, so it travels and merges as figures do
(docs/decisions/0003). What stands is read by `reviewing_verdicts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.checks import others_of, problems
from taza_desktop.plan.form import Form
from taza_desktop.plan.sheet import Cells, Sheet, SheetKey
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_cells import (
    ACCEPTED,
    ANSWER,
    OF,
    OPENED,
    REASON,
    REMARK,
    RETURNED,
    VERDICT,
    WAS,
    Judgement,
    review_of,
)
from taza_desktop.register.reviewing_prints import print_at, print_of
from taza_desktop.register.reviewing_verdicts import (
    Remark,
    Verdict,
    noted_remarks,
    open_remarks,
    verdict,
    verdicts,
)

__all__ = [
    "Remark",
    "Verdict",
    "accept",
    "answer_remark",
    "mark_opened",
    "noted_remarks",
    "obstacles",
    "open_remarks",
    "remark_on",
    "return_sheet",
    "unlock",
    "verdict",
    "verdicts",
]

_SAYS = {
    "REV-NOT-ABOVE": N_(
        "{territory} is not below {office}, whose register this is; its sheets are judged by an"
        " office above it."
    ),
    "REV-NOT-YOURS": N_("A return is answered by {territory} itself, not by {office}."),
    "REV-NOTHING": N_("Measure {measure}, {territory}: nothing was entered yet."),
    "REV-CONFLICT": N_(
        "Measure {measure}, {territory}: cells stand in conflict. Settle them, then accept."
    ),
    "REV-STOP": N_(
        "Measure {measure}, {territory}: {message} Return the sheet with a remark instead."
    ),
    "REV-REASON": N_("Say why: a reason, or a remark on the cell that has to be changed."),
    "REV-NO-CELL": N_("The form of measure {measure} has no cell “{cell}”."),
    "REV-NOT-ACCEPTED": N_(
        "Measure {measure}, {territory}: the sheet is not locked, as nobody accepted it."
    ),
    "REV-NO-REMARK": N_(
        "Measure {measure}, {territory}: no remark on “{cell}” waits for an answer."
    ),
}


def obstacles(register: Register, keys: Iterable[SheetKey]) -> dict[SheetKey, Refusal]:
    """The sheets that this office cannot accept now, and why.

    REV-NOT-ABOVE, REV-NOTHING, REV-CONFLICT, REV-STOP.
    """
    found = ((key, _obstacle(register, key)) for key in keys)
    return {key: refusal for key, refusal in found if refusal}


def accept(register: Register, keys: Iterable[SheetKey]) -> None:
    """Accept sheets, all or none; they are locked from now on. Raises what `obstacles` finds."""
    keys = list(keys)
    for refusal in obstacles(register, keys).values():
        raise refusal
    with register.transaction():
        for key in keys:
            _judge(register, key, ACCEPTED, {})


def return_sheet(
    register: Register, key: SheetKey, remarks: Mapping[str, str], reason: str = ""
) -> None:
    """Give a sheet back with remarks by the address of the cell ("" is the whole sheet).

    A row is named by its id, not its number. Raises Refusal REV-NOT-ABOVE, REV-REASON when there
    is neither a remark nor a reason, REV-NO-CELL.
    """
    _check_above(register, key)
    said = {address: text.strip() for address, text in remarks.items() if text.strip()}
    if not said and not reason.strip():
        raise _refusal("REV-REASON", key)
    form, sheet = load_plan().form(key.measure), register.sheet(key)
    for address in said:
        if not _is_known(form, sheet, address):
            raise _refusal("REV-NO-CELL", key, cell=address)
    marks: Cells = {f"{REMARK}{address}": text for address, text in said.items()}
    marks |= {f"{WAS}{address}": print_at(form, sheet, address) for address in said}
    _judge(register, key, RETURNED, marks, reason.strip())


def remark_on(register: Register, key: SheetKey, address: str, text: str) -> None:
    """Note what is to be mended in a cell; it is given with the return. Blank takes it back.

    Raises Refusal REV-NOT-ABOVE, REV-NO-CELL.
    """
    _check_above(register, key)
    form, sheet = load_plan().form(key.measure), register.sheet(key)
    said = text.strip()
    if said and not _is_known(form, sheet, address):
        raise _refusal("REV-NO-CELL", key, cell=address)
    was = print_at(form, sheet, address) if said else None
    register.write(review_of(key), {f"{REMARK}{address}": said or None, f"{WAS}{address}": was})


def unlock(register: Register, key: SheetKey, reason: str) -> None:
    """Lift the lock of an accepted sheet; the reason stays in the history of its verdict.

    Raises Refusal REV-NOT-ABOVE, REV-REASON, REV-NOT-ACCEPTED.
    """
    _check_above(register, key)
    if not reason.strip():
        raise _refusal("REV-REASON", key)
    if verdict(register, key).verdict != ACCEPTED:
        raise _refusal("REV-NOT-ACCEPTED", key)
    _judge(register, key, "", {}, reason.strip())


def answer_remark(register: Register, key: SheetKey, address: str, text: str) -> None:
    """Answer a remark in words; blank takes the answer back.

    Raises Refusal REV-NOT-YOURS, REV-NO-REMARK.
    """
    _check_own(register, key)
    said = verdict(register, key)
    if said.verdict != RETURNED or address not in said.remarks:
        raise _refusal("REV-NO-REMARK", key, cell=address)
    register.write(review_of(key), {f"{ANSWER}{address}": text.strip() or None})


def mark_opened(register: Register, key: SheetKey, day: date) -> None:
    """Note that the clerk has read the return; a second time, or without one, nothing happens.

    Raises Refusal REV-NOT-YOURS.
    """
    _check_own(register, key)
    said = verdict(register, key)
    if said.verdict == RETURNED and said.opened is None:
        time = register.now().partition("T")[2]
        register.write(review_of(key), {OPENED: f"{day.isoformat()}T{time}"})


def _judge(
    register: Register, key: SheetKey, word: Judgement, marks: Cells, reason: str = ""
) -> None:
    """Write a judgement; remarks and answers of the one before are gone, their history stays."""
    review = review_of(key)
    told = register.state(review).cells
    old = [cell for cell in told if cell.startswith((REMARK, WAS, ANSWER, OPENED))]
    cells: Cells = {VERDICT: word or None, OF: print_of(register, key) if word else None}
    register.write(review, dict.fromkeys(old) | cells | {REASON: reason or None} | marks)


def _obstacle(register: Register, key: SheetKey) -> Refusal | None:
    """Why a sheet cannot be accepted; None when it can."""
    if not _is_above(register, key):
        return _refusal("REV-NOT-ABOVE", key, **_office(register))
    sheet, form = register.sheet(key), load_plan().form(key.measure)
    if not sheet.cells and not sheet.entries:
        return _refusal("REV-NOTHING", key)
    if _in_conflict(register, key):
        return _refusal("REV-CONFLICT", key)
    found = problems(form, sheet, register.last(key), others_of(form, key, register.sheet))
    stop = next((problem for problem in found if problem.level == "stop"), None)
    return _refusal("REV-STOP", key, message=stop.message) if stop else None


def _in_conflict(register: Register, key: SheetKey) -> bool:
    row = register.db.execute(
        "SELECT EXISTS (SELECT 1 FROM records WHERE measure = ? AND territory = ? AND round = ?"
        " AND conflicts IS NOT NULL AND entry_of NOT GLOB '*:')",
        key,
    ).fetchone()
    return bool(row[0])


def _is_known(form: Form, sheet: Sheet, address: str) -> bool:
    """Whether something stands at that address."""
    table, slash, rest = address.partition("/")
    columns = {known.name: {column.name for column in known.columns} for known in form.tables}
    if not slash:
        return table in {"", *columns, *(figure.name for figure in form.figures)}
    entry, _, column = rest.partition("/")
    rows = {row.id for row in sheet.entries.get(table, ())}
    return entry in rows and column in {"", *columns.get(table, ())}


def _is_above(register: Register, key: SheetKey) -> bool:
    office = register.office.territory
    return office != key.territory and load_plan().territories.covers(office, key.territory)


def _check_above(register: Register, key: SheetKey) -> None:
    if not _is_above(register, key):
        raise _refusal("REV-NOT-ABOVE", key, **_office(register))


def _check_own(register: Register, key: SheetKey) -> None:
    if register.office.territory != key.territory:
        raise _refusal("REV-NOT-YOURS", key, **_office(register))


def _office(register: Register) -> dict[str, object]:
    return {"office": load_plan().territories[register.office.territory].name}


def _refusal(code: str, key: SheetKey, **fields: object) -> Refusal:
    names = {"measure": key.measure, "territory": load_plan().territories[key.territory].name}
    return Refusal(code, _SAYS[code], **names, **fields)
