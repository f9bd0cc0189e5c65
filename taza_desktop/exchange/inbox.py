"""Packages that have come: looked for, fetched, verified. Merging is a person's decision."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from sqlite3 import Blob
from typing import Any, Literal, NamedTuple, cast

from taza_desktop.errors import EnvironmentFault, Refusal, environment_faults
from taza_desktop.exchange.layout import Item, Lane, read_name
from taza_desktop.exchange.looking import Found
from taza_desktop.i18n import N_
from taza_desktop.packages import sealing
from taza_desktop.packages.read import verify_for
from taza_desktop.plan.catalogue import Plan
from taza_desktop.register import blobs
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from taza_desktop.register.store import places as question_marks

State = Literal["arrived", "sealed", "refused", "merged"]
Read = Callable[[Register, Path, Plan], Opened]
_HEAD = 64  # bytes that tell what a file is
_SEALED = "PKG-SEALED"  # cannot be looked into before a passphrase was typed; kept all the same
_COLUMNS = "path, size, state, package, signer, serial, seq, at, code, text"
_GAPS = 100  # numbers that are told, though a person may have left out millions
_GONE = N_("This package is not in the inbox any more. Fetch it again.")


class Gap(NamedTuple):
    """Numbers of a person's packages that should have come before one that did."""

    signer: str
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A package that was fetched.

    Attributes:
        state: `arrived` (verified, to be previewed), `sealed` (encrypted; a passphrase is needed),
            `refused` (`code` and `text` say why), `merged`.
        package: its id; empty while it is sealed or when it was refused.
    """

    path: str
    size: int
    state: State
    package: str
    signer: str
    serial: str
    seq: int
    at: str
    code: str
    text: str


def refuse(register: Register, found: Found, refusal: Refusal) -> None:
    """Remember what cannot be a package, so that it is not fetched at every look."""
    item, said = found.item, (refusal.code, refusal.text())
    _keep(
        register,
        (item.path, found.listed, "refused", "", "", "", item.seq, register.now(), *said),
    )


def take_in(
    register: Register, plan: Plan, found: Found, data: bytes, read: Read | None = None
) -> Arrival:
    """Verify what was fetched and keep it until it is merged; a bad one is kept as a word only."""
    code = text = package = signer = serial = ""
    state: State = "arrived"
    seq = found.item.seq
    try:
        opened = _open(register, plan, found.item, data, read)
    except EnvironmentFault:  # a full disk here says nothing of the package
        raise
    except Refusal as refusal:
        state = "sealed" if refusal.code == _SEALED else "refused"
        code, text = refusal.code, refusal.text()
    else:
        package, seq = opened.envelope.package_id, opened.envelope.seq
        signer, serial = opened.signer.name, opened.signer.serial
    size, kept = (found.listed, b"") if state == "refused" else (len(data), data)
    row = (
        found.item.path, size, state, package, signer, serial, seq, register.now(), code, text,
    )  # fmt: skip
    _keep(register, row, kept)
    return _arrival(register, row)


def arrivals(register: Register) -> list[Arrival]:
    """Everything that came by a place, the newest first; what came under two names once."""
    rows = register.db.execute(
        f"SELECT {_COLUMNS} FROM arrivals WHERE package = '' OR path IN"
        " (SELECT min(path) FROM arrivals GROUP BY package) ORDER BY at DESC, path"
    )
    return [_arrival(register, row) for row in cast("Iterable[tuple[Any, ...]]", rows)]


def count_new(register: Register) -> int:
    """How many have come and are not merged, quickly."""
    row = register.db.execute(
        "SELECT count(DISTINCT CASE package WHEN '' THEN path ELSE package END) FROM arrivals"
        " WHERE state IN ('arrived', 'sealed') AND package NOT IN"
        " (SELECT package_id FROM packages WHERE direction = 'in' AND active)"
    ).fetchone()
    return cast("int", row[0])


def data_of(register: Register, path: str) -> bytes:
    """The bytes of an arrival. Refuses EXC-NOT-HERE."""
    with _blob_of(register, path) as blob:
        return blobs.read(blob)


def is_sealed(register: Register, path: str) -> bool:
    """Whether an arrival is encrypted, known or not. Refuses EXC-NOT-HERE."""
    with _blob_of(register, path) as blob:
        return sealing.is_sealed(blob.read(_HEAD))


def _blob_of(register: Register, path: str) -> Blob:
    row = register.db.execute(
        "SELECT rowid FROM arrivals WHERE path = ? AND length(data) > 0", (path,)
    ).fetchone()
    if row is None:
        raise Refusal("EXC-NOT-HERE", _GONE)
    return register.db.blobopen("arrivals", "data", row[0], readonly=True)


def open_arrival(register: Register, plan: Plan, path: str, read: Read | None = None) -> Opened:
    """An arrival verified once more, for `merging.preview`. Refuses EXC-NOT-HERE, PKG-…"""
    item = _item_of(path)
    return _open(register, plan, item, data_of(register, path), read)


def note_opened(register: Register, path: str, opened: Opened) -> None:
    """Remember whose package it is that was sealed when it came and has been opened since."""
    said, signer = opened.envelope, opened.signer
    with register.transaction():
        register.db.execute(
            "UPDATE arrivals SET state = 'arrived', package = ?, signer = ?, serial = ?, seq = ?,"
            " code = '', text = '' WHERE path = ? AND state = 'sealed'",
            (said.package_id, signer.name, signer.serial, said.seq, path),
        )


def drop(register: Register, path: str) -> None:
    """Forget an arrival; the next full look finds it again if it still lies there."""
    with register.transaction():
        register.db.execute("DELETE FROM arrivals WHERE path = ?", (path,))


def gaps(register: Register, plan: Plan) -> list[Gap]:
    """Numbers that never came, for each person who sends up to this office.

    Numbers are counted per certificate; on the way down many receivers share them. Nothing of a
    round is lost by a gap, as each package carries the whole round.
    """
    own, covers = register.office.territory, plan.territories.covers
    seen: dict[tuple[str, str], set[int]] = {}
    for package in register.packages("in"):
        if covers(own, package.envelope.territory):
            signer = package.signer
            seen.setdefault((signer.serial, signer.name), set()).add(package.envelope.seq)
    rows = register.db.execute(
        "SELECT serial, signer, seq FROM arrivals WHERE state = 'arrived' AND path LIKE '%/up/%'"
    )
    for serial, name, seq in cast("Iterable[tuple[str, str, int]]", rows):
        seen.setdefault((serial, name), set()).add(seq)
    missing = {
        name: tuple(islice((n for n in range(1, max(numbers)) if n not in numbers), _GAPS))
        for (_serial, name), numbers in seen.items()
    }
    return [Gap(name, numbers) for name, numbers in missing.items() if numbers]


def tidy(register: Register) -> None:
    """What was merged keeps its container with the package; here it is only remembered."""
    with register.transaction():
        register.db.execute(
            "UPDATE arrivals SET data = x'', state = 'merged' WHERE state <> 'refused' AND package"
            " IN (SELECT package_id FROM packages WHERE direction = 'in')"
        )


def _open(register: Register, plan: Plan, item: Item, data: bytes, read: Read | None) -> Opened:
    """Verify bytes that came over a line as if a person had chosen a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{item.lane.below}-{item.year}-{item.seq}.taza"
        with environment_faults(path):
            path.write_bytes(data)
        return (read or _read)(register, path, plan)


