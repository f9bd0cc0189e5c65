"""A place in memory behind a line that does whatever a test wants, with no time passing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from taza_desktop.exchange.place import Credential, Where
from taza_desktop.exchange.requests import Fault, Request, Response, Steps
from taza_desktop.exchange.run import Answered, Run

T = TypeVar("T")
WHERE = Where("s3", "https://place.test", "taza")
WHO = Credential("key", "secret")
# What the line does to one request: nothing, break before, after so many bytes, lose the answer, …
Mishap = tuple[str, float]
FINE: Mishap = ("fine", 0.0)
_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


class PretendS3:
    """As much of an S3 service as is needed; counts what is sent to it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.puts: list[str] = []
        self.bytes_up = 0

    def answer(self, request: Request) -> Response:
        path = unquote(urlsplit(request.url).path).removeprefix("/taza").lstrip("/")
        return getattr(self, f"_{request.method.lower()}")(path, request)

    def _put(self, path: str, request: Request) -> Response:
        self.puts.append(path)
        self.bytes_up += len(request.body)
        self.files[path] = bytes(request.body)
        return Response(200, {"etag": '"x"'})

    def _head(self, path: str, request: Request) -> Response:
        if path not in self.files:
            return Response(404)
        return Response(200, {"content-length": str(len(self.files[path]))})

    def _delete(self, path: str, request: Request) -> Response:
        self.files.pop(path, None)
        return Response(204)

    def _get(self, path: str, request: Request) -> Response:
        if not path:
            return self._list(parse_qs(urlsplit(request.url).query))
        if path not in self.files:
            return Response(404)
        data = self.files[path]
        if asked := _RANGE.fullmatch(request.headers.get("range", "")):
            start, end = int(asked[1]), int(asked[2])
            said = {"content-range": f"bytes {start}-{end}/{len(data)}"}
            return Response(206, said, data[start : end + 1])
        return Response(200, {}, data)

    def _list(self, asked: dict[str, list[str]]) -> Response:
        prefix, after = asked["prefix"][0], asked.get("start-after", [""])[0]
        rows = "".join(
            f"<Contents><Key>{escape(name)}</Key><Size>{len(data)}</Size></Contents>"
            for name, data in sorted(self.files.items())
            if name.startswith(prefix) and name > after
        )
        said = f'<ListBucketResult xmlns="urn:s3">{rows}</ListBucketResult>'
        return Response(200, {"content-type": "application/xml"}, said.encode())


class PretendLine:
    """A driver without a network: each request meets the next mishap; then all goes well."""

    def __init__(self, service: PretendS3, mishaps: Iterator[Mishap] | None = None) -> None:
        self.service = service
        self.mishaps = mishaps or iter(())
        self.requests: list[Request] = []
        self._waiting: list[tuple[Answered, Response]] = []

    def run(self, steps: Steps[T], killed: Callable[[int], bool] = lambda _: False) -> T | None:
        """To its end; None when `killed`, asked with the number of requests so far, said so."""
        outcome: list[T] = []
        faults: list[Exception] = []
        run = Run(steps, self, outcome.append, faults.append)
        run.start()
        while not run.over:
            assert self._waiting, "the protocol waits for nothing"
            if killed(len(self.requests)):
                run.cancel()
                return None
            answered, response = self._waiting.pop(0)
            answered(response)
        for fault in faults:
            raise fault
        return outcome[0]

    def start(self, request: Request, answered: Answered) -> None:
        if request.work is not None:
            request.work()
            self._waiting.append((answered, Response(200)))
            return
        self.requests.append(request)
        self._waiting.append((answered, self._carry(request)))

    def abort(self) -> None:
        self._waiting.clear()

    def _carry(self, request: Request) -> Response:
        what, share = next(self.mishaps, FINE)
        size = len(request.body)
        if what == "fine":
            said = self.service.answer(request)
            return _with(said, sent=size, seconds=0.01)
        if what in ("name", "refused", "timeout"):
            return Response(fault=what, seconds=0.01)  # type: ignore[arg-type]
        if what == "broken":
            self.service.bytes_up += int(size * share)
            return Response(fault="dropped", sent=int(size * share), seconds=0.01)
        if what == "lost":  # the server did it, but nobody hears of it
            self.service.answer(request)
            return Response(fault="dropped", sent=size, seconds=0.01)
        said = self.service.answer(request)  # half of the answer comes
        half = said.body[: int(len(said.body) * share)]
        return _with(said, sent=size, seconds=0.01, body=half, fault="dropped")


def _with(
    response: Response,
    sent: int,
    seconds: float,
    body: bytes | None = None,
    fault: Fault | None = None,
) -> Response:
    return Response(
        response.status, response.headers, response.body if body is None else body,
        fault, sent, seconds,
    )  # fmt: skip
