"""What travels: what goes into a package, taking one in, and taking it back.

A revision is active while it was made here or a package that stands behind it was not taken back
(docs/decisions/0004).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from taza_desktop.plan.sheet import Cells, SheetKey
from taza_desktop.register.arriving import Arrival, Meeting, speaks_for
from taza_desktop.register.codec import REVISION_COLUMNS, to_row
from taza_desktop.register.lineage import State
from taza_desktop.register.loading import load
from taza_desktop.register.model import PACKAGE, REASON, WITHDRAWN, Record, Revision
from taza_desktop.register.parcel import Load, Opened, Way
from taza_desktop.register.shelf import Shelf, no_package

_BRING = (
    f"INSERT INTO revisions (number, active, {REVISION_COLUMNS}, own, draft)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)"
)
_LINK = "INSERT OR IGNORE INTO links (revision, way, speaks) VALUES (?, ?, ?)"
_WAKE = "UPDATE revisions SET active = 1 WHERE number = ?"
# What has travelled never changes, also when a copy of this register sent it.
_SEAL = "UPDATE revisions SET draft = 0 WHERE number = ? AND draft"
_SEAL_SENT = (
    "UPDATE revisions SET draft = 0 WHERE draft AND EXISTS"
    " (SELECT 1 FROM links WHERE revision = number AND way = ?)"
)
_SEND = (
    "INSERT INTO links (revision, way, speaks)"
    " SELECT number, ?, 0 FROM revisions WHERE record = ? AND id = ?"
)


class Carrying(Shelf):
    """Packages in and out."""

    def load(self, keys: Iterable[SheetKey]) -> Load:
        """What a package of these sheets carries; `package_keys` are keys as well."""
        return load(self, keys)

    def lineages(self, keys: Iterable[SheetKey]) -> Iterator[tuple[Record, list[Revision]]]:
        """The records of these sheets that show anything, each with all its revisions."""
        yield from self.load(keys).lineages

    def seal(self, keys: Iterable[SheetKey]) -> None:
        """Close the drafts of these sheets: they never change again, later edits go on top."""
        with self.transaction():
            self.db.executemany(
                "UPDATE revisions SET draft = 0 WHERE draft AND record IN (SELECT id FROM records"
                " WHERE measure = ? AND territory = ? AND round = ?)",
                keys,
            )

    def store_package(self, opened: Opened) -> None:
        """Keep a package that was made here; its revisions are here already, sealed."""
        with self.transaction():
            way = self.keep_way([self.keep(opened, "out")])
            self.db.executemany(_SEND, ((way, one.record, one.id) for one in opened.revisions))
            self.db.execute(_SEAL_SENT, (way,))

    def receive(
        self, arrival: Arrival, meetings: Iterable[Meeting], states: Iterable[tuple[Record, State]]
    ) -> None:
        """Take a package in: `meetings` are those of the arrival, `states` what records show then.

        Records that go on showing the same may be left out of `states` if they are here already.
        """
        opened = arrival.opened
        with self.transaction():
            self.put_states(states)
            _Intake(self, arrival).bring(meetings)
            self._keep_attachments(opened)
            self.follow([record.id for record in opened.records if record.table == PACKAGE])

    def _keep_attachments(self, opened: Opened) -> None:
        """Those that a sheet of the sender waits for: nobody fills a register with others."""
        awaited = self.awaited() if opened.attachments else {}
        for digest, data in opened.attachments.items():
            if any(speaks_for(opened.signer.territory, kato) for kato in awaited.get(digest, ())):
                self.keep_attachment(data)

    def withdraw(self, package_id: str, reason: str = "") -> None:
        """Say that a package is taken back, and why; what nothing else stands for falls silent.

        Raises Refusal REG-NO-PACKAGE.
        """
        self._say(package_id, {WITHDRAWN: True, REASON: reason or None})

    def restore(self, package_id: str) -> None:
        """Say that a package stands again. Raises Refusal REG-NO-PACKAGE."""
        self._say(package_id, {WITHDRAWN: None, REASON: None})

    def _say(self, package_id: str, cells: Cells) -> None:
        package = self.package(package_id)
        if package is None:
            raise no_package(package_id)
        self.write(package.record, cells)


class _Intake:
    """Writing what a package brings: revisions, and on which ways they came."""

    def __init__(self, register: Carrying, arrival: Arrival) -> None:
        self._register = register
        self._arrival = arrival
        opened = arrival.opened
        relayed = opened.relayed.values()
        self._numbers = {one.package_id: register.keep_relayed(one) for one in relayed}
        self._numbers[opened.envelope.package_id] = register.keep(opened, "in")
        self._sent = {package.envelope.package_id for package in register.packages("out")}
        self._ways: dict[Way, int] = {}

    def bring(self, meetings: Iterable[Meeting]) -> None:
        """All of it. Rows are numbered here, so that no link must look for its revision."""
        db = self._register.db
        last = db.execute("SELECT coalesce(max(number), 0) FROM revisions").fetchone()
        number = cast("tuple[int]", last)[0]
        rows: list[tuple[object, ...]] = []
        links: list[tuple[int, int, bool]] = []
        for met in meetings:
            self._greet(met)
            for one in met.new():
                number += 1
                rows.append((number, one.id in met.speaking, *to_row(one)))
                links += self._links(number, one)
        db.executemany(_BRING, rows)
        db.executemany(_LINK, links)

    def _greet(self, met: Meeting) -> None:
        """What came and is here already; of ways that lead through here nothing is to be learnt."""
        if not met.here:
            return
        db, coming = self._register.db, {one.id: one for one in met.coming}
        known = [one for one in met.here if one.revision.id in coming]
        for one in known:
            db.executemany(_LINK, self._links(one.number, one.revision, beside=self._sent))
        db.executemany(_SEAL, ((one.number,) for one in known))
        woken = [one for one in known if one.revision.id in met.speaking and not one.active]
        db.executemany(_WAKE, ((one.number,) for one in woken))

    def _links(
        self, number: int, revision: Revision, beside: Iterable[str] = ()
    ) -> list[tuple[int, int, bool]]:
        """The rows of `links`, without the ways through any package of `beside`."""
        return [
            (number, self._way(way), self._arrival.speaks(way, revision.office))
            for way in self._arrival.ways(revision)
            if not set(beside).intersection(way)
        ]

    def _way(self, way: Way) -> int:
        if way not in self._ways:
            self._ways[way] = self._register.keep_way([self._numbers[one] for one in way])
        return self._ways[way]
