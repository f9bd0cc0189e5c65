"""The payload: revisions as JSON Lines, one array a line after a line of column names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import TopologicalSorter
from typing import NamedTuple, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import limits, strict_json
from taza_desktop.plan.sheet import Cells, SheetKey, Value
from taza_desktop.register.model import Record, Revision

Payload = list[tuple[Record, list[Revision]]]
Check = Callable[[object], bool]

_ID = re.compile(r"[0-9a-f]{32}")
_KATO = re.compile(r"[0-9]{9}")
_TABLE = re.compile(r"([a-z][a-z0-9_]{0,63})?")  # empty: the figures of the sheet
_CELL = re.compile(r"[a-z][a-z0-9_]{0,63}|[a-z]{1,20}:[a-z0-9_/]{0,200}")
_ROUND = re.compile(r"[0-9]{4}(-[A-Z0-9]{2})?")
_MADE = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z")
# Names that are shown: no control characters, nothing that hides or turns the writing about.
_LINE = re.compile(
    r"[^\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]{0,255}"
)


def _text(pattern: re.Pattern[str]) -> Check:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _ids(value: object) -> bool:
    if not isinstance(value, list):
        return False
    items = cast(list[object], value)
    return all(map(_text(_ID), items)) and len(set(cast(list[str], items))) == len(items)


def _measure(value: object) -> bool:
    return type(value) is int and 0 < value < 1000


def _changes(value: object) -> bool:
    return isinstance(value, dict) and all(
        _CELL.fullmatch(cell) and _is_value(item)
        for cell, item in cast(dict[str, object], value).items()
    )


_ATTACHMENT: dict[str, Check] = {
    "sha256": _text(re.compile(r"[0-9a-f]{64}")),
    "name": _text(_LINE),
    "type": _text(_LINE),
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


class Column(NamedTuple):
    """One column of `records.jsonl`, its Frictionless type and what the reader lets through."""

    name: str
    type: str
    check: Check
    description: str


COLUMNS = (
    Column("revision", "string", _text(_ID), "identity of the revision"),
    Column("record", "string", _text(_ID), "identity of the record that the revision is of"),
    Column("measure", "integer", _measure, "number of the measure in the plan"),
    Column("territory", "string", _text(_KATO), "KATO code of the territory"),
    Column("round", "string", _text(_ROUND), "code of the reporting round"),
    Column("table", "string", _text(_TABLE), "table of the form; empty for its figures"),
    Column("parents", "array", _ids, "revisions that the author saw"),
    Column("author", "string", _text(_LINE), "name of the person"),
    Column("office", "string", _text(_KATO), "KATO code of the office the person works for"),
    Column("made", "datetime", _text(_MADE), "when, UTC; decides nothing"),
    Column("changes", "object", _changes, "the cells written; null blanks a cell"),
)
_NAMES = [column.name for column in COLUMNS]


def write(lineages: Iterable[tuple[Record, list[Revision]]]) -> bytes:
    """`records.jsonl`, UTF-8 with LF; records by sheet, table and id, parents before children."""
    ordered = sorted(lineages, key=lambda one: (one[0].sheet, one[0].table, one[0].id))
    lines = [strict_json.dump(_NAMES)]
    lines += [strict_json.dump(_row(record, one)) for record, of in ordered for one in _oldest(of)]
    return b"\n".join(lines) + b"\n"


def _oldest(revisions: list[Revision]) -> Iterator[Revision]:
    """Parents before children; the same order for the same revisions."""
    by_id = {one.id: one for one in sorted(revisions, key=lambda one: one.id)}
    parents = {one: by_id.keys() & set(by_id[one].parents) for one in by_id}
    for found in TopologicalSorter({one: sorted(parents[one]) for one in by_id}).static_order():
        yield by_id[found]


def _row(record: Record, revision: Revision) -> list[object]:
    key = record.sheet
    parents = [parent.hex() for parent in revision.parents]
    changes = dict(sorted(revision.changes.items()))
    return [
        revision.id.hex(), record.id.hex(), key.measure, key.territory, key.round, record.table,
        parents, revision.author, revision.office, revision.made, changes,
    ]  # fmt: skip


def read(data: bytes, file: str) -> Payload:
    """The records and their revisions, in the order of the lines.

    Refuses PKG-ROW (a line is not what it must be), PKG-LINEAGE (revisions do not hang together).
    """
    found: dict[bytes, tuple[Record, dict[bytes, Revision]]] = {}
    known, awaited = set[bytes](), set[bytes]()
    for number, record, revision in _rows(data, file):
        first, lineage = found.setdefault(record.id, (record, {}))
        parents = set(revision.parents)
        awaited |= parents - known  # a parent stands before its children, or nowhere
        strangers = (parents & known) - lineage.keys()
        if first != record or revision.id in known or revision.id in awaited or strangers:
            raise _torn(file, number)
        known.add(revision.id)
        lineage[revision.id] = revision
    return [(record, list(lineage.values())) for record, lineage in found.values()]


def _rows(data: bytes, file: str) -> Iterator[tuple[int, Record, Revision]]:
    lines = data.split(b"\n")  # and nothing else: U+2028 may stand inside a text
    if lines.pop() or not lines or len(lines) > limits.LINES:
        raise _bad_row(file, len(lines), "lines")
    if _line(lines[0], file, 1) != _NAMES:
        raise _bad_row(file, 1, "columns")
    for number, line in enumerate(lines[1:], start=2):
        row = _line(line, file, number)
        if not isinstance(row, list) or len(cast(list[object], row)) != len(COLUMNS):
            raise _bad_row(file, number, "columns")
        cells = cast(list[object], row)
        for column, cell in zip(COLUMNS, cells, strict=True):
            if not column.check(cell):
                raise _bad_row(file, number, column.name)
        yield number, *_parts(dict(zip(_NAMES, cells, strict=True)))


def _line(line: bytes, file: str, number: int) -> object:
    try:
        if len(line) > limits.LINE:
            raise ValueError("the line is too long")
        return strict_json.load(line)
    except ValueError as fault:
        raise _bad_row(file, number, str(fault)) from fault


def _parts(row: Mapping[str, object]) -> tuple[Record, Revision]:
    """A row whose every cell was checked."""
    text = cast(Mapping[str, str], row)
    sheet = SheetKey(cast(int, row["measure"]), text["territory"], text["round"])
    record = Record(bytes.fromhex(text["record"]), sheet, text["table"])
    revision = Revision(
        id=bytes.fromhex(text["revision"]),
        record=record.id,
        parents=tuple(bytes.fromhex(parent) for parent in cast(list[str], row["parents"])),
        changes=cast(Cells, row["changes"]),
        author=text["author"],
        office=text["office"],
        made=text["made"],
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


def _bad_row(file: str, line: int, what: str) -> Refusal:
    says = N_("Line {line} of the data in {file} is not in order ({what}). Ask for the file again.")
    return Refusal("PKG-ROW", says, file=file, line=line, what=what)


def _torn(file: str, line: int) -> Refusal:
    says = N_(
        "The history in {file} has a gap at line {line}. Ask the sender to export it once more."
    )
    return Refusal("PKG-LINEAGE", says, file=file, line=line)
