"""What a package would do to each record: before, incoming, after, and one word for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from taza_desktop.register.ids import sheet_record
from taza_desktop.register.lineage import State, join
from taza_desktop.register.model import SHEET, Record, Revision
from taza_desktop.register.parcel import Opened, broken, revision_changed
from taza_desktop.register.register import Register
from taza_desktop.register.store import in_batches

Outcome = Literal["new", "changed", "same", "older", "joined", "conflict"]
_NOTHING = State()
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


class Compared(NamedTuple):
    """One record of a package against the register.

    `incoming` is what the package alone would show, `after` what both together show. Outcomes:
    `new` nothing was here · `changed` theirs follows on ours · `same` nothing would change ·
    `older` ours follows on theirs · `joined` both wrote, different cells · `conflict` one cell.
    `fresh` are the revisions that are not active here.
    """

    record: Record
    before: State
    incoming: State
    after: State
    outcome: Outcome
    fresh: list[Revision]


def compare(register: Register, opened: Opened) -> Iterator[Compared]:
    """Every record of the package. Reads only.

    Raises Refusal MERGE-BROKEN, MERGE-REVISION-CHANGED.
    """
    incoming = _by_record(opened)
    for batch in in_batches(opened.records):
        stored = register.stored_revisions([record.id for record in batch])
        for record in batch:
            known = stored.get(record.id, [])
            theirs = incoming[record.id]
            if known:
                _check_unchanged(opened, [revision for revision, _ in known], theirs)
            ours = [revision for revision, active in known if active]
            yield _compared(record, ours, theirs)


def _compared(record: Record, ours: list[Revision], theirs: list[Revision]) -> Compared:
    """One record."""
    incoming = join(theirs)
    if not ours:
        return Compared(record, _NOTHING, incoming, incoming, "new", theirs)
    before = join(ours)
    here = {revision.id for revision in ours}
    fresh = [revision for revision in theirs if revision.id not in here]
    after = join([*ours, *fresh]) if fresh else before
    return Compared(record, before, incoming, after, _outcome(before, incoming, after), fresh)


def _outcome(before: State, incoming: State, after: State) -> Outcome:
    """The one word."""
    if any(before.conflicts.get(cell) != sides for cell, sides in after.conflicts.items()):
        return "conflict"
    if _same(before, after):
        return "same" if _same(incoming, after) else "older"
    return "changed" if _same(incoming, after) else "joined"


def _same(one: State, other: State) -> bool:
    """Whether both show the same."""
    return one.cells == other.cells and one.conflicts == other.conflicts


def _by_record(opened: Opened) -> defaultdict[bytes, list[Revision]]:
    """The revisions of the package; refused when they do not hold together."""
    known = {record.id for record in opened.records}
    by_record: defaultdict[bytes, list[Revision]] = defaultdict(list)
    for revision in opened.revisions:
        by_record[revision.record].append(revision)
    misnamed = any(
        record.table == SHEET and record.id != sheet_record(record.sheet)
        for record in opened.records
    )
    twice = len(known) != len(opened.records) or any(
        len({revision.id for revision in made}) != len(made) for made in by_record.values()
    )
    if misnamed or twice or by_record.keys() - known:
        raise broken(opened)
    return by_record


def _check_unchanged(opened: Opened, known: list[Revision], theirs: list[Revision]) -> None:
    """A revision never changes."""
    by_id = {revision.id: revision for revision in known}
    if any(by_id.get(revision.id, revision) != revision for revision in theirs):
        raise revision_changed(opened)
