"""The payload: revisions as JSON Lines, one array a line after a line of column names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from graphlib import TopologicalSorter
from typing import NamedTuple, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import patterns, rows
from taza_desktop.packages.envelope import MINOR
from taza_desktop.packages.patterns import Check, each, text, whole
from taza_desktop.packages.rows import Column
from taza_desktop.plan.sheet import Cells, SheetKey, Value
from taza_desktop.register.model import Record, Revision

Payload = list[tuple[Record, list[Revision]]]
Ways = tuple[tuple[int, ...], ...]  # each a row of `packages.jsonl` after the other, from 1
Via = dict[bytes, Ways]  # by revision; one that the sender's office made is not there

_TABLE = r"([a-z][a-z0-9_]{0,63}:?)?"  # empty: the figures of the sheet; colon: said about them
_CELL = re.compile(r"[a-z][a-z0-9_]{0,63}|[a-z_]{1,20}:[a-z0-9_/:]{0,200}")
_MEASURES = 999
_WAY = 64  # packages on one way; a dozen offices and colleagues are many


def _changes(value: object) -> bool:
    return isinstance(value, dict) and all(
        _CELL.fullmatch(cell) and _is_value(item)
        for cell, item in cast(dict[str, object], value).items()
    )


_ATTACHMENT: dict[str, Check] = {
    "sha256": text(patterns.DIGEST),
    "name": text(patterns.LINE),
    "type": text(patterns.LINE),
    "size": lambda value: type(value) is int,
}


def _is_value(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, str) for item in cast(list[object], value))
    if isinstance(value, dict):
        parts = cast(dict[str, object], value)
        return parts.keys() == _ATTACHMENT.keys() and all(
            check(parts[name]) for name, check in _ATTACHMENT.items()
        )
    return True  # text, whole number, true, null: strict_json lets nothing else through


def _ways(value: object) -> bool:
    """Lists of numbers of rows, none empty and none twice."""
    if not isinstance(value, list) or not value:
        return value == []
    ways = cast("list[list[int]]", value)
    return all(map(_way, ways)) and len(set(map(tuple, ways))) == len(ways)


def _way(value: object) -> bool:
    return _numbers(value) and 0 < len(cast("list[int]", value)) <= _WAY


_numbers = each(whole(1))
COLUMNS = (
    Column("revision", "string", text(patterns.ID), "identity of the revision"),
    Column("record", "string", text(patterns.ID), "identity of the record that the revision is of"),
    Column("measure", "integer", whole(0, _MEASURES), "number of the measure in the plan"),
    Column("territory", "string", text(patterns.KATO), "KATO code of the territory"),
    Column("round", "string", text(patterns.ROUND), "code of the reporting round"),
    Column("table", "string", text(_TABLE), "table of the form; empty for its figures"),
    Column("parents", "array", each(text(patterns.ID)), "revisions that the author saw"),
    Column("author", "string", text(patterns.LINE), "name of the person"),
    Column("office", "string", text(patterns.KATO), "KATO code of the office the person works for"),
    Column("made", "datetime", text(patterns.MADE), "when, UTC; decides nothing"),
    Column("changes", "object", _changes, "the cells written; null blanks a cell"),
    Column("via", "array", _ways, "rows of packages.jsonl that brought it, way by way", since=1),
)


class Read(NamedTuple):
    """Records and their revisions in the order of the lines, and the ways on which they came."""

    lineages: Payload
    via: Via


def write(lineages: Iterable[tuple[Record, list[Revision]]], via: Mapping[bytes, Ways]) -> bytes:
    """`records.jsonl`; records by sheet, table and id, parents before children."""
    ordered = sorted(lineages, key=lambda one: (one[0].sheet, one[0].table, one[0].id))
    made = ((record, one) for record, revisions in ordered for one in _oldest(revisions))
    return rows.write(COLUMNS, (_row(record, one, via) for record, one in made))


def _oldest(revisions: list[Revision]) -> Iterator[Revision]:
    """Parents before children; the same order for the same revisions."""
    by_id = {one.id: one for one in sorted(revisions, key=lambda one: one.id)}
    parents = {one: by_id.keys() & set(by_id[one].parents) for one in by_id}
    for found in TopologicalSorter({one: sorted(parents[one]) for one in by_id}).static_order():
        yield by_id[found]


def _row(record: Record, revision: Revision, via: Mapping[bytes, Ways]) -> list[object]:
    key = record.sheet
    parents = [parent.hex() for parent in revision.parents]
    changes = dict(sorted(revision.changes.items()))
    return [
        revision.id.hex(), record.id.hex(), key.measure, key.territory, key.round, record.table,
        parents, revision.author, revision.office, revision.made, changes,
        sorted(via.get(revision.id, ())),
    ]  # fmt: skip


def read(data: bytes, file: str, packages: int = 0, minor: int = MINOR) -> Read:
    """The revisions; `packages` is how many rows `packages.jsonl` has.

    Refuses PKG-ROW (a line is not what it must be), PKG-LINEAGE (revisions do not hang together).
    """
    found: dict[bytes, tuple[Record, dict[bytes, Revision]]] = {}
    known, awaited, via = set[bytes](), set[bytes](), Via()
    for number, row in rows.read(data, COLUMNS, minor, file):
        record, revision = _parts(row)
        first, lineage = found.setdefault(record.id, (record, {}))
        parents = set(revision.parents)
        awaited |= parents - known  # a parent stands before its children, or nowhere
        strangers = (parents & known) - lineage.keys()
        if first != record or revision.id in known or revision.id in awaited or strangers:
            raise _torn(file, number)
        known.add(revision.id)
        lineage[revision.id] = revision
        if ways := tuple(map(tuple, cast("list[list[int]]", row.get("via", ())))):
            via[revision.id] = ways
            if any(max(way) > packages for way in ways):
                raise rows.bad_row(file, number, "via")
    return Read([(record, list(lineage.values())) for record, lineage in found.values()], via)


def _parts(row: Mapping[str, object]) -> tuple[Record, Revision]:
    """A row whose every cell was checked."""
    said = cast(Mapping[str, str], row)
    sheet = SheetKey(cast(int, row["measure"]), said["territory"], said["round"])
    record = Record(bytes.fromhex(said["record"]), sheet, said["table"])
    revision = Revision(
        id=bytes.fromhex(said["revision"]),
        record=record.id,
        parents=tuple(bytes.fromhex(parent) for parent in cast(list[str], row["parents"])),
        changes=cast(Cells, row["changes"]),
        author=said["author"],
        office=said["office"],
        made=said["made"],
    )
    return record, revision


def attachments(payload: Payload) -> list[Mapping[str, Value]]:
    """What each cell that names an attachment says of it, in the order of the lines."""
    return [
        cast(Mapping[str, Value], value)
        for _record, revisions in payload
        for revision in revisions
        for value in revision.changes.values()
        if isinstance(value, Mapping)
    ]


def _torn(file: str, line: int) -> Refusal:
    says = N_(
        "The history in {file} has a gap at line {line}. Ask the sender to export it once more."
    )
    return Refusal("PKG-LINEAGE", says, file=file, line=line)
