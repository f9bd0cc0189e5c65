"""What may be said about a sheet: the cells of its review, who writes them, and the lock."""

from __future__ import annotations

from typing import Literal

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.codec import cells_of
from taza_desktop.register.ids import review_record
from taza_desktop.register.lineage import sides
from taza_desktop.register.model import REVIEW, Record
from taza_desktop.register.store import Store

Judgement = Literal["accepted", "returned", ""]
ACCEPTED: Judgement = "accepted"
RETURNED: Judgement = "returned"

# Written by an office above the sheet's territory (docs/decisions/0003).
VERDICT, OF, REASON = "verdict", "of", "reason"
REMARK = "remark:"  # … and the address of a cell: what has to be changed there
WAS = "was:"  # … fingerprint of what stood there, so that a change can be told from none
# Written by the office of the sheet's territory; blanked by a judgement.
ANSWER = "answer:"  # … and the address of a remark
OPENED = "opened"  # when the return was first read, UTC


def review_of(key: SheetKey) -> Record:
    """The record of what is said about a sheet."""
    return Record(review_record(key), key, REVIEW)


def is_task(register: Store, record: Record, cell: str) -> bool:
    """Whether a conflict of that cell is for this office to settle.

    What an office above says is settled there. When a return was read, what exactly was judged, and
    an answer that crossed another judgement, are facts that nobody has to choose between.
    """
    if record.table != REVIEW:
        return True
    from taza_desktop.plan.catalogue import load_plan

    mark, colon, _ = cell.partition(":")
    office, about = register.office.territory, record.sheet.territory
    above = office != about and load_plan().territories.covers(office, about)
    return above and mark + colon in (VERDICT, REASON, REMARK)


def check_unlocked(register: Store, record: Record) -> None:
    """Refuse writing into a sheet that was accepted: REV-LOCKED; what is *said* stays open."""
    if record.table.endswith(":"):
        return
    review = review_of(record.sheet)
    row = register.db.execute("SELECT cells FROM records WHERE id = ?", (review.id,)).fetchone()
    if row and cells_of(row[0]).get(VERDICT) == ACCEPTED:
        raise _locked(register, review)


def _locked(register: Store, review: Record) -> Refusal:
    """Who accepted the sheet and when, and how it is opened again."""
    from taza_desktop.plan.catalogue import load_plan

    (accepted, *_) = sides(register.active_revisions([review.id])[review.id], VERDICT)
    territories = load_plan().territories
    return Refusal(
        "REV-LOCKED",
        N_(
            "Measure {measure}, {territory}: {name} ({office}) accepted this sheet on {date}, so it"
            " is locked. To change it, ask that office to unlock it and say why."
        ),
        measure=review.sheet.measure,
        territory=territories[review.sheet.territory].name,
        name=accepted.author,
        office=territories[accepted.office].name,
        date=accepted.made[:10],
    )
