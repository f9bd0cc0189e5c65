"""What should be, worked out in the plainest way from nothing but the packages themselves."""

from __future__ import annotations

from collections.abc import Iterable

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.ids import package_record
from taza_desktop.register.lineage import join, without
from taza_desktop.register.model import PACKAGE, WITHDRAWN, Revision
from taza_desktop.register.parcel import Opened, Signer, Way


def active(packages: Iterable[Opened], gone: Iterable[str] = ()) -> set[bytes]:
    """The ids of the revisions that count when just these packages are merged (decision 4).

    `gone` are ids of packages that were taken back besides.
    """
    merged = list(packages)
    said = {record.id for opened in merged for record in opened.records if record.table == PACKAGE}
    heard = {
        one.id
        for opened in merged
        for one in opened.revisions
        if any(_may(opened, way, one.office) for way in _ways(opened, one))
    }
    silent = _withdrawn(merged, heard, said)
    silent |= {_record(one, name) for one in merged for name in _named(one) if name in set(gone)}
    return {
        one.id
        for opened in merged
        for one in opened.revisions
        for way in _ways(opened, one)
        if _may(opened, way, one.office)
        if one.record in said or silent.isdisjoint(_record(opened, package) for package in way)
    }


def _withdrawn(merged: list[Opened], heard: set[bytes], said: set[bytes]) -> set[bytes]:
    """The `package:` records that say so."""
    everything = {one.id: one for opened in merged for one in opened.revisions}
    found: set[bytes] = set()
    for record in said:
        of: list[Revision] = [one for one in everything.values() if one.record == record]
        silent = [one for one in of if one.id not in heard]
        shown = join(without(silent, [one for one in of if one.id in heard]))
        if shown.cells.get(WITHDRAWN):
            found.add(record)
    return found


def _named(opened: Opened) -> list[str]:
    return [opened.envelope.package_id, *opened.relayed]


def _ways(opened: Opened, one: Revision) -> list[Way]:
    this = opened.envelope.package_id
    return [(this, *way) for way in opened.via.get(one.id, ((),))]


def _may(opened: Opened, way: Way, office: str) -> bool:
    covers = load_plan().territories.covers
    return all(covers(_signer(opened, package).territory, office) for package in way)


def _signer(opened: Opened, package: str) -> Signer:
    return (
        opened.signer if package == opened.envelope.package_id else opened.relayed[package].signer
    )


def _record(opened: Opened, package: str) -> bytes:
    known = opened.envelope if package == opened.envelope.package_id else opened.relayed[package]
    return package_record(package, known.territory)
