"""What the tests of exchange share: data with a name, a lane, a short way to send and fetch."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass

from taza_desktop.exchange.download import NoShelf, Shelf, download
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.layout import Item, Lane
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.looking import Look, look
from taza_desktop.exchange.place import Credential, Place, Where, open_place
from taza_desktop.exchange.requests import KB, MB, Steps
from taza_desktop.exchange.upload import upload

LANE = Lane("750000000", "751110000", "up")  # an office of no other test
MOST = 200 * MB
NOWHERE = Where("folder", "/")


@dataclass(frozen=True)
class Goods:
    """Bytes and what they are called at a place."""

    data: bytes
    item: Item
    sha256: str


def goods(size: int, number: int = 1, lane: Lane = LANE) -> Goods:
    """The same bytes for the same number and size."""
    data = random.Random(f"{number} {size} {lane}").randbytes(size)
    digest = hashlib.sha256(data).hexdigest()
    return Goods(data, Item(lane, "2024", number, digest[:16], parted=False), digest)


def quick_line(reach: int = 0) -> Line:
    """A line that loses patience after two seconds instead of fifteen."""
    known = {"reach": reach} if reach else {}
    return Line(patience=2.0, slowest=200 * KB, pause=0.02, **known)


@dataclass
class Post:
    """A place in use."""

    place: Place
    line: Line

    @classmethod
    def at(cls, where: Where, credential: Credential, line: Line | None = None) -> Post:
        line = line or quick_line()
        return cls(open_place(where, credential, line), line)

    def sending(
        self, what: Goods, told: list[int] | None = None, *, again: bool = False
    ) -> Steps[Item]:
        tell = told.append if told is not None else lambda _: None
        return upload(self.place, self.line, what.item, what.data, what.sha256, tell, again=again)

    def fetching(self, item: Item, size: int, shelf: Shelf | None = None) -> Steps[bytes]:
        return download(
            self.place, self.line, item, size, MOST, NoShelf() if shelf is None else shelf
        )

    def listing(self, lane: Lane = LANE) -> Steps[dict[Item, int]]:
        """The packages in a lane and the sizes of their files."""
        found = yield from look(self.place, Look(lane.above, NOWHERE, lane, ""))
        return {one.item: one.size for one in found}

    def lies_whole(self, driver: HttpDriver, what: Goods) -> bool:
        """Whether a reader gets exactly these bytes, once."""
        listed = driver.run(self.listing(what.item.lane))
        ours = [item for item in listed if item.sha16 == what.item.sha16]
        if len(ours) != 1:
            return False
        return driver.run(self.fetching(ours[0], listed[ours[0]])) == what.data


__all__ = ["KB", "LANE", "MB", "MOST", "Goods", "Post", "goods", "quick_line"]
