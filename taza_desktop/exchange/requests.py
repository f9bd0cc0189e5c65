"""What a protocol asks for and how it is answered: data, and no I/O.

A protocol is a generator (`Steps`). It yields the requests that are to be started now and is sent
the next one that has finished, whichever it is; a driver does the rest. One request after another
is `response = yield from ask(request)`; several abreast are several requests in one yield. What
takes long without a line, as reading a long listing does, is asked for in the same way (`aside`).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeVar

KB = 1024
MB = 1024 * KB

Fault = Literal[
    "name", "refused", "unreachable", "timeout", "dropped", "odd", "cancelled",
    "proxy", "proxy-auth", "tls", "tls-old", "tls-name", "tls-clock", "tls-stranger",
    "file-missing", "file-denied", "file-read-only", "file-full", "file-failed",
]  # fmt: skip

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """One request, which may be repeated without harm; two equal ones are still two.

    Attributes:
        method: of HTTP or WebDAV; for a folder GET, HEAD, PUT, DELETE and LIST.
        url: `https:`, `http:` or `file:`.
        timeout: seconds for the whole of it.
        limit: most bytes of an answer; what is longer is a fault of the place.
        delay: seconds to wait before it is started.
        work: instead of asking anybody, to be done where it holds nobody up; raises nothing.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes | memoryview = b""
    timeout: float = 30.0
    limit: int = 64 * KB
    delay: float = 0.0
    work: Callable[[], None] | None = None

    @property
    def is_here(self) -> bool:
        """Whether no network is needed for it; it may take long all the same."""
        return self.work is not None or self.url.startswith("file:")


@dataclass(frozen=True, slots=True)
class Response:
    """How a request ended: with a status of the server, or with a fault on the way.

    Attributes:
        headers: names in lower case.
        body: with a fault what had come until then.
        sent: bytes of the body that were handed to the line, an upper bound of what arrived.
        seconds: from the start to the end.
        says: what the system or the library said, for the log; in no particular language.
    """

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    fault: Fault | None = None
    sent: int = 0
    seconds: float = 0.0
    says: str = ""

    @property
    def good(self) -> bool:
        """Whether the server said yes."""
        return self.fault is None and 200 <= self.status < 300


class Finished(NamedTuple):
    """A request that came to its end."""

    request: Request
    response: Response


Steps = Generator[Sequence[Request], Finished, T]


def ask(request: Request) -> Steps[Response]:
    """One request and its answer, while nothing else is under way."""
    finished = yield (request,)
    return finished.response


def aside(work: Callable[[], T]) -> Steps[T]:
    """Work that takes long, while nothing else is under way; raises what it raises."""
    outcome: list[T] = []
    faults: list[Exception] = []

    def do() -> None:
        try:
            outcome.append(work())
        except Exception as fault:  # handed over whole to who asked for it
            faults.append(fault)

    yield from ask(Request("DO", "", work=do))
    for fault in faults:
        raise fault
    return outcome[0]
