"""What goes into a package: whole lineages, and on which ways each came (docs/decisions/0004)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import Record, Revision
from taza_desktop.register.parcel import Load, Way
from taza_desktop.register.reading import RECORD_COLUMNS, RecordRow, to_record
from taza_desktop.register.shelf import Shelf
from taza_desktop.register.store import in_batches, places

_Numbers = tuple[int, ...]


def load(register: Shelf, keys: Iterable[SheetKey]) -> Load:
    """Every record of these sheets that shows anything, with all its revisions."""
    lineages: list[tuple[Record, list[Revision]]] = []
    came: dict[bytes, _Numbers] = {}
    for key in keys:
        records = _records_of(register, key)
        stored = register.stored_revisions([record.id for record in records])
        shown = [one for one in records if any(of.active for of in stored.get(one.id, ()))]
        lineages += [(one, [of.revision for of in stored[one.id]]) for one in shown]
        came |= _came(register, [one.id for one in shown])
    ways = register.ways()
    fewest = {numbers: _fewest(ways, numbers) for numbers in set(came.values())}
    via = {revision: fewest[numbers] for revision, numbers in came.items() if fewest[numbers]}
    named = {package for several in fewest.values() for way in several for package in way}
    return Load(lineages, register.relayed(named), via)


def _records_of(register: Shelf, key: SheetKey) -> list[Record]:
    rows = register.db.execute(
        f"SELECT {RECORD_COLUMNS} FROM records"
        " WHERE measure = ? AND territory = ? AND round = ? ORDER BY id",
        key,
    )
    return [to_record(row) for row in cast("Iterable[RecordRow]", rows)]


def _came(register: Shelf, records: Sequence[bytes]) -> dict[bytes, _Numbers]:
    """By the numbers of ways: how those revisions of the records came that were not made here."""
    came: dict[bytes, _Numbers] = {}
    for batch in in_batches(records):
        rows = register.db.execute(
            "SELECT id, way FROM revisions JOIN links ON revision = number"
            f" WHERE record IN ({places(batch)}) AND NOT own ORDER BY number, way",
            batch,
        )
        for revision, way in cast("Iterable[tuple[bytes, int]]", rows):
            came[revision] = (*came.get(revision, ()), way)
    return came


def _fewest(ways: Mapping[int, Way], numbers: _Numbers) -> tuple[Way, ...]:
    """Those ways alone that say something: one that leads through all of another adds nothing.

    Without this, two offices that write to each other would pass on more ways every time.
    """
    fewest: list[Way] = []
    for way in sorted(
        (ways[one] for one in numbers if one in ways), key=lambda way: (len(way), way)
    ):
        if not any(set(way).issuperset(shorter) for shorter in fewest):
            fewest.append(way)
    return tuple(fewest)
