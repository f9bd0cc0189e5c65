"""A WebDAV folder: Nextcloud, Apache and their like (RFC 4918)."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from taza_desktop.errors import Refusal
from taza_desktop.exchange.faults import may_pass, odd_answer
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.place import Credential, Entry, Where
from taza_desktop.exchange.place_http import HttpPlace, count_of, plain_refusal
from taza_desktop.exchange.requests import KB, MB, Request, Response, Steps, aside
from taza_desktop.exchange.xml_answer import parse

_ASKED = (
    b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><getcontentlength/><resourcetype/></prop>'
    b"</propfind>"
)
_LISTING = 16 * MB
_RESPONSE, _HREF = "{DAV:}response", "{DAV:}href"
_SIZE, _FOLDER = "{DAV:}getcontentlength", "{DAV:}collection"
_DONE = (201, 204)  # created, replaced; any other yes may come from something between
_GONE = (404, 410)
_NO_PARENT = (403, 404, 409, 500)  # what servers say when the folder above is not there …
_THERE = (405, 301)  # … and when a folder is there already
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,100}")


class WebdavPlace(HttpPlace):
    """A folder of a WebDAV server.

    Small files are put under another name and moved: several servers show a file that broke off
    halfway under its name. The condition of the move is not relied on, as races of two moves are
    won by both on half of the servers; names are content-addressed instead.
    """

    def __init__(self, where: Where, credential: Credential, line: Line) -> None:
        super().__init__(where, credential, line)
        self._base = where.address.rstrip("/") + "/"
        who = f"{credential.user}:{credential.secret}".encode()
        self._proof = f"Basic {base64.b64encode(who).decode('ascii')}" if credential.user else ""

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
        """A request with the password; only ever sent to the place's own address."""
        proof = {"authorization": self._proof} if self._proof else {}
        timeout = timeout or self.line.timeout()
        url = self._base + path
        return Request(method, url, {**proof, **(headers or {})}, body, timeout, limit, delay)

    def refusal(self, response: Response) -> Refusal:
        """What is wrong when the answer was not a yes."""
        return plain_refusal(response, self.where.address)

    def stored(self, response: Response) -> bool:
        """Created or replaced; any other yes may come from something that is not the server."""
        if response.status in _DONE:
            return True
        if may_pass(response):
            return False
        raise self.refusal(response)

    def names(self, folder: str, after: str = "") -> Steps[list[Entry]]:
        """The files in the folder and one level below, from the folder of `after` on."""
        found: list[Entry] = []
        first = after.partition("/")[0]
        for entry, is_folder in sorted((yield from self._list(folder))):
            if not is_folder:
                found.append(entry)
            elif entry.name >= first:
                below = yield from self._list(f"{folder}/{entry.name}")
                found += [
                    Entry(f"{entry.name}/{one.name}", one.size) for one, deep in below if not deep
                ]
        return sorted(found)

    def publish(
        self, name: str, data: bytes, beside: str = "", *, afresh: bool = False
    ) -> Steps[None]:
        """Put under another name, then move; each try has a name of its own, as an older one may
        still be arriving.
        """
        tried = [beside] if beside else (yield from self._put_beside(name, data))
        yield from self._move(tried.pop(), name, len(data), "T" if afresh else "FT")
        for left in tried:
            yield from self.remove(left)

    def stage(self, name: str, data: bytes) -> tuple[str, Request]:
        """A PUT under another name, that name."""
        beside = f"{name.rpartition('/')[0]}/.{os.urandom(8).hex()}.new"
        return beside, self.put(beside, data)

    def _put_beside(self, name: str, data: bytes) -> Steps[list[str]]:
        """Put under another name; returns the names that were tried, the good one last."""
        tried: list[str] = []

        def beside(delay: float) -> Request:
            staged, request = self.stage(name, data)
            tried.append(staged)
            return replace(request, delay=delay)

        response = yield from self.steady(beside)
        if response.status in _NO_PARENT:
            if len(tried) == 1:  # the server itself said that nothing is there
                tried.clear()
            yield from self._make(name.rpartition("/")[0])
            response = yield from self.steady(beside)
        if response.status not in _DONE:
            raise self.refusal(response)
        return tried

    def prepare(self, folder: str) -> Steps[list[Entry]]:
        """Make the folder; when it was there, list it."""
        if (yield from self._make(folder)):
            return []
        return [one for one, is_folder in (yield from self._list(folder)) if not is_folder]

    def _move(self, beside: str, name: str, size: int, ways: str) -> Steps[None]:
        """Give a file that is whole its name. An answer that was lost shows as a missing source."""
        response = Response()
        for overwrite in ways:
            response = yield from self.steady(
                lambda delay, how=overwrite: self._moving(beside, name, how, delay)
            )
            if response.status in _DONE:
                return
            if (yield from self.size(name)) == size:
                yield from self.remove(beside)
                return
        raise self.refusal(response)

    def _moving(self, beside: str, name: str, overwrite: str, delay: float) -> Request:
        to = self._base + self.path(name)
        headers = {"destination": to, "overwrite": overwrite}
        return self.request("MOVE", self.path(beside), headers=headers, delay=delay)

    def _make(self, folder: str) -> Steps[bool]:
        """Make a folder and those above it; False when it is there already."""
        response = yield from self._mkcol(folder)
        above = folder.rpartition("/")[0]
        if response.status in _NO_PARENT and above and above != self.where.at:
            yield from self._make(above)
            response = yield from self._mkcol(folder)
        if response.status == 201:
            return True
        if response.status in _THERE:
            return False
        raise self.refusal(response)

    def _mkcol(self, folder: str) -> Steps[Response]:
        path = self.path(folder) + "/"
        return self.steady(lambda delay: self.request("MKCOL", path, delay=delay))

    def _list(self, folder: str) -> Steps[list[tuple[Entry, bool]]]:
        """The files and folders in a folder; nothing when it is missing."""
        path = self.path(folder) + "/"
        headers = {"depth": "1", "content-type": "application/xml; charset=utf-8"}
        response = yield from self.steady(
            lambda delay: self.request(
                "PROPFIND", path, headers=headers, body=_ASKED, limit=_LISTING, delay=delay
            )
        )
        if response.status in _GONE:
            yield from self._check_root()
            return []
        if response.status != 207:
            raise self.refusal(response)
        base = unquote(urlsplit(self._base).path + path)
        try:
            return (yield from aside(lambda: list(_entries(response.body, base))))
        except ValueError as fault:
            raise odd_answer(self.where.address, str(fault)) from fault

    def _check_root(self) -> Steps[None]:
        """A folder that nobody has made yet is empty; a place that was renamed is not."""
        headers = {"depth": "0", "content-type": "application/xml; charset=utf-8"}
        response = yield from self.steady(
            lambda delay: self.request("PROPFIND", "", headers=headers, body=_ASKED, delay=delay)
        )
        if response.status in _GONE:
            raise self.refusal(response)


def _entries(data: bytes, folder: str) -> Iterator[tuple[Entry, bool]]:
    """What a multistatus says lies directly in the folder; anything else in it is passed over."""
    name, size, is_folder = "", "", False
    for one in parse(data).iter(_RESPONSE, _HREF, _SIZE, _FOLDER):
        if one.tag == _HREF:
            name = _name_in(folder, one.text or "")
        elif one.tag == _SIZE:
            size = (one.text or "").strip()
        elif one.tag == _FOLDER:
            is_folder = True
        else:  # the next file begins
            if name:
                yield _entry(name, size, is_folder)
            name, size, is_folder = "", "", False
    if name:
        yield _entry(name, size, is_folder)


def _name_in(folder: str, href: str) -> str:
    """The plain name of what lies directly in the folder; empty for anything else."""
    path = unquote(urlsplit(href).path if "//" in href else href)
    name = path[len(folder) :].rstrip("/") if path.startswith(folder) else ""
    return name if _PLAIN.fullmatch(name) else ""


def _entry(name: str, size: str, is_folder: bool) -> tuple[Entry, bool]:
    count = 0 if is_folder or not size else count_of(size)
    if count is None:
        raise ValueError("a size")
    return Entry(name, count), is_folder