def _read(register: Register, path: Path, plan: Plan) -> Opened:
    return verify_for(register, path, plan)


def _keep(register: Register, row: tuple[object, ...], data: bytes = b"") -> None:
    """Keep an arrival, unless a second program has kept a good one meanwhile."""
    with register.transaction():
        good = "SELECT 1 FROM arrivals WHERE path = ? AND state <> 'refused'"
        if register.db.execute(good, row[:1]).fetchone():
            return
        number = register.db.execute(
            f"INSERT OR REPLACE INTO arrivals ({_COLUMNS}, data)"
            f" VALUES ({question_marks(row)}, zeroblob({len(data)}))",
            row,
        ).lastrowid
        with register.db.blobopen("arrivals", "data", number or 0) as blob:
            blobs.write(blob, data)


def _item_of(path: str) -> Item:
    """The item behind a path that was kept. Refuses EXC-NOT-HERE."""
    _root, above, below, way, name = [*path.split("/", 4), "", "", "", ""][:5]
    item = read_name(Lane(above, below, "up" if way == "up" else "down"), name)
    if item is None:
        raise Refusal("EXC-NOT-HERE", _GONE)
    return item


def _arrival(register: Register, row: tuple[Any, ...]) -> Arrival:
    arrival = Arrival(*row)
    known = register.package(arrival.package) if arrival.package else None
    merged = known is not None and known.direction == "in" and known.active
    return replace(arrival, state="merged") if merged else arrival
