"""What is said about sheets and packages, and marks of rows: names and values for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from taza_desktop.i18n import N_, gettext
from taza_desktop.ui.board_states import LOOKS
from taza_desktop.ui.wording import moment

if TYPE_CHECKING:
    from taza_desktop.plan.sheet import Value


class Mark(NamedTuple):
    """A cell that no form has. `says` may name the `{cell}` that it is pinned to.

    `show` is how its value reads; None: the mark is for the program and not for people.
    """

    says: str
    show: Callable[[Value], str] | None = str


def _verdict(value: Value) -> str:
    return LOOKS[str(value)].name if str(value) in LOOKS else str(value)


def _moment(value: Value) -> str:
    return moment(str(value))


_MARKS = {
    "verdict": Mark(N_("Verdict"), _verdict),
    "reason": Mark(N_("Reason")),
    "of": Mark("", None),
    "was:": Mark("", None),
    "answer:": Mark(N_("Answer: {cell}")),
    "opened": Mark(N_("Return opened"), _moment),
    "manifest": Mark("", None),
    "received:": Mark(N_("Package received"), _moment),
    "withdrawn": Mark(N_("Package taken back"), lambda value: "✓" if value else ""),
    "na:": Mark(N_("Does not apply: {cell}")),
    "remark:": Mark(N_("Remark: {cell}")),
    "same:": Mark(N_("The same as another row"), lambda value: "✓" if value else ""),
    "apart:": Mark(N_("Not the same as another row")),
    "override:": Mark(N_("Instead of the computed total: {cell}")),
    "stands_for:": Mark(N_("Stands for")),
    "retired:": Mark(N_("Of an earlier form: {cell}")),
}


def mark_of(cell: str) -> Mark | None:
    """The mark behind a cell; None when it is a cell of a form."""
    mark, colon, _of = cell.partition(":")
    return _MARKS.get(mark + colon)


def is_for_people(table: str, cell: str) -> bool:
    """Whether the cell says something to a person."""
    mark = mark_of(cell) if ":" in f"{table}{cell}" else None
    return mark is None or mark.show is not None


def name_of(mark: Mark, pinned_to: str) -> str:
    """What a person calls the mark."""
    return gettext(mark.says).format(cell=pinned_to)
