"""Fetching a package: several pieces abreast, each taken up again where the line broke."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field, replace
from typing import Protocol

from taza_desktop.errors import Refusal
from taza_desktop.exchange.faults import LineFault, is_page, may_pass
from taza_desktop.exchange.layout import Item, part_name
from taza_desktop.exchange.line import ABREAST, Line
from taza_desktop.exchange.parts import Part, read_list
from taza_desktop.exchange.place import Entry, Place
from taza_desktop.exchange.requests import MB, Request, Response, Steps, aside
from taza_desktop.i18n import N_

_PATIENCE = 8  # faults one after another without a byte arriving
_LIST = 2 * MB
_CAME = (200, 206)
_GONE = (404, 410, 416)
NOT_WHOLE = "EXC-NOT-WHOLE"
SPOILT = ("EXC-DAMAGED", "EXC-TOO-BIG")  # what lies there can be no package as it is
_SAYS = {
    "EXC-DAMAGED": N_(
        "What lies at the place under {name} is damaged. Ask the sender to send it again."
    ),
    NOT_WHOLE: N_("Not all of {name} has arrived at the place yet. Look again later."),
    "EXC-TOO-BIG": N_("{name} is larger than a package can be. Do not use it; ask the sender."),
}


class Shelf(Protocol):
    """Keeps what was fetched until the whole is there, so that a kill costs one piece."""

    def load(self, part: Part) -> bytes | None:
        """A piece that was kept."""
        ...

    def keep(self, part: Part, data: bytes) -> None:
        """Keep a piece."""
        ...


def download(
    place: Place, line: Line, item: Item, size: int, most: int, shelf: Shelf
) -> Steps[bytes]:
    """The bytes of a package, whole and as its name says; `size` is what the listing told.

    Refuses EXC-TOO-BIG (more than `most`), EXC-DAMAGED, EXC-…; LineFault EXC-NOT-WHOLE while the
    sender is not done, and others when trying later may help.
    """
    name = item.path.rpartition("/")[2]
    if size > (_LIST if item.parted else most):
        raise Refusal("EXC-TOO-BIG", _SAYS["EXC-TOO-BIG"], name=name)
    if not item.parted:
        whole = _Piece(item.path, Part(0, size))
        data = yield from _Fetching(place, line, name, [whole], shelf).all()
        yield from aside(lambda: _check(data, name, item.sha16))
        return data
    listed = yield from read_file(place, line, item.path, size)
    try:
        parts, _total, digest = yield from aside(lambda: read_list(listed, most))
    except ValueError as fault:
        raise Refusal("EXC-DAMAGED", _SAYS["EXC-DAMAGED"], name=name) from fault
    pieces = [_Piece(f"{item.parts}/{part_name(*part)}", part) for part in parts]
    data = yield from _Fetching(place, line, name, pieces, shelf).all()
    yield from aside(lambda: _check(data, name, item.sha16, digest))
    return data


def read_file(place: Place, line: Line, name: str, size: int) -> Steps[bytes]:
    """A file that is no package by itself: a part, the list of parts. Refuses EXC-… as above."""
    whole, short = _Piece(name, Part(0, size)), name.rpartition("/")[2]
    return (yield from _Fetching(place, line, short, [whole], NoShelf()).all())


def lies_whole(place: Place, line: Line, item: Item, size: int, sha256: str) -> Steps[bool]:
    """Whether a package lies there: the file, or the list of its parts with every one of them."""
    if (yield from place.size(item.path)) == size:
        return True
    listed = item._replace(parted=True)
    length = yield from place.size(listed.path)
    if length is None:
        return (yield from _is_listed(place, item, size))
    if length > _LIST:
        return False
    data = yield from read_file(place, line, listed.path, length)
    try:
        parts, _total, digest = read_list(data, size)
    except ValueError:
        return False
    there = set((yield from place.names(item.parts)))
    return digest == sha256 and all(Entry(part_name(*one), one.size) in there for one in parts)


def _is_listed(place: Place, item: Item, size: int) -> Steps[bool]:
    """Whether the listing shows what nobody finds by its name; it refuses where S3 hides a refusal
    behind a file that is not there.
    """
    there = {entry.name: entry.size for entry in (yield from place.names(item.lane.folder))}
    name, listed = (
        one.path.removeprefix(f"{item.lane.folder}/") for one in (item, item._replace(parted=True))
    )
    return there.get(name) == size or listed in there


class NoShelf:
    """Keeps nothing."""

    def load(self, part: Part) -> bytes | None:
        """There is nothing."""
        return None

    def keep(self, part: Part, data: bytes) -> None:
        """It is in memory anyway."""


@dataclass(eq=False)
class _Piece:
    """A file at the place that is a stretch of the package, and what has come of it."""

    name: str
    part: Part
    data: bytes = b""


@dataclass
class _Fetching:
    place: Place
    line: Line
    name: str
    pieces: list[_Piece]
    shelf: Shelf
    faults: int = 0
    flying: dict[Request, _Piece] = field(default_factory=dict[Request, _Piece])
    keeping: set[Request] = field(default_factory=set[Request])  # pieces on their way to the shelf

    def all(self) -> Steps[bytes]:
        """Every piece, put together."""
        yield from aside(self._load)
        waiting = [piece for piece in self.pieces if len(piece.data) != piece.part.size][::-1]
        wanted: list[Request] = []
        while waiting or self.flying or self.keeping:
            while waiting and len(self.flying) < ABREAST:
                wanted.append(self._ask(waiting.pop()))
            finished, wanted = (yield wanted), []
            if finished.request in self.keeping:
                self.keeping.remove(finished.request)
                continue
            piece = self.flying.pop(finished.request)
            if self._is_whole(piece, finished.response):
                wanted = [self._keep(piece)]
            else:
                waiting.append(piece)
        return (yield from aside(lambda: _joined(self.pieces)))

    def _load(self) -> None:
        for piece in self.pieces:
            piece.data = self.shelf.load(piece.part) or b""

    def _keep(self, piece: _Piece) -> Request:
        request = Request("DO", "", work=lambda: self.shelf.keep(piece.part, piece.data))
        self.keeping.add(request)
        return request

    def _ask(self, piece: _Piece) -> Request:
        request = self.place.get(piece.name, len(piece.data), piece.part.size)
        request = replace(request, delay=self.line.rest(self.faults))
        self.flying[request] = piece
        return request

    def _is_whole(self, piece: _Piece, response: Response) -> bool:
        """Add what came; False when the piece has to be asked for again."""
        if response.status in _GONE:
            raise self._not_whole()
        if response.fault == "odd":  # longer than was announced, or nothing that is HTTP
            raise self._odd(response)
        try:
            came, start = self.place.got(response, len(piece.data))
        except LineFault:
            if not may_pass(response):
                raise
            self._broke(response, helped=False)
            return False
        before, piece.data = len(piece.data), piece.data[:start] + came
        if came:
            self.line.answered(response, len(came))
        if len(piece.data) == piece.part.size:
            self.faults = 0
            return True
        if not response.fault:
            raise self._not_whole()
        self._broke(response, helped=len(piece.data) > before)
        return False

    def _odd(self, response: Response) -> Refusal:
        """More came than the file should have, unless it is a page in its place."""
        if response.status in _CAME and not is_page(response):
            return Refusal("EXC-DAMAGED", _SAYS["EXC-DAMAGED"], name=self.name)
        return self.place.refusal(response)

    def _not_whole(self) -> Refusal:
        return LineFault(NOT_WHOLE, _SAYS[NOT_WHOLE], name=self.name)

    def _broke(self, response: Response, *, helped: bool) -> None:
        self.line.broke(response)
        self.faults = 0 if helped else self.faults + 1
        if self.faults > _PATIENCE:
            raise self.place.refusal(response)


def _joined(pieces: list[_Piece]) -> bytes:
    """The stretches one after another; where they overlap they are the same."""
    whole = io.BytesIO()  # which does not copy all of it at once, as Python waits meanwhile
    for piece in pieces:
        whole.seek(piece.part.offset)
        whole.write(piece.data)
    return whole.getvalue()


def _check(data: bytes, name: str, sha16: str, digest: str = "") -> None:
    """The bytes are those that the name and the list of parts speak of."""
    found = hashlib.sha256(data).hexdigest()
    if found[:16] != sha16 or (digest and found != digest):
        raise Refusal("EXC-DAMAGED", _SAYS["EXC-DAMAGED"], name=name)
