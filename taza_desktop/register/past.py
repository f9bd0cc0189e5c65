"""What a cell held: every value, who wrote it, which package brought it, who vouches for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple, cast

from taza_desktop.plan.sheet import Value
from taza_desktop.register.codec import REVISION_COLUMNS, RevisionRow, from_row, value_of
from taza_desktop.register.store import Store, places

Verified = Literal["own", "checked", "told"]
# Packages of the register itself are not how a revision came.
_CAME = (
    f"SELECT {REVISION_COLUMNS}, active, path, speaks"
    " FROM revisions JOIN links ON revision = number"
    " JOIN (SELECT ways.id AS way, path FROM ways JOIN packages"
    "  ON packages.id = CAST(path AS INTEGER) WHERE direction = 'in') USING (way)"
    " WHERE record = ? AND NOT own ORDER BY number DESC, way"
)


class Change(NamedTuple):
    """One value that a cell had, and who wrote it.

    Attributes:
        office: KATO code of the office the author works for.
        package: the package that the author's office made of it; empty when it was entered here.
        signer: who signed that package.
        told_by: the package, opened here, by whose word that one is known; empty when it was
            opened here itself.
        counts: whether it is active; not what was taken back or said by one who may not.
    """

    value: Value
    author: str
    office: str
    made: str
    package: str = ""
    signer: str = ""
    told_by: str = ""
    counts: bool = True

    @property
    def verified(self) -> Verified:
        """How far it is sure who said it: entered here, a signature checked here, or told."""
        if not self.package:
            return "own"
        return "told" if self.told_by else "checked"


class _Source(NamedTuple):
    """A package on a way."""

    package: str
    signer: str
    stands: bool


def past_of(register: Store, record: bytes, cell: str) -> list[Change]:
    """Every value that a cell of the record ever had, newest first; what is silent too."""
    changes = (*_typed(register, record, cell), *_brought(register, record, cell))
    return sorted(changes, key=lambda change: change.made, reverse=True)


def _typed(register: Store, record: bytes, cell: str) -> Iterator[Change]:
    """What was entered here, newest first."""
    rows = register.db.execute(
        "SELECT value, author, made FROM edits WHERE record = ? AND cell = ? ORDER BY id DESC",
        (record, cell),
    )
    for value, author, made in cast("Iterable[tuple[str, str, str]]", rows):
        yield Change(value_of(value), author, register.office.territory, made)


def _brought(register: Store, record: bytes, cell: str) -> Iterator[Change]:
    """What packages brought, each by the way that says most."""
    rows = cast("list[tuple[Any, ...]]", register.db.execute(_CAME, (record,)).fetchall())
    sources = _sources(register, {int(step) for row in rows for step in row[-2].split("/")})
    best: dict[bytes, tuple[Change, tuple[bool, int]]] = {}
    for *row, active, path, speaks in rows:
        revision = from_row(cast("RevisionRow", tuple(row)))
        if cell not in revision.changes:
            continue
        way = [sources[int(step)] for step in path.split("/")]
        rank = not (speaks and all(step.stands for step in way)), len(way)
        if revision.id not in best or rank < best[revision.id][1]:
            change = Change(
                revision.changes[cell], revision.author, revision.office, revision.made,
                way[-1].package, way[-1].signer, way[0].package if len(way) > 1 else "",
                bool(active),
            )  # fmt: skip
            best[revision.id] = change, rank
    for change, _ in best.values():
        yield change


def _sources(register: Store, numbers: Iterable[int]) -> dict[int, _Source]:
    wanted: Sequence[int] = sorted(numbers)
    rows = register.db.execute(
        f"SELECT id, package_id, signer_name, active FROM packages WHERE id IN ({places(wanted)})",
        wanted,
    )
    found = cast("Iterable[tuple[int, str, str, int]]", rows)
    return {row[0]: _Source(row[1], row[2], bool(row[3])) for row in found}
