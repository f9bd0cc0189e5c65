"""An open register file: the connection, whose register it is, transactions."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from taza_desktop.errors import environment_faults
from taza_desktop.register.codec import ID_BYTES, REVISION_COLUMNS, RevisionRow, from_row
from taza_desktop.register.ids import SITE_BYTES, Ids
from taza_desktop.register.lineage import without
from taza_desktop.register.model import Office, Revision, Role

Item = TypeVar("Item")
_WHOLE = ("BEGIN IMMEDIATE", "COMMIT", ["ROLLBACK"])
_PART = ("SAVEPOINT part", "RELEASE part", ["ROLLBACK TO part", "RELEASE part"])
_BATCH = 500  # ids in one question; SQLite allows 32,766 parameters, long lists plan slowly


class Stored(NamedTuple):
    """A revision of this register; what is not active says nothing and is only kept."""

    revision: Revision
    active: bool
    number: int  # of its row


class Store:
    """The connection and the few ways in which the parts of a register use it.

    Attributes:
        path: the file.
        office: whose register it is.
        views_by: version of the program that made the views.
        db: the connection, for the modules of this layer; one thread at a time.
        clock: seconds since 1970.
    """

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        """Take over a connection that `opening` has checked."""
        self.path = path
        self.db = db
        self.clock: Callable[[], float] = time.time
        meta = dict(cast("list[tuple[str, str]]", db.execute("SELECT * FROM meta").fetchall()))
        self.office = Office(cast("Role", meta["role"]), meta["territory"], meta["name"])
        self.views_by = meta.get("views_by", "")
        site = bytes.fromhex(meta["site"])
        self._ids = Ids(site, self._last_id(site))

    def close(self) -> None:
        """Close the file; everything is already on the disk."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All or nothing, on the disk when it is left; inside another it is a part of that one.

        Raises EnvironmentFault when the disk is full or gone, or another program holds the file.
        """
        begin, end, back = _PART if self.db.in_transaction else _WHOLE
        with environment_faults(self.path):
            self.db.execute(begin)
            try:
                yield
                self.db.execute(end)
            except BaseException:
                for statement in back if self.db.in_transaction else ():  # a full disk ends it
                    self.db.execute(statement)
                raise

    def now(self) -> str:
        """This moment as revisions note it."""
        return datetime.fromtimestamp(self.clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def new_id(self) -> bytes:
        """An id for a record or a revision made here."""
        return self._ids.next(int(self.clock() * 1000))

    def active_revisions(self, records: Sequence[bytes]) -> dict[bytes, list[Revision]]:
        """The active revisions of each of these records that has any, the others seen through."""
        joined = {record: active(of) for record, of in self.stored_revisions(records).items()}
        return {record: revisions for record, revisions in joined.items() if revisions}

    def stored_revisions(self, records: Sequence[bytes]) -> dict[bytes, list[Stored]]:
        """All revisions of each of these records that has any."""
        found: dict[bytes, list[Stored]] = {}
        for batch in in_batches(records):
            rows = self.db.execute(
                f"SELECT {REVISION_COLUMNS}, active, number FROM revisions"
                f" WHERE record IN ({places(batch)})",
                batch,
            )
            for *row, is_active, number in cast("Iterable[tuple[Any, ...]]", rows):
                revision = from_row(cast("RevisionRow", row))
                stored = Stored(revision, bool(is_active), number)
                found.setdefault(revision.record, []).append(stored)
        return found

    def _last_id(self, site: bytes) -> bytes | None:
        """The greatest id that this register made so far, of a record or of a revision."""
        rest = ID_BYTES - SITE_BYTES
        span = {"first": site + bytes(rest), "last": site + b"\xff" * rest}
        row = self.db.execute(
            "SELECT max(id) FROM"
            " (SELECT max(id) AS id FROM records WHERE id BETWEEN :first AND :last"
            "  UNION ALL SELECT max(id) FROM revisions WHERE own AND id BETWEEN :first AND :last)",
            span,
        ).fetchone()
        return cast("tuple[bytes | None]", row)[0]


def active(stored: Sequence[Stored]) -> list[Revision]:
    """What counts of a record's revisions, ready to be joined."""
    silent = [one.revision for one in stored if not one.active]
    revisions = [one.revision for one in stored if one.active]
    return list(without(silent, revisions)) if silent else revisions


def condition(**wanted: int | str | None) -> tuple[str, dict[str, int | str]]:
    """An expression for the columns that are given, and its parameters."""
    given = {column: value for column, value in wanted.items() if value is not None}
    return " AND ".join(f"{column} = :{column}" for column in given) or "1", given


def in_batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items in pieces that one statement can take."""
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def places(batch: Sequence[object]) -> str:
    """A question mark for each."""
    return ",".join("?" * len(batch))
