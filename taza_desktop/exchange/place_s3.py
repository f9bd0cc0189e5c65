"""A bucket of an S3 service: Ceph, SeaweedFS or a cloud; the bucket stands in the path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from taza_desktop.errors import Refusal
from taza_desktop.exchange.faults import is_page, may_pass, odd_answer, portal, refusal_of
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.place import Credential, Entry, Where
from taza_desktop.exchange.place_http import HttpPlace, count_of
from taza_desktop.exchange.requests import KB, MB, Request, Response, Steps, aside
from taza_desktop.exchange.signing import Key, sign
from taza_desktop.exchange.xml_answer import Element, parse

_LISTING = 4 * MB  # of one page, at most 1000 names
_PAGES = 100
_OWNED = ("BucketAlreadyOwnedByYou", "BucketAlreadyExists")
_OURS = "{*}"  # S3's namespace, whichever date it bears


class S3Place(HttpPlace):
    """A bucket; what a PUT has answered is whole, so nothing needs to be moved."""

    def __init__(self, where: Where, credential: Credential, line: Line) -> None:
        super().__init__(where, credential, line)
        self._base = f"{where.address.rstrip('/')}/{where.bucket}"
        self._key = Key(credential.user, credential.secret, where.region)

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
        """A request signed for the moment at which it will be sent."""
        url = f"{self._base}/{path}" + (f"?{query}" if query else "")
        moment = self.clock() + self.line.skew + delay
        signed = sign(self._key, method, url, headers or {}, body, moment)
        del signed["host"]  # drivers set it themselves
        return Request(method, url, signed, body, timeout or self.line.timeout(), limit, delay)

    def refusal(self, response: Response) -> Refusal:
        """What is wrong when the answer was not a yes."""
        if is_page(response):
            return portal(self.where.address)
        return refusal_of(response, self.where.address, error_code(response))

    def stored(self, response: Response) -> bool:
        """S3 says yes with an ETag and no body; a page of a portal has neither."""
        if response.status == 200 and "etag" in response.headers:
            return True
        if may_pass(response):
            return False
        raise self.refusal(response)

    def seen(self, response: Response) -> int | None:
        """The size that `look` found; None when the file is not there.

        Whoever may list no more than his own folder is told 403 of a file that is not there (S3's
        HeadObject). When he may not go there at all, the PUT that follows says so.
        """
        return None if response.status == 403 else super().seen(response)

    def names(self, folder: str, after: str = "") -> Steps[list[Entry]]:
        """The files below the folder whose names come after that one."""
        prefix = f"{folder}/".removeprefix(self._at)
        asked = {"list-type": "2", "prefix": prefix}
        if after:
            asked["start-after"] = prefix + after
        found: dict[str, Entry] = {}  # what is written while it is listed may be named twice
        for _page in range(_PAGES):
            page = yield from self._page(asked, prefix)
            found |= {entry.name: entry for entry in page.entries}
            if page.next is None:
                return sorted(found.values())
            if page.next in ("", asked.get("continuation-token")):
                raise odd_answer(self.where.address, "IsTruncated")
            asked["continuation-token"] = page.next
        raise odd_answer(self.where.address, f"> {_PAGES * 1000}")

    def stage(self, name: str, data: bytes) -> None:
        """A PUT is all that publishing needs."""

    def publish(
        self, name: str, data: bytes, beside: str = "", *, afresh: bool = False
    ) -> Steps[None]:
        """Put it; S3 shows a file only when it is whole."""
        timeout = self.line.timeout(len(data))
        response = yield from self.steady(
            lambda delay: self.request(
                "PUT", self.path(name), body=data, timeout=timeout, delay=delay
            )
        )
        if not self.stored(response):
            raise self.refusal(response)

    def prepare(self, folder: str) -> Steps[list[Entry]]:
        """Folders need not be made; lists what lies there."""
        return (yield from self.names(folder))

    def make_bucket(self) -> Steps[None]:
        """Make the bucket, with an administrator's credential; one that is there is fine."""
        response = yield from self.steady(lambda delay: self.request("PUT", "", delay=delay))
        if not response.good and error_code(response) not in _OWNED:
            raise self.refusal(response)

    def steady(self, make: Callable[[float], Request]) -> Steps[Response]:
        """The same; when the clock of this PC proves wrong, once more with the server's time."""
        believed = self.line.skew
        response = yield from super().steady(make)
        if response.status == 403 and self.line.skew != believed:
            response = yield from super().steady(make)
        return response

    def _page(self, asked: Mapping[str, str], prefix: str) -> Steps[_Page]:
        """One page of a listing."""
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in sorted(asked.items()))
        response = yield from self.steady(
            lambda delay: self.request("GET", "", query=query, limit=_LISTING, delay=delay)
        )
        if response.status != 200 or is_page(response):
            raise self.refusal(response)
        try:
            return (yield from aside(lambda: _read_page(response.body, prefix)))
        except ValueError as fault:
            raise odd_answer(self.where.address, str(fault)) from fault


def error_code(response: Response) -> str:
    """The code in the XML of an error; empty when there is none."""
    try:
        return (parse(response.body).findtext("Code") or "")[:60] if response.body else ""
    except ValueError:
        return ""


class _Page(NamedTuple):
    """A page of a listing; `next` is asked for the one after it, None after the last."""

    entries: list[Entry]
    next: str | None


def _read_page(data: bytes, prefix: str) -> _Page:
    """What a service says lies there; ValueError for anything else."""
    root = parse(data)
    if not root.tag.endswith("}ListBucketResult"):
        raise ValueError(root.tag[-40:])
    goes_on = root.findtext(_OURS + "IsTruncated") == "true"
    token = (root.findtext(_OURS + "NextContinuationToken") or "") if goes_on else None
    return _Page(list(_entries(root, prefix)), token)


def _entries(root: Element, prefix: str) -> Iterator[Entry]:
    """The files on a page; a name outside of what was asked for is passed over."""
    for one in root.iter(_OURS + "Contents"):
        key, size = one.findtext(_OURS + "Key") or "", count_of(one.findtext(_OURS + "Size") or "")
        if key.startswith(prefix) and size is not None:
            yield Entry(key.removeprefix(prefix), size)
