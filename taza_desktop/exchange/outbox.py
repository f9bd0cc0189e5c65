"""Packages on their way out: what is waiting, when it is tried again, what came of it.

made → waiting → (sending) → placed → received → accepted or returned; besides stopped and handed
over by a stick. `made` is in no table here; `sending` is known only to who sends, so that a kill
leaves nothing to mend; the last three are read from the answers that were merged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from taza_desktop.errors import Refusal
from taza_desktop.exchange import pauses
from taza_desktop.exchange.answers import answer_to
from taza_desktop.exchange.faults import LineFault
from taza_desktop.exchange.layout import Item, item_of, lane_of
from taza_desktop.exchange.place import Where
from taza_desktop.exchange.places import note_reach, place_of, places, reach_of
from taza_desktop.i18n import N_
from taza_desktop.packages import recipients
from taza_desktop.plan.catalogue import Plan
from taza_desktop.register import blobs
from taza_desktop.register.register import Register
from taza_desktop.register.shelf import StoredPackage

State = Literal[
    "made", "waiting", "placed", "received", "accepted", "returned", "stopped", "handed"
]
_DONE = ("received", "accepted", "returned")
_VANISHED = N_(
    "What was put at {place} is not there any more; it is sent again. If that comes again, tell who"
    " runs the place that it keeps nothing."
)
_COLUMNS = "state, path, sha256, arrived, tries, due, code, text"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A package on its way.

    Attributes:
        arrived: bytes that were at the place when it was last tried.
        size: bytes that have to go; 0 before it is queued.
        due: when it is tried next, UTC; only while it waits.
        code, text: why the last attempt failed; empty when none did.
        path: its name at the place; empty until it is there.
    """

    package: StoredPackage
    state: State
    arrived: int = 0
    size: int = 0
    tries: int = 0
    due: str = ""
    code: str = ""
    text: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """What has to be carried where; all that sending needs to know."""

    package_id: str
    office: str  # whose place it is
    where: Where
    item: Item
    data: bytes  # empty when nothing but its name matters
    sha256: str  # hex
    reach: int
    size: int  # bytes of it
    again: bool = False  # it was at the place once; what lies there is compared, not believed


def parcels(register: Register) -> list[Parcel]:
    """Every package made here, the newest first."""
    rows = register.db.execute(f"SELECT package, length(data), {_COLUMNS} FROM outbox")
    known = {row[0]: row[1:] for row in cast("Iterable[tuple[Any, ...]]", rows)}
    return [_parcel(register, one, known) for one in reversed(register.packages("out"))]


def queue(register: Register, package_id: str) -> None:
    """Have a package sent; one that is at the place already is looked after again.

    Refuses REG-NO-PACKAGE.
    """
    data = _as_it_leaves(register, package_id)
    row = (package_id, "waiting", "", hashlib.sha256(data).hexdigest(), data, register.now())
    with register.transaction():
        register.db.execute(
            "INSERT INTO outbox (package, state, path, sha256, data, arrived, tries, due, code,"
            " text) VALUES (?, ?, ?, ?, ?, 0, 0, ?, '', '')"
            " ON CONFLICT (package) DO UPDATE SET state = 'waiting', due = excluded.due, tries = 0,"
            " data = CASE length(outbox.data) WHEN 0 THEN excluded.data ELSE outbox.data END,"
            " sha256 = CASE length(outbox.data) WHEN 0 THEN excluded.sha256 ELSE outbox.sha256 END",
            row,
        )


def stop(register: Register, package_id: str) -> None:
    """Send it no more; what is at the place stays there. One that has arrived is not stopped."""
    _leave(register, package_id, "stopped")


def hand_over(register: Register, package_id: str) -> None:
    """It goes by a stick instead; when it went both ways, merging takes it once."""
    with register.transaction():
        if not register.db.execute(
            "SELECT 1 FROM outbox WHERE package = ?", (package_id,)
        ).fetchone():
            queue(register, package_id)
        _leave(register, package_id, "handed")


def line_is_back(register: Register) -> None:
    """Whatever waits for a pause to end is due now."""
    with register.transaction():
        register.db.execute(
            "UPDATE outbox SET due = ? WHERE state = 'waiting' AND due > ?", (register.now(),) * 2
        )


def due_in(register: Register) -> float | None:
    """Seconds until the next one is due, which may wait for more than time; None: nothing waits."""
    row = register.db.execute("SELECT min(due) FROM outbox WHERE state = 'waiting'").fetchone()
    if row is None or row[0] is None:
        return None
    due = datetime.fromisoformat(cast("str", row[0])).timestamp()
    return max(0.0, due - register.clock())


def next_load(
    register: Register, plan: Plan, *, only_data: bool = False, wanted: Sequence[str] = ()
) -> Load | None:
    """The next package that is due; figures before photos, then the oldest.

    `only_data`: on a metered line photos wait. `wanted`: these, due or not; refuses EXC-NO-PLACE
    for them, while others wait until somebody has told the place.
    """
    rows = register.db.execute(
        "SELECT package FROM outbox WHERE state = 'waiting' AND (due <= ? OR ?)",
        (register.now(), bool(wanted)),
    ).fetchall()
    due = {cast("tuple[str]", row)[0] for row in rows}
    ready = [
        package
        for package in register.packages("out")
        if package.envelope.package_id in due
        and (not wanted or package.envelope.package_id in wanted)
        and not (only_data and _is_photos(package))
    ]
    known = places(register)
    if not wanted:
        ready = [one for one in ready if lane_of(one.envelope, plan.territories).above in known]
    ready.sort(key=_is_photos)
    return _load(register, plan, ready[0]) if ready else None


