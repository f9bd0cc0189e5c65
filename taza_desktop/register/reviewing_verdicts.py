"""What was said about sheets: the verdict, its remarks, and how far they were answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, cast

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.form import Form
from taza_desktop.plan.sheet import Cells, Sheet, SheetKey
from taza_desktop.register.lineage import State, join, sides
from taza_desktop.register.model import REVIEW, Revision
from taza_desktop.register.reading import Reading
from taza_desktop.register.reviewing_cells import (
    ANSWER,
    OF,
    OPENED,
    REASON,
    REMARK,
    RETURNED,
    VERDICT,
    WAS,
    Judgement,
)
from taza_desktop.register.reviewing_prints import print_at, prints
from taza_desktop.register.store import Store, condition


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands about one sheet.

    Attributes:
        verdict: blank when nobody judged it, or after it was unlocked.
        reason: to the whole sheet; of a return, or why it was unlocked.
        remarks: of a return, by the address of the cell ("" is the whole sheet).
        answers: what the clerk said to them since, by the same addresses.
        opened: the day on which the clerk first read the return; None while nobody did.
        by, office, at: the person who said it, KATO code of the office, when (UTC).
        fresh: the sheet, with its answers, is still what was judged.
        conflict: offices that did not know of each other judged differently.
        was: by address the fingerprint of what the remark was made on.
    """

    key: SheetKey
    verdict: Judgement = ""
    reason: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict[str, str])
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    opened: date | None = None
    by: str = ""
    office: str = ""
    at: str = ""
    fresh: bool = False
    conflict: bool = False
    was: Mapping[str, str] = field(default_factory=dict[str, str])


class Remark(NamedTuple):
    """One remark of a return, and what became of it: words in answer, or another value there."""

    address: str
    text: str
    answer: str
    changed: bool

    @property
    def answered(self) -> bool:
        """Whether the clerk did something about it."""
        return bool(self.answer) or self.changed


def verdicts(
    register: Store, round: str, measure: int | None = None, territory: str | None = None
) -> dict[SheetKey, Verdict]:
    """What stands about the sheets of a round; of those alone that anything was said about."""
    where, wanted = condition(round=round, measure=measure, territory=territory)
    rows = register.db.execute(
        "SELECT id, measure, territory, round FROM records WHERE live AND entry_of = :review"
        f" AND {where} ORDER BY measure, territory",
        {**wanted, "review": REVIEW},
    )
    found = cast("Iterable[tuple[bytes, int, str, str]]", rows)
    keys = {row[0]: SheetKey(*row[1:]) for row in found}
    revisions = register.active_revisions(list(keys))
    now = prints(register, round, measure, territory) if keys else {}
    return {key: _verdict(key, revisions[record], now[key]) for record, key in keys.items()}


def verdict(register: Store, key: SheetKey) -> Verdict:
    """What stands about one sheet."""
    return verdicts(register, key.round, key.measure, key.territory).get(key, Verdict(key))


def remarks_of(form: Form, sheet: Sheet, said: Verdict) -> list[Remark]:
    """The remarks of a return as they stand: the whole sheet first, then by address."""
    return _remarks(form, sheet, said) if said.verdict == RETURNED else []


def _remarks(form: Form, sheet: Sheet, said: Verdict) -> list[Remark]:
    return [
        Remark(
            address,
            text,
            said.answers.get(address, ""),
            said.was.get(address) != print_at(form, sheet, address),
        )
        for address, text in sorted(said.remarks.items())
    ]


def is_answered(form: Form, sheet: Sheet, said: Verdict) -> bool:
    """Whether a return was answered: each remark, or anything when it has none."""
    if said.verdict != RETURNED:
        return False
    remarks = remarks_of(form, sheet, said)
    return all(remark.answered for remark in remarks) if remarks else not said.fresh


def open_remarks(register: Reading, key: SheetKey) -> list[Remark]:
    """The remarks of the return that stands about a sheet; empty when none does."""
    return remarks_of(load_plan().form(key.measure), register.sheet(key), verdict(register, key))


def noted_remarks(register: Reading, key: SheetKey) -> list[Remark]:
    """Also the remarks that were noted for a return that was not given yet."""
    return _remarks(load_plan().form(key.measure), register.sheet(key), verdict(register, key))


def _verdict(key: SheetKey, revisions: Sequence[Revision], now: str) -> Verdict:
    """One review; a judgement takes the answers to the one before away."""
    state = join(revisions)
    judged = _judged(key, revisions)
    if judged is None:  # remarks noted for later, or answers to a judgement that was taken back
        return Verdict(key, remarks=_marks(state.cells, REMARK), was=_marks(state.cells, WAS))
    told = {**state.cells, **_answers_beside(state)}
    opened = told.get(OPENED)
    return Verdict(
        key=key,
        verdict=cast("Judgement", state.cells.get(VERDICT, "")),
        reason=str(state.cells.get(REASON, "")),
        remarks=_marks(state.cells, REMARK),
        answers=_marks(told, ANSWER),
        opened=date.fromisoformat(str(opened)[:10]) if opened else None,
        by=judged.author,
        office=judged.office,
        at=judged.made,
        fresh=any(side.value == now for side in sides(revisions, OF)),
        conflict=VERDICT in state.conflicts,
        was=_marks(state.cells, WAS),
    )


def _judged(key: SheetKey, revisions: Sequence[Revision]) -> Revision | None:
    """The latest judgement; one that repeats the one before writes only what differs."""
    words = (VERDICT, OF, REASON, OPENED)
    found = [
        one
        for one in revisions
        if one.office != key.territory and not one.changes.keys().isdisjoint(words)
    ]
    return max(found, key=lambda one: one.made, default=None)


def _answers_beside(state: State) -> Cells:
    """Answers given while somebody judged anew and took the ones before away: they stand."""
    return {
        cell: next(side.value for side in against if side.value is not None)
        for cell, against in state.conflicts.items()
        if cell.startswith(ANSWER) or cell == OPENED
    }


def _marks(cells: Cells, mark: str) -> dict[str, str]:
    return {
        cell.removeprefix(mark): str(value)
        for cell, value in cells.items()
        if cell.startswith(mark)
    }
