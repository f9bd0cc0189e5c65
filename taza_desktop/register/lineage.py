"""What a record shows: a pure function of the set of its active revisions, whatever their order.

A cell's value is the write that no other write of that cell descends from. Several such writes with
different values are a conflict; then the office higher in the territory tree is shown, and among
equals the smallest revision id. Neither clocks nor arrival decide, or registers would differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from taza_desktop.plan.sheet import Cells, Value
from taza_desktop.register.codec import to_json
from taza_desktop.register.model import DELETED, Record, Revision


class Side(NamedTuple):
    """One of the values that stand against each other, and who wrote it."""

    value: Value
    revision: bytes
    author: str
    office: str
    made: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Different values of one cell whose authors did not know of each other; `sides[0]` is shown.

    `base` is the value that all sides started from. An edit against a deletion is a conflict of the
    cell `deleted:` with the values true and none.
    """

    record: Record
    cell: str
    base: Value
    sides: tuple[Side, ...]


@dataclass(slots=True)
class State:
    """What the active revisions of a record come to; a blank cell has no key."""

    cells: Cells = field(default_factory=dict[str, Value])
    heads: tuple[bytes, ...] = ()
    conflicts: dict[str, tuple[Side, ...]] = field(default_factory=dict[str, tuple[Side, ...]])

    @property
    def live(self) -> bool:
        """Whether there is something to show: it was written and is not deleted."""
        return bool(self.heads) and DELETED not in self.cells


def join(revisions: Sequence[Revision]) -> State:
    """The state of one record from its active revisions, in any order."""
    chain = _chain(revisions)
    if chain is None:
        return _Web(revisions).state()
    cells: Cells = {}
    for revision in chain:
        cells.update(revision.changes)
    heads = (chain[-1].id,) if chain else ()
    return State({cell: value for cell, value in cells.items() if value is not None}, heads)


def without(silent: Sequence[Revision], revisions: Sequence[Revision]) -> Sequence[Revision]:
    """The revisions as if the silent ones were not there: whom these knew, their children know.

    So a revision that is kept but not active says nothing, and still no lineage is torn.
    """
    behind = {one.id: one.parents for one in silent}
    return [
        one
        if behind.keys().isdisjoint(one.parents)
        else replace(one, parents=_through(behind, one.parents))
        for one in revisions
    ]


def base(revisions: Sequence[Revision], sides: Iterable[Side], cell: str) -> Value:
    """The value of the cell in what all sides have seen in common."""
    return _Web(revisions).base([side.revision for side in sides], cell)


def sides(revisions: Sequence[Revision], cell: str) -> tuple[Side, ...]:
    """Who wrote what the cell holds now: nobody, one, or all that stand against each other.

    The first is shown; a blank is a value too, as somebody may have taken the cell back.
    """
    chain = _chain(revisions)
    if chain is None:
        return _Web(revisions).sides(cell)
    writer = next((one for one in reversed(chain) if cell in one.changes), None)
    return (_side(writer, cell),) if writer else ()


def rank(office: str) -> int:
    """How high an office stands, 0 is the republic; KATO codes end in zeros below their level."""
    zeros = len(office) - len(office.rstrip("0"))
    return sum(zeros < needed for needed in (9, 7, 5))


def _through(behind: dict[bytes, tuple[bytes, ...]], parents: Iterable[bytes]) -> tuple[bytes, ...]:
    """The parents, each silent one replaced by its own, and so on."""
    found: set[bytes] = set()
    passed: set[bytes] = set()
    ahead = [*parents]
    while ahead:
        one = ahead.pop()
        if one not in behind:
            found.add(one)
        elif one not in passed:
            passed.add(one)
            ahead += behind[one]
    return tuple(sorted(found))


def _chain(revisions: Sequence[Revision]) -> Sequence[Revision] | None:
    """The revisions oldest first when each has exactly the one before as its parent, else None."""
    if len(revisions) < 2:
        return revisions
    by_parent = {revision.parents: revision for revision in revisions}
    known = {revision.id for revision in revisions}
    roots = [revision for revision in revisions if not known.intersection(revision.parents)]
    if len(roots) != 1 or len(by_parent) != len(revisions):
        return None
    chain = roots
    while following := by_parent.get((chain[-1].id,)):
        chain.append(following)
    return chain if len(chain) == len(revisions) else None


