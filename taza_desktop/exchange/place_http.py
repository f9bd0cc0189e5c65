"""What WebDAV and S3 have in common: one file a URL, PUT, GET, HEAD and DELETE."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from urllib.parse import quote

from taza_desktop.errors import Refusal
from taza_desktop.exchange.faults import is_page, may_pass, odd_answer, portal, refusal_of
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.place import Credential, Where
from taza_desktop.exchange.requests import KB, Request, Response, Steps, ask

_TRIES = 4  # of a small request, before the line is given up for now
_DIGITS = 15  # of a number of bytes; what has more is no file
_GONE = (404, 410)
_BUSY = (408, 425, 429, 502, 503, 504)


class HttpPlace(ABC):
    """A place that speaks HTTP.

    Attributes:
        line: shared by all that use this place in a session.
        clock: seconds since 1970, as this PC believes.
    """

    in_parts = True

    def __init__(self, where: Where, credential: Credential, line: Line) -> None:
        self.where = where
        self.line = line
        self._credential = credential
        self._at = f"{where.at}/" if where.at else ""
        self.clock: Callable[[], float] = time.time

    @abstractmethod
    def request(
        self,
        method: str,
        path: str,
        *,
        query: str = "",
        headers: dict[str, str] | None = None,
        body: bytes | memoryview = b"",
        timeout: float = 0.0,
        limit: int = 64 * KB,
        delay: float = 0.0,
    ) -> Request:
        """A request for a path below the place, with the proof of who asks."""

    @abstractmethod
    def refusal(self, response: Response) -> Refusal:
        """What is wrong when the answer was not a yes."""

    @abstractmethod
    def stored(self, response: Response) -> bool:
        """Whether the place has the file of a PUT for sure; refuses what waiting does not mend."""

    def size(self, name: str) -> Steps[int | None]:
        """The size of a file; None when it is not there."""
        response = yield from self.steady(lambda delay: self._head(name, delay))
        return self.seen(response)

    def remove(self, name: str) -> Steps[None]:
        """Take a file away; one that is not there is fine."""
        response = yield from self.steady(
            lambda delay: self.request("DELETE", self.path(name), delay=delay)
        )
        if not response.good and response.status not in _GONE:
            raise self.refusal(response)

    def put(self, name: str, data: bytes | memoryview) -> Request:
        """A request that puts a file under its name at once; for parts only."""
        timeout = self.line.timeout(len(data))
        return self.request("PUT", self.path(name), body=data, timeout=timeout)

    def look(self, name: str) -> Request:
        """A request for the size of a file."""
        return self._head(name, 0.0)

    def seen(self, response: Response) -> int | None:
        """The size that `look` found; None when the file is not there."""
        if response.status in _GONE:
            return None
        if not response.good:
            raise self.refusal(response)
        size = count_of(response.headers.get("content-length", ""))
        if size is None:
            raise odd_answer(self.where.address, "content-length")
        return size

    def get(self, name: str, start: int, size: int) -> Request:
        """A request for a file of that size, from `start` to its end."""
        left = size - start
        headers = {"range": f"bytes={start}-{size - 1}"} if start else {}
        timeout = self.line.timeout(left)
        return self.request("GET", self.path(name), headers=headers, timeout=timeout, limit=size)

    def got(self, response: Response, start: int) -> tuple[bytes, int]:
        """The bytes that came, also of a broken answer, and from where on in the file they are."""
        if response.good and is_page(response):
            raise portal(self.where.address)
        if response.status == 200:  # the server knows no ranges and sends it all
            return response.body, 0
        if response.status == 206:
            says = response.headers.get("content-range", "")
            if not says.startswith(f"bytes {start}-"):
                raise odd_answer(self.where.address, says or "206")
            return response.body, start
        if response.fault:
            return b"", start
        raise self.refusal(response)

    def path(self, name: str) -> str:
        """The path of a file below the address."""
        return quote(name.removeprefix(self._at))

    def steady(self, make: Callable[[float], Request]) -> Steps[Response]:
        """Ask until the server itself answers; `make` is given the seconds to wait before.

        Refuses what the last fault was.
        """
        faults: list[Refusal] = []
        while len(faults) < _TRIES:
            response = yield from ask(make(self.line.rest(len(faults))))
            if not response.fault and response.status not in _BUSY:
                self.line.answered(response)
                self._set_clock(response)
                return response
            faults.append(self.refusal(response))
            self.line.broke(response)
            if not may_pass(response):
                break
        raise faults[-1]

    def _head(self, name: str, delay: float) -> Request:
        return self.request("HEAD", self.path(name), delay=delay)

    def _set_clock(self, response: Response) -> None:
        """Note by how much the server's clock is ahead; its own Date is what it judges by."""
        try:
            said = parsedate_to_datetime(response.headers["date"]).timestamp()
        except (KeyError, ValueError, TypeError, OverflowError):
            return
        self.line.note_clock(said, self.clock())


def plain_refusal(response: Response, address: str) -> Refusal:
    """The sentence for an answer of a server that tells no more than its status."""
    return portal(address) if is_page(response) else refusal_of(response, address)


def count_of(text: str) -> int | None:
    """A number of bytes as servers write it; None for anything else, however long."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None
