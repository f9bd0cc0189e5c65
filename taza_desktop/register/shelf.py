"""The packages of a register: received, sent, or known only from those that passed them on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.codec import to_json
from taza_desktop.register.ids import package_record
from taza_desktop.register.keeping import Keeping
from taza_desktop.register.model import ABOUT_PACKAGES, PACKAGE, Record, Revision
from taza_desktop.register.parcel import Envelope, Opened, Relayed, Signer, Way
from taza_desktop.register.reading import RECORD_COLUMNS, RecordRow, to_record
from taza_desktop.register.standing import withdrawn

Direction = Literal["in", "out", "via"]  # via: passed on by others, its file is not here
_PACKAGE_COLUMNS = (
    "direction, envelope, signer_name, signer_territory, signer_serial, manifest, at, active, size"
)
_KEPT = ("envelope", "signer_name", "signer_territory", "signer_serial", "at", "size", "container")
_ADD = (
    "INSERT INTO packages (direction, envelope, signer_name, signer_territory, signer_serial,"
    " manifest, at, size, package_id, record, container, active)"
    f" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?10, ?11, NOT {withdrawn('?10')})"
    " ON CONFLICT (record, manifest) DO UPDATE"
    f" SET direction = excluded.direction, {', '.join(f'{one} = excluded.{one}' for one in _KEPT)}"
    " WHERE direction = 'via' AND excluded.direction <> 'via'"
)
_CARRIED = "SELECT revision FROM carried WHERE package = ?"


@dataclass(frozen=True, slots=True)
class StoredPackage:
    """A package that this register received, sent or heard of; `active` until it is taken back."""

    direction: Direction
    envelope: Envelope
    signer: Signer
    manifest_sha256: str
    at: str  # when it was merged, made or first heard of, UTC
    active: bool
    size: int  # bytes of the container

    @property
    def record(self) -> Record:
        """The record of what is said about it."""
        return record_of(self.envelope)


class Shelf(Keeping):
    """What packages there are, and what each of them brought."""

    def packages(
        self, direction: Direction | None = None, serial: str | None = None
    ) -> list[StoredPackage]:
        """The packages received and sent, in that order, also the undone; of one certificate.

        Those that are known only from others are told when asked for as `via`.
        """
        where = "direction = :direction" if direction else "direction <> 'via'"
        where += " AND signer_serial = :serial" if serial is not None else ""
        rows = self.db.execute(
            f"SELECT {_PACKAGE_COLUMNS} FROM packages WHERE {where} ORDER BY id",
            {"direction": direction, "serial": serial},
        )
        return [_to_package(row) for row in cast("Iterable[tuple[Any, ...]]", rows)]

    def is_about_package(self, record: bytes) -> bool:
        """Whether that is the record of what is said about a package that is known here."""
        row = self.db.execute("SELECT EXISTS (SELECT 1 FROM packages WHERE record = ?)", (record,))
        return bool(cast("tuple[int]", row.fetchone())[0])

    def package(self, package_id: str) -> StoredPackage | None:
        """The package of that id; one that is here goes before what others say of it."""
        row = self.db.execute(
            f"SELECT {_PACKAGE_COLUMNS} FROM packages WHERE package_id = ?"
            " ORDER BY direction = 'via', id",
            (package_id,),
        ).fetchone()
        return _to_package(row) if row else None

    def container(self, package_id: str) -> bytes:
        """The file of a package as it came or went, empty for one that others passed on.

        Raises Refusal REG-NO-PACKAGE.
        """
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
        """The packages that stand behind a revision."""
        rows = self.db.execute(
            "SELECT DISTINCT package_id FROM revisions JOIN carried ON revision = number"
            " JOIN packages ON packages.id = package WHERE revisions.record = ?"
            " AND revisions.id = ? AND direction <> 'out' AND packages.active"
            " ORDER BY packages.id",
            (revision.record, revision.id),
        )
        return [row[0] for row in cast("Iterable[tuple[str]]", rows)]

    def ways(self) -> dict[int, Way]:
        """Every way that revisions came on here, by its number."""
        ids = dict(
            cast(
                "Iterable[tuple[str, str]]",
                self.db.execute("SELECT CAST(id AS TEXT), package_id FROM packages"),
            )
        )
        rows = self.db.execute(
            "SELECT ways.id, path FROM ways JOIN packages"
            " ON packages.id = CAST(path AS INTEGER) WHERE direction = 'in'"
        )
        return {
            number: tuple(ids[step] for step in path.split("/"))
            for number, path in cast("Iterable[tuple[int, str]]", rows)
        }

    def relayed(self, package_ids: Iterable[str]) -> dict[str, Relayed]:
        """What another register has to know about these packages."""
        found = {one: self.package(one) for one in sorted(package_ids)}
        return {one: _to_relayed(package) for one, package in found.items() if package}

    def keep(self, opened: Opened, direction: Direction) -> int:
        """Keep a package with its file; returns the number of its row."""
        return self._keep(
            direction, opened.envelope, opened.signer, opened.manifest_sha256, opened.container
        )

    def keep_relayed(self, relayed: Relayed) -> int:
        """Keep what was said about a package that others passed on; returns its number."""
        envelope = Envelope(
            relayed.package_id, relayed.kind, relayed.territory, relayed.round,
            plan="", audience="", seq=relayed.seq, prev="", created=relayed.created,
        )  # fmt: skip
        return self._keep("via", envelope, relayed.signer, relayed.manifest_sha256, b"")

    def keep_way(self, packages: Sequence[int]) -> int:
        """The number of the way through these packages."""
        path = "/".join(map(str, packages))
        row = self.db.execute("SELECT id FROM ways WHERE path = ?", (path,)).fetchone()
        if row is None:
            row = self.db.execute("INSERT INTO ways (path) VALUES (?) RETURNING id", (path,))
            row = row.fetchone()
            steps = ((row[0], package) for package in set(packages))
            self.db.executemany("INSERT INTO steps VALUES (?, ?)", steps)
        return cast("tuple[int]", row)[0]

    def _keep(
        self,
        direction: Direction,
        envelope: Envelope,
        signer: Signer,
        manifest: str,
        container: bytes,
    ) -> int:
        """A package known before only from others is here from now on; else the first stays."""
        record = record_of(envelope).id
        self.db.execute(
            _ADD,
            (
                direction, to_json(asdict(envelope)), signer.name, signer.territory, signer.serial,
                manifest, self.now(), len(container), envelope.package_id, record, container,
            ),
        )  # fmt: skip
        row = self.db.execute(
            "SELECT id FROM packages WHERE record = ? AND manifest = ?", (record, manifest)
        ).fetchone()
        return cast("tuple[int]", row)[0]

    def _package_row(self, package_id: str, column: str) -> int | bytes:
        row = self.db.execute(
            f"SELECT {column} FROM packages WHERE package_id = ? ORDER BY direction = 'via', id",
            (package_id,),
        ).fetchone()
        if row is None:
            raise no_package(package_id)
        return row[0]


def record_of(package: Envelope | Relayed) -> Record:
    """The record of what is said about a package."""
    return Record(
        package_record(package.package_id, package.territory),
        SheetKey(ABOUT_PACKAGES, package.territory, package.round),
        PACKAGE,
    )


def no_package(package_id: str) -> Refusal:
    """It is not here."""
    return Refusal(
        "REG-NO-PACKAGE",
        N_("The package {package} is not in this register. Check its number."),
        package=package_id,
    )


def _to_relayed(package: StoredPackage) -> Relayed:
    said = package.envelope
    return Relayed(
        said.package_id, package.manifest_sha256, said.kind, said.territory, said.round, said.seq,
        package.signer, said.created,
    )  # fmt: skip


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
