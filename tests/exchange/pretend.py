"""A place in memory behind a line that does whatever a test wants, with no time passing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from taza_desktop.exchange.place import Credential, Where
from taza_desktop.exchange.requests import Fault, Request, Response, Steps
from taza_desktop.exchange.run import Answered, Run

T = TypeVar("T")
WHERE = Where("s3", "https://place.test", "taza")
DAV = Where("webdav", "https://place.test/dav")
WHO = Credential("key", "secret")
# What happens to one request, and a share of something; `PretendLine._carry` knows the words.
Mishap = tuple[str, float]
PAGE = Response(200, {"content-type": "text/html"}, b"<html>Please log in</html>")
FINE: Mishap = ("fine", 0.0)
_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


class Pretend:
    """Files in memory behind HTTP; notes what is asked of it.

    Attributes:
        torn: whether a file that breaks off halfway is shown under its name.
        root: the path of the address in a URL.
        puts, gone: names that were put and taken away, in order.
        before: the files as they were a while ago, for listings that are late.
    """

    torn = False
    root = "/taza"

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.before: dict[str, bytes] = {}
        self.puts: list[str] = []
        self.gone: list[str] = []
        self.bytes_up = 0

    def answer(self, request: Request) -> Response:
        return getattr(self, f"_{request.method.lower()}")(self.name(request.url), request)

    def name(self, url: str) -> str:
        return unquote(urlsplit(url).path).removeprefix(self.root).lstrip("/")

    def late(self, request: Request) -> Response:
        """The same out of what lay there a while ago."""
        now, self.files = self.files, self.before
        try:
            return self.answer(request)
        finally:
            self.files = now

    def tear(self, request: Request, share: float) -> None:
        """A PUT that breaks off."""
        if self.torn and request.method == "PUT":
            part = request.body[: int(len(request.body) * share)]
            self.answer(replace(request, body=part))

    def forget(self, share: float) -> None:
        """Lose a file, as a place does that is put back from a backup."""
        if self.files:
            names = sorted(self.files)
            del self.files[names[int(share * (len(names) - 1))]]

    def _put(self, path: str, request: Request) -> Response:
        self.puts.append(path)
        self.bytes_up += len(request.body)
        self.files[path] = bytes(request.body)
        return Response(200, {"etag": '"x"'})

    def _head(self, path: str, _request: Request) -> Response:
        if path not in self.files:
            return Response(404)
        return Response(200, {"content-length": str(len(self.files[path]))})

    def _delete(self, path: str, _request: Request) -> Response:
        self.gone.append(path)
        return Response(204 if self.files.pop(path, None) is not None else 404)

    def _get(self, path: str, request: Request) -> Response:
        if path not in self.files:
            return Response(404)
        data = self.files[path]
        if asked := _RANGE.fullmatch(request.headers.get("range", "")):
            start, end = int(asked[1]), int(asked[2])
            said = {"content-range": f"bytes {start}-{end}/{len(data)}"}
            return Response(206, said, data[start : end + 1])
        return Response(200, {}, data)


class PretendS3(Pretend):
    """As much of an S3 service as is needed."""

    def _get(self, path: str, request: Request) -> Response:
        if path:
            return super()._get(path, request)
        return self._list(parse_qs(urlsplit(request.url).query))

    def _list(self, asked: dict[str, list[str]]) -> Response:
        prefix, after = asked["prefix"][0], asked.get("start-after", [""])[0]
        rows = "".join(
            f"<Contents><Key>{escape(name)}</Key><Size>{len(data)}</Size></Contents>"
            for name, data in sorted(self.files.items())
            if name.startswith(prefix) and name > after
        )
        said = f'<ListBucketResult xmlns="urn:s3">{rows}</ListBucketResult>'
        return Response(200, {"content-type": "application/xml"}, said.encode())


class PretendDav(Pretend):
    """A WebDAV server of the kind that shows what a broken PUT has left."""

    torn = True
    root = "/dav"

    def __init__(self) -> None:
        super().__init__()
        self.folders = {""}

    def _put(self, path: str, request: Request) -> Response:
        super()._put(path, request)
        if path.rpartition("/")[0] in self.folders:
            return Response(201)
        del self.files[path]
        return Response(409)

    def _mkcol(self, path: str, _request: Request) -> Response:
        folder = path.rstrip("/")
        if folder in self.folders or folder.rpartition("/")[0] not in self.folders:
            return Response(405 if folder in self.folders else 409)
        self.folders.add(folder)
        return Response(201)

    def _move(self, path: str, request: Request) -> Response:
        to = self.name(request.headers["destination"])
        if path not in self.files or to.rpartition("/")[0] not in self.folders:
            return Response(404 if path not in self.files else 409)
        if to in self.files and request.headers["overwrite"] == "F":
            return Response(412)
        self.files[to] = self.files.pop(path)
        return Response(201)

    def _propfind(self, path: str, _request: Request) -> Response:
        folder = path.rstrip("/")
        if folder not in self.folders:
            return Response(404)
        before = f"{folder}/" if folder else ""
        inside = {f"{one.removeprefix(before).split('/')[0]}/" for one in self.folders
                  if one.startswith(before) and one != folder}  # fmt: skip
        files = {name.removeprefix(before): len(data) for name, data in self.files.items()
                 if name.startswith(before) and "/" not in name.removeprefix(before)}  # fmt: skip
        rows = "".join(
            f"<response><href>{self.root}/{before}{name}</href><prop>{kind}</prop></response>"
            for name, kind in [
                *((name, "<resourcetype><collection/></resourcetype>") for name in inside),
                *((one, f"<getcontentlength>{n}</getcontentlength>") for one, n in files.items()),
            ]
        )
        return Response(207, {}, f'<multistatus xmlns="DAV:">{rows}</multistatus>'.encode())


class PretendLine:
    """A driver without a network: each request meets the next mishap; then all goes well."""

    def __init__(self, service: Pretend, mishaps: Iterator[Mishap] | None = None) -> None:
        self.service = service
        self.happened = 0  # requests that did not simply go well
        self._on_its_way: list[tuple[int, Request, float]] = []  # arrives so many requests later
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
        """What a mishap does: `fine`; a fault before anything (`name`, `refused`, `timeout`);
        `broken` after a share; `lost` or `half`, the answer; `late`, the effect; `twice`; `stale`;
        `forgets` a file afterwards; a `page` or `busy` in place of an answer.
        """
        self._let_arrive()
        what, share = next(self.mishaps, FINE)
        self.happened += what != "fine"
        size, service = len(request.body), self.service
        if what in ("name", "refused", "timeout"):
            return Response(fault=what, seconds=0.01)
        if what in ("page", "busy"):
            said = PAGE if what == "page" else Response(503)
            return _with(said, sent=size, seconds=0.01)
        if what == "broken":
            service.bytes_up += int(size * share)
            service.tear(request, share)
            return Response(fault="dropped", sent=int(size * share), seconds=0.01)
        if what == "late":
            self._on_its_way.append((3, request, share))
            return Response(fault="timeout", sent=size, seconds=0.01)
        said = (service.late if what == "stale" and not size else service.answer)(request)
        if what == "twice":
            service.answer(request)
        if what == "forgets":
            service.forget(share)
        if what == "lost":  # the server did it, but nobody hears of it
            return Response(fault="dropped", sent=size, seconds=0.01)
        if what == "half":
            half = said.body[: int(len(said.body) * share)]
            return _with(said, sent=size, seconds=0.01, body=half, fault="dropped")
        return _with(said, sent=size, seconds=0.01)

    def _let_arrive(self) -> None:
        """What was on its way for long arrives now, whole or cut short."""
        waiting, self._on_its_way = self._on_its_way, []
        for left, request, share in waiting:
            if left:
                self._on_its_way.append((left - 1, request, share))
            elif share > 0.5:
                self.service.answer(request)
            else:
                self.service.tear(request, 2 * share)


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
