"""What travels: what goes into a package, taking one in, and taking it back.

A revision is active while it was made here or a package that stands behind it was not taken back
(docs/decisions/0004).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, cast

from taza_desktop.plan.sheet import Cells, SheetKey
from taza_desktop.register import copies
from taza_desktop.register.arriving import Arrival, Meeting, speaks_for
from taza_desktop.register.codec import REVISION_COLUMNS, to_row
from taza_desktop.register.lineage import State
from taza_desktop.register.loading import load
from taza_desktop.register.model import PACKAGE, REASON, WITHDRAWN, Record, Revision
from taza_desktop.register.parcel import Load, Opened, Way
from taza_desktop.register.shelf import Shelf, no_package
from taza_desktop.register.store import Stored

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


class _Link(NamedTuple):
    """How a revision came."""

    way: int
    speaks: bool
    through_here: bool  # by a package that was made here


class _Known(NamedTuple):
    """What comes and is here already."""

    one: Stored
    heard: bool  # the package makes it active
    altered: bool  # the package's copy says something else, and is not the one that stays


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
        self._links: dict[tuple[tuple[Way, ...], str], list[_Link]] = {}

    def bring(self, meetings: Iterable[Meeting]) -> None:
        """All of it. Rows are numbered here, so that no link must look for its revision."""
        db = self._register.db
        last = db.execute("SELECT coalesce(max(number), 0) FROM revisions").fetchone()
        number = cast("tuple[int]", last)[0]
        rows: list[tuple[object, ...]] = []
        links: list[tuple[int, int, bool]] = []
        known: list[_Known] = []
        for met in meetings:
            if met.here:
                copies.replace(self._register, met.copies.replaced)
                known += [
                    _Known(one, heard, one.revision.id in met.copies.altered)
                    for one, heard in met.known()
                ]
            for one in met.new():
                number += 1
                rows.append((number, one.id not in met.silent, *to_row(one)))
                links += [(number, link.way, link.speaks) for link in self._links_of(one)]
        db.executemany(_BRING, rows)
        db.executemany(_LINK, links)
        self._greet(known)

    def _greet(self, known: Sequence[_Known]) -> None:
        """What came and is here already; of ways that lead through here nothing is to be learnt.

        Who brought other words than those that stay does not speak for these.
        """
        db = self._register.db
        links = [
            (one.number, link.way, link.speaks and not altered)
            for one, _, altered in known
            for link in self._links_of(one.revision)
            if not link.through_here
        ]
        db.executemany(_LINK, links)
        db.executemany(_SEAL, ((one.number,) for one, _, _ in known))
        db.executemany(_WAKE, ((one.number,) for one, heard, _ in known if heard > one.active))

    def _links_of(self, one: Revision) -> list[_Link]:
        """What `links` say of a revision; the same of all that came on the same ways."""
        key = self._arrival.ways(one), one.office
        links = self._links.get(key)
        if links is None:
            links = self._links[key] = [self._link(way, one.office) for way in key[0]]
        return links

    def _link(self, way: Way, office: str) -> _Link:
        if way not in self._ways:
            self._ways[way] = self._register.keep_way([self._numbers[one] for one in way])
        through_here = not self._sent.isdisjoint(way)
        return _Link(self._ways[way], self._arrival.speaks(way, office), through_here)
