"""Taking a merged package back, also much later: what stays is what the others alone give."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.merging.preview import CellChange, cell_changes
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.lineage import State, join
from taza_desktop.register.model import Record, Revision
from taza_desktop.register.register import Register
from taza_desktop.register.shelf import StoredPackage


@dataclass(frozen=True, slots=True)
class Dependent:
    """What was built on an undone package: another package, or (`package_id` empty) own work."""

    package_id: str
    sheets: list[SheetKey]


@dataclass(frozen=True, slots=True)
class Undone:
    """The package that was taken back, the cells that show something else now, what built on it."""

    package: StoredPackage
    changes: list[CellChange]
    dependents: list[Dependent]


def undo(register: Register, package_id: str, reason: str = "") -> Undone:
    """Take a package back, in one transaction, also one known only from those who passed it on.

    It stays in the register's list and can come again. That it was taken back, and why, travels
    to colleagues and upward with the next package. What it shares with other packages stays, and so
    does work that was built on it; that is told as `dependents`. Raises Refusal MERGE-NOT-MERGED.
    """
    with register.transaction():
        package = _merged(register, package_id)
        records = register.carried_records(package_id)
        before = _states(register, records)
        depends = dependents(register, package_id)
        register.withdraw(package_id, reason)
        after = _states(register, records)
    changes = [
        change
        for record in records
        for change in cell_changes(record, before[record.id], State(), after[record.id], "changed")
    ]
    return Undone(package, changes, depends)


def dependents(register: Register, package_id: str) -> list[Dependent]:
    """Other packages and own work whose authors had this package's revisions before them."""
    carried = set(register.carried(package_id))
    sheets: defaultdict[str, set[SheetKey]] = defaultdict(set)
    records = register.carried_records(package_id)
    active = register.active_revisions([record.id for record in records])
    for record in records:
        for revision in active.get(record.id, []):
            if revision.id not in carried and carried.intersection(revision.parents):
                for package in _behind(register, revision):
                    sheets[package].add(record.sheet)
    return [Dependent(package, sorted(keys)) for package, keys in sorted(sheets.items())]


def _behind(register: Register, revision: Revision) -> list[str]:
    """The merged packages that carry it; [""] when it was made here."""
    return register.brought_by(revision) or [""]


def _states(register: Register, records: list[Record]) -> dict[bytes, State]:
    revisions = register.active_revisions([record.id for record in records])
    return {record.id: join(revisions.get(record.id, ())) for record in records}


def _merged(register: Register, package_id: str) -> StoredPackage:
    package = register.package(package_id)
    if package is None or package.direction == "out" or not package.active:
        raise Refusal(
            "MERGE-NOT-MERGED",
            N_("The package {package} is not merged here, so there is nothing to undo."),
            package=package_id,
        )
    return package
