"""Entries that two people may have entered both: found by likeness, joined only by a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.merging.likeness import Prepared, Words, likeness, named_alike, prepare
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.form import Form, Table
from taza_desktop.plan.sheet import APART, SAME, Cells, Sheet, SheetKey
from taza_desktop.plan.totals import PlacedEntry
from taza_desktop.register.model import DELETED, Record
from taza_desktop.register.register import Register

ALIKE = 0.86  # at least; found on the facts of 2024 and on spelling variants of them
_TELLING = 3  # cells that both have filled in, at least
_WINDOW = 6  # neighbours looked at in the order of a text
_CROWD = 24  # entries that share a word or a figure; more share it by its nature
_DIFFERENT = "≠"  # what stands there when nobody said why
_STEM = 6  # letters of a word that endings leave alone

_Pairs = set[tuple[int, int]]


class Pair(NamedTuple):
    """Two entries of one table and round that look like one; `score` and `why` from 0 to 1."""

    form: Form
    table: Table
    a: PlacedEntry
    b: PlacedEntry
    score: float
    why: Mapping[str, float]


def candidates(register: Register, plan: Plan, round: str) -> list[Pair]:
    """The pairs that a person should look at, the most alike first.

    Both lie in one territory, or one's territory in the other's; what somebody called different
    (`keep_apart`) is left out.
    """
    by_measure: defaultdict[int, list[Sheet]] = defaultdict(list)
    for sheet in register.sheets(round):
        if plan.has_form(sheet.key.measure):
            by_measure[sheet.key.measure].append(sheet)
    found = [
        pair
        for measure, sheets in by_measure.items()
        for table in plan.form(measure).tables
        for pair in _alike(plan, plan.form(measure), table, _entries(table, sheets))
    ]
    return sorted(found, key=lambda pair: (-pair.score, pair.a.id, pair.b.id))


def join_entries(register: Register, keep: str, drop: str, cells: Cells | None = None) -> None:
    """Make one entry of two: `drop` is taken out and names `keep`, which gets these cells.

    One transaction; restoring `drop` undoes it. Raises Refusal REG-NO-ENTRY, DUP-OTHER-TABLE,
    REV-LOCKED.
    """
    stays, goes = _two(register, keep, drop)
    with register.transaction():
        register.write(stays, cells or {})
        register.write(goes, {DELETED: True, SAME: stays.id.hex()})


def keep_apart(register: Register, a: str, b: str, reason: str = "") -> None:
    """Note that two entries look alike and are not the same. Raises as `join_entries` does."""
    one, other = sorted(_two(register, a, b), key=lambda record: record.id)
    register.write(one, {f"{APART}{other.id.hex()}": reason.strip() or _DIFFERENT})


def _two(register: Register, a: str, b: str) -> tuple[Record, Record]:
    one, other = register.record(a), register.record(b)
    same_table = (one.sheet.measure, one.sheet.round, one.table) == (
        other.sheet.measure,
        other.sheet.round,
        other.table,
    )
    if not same_table or one.id == other.id:
        raise Refusal(
            "DUP-OTHER-TABLE",
            N_("{a} and {b} are not two rows of one table and round, so they cannot be joined."),
            a=a,
            b=b,
        )
    return one, other


def _entries(table: Table, sheets: Iterable[Sheet]) -> list[PlacedEntry]:
    return [
        PlacedEntry(entry.cells, entry.id, sheet.key)
        for sheet in sheets
        for entry in sheet.entries.get(table.name, ())
    ]


def _alike(plan: Plan, form: Form, table: Table, entries: Sequence[PlacedEntry]) -> Iterator[Pair]:
    """The pairs of one table."""
    prepared = [prepare(table, entry.cells) for entry in entries]
    for i, j in _worth_comparing(prepared):
        a, b = entries[i], entries[j]
        if (
            named_alike(table, prepared[i], prepared[j])
            and _overlap(plan, a.origin, b.origin)
            and not _kept_apart(a, b)
        ):
            score, why = likeness(table, prepared[i], prepared[j])
            if score >= ALIKE and _tells_enough(table, why):
                yield Pair(form, table, a, b, score, why)


def _worth_comparing(prepared: Sequence[Sequence[Prepared]]) -> _Pairs:
    """Pairs that share two words or figures, or stand next to each other in the order of a text.

    Comparing everything with everything would take minutes for a region's list.
    """
    sharing: defaultdict[tuple[int, Prepared], list[int]] = defaultdict(list)
    for row, cells in enumerate(prepared):
        for key in _keys(cells):
            sharing[key].append(row)
    once, twice = _Pairs(), _Pairs()
    for rows in sharing.values():
        if len(rows) <= _CROWD:
            pairs = set(combinations(rows, 2))
            twice |= once & pairs
            once |= pairs
    return twice | _neighbours(prepared)


def _keys(cells: Sequence[Prepared]) -> set[tuple[int, Prepared]]:
    """The beginnings of the words, and the figures and dates, by their columns."""
    keys: set[tuple[int, Prepared]] = set()
    for column, value in enumerate(cells):
        if isinstance(value, Words):
            keys.update((column, word[:_STEM]) for word in value.words.split() if len(word) > 2)
        elif isinstance(value, int | str):
            keys.add((column, value))
    return keys


def _neighbours(prepared: Sequence[Sequence[Prepared]]) -> _Pairs:
    """Those near each other when sorted by a text."""
    near = _Pairs()
    for column in range(len(prepared[0]) if prepared else 0):
        told = sorted(
            (value.words, row)
            for row, cells in enumerate(prepared)
            if isinstance(value := cells[column], Words)
        )
        for place, (_, row) in enumerate(told):
            for _, other in told[place + 1 : place + _WINDOW]:
                near.add((min(row, other), max(row, other)))
    return near


def _tells_enough(table: Table, why: Mapping[str, float]) -> bool:
    """Whether enough is filled in to tell by; without a text that names it all must be the same."""
    named = any(it.kind in ("text", "person") and it.name in why for it in table.columns)
    return len(why) >= min(_TELLING, len(table.columns)) and (named or min(why.values()) == 1)


def _overlap(plan: Plan, one: SheetKey, other: SheetKey) -> bool:
    covers = plan.territories.covers
    return covers(one.territory, other.territory) or covers(other.territory, one.territory)


def _kept_apart(a: PlacedEntry, b: PlacedEntry) -> bool:
    return bool(a.cells.get(f"{APART}{b.id}") or b.cells.get(f"{APART}{a.id}"))
