"""Two copies of one revision that say different things: whose stays (docs/decisions/0004).

A revision never changes, so one of the copies is a mistake or a forgery. What an office wrote is
known from whoever may speak for it; anybody else only carries a copy along, which says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple, cast

from taza_desktop.register.codec import to_row
from taza_desktop.register.model import Revision
from taza_desktop.register.store import Store, Stored

# How far a copy can be believed: brought by somebody who may speak for the office that wrote it;
# the same, but that package was taken back; only carried along.
COUNTS, TAKEN_BACK, CARRIED = 2, 1, 0


class Copies(NamedTuple):
    """What becomes of the copies of a record.

    `kept` are words that stand here and stay, by the id of the revision; `replaced` what takes the
    place of words here, by the number of the row; `altered` the revisions of which the package has
    a copy that nobody stands behind and that differs.
    """

    kept: Mapping[bytes, Revision] = {}
    replaced: Mapping[int, Revision] = {}
    altered: Set[bytes] = frozenset()


def differing(here: Sequence[Stored], coming: Iterable[Revision]) -> list[tuple[Stored, Revision]]:
    """The copies that do not say the same."""
    known = {one.revision.id: one for one in here}
    pairs = ((known.get(one.id), one) for one in coming)
    return [(old, new) for old, new in pairs if old is not None and old.revision != new]


def settle(
    register: Store,
    odd: Iterable[tuple[Stored, Revision]],
    weight: Callable[[Revision], int],
    changed: Callable[[], Exception],
) -> Copies:
    """The better founded copy stays; of two that are carried along the same one everywhere.

    `weight` says how far the package's copy can be believed. Raises `changed` when both are as well
    founded: their office itself says two things.
    """
    kept: dict[bytes, Revision] = {}
    replaced: dict[int, Revision] = {}
    altered: set[bytes] = set()
    for old, new in odd:
        before, now = _founded(register, old), weight(new)
        if before == now != CARRIED:
            raise changed()
        if now == CARRIED or now < before:
            altered.add(new.id)
        if now > before or (now == before and to_row(new) < to_row(old.revision)):
            replaced[old.number] = new
        else:
            kept[new.id] = old.revision
    return Copies(kept, replaced, altered)


def replace(register: Store, replaced: Mapping[int, Revision]) -> None:
    """Put other words in the place of those here; who brought those does not vouch for these."""
    for number, revision in replaced.items():
        _id, _record, *words = to_row(revision)
        register.db.execute(
            "UPDATE revisions SET parents = ?, changes = ?, author = ?, office = ?, made = ?,"
            " active = 0 WHERE number = ?",
            (*words, number),
        )
        register.db.execute("UPDATE links SET speaks = 0 WHERE revision = ?", (number,))


def carriers(register: Store, numbers: Iterable[int]) -> list[str]:
    """Who signed the packages, opened here, that those rows came in."""
    found: set[str] = set()
    for number in numbers:
        rows = register.db.execute(
            "SELECT signer_name FROM links JOIN ways ON ways.id = way"
            " JOIN packages ON packages.id = CAST(path AS INTEGER)"
            " WHERE revision = ? AND direction = 'in'",
            (number,),
        )
        found |= {row[0] for row in cast("Iterable[tuple[str]]", rows)}
    return sorted(found)


def _founded(register: Store, old: Stored) -> int:
    if old.active:
        return COUNTS
    row = register.db.execute(
        "SELECT EXISTS (SELECT 1 FROM links WHERE revision = ? AND speaks)", (old.number,)
    ).fetchone()
    return TAKEN_BACK if cast("tuple[int]", row)[0] else CARRIED