def unanswered(register: Register, plan: Plan) -> list[Load]:
    """Packages at a place that nobody has received yet, to see whether they still lie there whole.

    Without their bytes. Those of packages that were received need not be kept any more.
    """
    found, known = list[Load](), places(register)
    with register.transaction():
        for parcel in parcels(register):
            if parcel.state == "placed":
                if lane_of(parcel.package.envelope, plan.territories).above in known:
                    found.append(_load(register, plan, parcel.package, with_bytes=False))
            elif parcel.state in _DONE and parcel.size:
                register.db.execute(
                    "UPDATE outbox SET data = x'' WHERE package = ?",
                    (parcel.package.envelope.package_id,),
                )
    return found


def note_sent(register: Register, load: Load, item: Item, reach: int) -> None:
    """It is at the place."""
    with register.transaction():
        _set(register, load.package_id, "placed", path=item.path, arrived=len(load.data))
        note_reach(register, load.office, reach)


def note_failed(register: Register, load: Load, refusal: Refusal, arrived: int, reach: int) -> None:
    """It goes on later: after a growing pause when the line is at fault, else after a long one."""
    (tries,) = register.db.execute(
        "SELECT tries FROM outbox WHERE package = ?", (load.package_id,)
    ).fetchone()
    pause = pauses.after_fault(cast("int", tries), passes=isinstance(refusal, LineFault))
    due = pauses.moment(register, pause)
    with register.transaction():
        register.db.execute(  # unless a person has stopped it meanwhile
            "UPDATE outbox SET code = ?, text = ?, arrived = ?, tries = tries + 1, due = ?"
            " WHERE package = ? AND state = 'waiting'",
            (refusal.code, refusal.text(), arrived, due, load.package_id),
        )
        note_reach(register, load.office, reach)


def note_vanished(register: Register, load: Load, times: int) -> Refusal:
    """It was at the place and is not any more: it goes again, at once when that is new.

    `times`: how often that was so before; a place that keeps nothing is asked ever more seldom.
    """
    refusal = LineFault("EXC-VANISHED", _VANISHED, place=load.where.label)
    due = pauses.moment(register, pauses.after_loss(times))
    with register.transaction():
        register.db.execute(
            "UPDATE outbox SET state = 'waiting', code = ?, text = ?, arrived = 0, due = ?"
            " WHERE package = ? AND state = 'placed'",
            (refusal.code, refusal.text(), due, load.package_id),
        )
    return refusal


def _as_it_leaves(register: Register, package_id: str) -> bytes:
    """Its file, encrypted to the people of the office that it goes to where they are known."""
    container, package = register.container(package_id), register.package(package_id)
    audience = package.envelope.audience if package else ""
    return recipients.wrap(register, audience, package_id, container)[1]


def _is_photos(package: StoredPackage) -> bool:
    return package.envelope.kind == "attachments"


def _load(
    register: Register, plan: Plan, package: StoredPackage, *, with_bytes: bool = True
) -> Load:
    package_id = package.envelope.package_id
    row, digest, path = cast(
        "tuple[int, str, str]",
        register.db.execute(
            "SELECT rowid, sha256, path FROM outbox WHERE package = ?", (package_id,)
        ).fetchone(),
    )
    with register.db.blobopen("outbox", "data", row, readonly=True) as blob:
        size, data = len(blob), blobs.read(blob) if with_bytes else b""
    lane = lane_of(package.envelope, plan.territories)
    where, reach = place_of(register, lane.above), reach_of(register, lane.above)
    item = item_of(package.envelope, digest, lane)
    return Load(package_id, lane.above, where, item, data, digest, reach, size, bool(path))


def _leave(register: Register, package_id: str, state: State) -> None:
    """It goes no further, unless it arrived at the place while somebody made up his mind."""
    there = register.db.execute(
        "SELECT 1 FROM outbox WHERE package = ? AND state = 'placed'", (package_id,)
    ).fetchone()
    if not there:
        _set(register, package_id, state)


def _set(register: Register, package_id: str, state: State, **also: object) -> None:
    """Set the state and other columns; an error that is over is forgotten."""
    columns = {"state": state, "code": "", "text": "", **also}
    given = ", ".join(f"{name} = :{name}" for name in columns)
    with register.transaction():
        register.db.execute(
            f"UPDATE outbox SET {given} WHERE package = :package",
            {**columns, "package": package_id},
        )


def _parcel(register: Register, package: StoredPackage, known: dict[str, Any]) -> Parcel:
    row = known.get(package.envelope.package_id)
    answer = answer_to(register, package.envelope.package_id)
    if row is None:
        return Parcel(package, answer or "made")
    size, state, path, _sha256, arrived, tries, due, code, text = row
    if answer:
        return Parcel(package, answer, size, size, path=path)
    waiting = state == "waiting"
    return Parcel(package, state, arrived, size, tries, due if waiting else "", code, text, path)
