"""Names at a place: content-addressed, so that the same name always means the same bytes.

    v1/<office above>/<office below>/up/<year>/<seq6>-<sha16>.taza        one file
                                               <seq6>-<sha16>.taza.json   or the list of its parts
                                    /down/<year>/…                        the way back
                                    /parts/<sha16>/<offset12>-<size>

The year is the round's. Packages for colleagues of the same office go up a lane of its own,
`v1/<office>/<office>/up`. All names are ASCII.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from taza_desktop.plan.territories import Territories
from taza_desktop.register.parcel import Envelope

ROOT = "v1"
Way = Literal["up", "down"]
_NAME = re.compile(r"([0-9]{4})/([0-9]{6,9})-([0-9a-f]{16})\.taza(\.json)?")
_PART = re.compile(r"([0-9]{12})-([1-9][0-9]{0,9})")


class Lane(NamedTuple):
    """One way between two offices, KATO codes; `way` is seen from the lower one."""

    above: str
    below: str
    way: Way

    @property
    def folder(self) -> str:
        """Where its packages lie."""
        return f"{ROOT}/{self.above}/{self.below}/{self.way}"


class Item(NamedTuple):
    """A package as its name at the place tells of it."""

    lane: Lane
    year: str
    seq: int
    sha16: str
    parted: bool  # its parts are listed in a manifest

    @property
    def path(self) -> str:
        """The name of the file, or of the list of its parts."""
        end = ".taza.json" if self.parted else ".taza"
        return f"{self.lane.folder}/{self.year}/{self.seq:06}-{self.sha16}{end}"

    @property
    def parts(self) -> str:
        """The folder of its parts."""
        return f"{ROOT}/{self.lane.above}/{self.lane.below}/parts/{self.sha16}"


def lane_of(said: Envelope, territories: Territories) -> Lane:
    """The lane of a package: down when it goes to an office below its sender's, else up."""
    sender, receiver = said.territory, said.audience
    if sender != receiver and territories.covers(sender, receiver):
        return Lane(sender, receiver, "down")
    return Lane(receiver, sender, "up")


def item_of(said: Envelope, sha256: str, lane: Lane) -> Item:
    """What a package is called at the place; `sha256` (hex) is that of its file."""
    return Item(lane, said.round[:4], said.seq, sha256[:16], parted=False)


def read_name(lane: Lane, name: str) -> Item | None:
    """The package behind a name below the lane's folder; None for anything else that lies there."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    item = Item(lane, found[1], int(found[2]), found[3], parted=bool(found[4]))
    return item if item.path == f"{lane.folder}/{name}" else None


def part_name(offset: int, size: int) -> str:
    """The name of a part."""
    return f"{offset:012}-{size}"


def read_part(name: str) -> tuple[int, int] | None:
    """Offset and size of a part; None for anything else that lies there."""
    found = _PART.fullmatch(name)
    return (int(found[1]), int(found[2])) if found else None
