"""A folder: a stick, or a share of the network that the system has connected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

from taza_desktop.errors import Refusal
from taza_desktop.exchange.faults import refusal_of
from taza_desktop.exchange.place import Entry, Where
from taza_desktop.exchange.requests import KB, MB, Request, Response, Steps, aside, ask

_PATIENCE = 60.0  # seconds; a disk that sleeps, a share over a slow line
_SLOWEST = 16 * KB  # bytes a second
_LISTING = 16 * MB
_MISSING = 404


class FolderPlace:
    """A folder of the system; `driver_folder` does what is asked for."""

    in_parts = False

    def __init__(self, where: Where) -> None:
        self.where = where
        self._base = Path(where.address)
        self._at = f"{where.at}/" if where.at else ""

    def names(self, folder: str, after: str = "") -> Steps[list[Entry]]:
        """The files in the folder and one level deeper, after that name."""
        response = yield from ask(self._request("LIST", folder, limit=_LISTING))
        if response.status == _MISSING:
            return []
        self._check(response)
        return (yield from aside(lambda: _entries(response.body, after)))

    def size(self, name: str) -> Steps[int | None]:
        """The size of a file; None when it is not there."""
        return self.seen((yield from ask(self.look(name))))

    def stage(self, name: str, data: bytes) -> None:
        """Publishing does it all."""

    def publish(
        self, name: str, data: bytes, beside: str = "", *, afresh: bool = False
    ) -> Steps[None]:
        """Put a file whole or not at all; it is on the disk when this is done."""
        self._check((yield from ask(self.put(name, data))))

    def remove(self, name: str) -> Steps[None]:
        """Take a file away; one that is not there is fine."""
        response = yield from ask(self._request("DELETE", name))
        if response.status != _MISSING:
            self._check(response)

    def prepare(self, folder: str) -> Steps[list[Entry]]:
        """What lies in the folder; it is made when a file is put."""
        return self.names(folder)

    def refusal(self, response: Response) -> Refusal:
        """What is wrong when the answer was not a yes."""
        return refusal_of(response, self._base.as_uri())

    def put(self, name: str, data: bytes | memoryview) -> Request:
        """A request that puts a file whole or not at all."""
        return self._request("PUT", name, data)

    def stored(self, response: Response) -> bool:
        """Whether the file is there."""
        self._check(response)
        return True

    def look(self, name: str) -> Request:
        """A request for the size of a file."""
        return self._request("HEAD", name)

    def seen(self, response: Response) -> int | None:
        """The size that `look` found; None when the file is not there."""
        if response.status == _MISSING:
            return None
        self._check(response)
        return int(response.headers["content-length"])

    def get(self, name: str, start: int, size: int) -> Request:
        """A request for a file of that size; a folder gives it whole."""
        return self._request("GET", name, limit=size)

    def got(self, response: Response, start: int) -> tuple[bytes, int]:
        """The bytes that came: all of them."""
        self._check(response)
        return response.body, 0

    def _request(
        self, method: str, name: str, body: bytes | memoryview = b"", limit: int = 64 * KB
    ) -> Request:
        url = (self._base / name.removeprefix(self._at)).as_uri()
        timeout = _PATIENCE + max(len(body), limit) / _SLOWEST
        return Request(method, url, {"base": str(self._base)}, body, timeout, limit)

    def _check(self, response: Response) -> None:
        if not response.good:
            raise self.refusal(response)


def _entries(listed: bytes, after: str) -> list[Entry]:
    """What `driver_folder` found, as far as it comes after that name."""
    found = cast("list[tuple[str, int]]", json.loads(listed))
    return sorted(Entry(name, size) for name, size in found if name > after)
