"""What a package would do to each record: before, incoming, after, and one word for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from taza_desktop.register.arriving import Arrival, Meeting
from taza_desktop.register.lineage import State, join
from taza_desktop.register.model import Record

Outcome = Literal["new", "changed", "same", "older", "joined", "conflict"]
_NOTHING = State()
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


class Compared(NamedTuple):
    """One record of a package against the register.

    `incoming` is what the package alone would show, `after` what both together show. Outcomes:
    `new` nothing was here · `changed` theirs follows on ours · `same` nothing would change ·
    `older` nothing would change, ours follows on theirs or theirs is only kept · `joined` both
    wrote, different cells · `conflict` one cell. A record that the package does not carry is here
    when it shows something else because the package takes another one back.
    """

    meeting: Meeting
    before: State
    incoming: State
    after: State
    outcome: Outcome

    @property
    def record(self) -> Record:
        """Which one."""
        return self.meeting.record

    @property
    def writes(self) -> bool:
        """Whether what is noted of the record has to be noted anew."""
        return not self.meeting.here or not _same(self.before, self.after)


def compare(arrival: Arrival) -> Iterator[Compared]:
    """Every record that an arriving package touches. Reads only.

    Raises Refusal MERGE-BROKEN, MERGE-REVISION-CHANGED.
    """
    for met in arrival.meetings():
        incoming = join(met.incoming())
        if met.here:
            before = join(met.before())
            after = before if met.changes_nothing() else join(met.after())
            yield Compared(met, before, incoming, after, _outcome(before, incoming, after))
        else:
            outcome = "new" if incoming.heads else "older"
            yield Compared(met, _NOTHING, incoming, incoming, outcome)


def _outcome(before: State, incoming: State, after: State) -> Outcome:
    """The one word for a record that is here."""
    if any(before.conflicts.get(cell) != sides for cell, sides in after.conflicts.items()):
        return "conflict"
    if not before.heads and after.heads:
        return "new"
    if _same(before, after):
        return "same" if _same(incoming, after) else "older"
    return "changed" if _same(incoming, after) or not incoming.heads else "joined"


def _same(one: State, other: State) -> bool:
    """Whether both show the same; without a head a record shows nothing, not even a blank row."""
    return (
        bool(one.heads) == bool(other.heads)
        and one.cells == other.cells
        and one.conflicts == other.conflicts
    )