class _Web:
    """Revisions that branch and meet again. Sets of revisions are bits: bit i is `revisions[i]`."""

    def __init__(self, revisions: Sequence[Revision]) -> None:
        self._all = sorted(revisions, key=lambda revision: revision.id)
        self._seen = self._ancestors()

    def state(self) -> State:
        """The joined state."""
        everyone = range(len(self._all))
        writers: dict[str, list[int]] = {}
        for index, revision in enumerate(self._all):
            for cell in revision.changes:
                writers.setdefault(cell, []).append(index)
        state = State(heads=tuple(self._all[index].id for index in self._latest(everyone)))
        for cell, indexes in writers.items():
            latest = self._latest(indexes)
            self._put(state, cell, [self._side(index, cell) for index in latest])
        if DELETED in writers:
            self._put(state, DELETED, self._deletion(self._latest(writers[DELETED])))
        return state

    def sides(self, cell: str) -> tuple[Side, ...]:
        """The latest writes of the cell; of several with one value the first by precedence."""
        writers = [index for index, one in enumerate(self._all) if cell in one.changes]
        ranked = sorted(
            (self._side(index, cell) for index in self._latest(writers)), key=_precedence
        )
        values = {to_json(side.value): side for side in reversed(ranked)}
        return tuple(sorted(values.values(), key=_precedence))

    def base(self, sides: Iterable[bytes], cell: str) -> Value:
        """The cell in the join of what all these revisions have seen."""
        numbers = {revision.id: index for index, revision in enumerate(self._all)}
        common = (1 << len(self._all)) - 1
        for side in sides:
            common &= self._seen[numbers[side]]
        shared = [revision for index, revision in enumerate(self._all) if common >> index & 1]
        return join(shared).cells.get(cell)

    def _ancestors(self) -> list[int]:
        """For each revision all that its author had seen; a forged circle of parents ends too."""
        numbers = {revision.id: index for index, revision in enumerate(self._all)}
        parents = [
            [numbers[parent] for parent in revision.parents if parent in numbers]
            for revision in self._all
        ]
        seen = [0] * len(self._all)
        growing = True
        while growing:
            growing = False
            for index, direct in enumerate(parents):
                known = seen[index]
                for parent in direct:
                    known |= seen[parent] | 1 << parent
                growing |= known != seen[index]
                seen[index] = known
        return seen

    def _knew(self, later: int, earlier: int) -> bool:
        """Whether one descends from the other (in a circle neither does)."""
        return bool(self._seen[later] >> earlier & 1) and not self._seen[earlier] >> later & 1

    def _latest(self, indexes: Sequence[int]) -> list[int]:
        """Those that none of the others descends from."""
        return [i for i in indexes if not any(self._knew(j, i) for j in indexes)]

    def _side(self, index: int, cell: str) -> Side:
        return _side(self._all[index], cell)

    def _deletion(self, latest: list[int]) -> list[Side]:
        """The writes of `deleted:` and, as blanks, the edits made beside it, neither knowing."""
        gone = [index for index in latest if self._all[index].changes[DELETED]]
        edits = [
            index
            for index, revision in enumerate(self._all)
            if gone
            and revision.changes.keys() - {DELETED}
            and not any(
                index == other or self._knew(other, index) or self._knew(index, other)
                for other in gone
            )
        ]
        kept = [self._side(index, DELETED)._replace(value=None) for index in edits]
        return [self._side(index, DELETED) for index in latest] + kept

    @staticmethod
    def _put(state: State, cell: str, sides: list[Side]) -> None:
        """Show the first side by office and id; when values differ, keep one side for each."""
        ranked = sorted(sides, key=_precedence)
        values = {to_json(side.value): side for side in reversed(ranked)}
        shown = ranked[0].value
        state.cells.pop(cell, None)
        state.conflicts.pop(cell, None)
        if shown is not None:
            state.cells[cell] = shown
        if len(values) > 1:
            state.conflicts[cell] = tuple(sorted(values.values(), key=_precedence))


def _side(revision: Revision, cell: str) -> Side:
    value = revision.changes.get(cell)
    return Side(value, revision.id, revision.author, revision.office, revision.made)


def _precedence(side: Side) -> tuple[int, bytes]:
    """What is shown while sides differ: the smallest of these."""
    return rank(side.office), side.revision
