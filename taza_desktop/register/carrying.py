"""Packages in and out of a register: what goes into one, what one brought, and taking it back.

A revision is active while it was made here or a merged package that carries it still stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.codec import REVISION_COLUMNS, to_json, to_row
from taza_desktop.register.keeping import Keeping
from taza_desktop.register.lineage import State, join
from taza_desktop.register.model import Record, Revision
from taza_desktop.register.parcel import Envelope, Opened, Signer, broken
from taza_desktop.register.reading import RECORD_COLUMNS, RecordRow, to_record
from taza_desktop.register.store import condition, in_batches, places

Direction = Literal["in", "out"]
_PACKAGE_COLUMNS = (
    "direction, envelope, signer_name, signer_territory, signer_serial, manifest, at, active, size"
)
_BRING = (
    f"INSERT INTO revisions ({REVISION_COLUMNS}, own, draft, active)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 1)"
    " ON CONFLICT (record, id) DO UPDATE SET active = 1"
)
_CARRY = (
    "INSERT OR IGNORE INTO carried (revision, package)"
    " SELECT number, ? FROM revisions WHERE record = ? AND id = ?"
)
# What has travelled never changes, also when a copy of this register sent it.
_SEAL_CARRIED = (
    "UPDATE revisions SET draft = 0 WHERE own AND draft AND EXISTS"
    " (SELECT 1 FROM carried WHERE revision = number AND package = ?)"
)
_CARRIED = "SELECT revision FROM carried WHERE package = ?"
_STANDS = (
    "EXISTS (SELECT 1 FROM carried JOIN packages ON packages.id = package"
    " WHERE revision = revisions.number AND direction = 'in' AND packages.active)"
)


@dataclass(frozen=True, slots=True)
class StoredPackage:
    """A package that this register received or sent; `active` until it is undone."""

    direction: Direction
    envelope: Envelope
    signer: Signer
    manifest_sha256: str
    at: str  # when it was merged or made, UTC
    active: bool
    size: int  # bytes of the container


class Carrying(Keeping):
    """What travels."""

    def lineages(self, keys: Iterable[SheetKey]) -> Iterator[tuple[Record, list[Revision]]]:
        """Every record of these sheets with all its active revisions, deleted entries included."""
        for key in keys:
            rows = self.db.execute(
                f"SELECT {RECORD_COLUMNS} FROM records"
                " WHERE measure = ? AND territory = ? AND round = ? ORDER BY id",
                key,
            ).fetchall()
            records = [to_record(row) for row in cast("list[RecordRow]", rows)]
            revisions = self.active_revisions([record.id for record in records])
            for record in records:
                if record.id in revisions:
                    yield record, revisions[record.id]

    def seal(self, keys: Iterable[SheetKey]) -> None:
        """Close the drafts of these sheets: they never change again, later edits go on top."""
        with self.transaction():
            self.db.executemany(
                "UPDATE revisions SET draft = 0 WHERE draft AND record IN (SELECT id FROM records"
                " WHERE measure = ? AND territory = ? AND round = ?)",
                keys,
            )

    def packages(
        self, direction: Direction | None = None, serial: str | None = None
    ) -> list[StoredPackage]:
        """The packages received or sent, in that order, also the undone; of one certificate."""
        where, wanted = condition(direction=direction, signer_serial=serial)
        rows = self.db.execute(
            f"SELECT {_PACKAGE_COLUMNS} FROM packages WHERE {where} ORDER BY id", wanted
        )
        return [_to_package(row) for row in cast("Iterable[tuple[Any, ...]]", rows)]

    def package(self, package_id: str) -> StoredPackage | None:
        """The package of that id."""
        row = self.db.execute(
            f"SELECT {_PACKAGE_COLUMNS} FROM packages WHERE package_id = ?", (package_id,)
        ).fetchone()
        return _to_package(row) if row else None

    def container(self, package_id: str) -> bytes:
        """The file of a package as it came or went. Raises Refusal REG-NO-PACKAGE."""
        return cast("bytes", self._package_row(package_id, "container"))

    def carried(self, package_id: str) -> list[bytes]:
        """The ids of the revisions in a package. Raises Refusal REG-NO-PACKAGE."""
        number = self._package_row(package_id, "id")
        rows = self.db.execute(
            f"SELECT id FROM revisions WHERE number IN ({_CARRIED}) ORDER BY id", (number,)
        )
        return [row[0] for row in cast("Iterable[tuple[bytes]]", rows)]

    def carried_records(self, package_id: str) -> list[Record]:
        """The records in a package. Raises Refusal REG-NO-PACKAGE."""
        rows = self.db.execute(
            f"SELECT {RECORD_COLUMNS} FROM records WHERE id IN"
            f" (SELECT record FROM revisions WHERE number IN ({_CARRIED})) ORDER BY id",
            (self._package_row(package_id, "id"),),
        ).fetchall()
        return [to_record(row) for row in cast("list[RecordRow]", rows)]

    def brought_by(self, revision: Revision) -> list[str]:
        """The merged packages that carry a revision."""
        rows = self.db.execute(
            "SELECT package_id FROM revisions JOIN carried ON revision = number"
            " JOIN packages ON packages.id = package WHERE record = ? AND revisions.id = ?"
            " AND direction = 'in' AND packages.active ORDER BY packages.id",
            (revision.record, revision.id),
        )
        return [row[0] for row in cast("Iterable[tuple[str]]", rows)]

    def store_package(self, opened: Opened) -> None:
        """Keep a package that was made here; its revisions are here already, sealed."""
        with self.transaction():
            self._keep(opened, "out")

    def receive(
        self,
        opened: Opened,
        fresh: Sequence[Revision],
        states: Sequence[tuple[Record, State]],
    ) -> None:
        """Add what a package carries; a package that was undone stands again.

        `fresh` are its revisions that are not active yet, `states` what its records show
        afterwards. Raises Refusal MERGE-BROKEN when a record is known in another sheet or table.
        """
        with self.transaction():
            if self.put_states(states) != len(states):
                raise broken(opened)
            self.db.executemany(_BRING, map(to_row, fresh))
            for data in opened.attachments.values():
                self.keep_attachment(data)
            self._keep(opened, "in")

    def withdraw(self, package_id: str) -> None:
        """Take away what only this package stands for. Raises Refusal REG-NO-PACKAGE."""
        with self.transaction():
            number = self._package_row(package_id, "id")
            self.db.execute("UPDATE packages SET active = 0 WHERE id = ?", (number,))
            self.db.execute(
                f"UPDATE revisions SET active = 0 WHERE number IN ({_CARRIED})"
                f" AND NOT own AND NOT {_STANDS}",
                (number,),
            )
            self._rejoin(self.carried_records(package_id))

    def _rejoin(self, records: Sequence[Record]) -> None:
        """Work out again what these records show."""
        for batch in in_batches(records):
            revisions = self.active_revisions([record.id for record in batch])
            self.put_states((record, join(revisions.get(record.id, ()))) for record in batch)

    def _keep(self, opened: Opened, direction: Direction) -> None:
        """The package itself, and which revisions it carries."""
        signer = opened.signer
        row = (
            direction, to_json(asdict(opened.envelope)), signer.name, signer.territory,
            signer.serial, opened.manifest_sha256, self.now(), 1, len(opened.container),
            opened.envelope.package_id, opened.container,
        )  # fmt: skip
        stored = self.db.execute(
            f"INSERT INTO packages ({_PACKAGE_COLUMNS}, package_id, container)"
            f" VALUES ({places(row)}) ON CONFLICT (package_id)"
            " DO UPDATE SET active = 1, at = excluded.at RETURNING id",
            row,
        ).fetchone()
        self.db.executemany(
            _CARRY, ((stored[0], revision.record, revision.id) for revision in opened.revisions)
        )
        self.db.execute(_SEAL_CARRIED, stored)

    def _package_row(self, package_id: str, column: str) -> int | bytes:
        row = self.db.execute(
            f"SELECT {column} FROM packages WHERE package_id = ?", (package_id,)
        ).fetchone()
        if row is None:
            raise Refusal(
                "REG-NO-PACKAGE",
                N_("The package {package} is not in this register. Check its number."),
                package=package_id,
            )
        return row[0]


def _to_package(row: tuple[Any, ...]) -> StoredPackage:
    """The package behind a row of `_PACKAGE_COLUMNS`."""
    direction, envelope, name, territory, serial, manifest, at, active, size = row
    return StoredPackage(
        direction,
        Envelope(**json.loads(envelope)),
        Signer(name, territory, serial),
        manifest,
        at,
        bool(active),
        size,
    )
