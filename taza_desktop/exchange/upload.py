"""Putting a package at a place over a line that breaks: what has arrived never goes again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from taza_desktop.errors import Refusal
from taza_desktop.exchange.download import NOT_WHOLE, SPOILT, read_file
from taza_desktop.exchange.faults import LOCKED, LineFault
from taza_desktop.exchange.layout import Item, part_name, read_part
from taza_desktop.exchange.line import ABREAST, Line
from taza_desktop.exchange.parts import Part, cover, gaps, write_list
from taza_desktop.exchange.place import Place
from taza_desktop.exchange.requests import KB, Finished, Request, Response, Steps

Tell = Callable[[int], None]  # bytes that are at the place for sure
_AT_ONCE = 16 * KB  # whether it lies there is not asked first: that takes longer than sending it
_PATIENCE = 8  # faults one after another without a part arriving, before the line is left alone
_ROUNDS = 4  # of looking again at parts that had gone wrong


def upload(
    place: Place,
    line: Line,
    item: Item,
    data: bytes,
    sha256: str,
    tell: Tell,
    *,
    again: bool = False,
) -> Steps[Item]:
    """Put a file; returns the item as it lies there. Safe to repeat from any point.

    `again`: it was there once and somebody misses it, so what lies there is compared byte by byte.
    Refuses EXC-…; LineFault when trying later may help, and what has arrived is found then.
    """
    if not place.in_parts or len(data) <= line.whole:
        try:
            asks = not again and len(data) > _AT_ONCE
            if not asks or (yield from place.size(item.path)) != len(data):
                yield from place.publish(item.path, data, afresh=again)
        except LineFault:
            if not place.in_parts or len(data) <= line.whole:
                raise
        else:
            tell(len(data))
            return item
    sending = _Parts(place, line, item, data, sha256, tell, again)
    yield from sending.all()
    yield from sending.publish()
    return sending.listed


@dataclass
class _Parts:
    """The parts of one file on their way.

    Attributes:
        again: parts are compared before they are believed.
        there: parts that the place has for sure.
        missing: stretches that are not there and not under way, the next one last.
        flying: what each request carries, and whether it only looks.
        faults: one after another.
        doubted: parts of which a try went wrong: it may arrive late, and cut short.
        unsure: those that are looked at again.
        most: bytes that were told to be there; a person never sees progress go back.
        staged: the list of parts, sent ahead with the last of them, and where it lies.
    """

    place: Place
    line: Line
    item: Item
    data: bytes
    sha256: str
    tell: Tell
    again: bool
    there: set[Part] = field(default_factory=set[Part])
    missing: list[Part] = field(default_factory=list[Part])
    flying: dict[Request, tuple[Part, bool]] = field(
        default_factory=dict[Request, tuple[Part, bool]]
    )
    faults: int = 0
    doubted: set[Part] = field(default_factory=set[Part])
    unsure: list[Part] = field(default_factory=list[Part])
    most: int = 0
    staged: tuple[bytes, str] | None = None
    staging: Request | None = None
    sent_ahead: bool = False

    @property
    def listed(self) -> Item:
        """What the file is called when its parts are there."""
        return self.item._replace(parted=True)

    def all(self) -> Steps[None]:
        """Send what is missing, then look again at every part that had gone wrong once."""
        yield from self._find()
        yield from self._send()
        for _round in range(_ROUNDS):
            doubted, self.doubted = self.there & self.doubted, set()
            if not doubted:
                return
            self.there -= doubted
            self.unsure = sorted(doubted)
            yield from self._send()
        raise self.place.refusal(Response(fault="dropped"))

    def publish(self) -> Steps[None]:
        """Give the list of parts its name; from then on the package is there."""
        parts, (early, beside) = self._list(self.there), self.staged or (b"", "")
        if beside and early != parts:
            yield from self.place.remove(beside)
            beside = ""
        yield from self.place.publish(self.listed.path, parts, beside, afresh=self.again)

    def _find(self) -> Steps[None]:
        """What really lies at the place; nobody's memory is believed."""
        total = len(self.data)
        found = yield from self.place.prepare(self.item.parts)
        named = ((read_part(entry.name), entry.size) for entry in found)
        parts = [Part(*name) for name, size in named if name and name[1] == size]
        self.there = {part for part in parts if part.end <= total}
        if self.again:
            for part in sorted(self.there):
                yield from self._compare(part)
        self.missing = gaps(self.there, total)[::-1]
        self._told()

    def _compare(self, part: Part) -> Steps[None]:
        """Believe a part only when it reads as it should."""
        try:
            came = yield from read_file(self.place, self.line, self._name(part), part.size)
        except Refusal as refusal:
            if refusal.code not in (NOT_WHOLE, *SPOILT):
                raise
            came = b""
        if came != self.data[part.offset : part.end]:
            self.there.discard(part)

    def _send(self) -> Steps[None]:
        """Until nothing is missing or unsure any more."""
        wanted: list[Request] = []
        while self.missing or self.unsure or self.flying or self.staging:
            while self.unsure and len(self.flying) < ABREAST:
                wanted.append(self._look(self.unsure.pop()))
            while self.missing and len(self.flying) < self.line.abreast:
                wanted.append(self._next())
            wanted += self._stage()
            finished = yield wanted
            wanted = self._take(finished)

    def _stage(self) -> list[Request]:
        """The list of parts goes with the last of them, once, while nothing has gone wrong."""
        if self.missing or self.unsure or self.doubted or self.sent_ahead:
            return []
        parts = self._list(self.there | {part for part, _looks in self.flying.values()})
        ahead = self.place.stage(self.listed.path, parts)
        if ahead is None:
            return []
        self.sent_ahead = True
        self.staged, self.staging = (parts, ahead[0]), ahead[1]
        return [ahead[1]]

    def _has_staged(self, response: Response) -> bool:
        """Whether the list went ahead; publishing says what is wrong when it did not."""
        try:
            return self.place.stored(response)
        except Refusal:
            return False

    def _list(self, parts: set[Part]) -> bytes:
        total = len(self.data)
        return write_list(cover(parts, total), total, self.sha256)

    def _next(self) -> Request:
        """A request for the next part, as large as the line can be trusted with now."""
        stretch = self.missing.pop()
        part = Part(stretch.offset, min(stretch.size, self.line.part))
        if part.size < stretch.size:
            self.missing.append(Part(part.end, stretch.size - part.size))
        body = memoryview(self.data)[part.offset : part.end]
        return self._fly(self.place.put(self._name(part), body), part, looks=False)

    def _take(self, finished: Finished) -> list[Request]:
        """Note how a request ended; returns what has to be asked because of it."""
        if finished.request is self.staging:
            self.staging = None
            if not self._has_staged(finished.response):
                self.staged = None
            return []
        (part, looks), response = self.flying.pop(finished.request), finished.response
        if looks and not response.fault:
            arrived = self.place.seen(response) == part.size
        else:
            arrived = not looks and self.place.stored(response)
        if arrived:
            self.faults = 0
            self.line.answered(response, part.size)
            self.there.add(part)
            self._told()
            return []
        return self._again(part, looks, response)

    def _again(self, part: Part, looks: bool, response: Response) -> list[Request]:
        """After a fault: look when the part may have arrived, else cut the stretch anew."""
        self.doubted.add(part)
        self.faults += bool(response.fault or not looks)
        if self.faults > _PATIENCE:
            raise self.place.refusal(response)
        if response.fault and (looks or response.sent >= part.size):
            return [self._look(part)]
        if response.status == LOCKED:
            self.missing += _halves(part)
            return []
        self.line.broke(response)
        self.missing.append(part)
        return []

    def _look(self, part: Part) -> Request:
        return self._fly(self.place.look(self._name(part)), part, looks=True)

    def _fly(self, request: Request, part: Part, *, looks: bool) -> Request:
        request = replace(request, delay=self.line.rest(self.faults))
        self.flying[request] = part, looks
        return request

    def _name(self, part: Part) -> str:
        return f"{self.item.parts}/{part_name(*part)}"

    def _told(self) -> None:
        left = sum(stretch.size for stretch in self.missing)
        left += sum(part.size for part, _looks in self.flying.values())
        self.most = max(self.most, len(self.data) - left)
        self.tell(self.most)


def _halves(part: Part) -> list[Part]:
    """A stretch whose name may stay locked for an hour goes under two other names."""
    half = part.size // 2
    rest = Part(part.offset + half, part.size - half)
    return [rest, Part(part.offset, half)] if half else [part]
