"""A package at the door: on which ways its revisions come, which of them count, what it takes back.

The rules are those of docs/decisions/0004. Nothing is written here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Literal, NamedTuple, get_args

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.copies import (
    CARRIED,
    COUNTS,
    TAKEN_BACK,
    Copies,
    differing,
    settle,
)
from taza_desktop.register.ids import (
    MOST_TERRITORIES,
    derived_for,
    ids_of_sheets,
    review_record,
    sheet_record,
)
from taza_desktop.register.lineage import join
from taza_desktop.register.model import PACKAGE, REVIEW, SHEET, WITHDRAWN, Record, Revision
from taza_desktop.register.parcel import Opened, Way, broken, revision_changed
from taza_desktop.register.shelf import Shelf, record_of
from taza_desktop.register.standing import turned_by, turning
from taza_desktop.register.store import Stored, active, in_batches

Silence = Literal["above", "withdrawn"]  # its signer may not say it, or it was taken back
SILENCES: tuple[Silence, ...] = get_args(Silence)
SAME = Copies()
_IDS = {SHEET: sheet_record, REVIEW: review_record}


class Meeting(NamedTuple):
    """What of one record is here, and what the package brings.

    `silent` are the ids of those coming that it does not make active, `turning` the numbers of
    those here that wake or fall silent by what the package says about others. `copies`: what
    becomes of those that are here in other words; `coming` are already those that stay.
    """

    record: Record
    here: Sequence[Stored]
    coming: Sequence[Revision]
    silent: Set[bytes] = frozenset()
    turning: Set[int] = frozenset()
    copies: Copies = SAME

    def before(self) -> list[Revision]:
        """What counts now."""
        return active(self.here)

    def incoming(self) -> Sequence[Revision]:
        """What would count if nothing else were here."""
        return active([self._stored(one) for one in self.coming]) if self.silent else self.coming

    def after(self) -> list[Revision]:
        """What counts once the package is taken in."""
        woken = {one.id for one in self.coming} - self.silent
        here = [
            one._replace(
                revision=self._words(one),
                active=one.active != (one.number in self.turning) or one.revision.id in woken,
            )
            for one in self.here
        ]
        return active([*here, *map(self._stored, self.new())])

    def new(self) -> Sequence[Revision]:
        """Those coming that are not here."""
        if not self.here:
            return self.coming
        known = {one.revision.id for one in self.here}
        return [one for one in self.coming if one.id not in known]

    def known(self) -> list[tuple[Stored, bool]]:
        """Those coming that are here already, and whether the package makes them active."""
        coming = {one.id for one in self.coming}
        return [
            (one._replace(revision=self._words(one)), one.revision.id not in self.silent)
            for one in self.here
            if one.revision.id in coming
        ]

    def changes_nothing(self) -> bool:
        """Whether all that comes is here and counts already."""
        known = {one.revision.id for one in self.here if one.active}
        return not self.turning and all(one.id in known for one in self.coming)

    def _words(self, one: Stored) -> Revision:
        """What a revision that is here says once the package is taken in."""
        return self.copies.replaced.get(one.number, one.revision)

    def _stored(self, one: Revision) -> Stored:
        return Stored(one, one.id not in self.silent, 0)


class Arrival:
    """An opened package against a register.

    Attributes:
        opened: the package.
        silent: which of this package and those that it passes on are taken back, by their ids.
    """

    def __init__(self, register: Shelf, opened: Opened, *, again: bool = False) -> None:
        """With `again` as if nobody had taken this package back.

        Raises Refusal MERGE-BROKEN, MERGE-REVISION-CHANGED.
        """
        self.opened = opened
        self._register = register
        self._coming = _by_record(opened)
        self._direct: tuple[Way, ...] = ((opened.envelope.package_id,),)
        self._speaks: dict[tuple[Way, str], bool] = {}
        self._heard: dict[tuple[tuple[Way, ...], str, bool], bool] = {}
        self._turning: Mapping[int, bytes] = {}
        self._about_packages = {one.id for one in opened.records if one.table == PACKAGE}
        self._all_heard = False
        self._alike: set[str] = set()  # the territories that ids of rows look like
        self.silent = frozenset[str]()
        said = self._said()
        if again:
            said[record_of(opened.envelope).id] = False
        self.silent = self._silent(said)
        self._heard.clear()
        self._turning = turning(register.db, turned_by(register.db, said.items()))
        self._all_heard = all(map(self._is_heard, opened.revisions))

    def meetings(self) -> Iterator[Meeting]:
        """Every record of the package, and every other that shows something else by what it says.

        Raises Refusal MERGE-BROKEN, MERGE-REVISION-CHANGED.
        """
        yield from self._meet(self.opened.records)
        known = {record.id for record in self.opened.records}
        others = sorted(set(self._turning.values()) - known)
        yield from self._meet(list(self._register.records(others).values()))

    def ways(self, revision: Revision) -> tuple[Way, ...]:
        """The ways on which a revision comes, this package first in each."""
        (this,) = self._direct
        passed_on = self.opened.via.get(revision.id)
        return tuple((*this, *way) for way in passed_on) if passed_on else self._direct

    def speaks(self, way: Way, office: str) -> bool:
        """Whether all packages of a way may speak for an office."""
        key = way, office
        if key not in self._speaks:
            self._speaks[key] = all(speaks_for(self._territory(one), office) for one in way)
        return self._speaks[key]

    def silence(self, revision: Revision) -> Silence:
        """Why the package does not make a revision active."""
        may = any(self.speaks(way, revision.office) for way in self.ways(revision))
        return "withdrawn" if may else "above"

    def _meet(self, records: Sequence[Record]) -> Iterator[Meeting]:
        for batch in in_batches(records):
            ids = [record.id for record in batch]
            known, stored = self._register.records(ids), self._register.stored_revisions(ids)
            for record in batch:
                here, coming = stored.get(record.id, ()), self._coming.get(record.id, ())
                if known.get(record.id, record) != record or self._is_taken(record):
                    raise broken(self.opened)
                odd = differing(here, coming) if here else []
                if self._all_heard and not self._turning and not odd:
                    yield Meeting(record, here, coming)  # nearly always, and much faster
                else:
                    yield self._met(record, here, coming, self._settled(odd))

    def _is_taken(self, record: Record) -> bool:
        """Whether a row has the id of a sheet or a package, which it would be in the way of.

        More ids than chance makes that look like one are not looked at one by one.
        """
        territory = derived_for(record.id) if record.is_entry else ""
        if not territory:
            return False
        self._alike.add(territory)
        return (
            len(self._alike) > MOST_TERRITORIES
            or record.id in ids_of_sheets(territory)
            or self._register.is_about_package(record.id)
        )

    def _met(
        self, record: Record, here: Sequence[Stored], coming: Sequence[Revision], copies: Copies
    ) -> Meeting:
        coming = [copies.kept.get(one.id, one) for one in coming]
        silent = {one.id for one in coming if not self._is_heard(one)} | copies.altered
        turning = {one.number for one in here if one.number in self._turning}
        return Meeting(record, here, coming, silent, turning, copies)

    def _settled(self, odd: Sequence[tuple[Stored, Revision]]) -> Copies:
        if not odd:
            return SAME
        return settle(self._register, odd, self._weight, lambda: revision_changed(self.opened))

    def _weight(self, one: Revision) -> int:
        """How far the package's copy of a revision can be believed."""
        if self._is_heard(one):
            return COUNTS
        return CARRIED if self.silence(one) == "above" else TAKEN_BACK

    def _is_heard(self, one: Revision) -> bool:
        """Whether the package makes a revision active; what is said about packages always is."""
        lasts = one.record in self._about_packages
        key = self.opened.via.get(one.id, ()), one.office, lasts
        heard = self._heard.get(key)
        if heard is None:
            heard = self._heard[key] = any(
                self.speaks(way, one.office) and (lasts or self.silent.isdisjoint(way))
                for way in self.ways(one)
            )
        return heard

    def _said(self) -> dict[bytes, bool]:
        """What its `package:` records show once it is taken in: is that package taken back?"""
        about = [record for record in self.opened.records if record.table == PACKAGE]
        return {
            met.record.id: bool(join(met.after()).cells.get(WITHDRAWN)) for met in self._meet(about)
        }

    def _silent(self, said: Mapping[bytes, bool]) -> frozenset[str]:
        """Of this package and those passed on: the ones taken back."""
        packages = (self.opened.envelope, *self.opened.relayed.values())
        ids = {record_of(package).id: package.package_id for package in packages}
        shown = {record: said[record] for record in ids if record in said}
        unsaid = [record for record in ids if record not in said]
        shown |= {
            record: bool(cells.get(WITHDRAWN))
            for record, cells in self._register.shown(unsaid).items()
        }
        return frozenset(ids[record] for record, withdrawn in shown.items() if withdrawn)

    def _territory(self, package_id: str) -> str:
        """What the signer of a package may speak for."""
        if package_id == self.opened.envelope.package_id:
            return self.opened.signer.territory
        return self.opened.relayed[package_id].signer.territory


