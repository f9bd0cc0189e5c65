"""Invented histories: clerks, coordinators and the Ministry enter, judge, send, merge, take back.

A history is a list of steps; each is done by one of those who have something of the kind to do.
What happened is told in sentences, so that the smallest history that breaks a law reads as a story.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple
from unittest.mock import patch

from hypothesis import note, settings
from hypothesis import strategies as st

from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register import ids
from taza_desktop.register.register import Register
from tests.merging.people import COORDINATORS, PEOPLE, SHEETS, World, related

__all__ = ["COORDINATORS", "LAWS", "STEPS", "Step", "World", "world"]

# A history is worth many examples of other tests; all laws together see three times as many.
LAWS = settings(max_examples=settings().max_examples // 4)
CELLS = ("planned", "planted")
VERDICTS = ("accepted", "returned", None)


class Step(NamedTuple):
    """What one person does; the numbers choose who, a sheet, a cell, a row, a package, a value."""

    who: int
    deed: str
    which: int
    value: int | None


# How often each happens: without much handing over nobody edits what another wrote.
_OFTEN = {
    "rest": 1,  # the first is what Hypothesis shrinks to
    **{"figure": 5, "row": 1, "cell": 2, "delete": 1, "restore": 1},
    **{"judge": 2, "answer": 1, "settle": 3},
    **{"hand over": 9, "send": 1, "send part": 1, "merge": 3},
    **{"undo": 3, "merge again": 1},
}
STEPS = st.lists(
    st.builds(
        Step,
        st.integers(0, len(PEOPLE) - 1),
        st.sampled_from([deed for deed, often in _OFTEN.items() for _ in range(often)]),
        st.integers(0, 11),
        st.sampled_from([1, 2, 3, None]),
    ),
    min_size=20,
    max_size=60,
)


@contextmanager
def world(steps: Sequence[Step]) -> Iterator[World]:
    """The world after these steps. Ids follow from the steps, so a history is always the same."""
    numbers = itertools.count(1)
    with (
        patch.object(ids, "_random_tail", lambda: 0),
        patch.object(uuid, "uuid4", lambda: uuid.UUID(int=next(numbers))),
    ):
        made = World()
        try:
            for step in steps:
                _live(made, step)
            yield made
        finally:
            note(" · ".join(made.story))


def _live(made: World, step: Step) -> None:
    """One step, by one of those who can; nothing when nobody can."""
    able = [one for one in made.registers if _can(made, one, step.deed)]
    if able:
        register = able[step.who % len(able)]
        _DEEDS[step.deed](made, register, step)


def _can(made: World, register: Register, deed: str) -> bool:
    """Whether somebody has what a deed needs."""
    role = register.office.role
    needs = {
        "judge": lambda: role != "clerk",
        "answer": lambda: role == "clerk",
        "settle": register.conflicts,
        "undo": lambda: _known(register, active=True),
        "merge again": lambda: _known(register, active=False),
        "merge": lambda: made.arrived(register),
        **dict.fromkeys(("cell", "delete", "restore"), lambda: _rows(register)),
        **dict.fromkeys(("hand over", "send", "send part"), lambda: _sheets(register)),
    }
    return bool(needs[deed]()) if deed in needs else True


def _rows(register: Register) -> list[str]:
    """The ids of the rows that are shown, of any sheet."""
    tables = [table for sheet in register.sheets() for table in sheet.entries.values()]
    return [row.id for table in tables for row in table]


def _sheets(register: Register) -> list[SheetKey]:
    return register.sheet_keys(said=True)


def _known(register: Register, *, active: bool) -> list[str]:
    """The packages that others made, also those heard of, which stand or were taken back."""
    known = (*register.packages("via"), *register.packages("in"))
    return [package.envelope.package_id for package in known if package.active == active]


def _some_sheet(register: Register, step: Step) -> SheetKey:
    office, clerk = register.office.territory, register.office.role == "clerk"
    sheets = [key for key in SHEETS if key.territory == office or not clerk]
    return sheets[step.which % len(sheets)]


def _figure(made: World, register: Register, step: Step) -> None:
    cell = CELLS[step.which // 3 % 2]
    made.enter(register, _some_sheet(register, step), cell, step.value)


def _row(made: World, register: Register, step: Step) -> None:
    made.add_row(register, _some_sheet(register, step), step.value)


def _cell(made: World, register: Register, step: Step) -> None:
    made.edit_row(register, _one(_rows(register), step), step.value)


def _delete(made: World, register: Register, step: Step) -> None:
    made.delete_row(register, _one(_rows(register), step))


def _restore(made: World, register: Register, step: Step) -> None:
    made.restore_row(register, _one(_rows(register), step))


def _judge(made: World, register: Register, step: Step) -> None:
    verdict = VERDICTS[step.which // 3 % 3]
    made.judge(register, _some_sheet(register, step), verdict, step.value)


def _answer(made: World, register: Register, step: Step) -> None:
    made.answer(register, _some_sheet(register, step), step.value)


def _settle(made: World, register: Register, step: Step) -> None:
    conflicts = register.conflicts()
    conflict = conflicts[step.which % len(conflicts)]
    made.settle(register, conflict, conflict.sides[(step.value or 0) % 2].value)


def _hand_over(made: World, register: Register, step: Step) -> None:
    """Send everything, and one of those whom it may concern merges it at once."""
    others = [other for other in made.registers if related(register, other)]
    made.send(register)
    made.merge(others[step.which % len(others)], made.sent[-1])


def _send(made: World, register: Register, step: Step) -> None:
    made.send(register)


def _send_part(made: World, register: Register, step: Step) -> None:
    sheets = _sheets(register)
    made.send(register, [sheets[step.which % len(sheets)]])


def _merge(made: World, register: Register, step: Step) -> None:
    arrived = made.arrived(register)
    made.merge(register, arrived[-1 - step.which % len(arrived)])


def _undo(made: World, register: Register, step: Step) -> None:
    made.undo(register, _one(_known(register, active=True), step))


def _merge_again(made: World, register: Register, step: Step) -> None:
    made.merge_again(register, _one(_known(register, active=False), step))


def _one(names: Sequence[str], step: Step) -> str:
    """One of them, the last the likeliest to be the smallest example."""
    return names[-1 - step.which % len(names)]


_DEEDS = {
    "rest": lambda made, register, step: None,
    "figure": _figure,
    "row": _row,
    "cell": _cell,
    "delete": _delete,
    "restore": _restore,
    "judge": _judge,
    "answer": _answer,
    "settle": _settle,
    "hand over": _hand_over,
    "send": _send,
    "send part": _send_part,
    "merge": _merge,
    "undo": _undo,
    "merge again": _merge_again,
}
