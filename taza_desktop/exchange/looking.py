"""Looking into the lanes of a place: what lies there that has not come yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from taza_desktop.exchange import journal, pauses
from taza_desktop.exchange.layout import Item, Lane, read_name
from taza_desktop.exchange.place import Entry, Place, Where
from taza_desktop.exchange.places import office_above, places
from taza_desktop.exchange.requests import Steps, aside
from taza_desktop.plan.catalogue import Plan
from taza_desktop.register.register import Register


class Look(NamedTuple):
    """A lane to look into, and the name below its folder after which everything is new."""

    office: str  # whose place it is
    where: Where
    lane: Lane
    after: str


class Found(NamedTuple):
    """A package that lies at a place and is not here yet."""

    item: Item
    size: int  # of the file, or of the list of its parts
    also: tuple[Found, ...] = ()  # the same package once more, as the list of its parts

    @property
    def listed(self) -> int:
        """What the listing says of it: another number when anything about it has changed."""
        return self.size + sum(one.size for one in self.also)


def looks(register: Register, plan: Plan, *, all_of_it: bool = False) -> list[Look]:
    """The lanes in which something may lie for this office.

    `all_of_it` starts at the beginning of each: a package that was sent late may have a name before
    one that was seen. Quick looks in between start behind the last name seen.
    """
    known, own = places(register), register.office.territory
    above = office_above(register, plan.territories)
    below = [one.kato for one in plan.territories.children(own, offices_only=True)]
    lanes = [Lane(own, office, "up") for office in (own, *below) if own in known]
    if above in known and above != own:
        lanes.append(Lane(above, own, "down"))
    last = {} if all_of_it else _last_names(register)
    return [Look(one.above, known[one.above], one, last.get(one.folder, "")) for one in lanes]


def look(place: Place, at: Look) -> Steps[list[Found]]:
    """The packages in a lane, those after its last name or all; other files are passed over."""
    entries = yield from place.names(at.lane.folder, at.after)
    return (yield from aside(lambda: list(_packages(at.lane, entries))))


def new(register: Register, found: Sequence[Found]) -> list[Found]:
    """Those of them that are neither here nor made here.

    What was refused comes again when its size has changed: it may have been torn and be whole now.
    Otherwise after a pause that grows with each try: it may have been mended, or this program, its
    plan or its list of who may sign may be newer.
    """
    here = register.db.execute(
        "SELECT path FROM arrivals WHERE state <> 'refused'"
        " UNION SELECT path FROM outbox WHERE path <> ''"
    )
    known = {cast("tuple[str]", row)[0] for row in here}
    rows = register.db.execute("SELECT path, size, at FROM arrivals WHERE state = 'refused'")
    refused = {path: (size, at) for path, size, at in cast("Iterable[tuple[str, int, str]]", rows)}
    return [
        one
        for one in found
        if not _names(one.item) & known
        and (one.item.path not in refused or _again(register, one, *refused[one.item.path]))
    ]


def _packages(lane: Lane, entries: Iterable[Entry]) -> Iterable[Found]:
    """One for each package; a file that lies there whole as well as in parts is taken whole."""
    whole: dict[Item, Found] = {}
    for entry in sorted(entries):  # a file comes before the list of its parts
        if item := read_name(lane, entry.name):
            one, first = Found(item, entry.size), whole.get(item._replace(parted=False))
            whole[item._replace(parted=False)] = first._replace(also=(one,)) if first else one
    return whole.values()


def _again(register: Register, found: Found, size: int, at: str) -> bool:
    """Whether something that was refused at that time, with that size, is to be fetched again."""
    tries = journal.count(register, found.item.path, "fetch")
    pause = pauses.after_refusal(tries)
    return found.listed != size or register.clock() > datetime.fromisoformat(at).timestamp() + pause


def _names(item: Item) -> set[str]:
    return {item._replace(parted=parted).path for parted in (False, True)}


def _last_names(register: Register) -> dict[str, str]:
    """The last name known in each lane, by the lane's folder."""
    last: dict[str, str] = {}
    rows = register.db.execute("SELECT path FROM arrivals WHERE state <> 'refused'")
    for (path,) in cast("Iterable[tuple[str]]", rows):
        folder, year, name = path.rsplit("/", 2)
        last[folder] = max(last.get(folder, ""), f"{year}/{name}")
    return last