def _by_record(opened: Opened) -> dict[bytes, list[Revision]]:
    """The revisions of the package; refused when they do not hold together."""
    known = {record.id for record in opened.records}
    by_record: defaultdict[bytes, list[Revision]] = defaultdict(list)
    for revision in opened.revisions:
        by_record[revision.record].append(revision)
    twice = len(known) != len(opened.records) or any(
        len(made) > 1 and len({revision.id for revision in made}) != len(made)
        for made in by_record.values()
    )
    if any(map(_misnamed, opened.records)) or twice or by_record.keys() - known:
        raise broken(opened)
    if not _names_of(opened.via.values()) <= opened.relayed.keys() - {opened.envelope.package_id}:
        raise broken(opened)
    return dict(by_record)


def _misnamed(record: Record) -> bool:
    """Whether its id should follow from the key and does not."""
    named = _IDS.get(record.table)
    return named is not None and record.id != named(record.sheet)


def _names_of(ways: Iterable[tuple[Way, ...]]) -> set[str]:
    """The packages that any of them leads through."""
    return {package for several in set(ways) for way in several for package in way}


def speaks_for(office: str, other: str) -> bool:
    """Whether an office may speak for another; one that the plan does not know, for itself."""
    territories = load_plan().territories
    return office == other or (other in territories and territories.covers(office, other))
