"""What is known about the line: how much to trust it with at once, how long to wait for it.

A line that breaks after every so many bytes loses what was under way at that moment. So never more
than a sixteenth of what it was seen to carry between two breaks is under way, and half of that is
lost on average. Where the way is long and nothing has broken yet, what is under way
doubles with each trip instead, as TCP's own does.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from taza_desktop.exchange.requests import KB, MB, Response

SMALLEST, LARGEST = 4 * KB, 1 * MB  # of a part
ABREAST = 6  # connections that servers and Qt allow a client
_SHARE = 16  # a sixteenth of the reach is under way
_FIRST = 64 * KB  # under way before anything is known
_LONG = 0.05  # seconds; on a shorter trip nothing is gained by several connections
_TELLING = 8.0  # seconds; so that a person sees something move
_REST = 8.0  # seconds between two tries, at most
_EARLIEST, _LATEST = 1.4e9, 4.1e9  # seconds since 1970: 2014 and 2099
_FORGIVEN = 60.0  # seconds; S3 allows fifteen minutes
_MOST = 4 * MB  # under way on a line that never broke


@dataclass
class Line:
    """The line to one place; the same for all packages of a session.

    Attributes:
        reach: bytes that it carries between two breaks, as far as is known.
        skew: seconds that the server's clock is ahead of ours.
        trip: seconds, the shortest answer.
        patience: seconds that an answer may take on a line that is otherwise fast.
        slowest: bytes a second that are still waited for.
        pause: seconds before the third try of a request; doubles with each more.
    """

    reach: int = _SHARE * _FIRST
    skew: float = 0.0
    patience: float = 15.0
    slowest: int = 2 * KB
    pause: float = 0.25
    _carried: int = field(default=0, init=False)  # since the last break
    _broke: bool = field(default=False, init=False)
    _flight: int = field(default=_FIRST, init=False)
    trip: float = field(default=0.0, init=False)  # seconds, the shortest answer
    _pace: float = field(default=0.0, init=False)  # bytes a second of one connection, the slowest
    _slack: int = field(default=1, init=False)  # doubles with each wait that was in vain
    abreast: int = field(default=1, init=False)

    @property
    def part(self) -> int:
        """Bytes of the next part."""
        most = min(LARGEST, int(self._pace * _TELLING)) if self._pace else LARGEST
        return max(SMALLEST, min(most, self._under_way() // self.abreast) // KB * KB)

    @property
    def whole(self) -> int:
        """Bytes of a file that may go in one piece."""
        return min(_FIRST, self.reach // _SHARE) if self._broke else _FIRST

    def timeout(self, size: int = 0) -> float:
        """Seconds to wait for a request with that many bytes to be carried either way.

        The system's buffers hide how far a part really is, so this is for the whole of it.
        """
        longest = self.patience + size * self.abreast / self.slowest
        if not self._pace:
            return longest * self._slack
        usual = self.patience / 3 + 4 * (self.trip + size / self._pace)
        return min(longest, usual) * self._slack

    def rest(self, faults: int) -> float:
        """Seconds to wait after so many faults in a row: none after the first."""
        return min(_REST, self.pause * 2 ** (faults - 2)) if faults > 1 else 0.0

    def answered(self, response: Response, size: int = 0) -> None:
        """Learn from a request that was answered after `size` bytes had been carried."""
        self._slack = 1
        if not size:
            self.trip = min(self.trip or response.seconds, response.seconds)
            if not self._carried and self.trip > _LONG:
                self.abreast, self._flight = ABREAST, max(self._flight, ABREAST * 2 * _FIRST)
            return
        self._carried += size
        self.reach = max(self.reach, self._carried)
        pace = size / max(response.seconds, 1e-6)
        self._pace = min(pace, self._pace or pace) * 0.8 + pace * 0.2
        self._widen(response.seconds, size)

    def broke(self, response: Response) -> None:
        """Learn from a fault on the way."""
        if response.fault == "timeout":
            self._slack = min(self._slack * 2, 4)
        if self._carried < self.reach:
            self.reach = (self.reach + self._carried) // 2
        self._carried = 0
        self._broke = True
        self.abreast = max(1, self.abreast // 2)

    def note_clock(self, server: float, ours: float) -> None:
        """Take over what time it is there, when it differs by more than servers forgive.

        A date of no time in which this program could run is no clock at all.
        """
        if not _EARLIEST < server < _LATEST:
            return
        apart = server - ours
        self.skew = apart if abs(apart) > _FORGIVEN else 0.0

    def _widen(self, seconds: float, size: int) -> None:
        """More abreast while the trip, not the bytes, takes the time; fewer when it does not."""
        long = self.trip > _LONG
        if long and seconds < 3 * self.trip:
            self.abreast = min(ABREAST, self.abreast + 1)
            self._flight = min(_MOST, self._flight + size)
        elif seconds > 8 * self.trip:
            self.abreast = max(1, self.abreast - 1)

    def _under_way(self) -> int:
        share = self.reach // _SHARE
        return share if self._broke else max(share, self._flight)
