"""The meeting place: what it is (`Where`), who may use it (`Credential`), what can be done there.

A place is a tree of files with names of `layout`. Every call is a protocol: it does no I/O itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, cast
from urllib.parse import quote, unquote, urlsplit

from taza_desktop.errors import Refusal
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.requests import Request, Response, Steps
from taza_desktop.i18n import N_

Kind = Literal["folder", "webdav", "s3"]
KINDS: tuple[Kind, ...] = ("folder", "webdav", "s3")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_IN_PATHS = "/%:@!$&'()*+,;=~"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9]")
_CERTIFICATE = re.compile(
    r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,20000}-----END CERTIFICATE-----"
)
_SAYS = {
    "EXC-PLACE": N_("The address of the place of exchange is not in order: {what}. Type it again."),
    "EXC-PLAIN": N_(
        "{address} would send the password unprotected. Use an address that begins with https://,"
        " or allow a plain line for this place."
    ),
}


class Entry(NamedTuple):
    """A file at a place: its name below the folder that was listed, its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Credential:
    """Who may use a place; lies in the system's key store, never in the register or a log."""

    user: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Where:
    """What a place is, without any secret; as JSON in a region's card and in the register.

    Attributes:
        address: a folder's path, or the URL of a WebDAV folder or of an S3 service.
        bucket, region: of S3.
        at: the beginning of every name that the address stands for already, when the person was
            given a folder deep inside: `v1/100000000/103200000`.
        authority: PEM of certificates to trust besides the system's.
        plain: a line without TLS was allowed by the person.
    """

    kind: Kind
    address: str
    bucket: str = ""
    region: str = "us-east-1"
    at: str = ""
    authority: str = ""
    plain: bool = False

    @property
    def key(self) -> str:
        """By what the key store knows the credential."""
        return " ".join(part for part in (self.kind, self.address, self.bucket, self.at) if part)

    @property
    def label(self) -> str:
        """How a person recognises it."""
        return " · ".join(part for part in (unquote(self.address), self.bucket) if part)

    def to_json(self) -> str:
        """For the register and for a card; values that are the default are left out."""
        plain = Where(self.kind, self.address)
        said = {
            name: value for name, value in asdict(self).items() if value != getattr(plain, name)
        }
        return json.dumps({"kind": self.kind, "address": self.address, **said}, sort_keys=True)

    @classmethod
    def parse(cls, said: Mapping[str, object]) -> Where:
        """The place that such an object describes; unknown keys are left alone.

        Refuses EXC-PLACE, EXC-PLAIN.
        """
        known = {name: said[name] for name in cls.__dataclass_fields__ if name in said}
        kind, plain = known.pop("kind", ""), known.pop("plain", False)
        if kind not in KINDS or not isinstance(plain, bool):
            raise _refusal("EXC-PLACE", what=kind or "kind")
        for name, value in known.items():
            if not isinstance(value, str) or any(
                ord(sign) < 32 for sign in value.replace("\r\n", "").replace("\n", "")
            ):
                raise _refusal("EXC-PLACE", what=name)
        texts = cast("dict[str, str]", known)
        texts["address"] = texts.get("address", "").strip()
        if kind != "folder":
            texts["address"] = _encoded(texts["address"])
        texts["at"] = texts.get("at", "").strip("/")
        texts["authority"] = _certificates(texts.get("authority", ""))
        where = cls(kind=kind, plain=plain, **texts)
        (_check_folder if kind == "folder" else _check_url)(where)
        return where


class Place(Protocol):
    """A place behind one interface; every request may be repeated without harm.

    `name` is a path of `layout`, `v1/…`. A Refusal EXC-… ends a call that waiting does not mend;
    `faults.LineFault` is one that it may.
    """

    in_parts: bool  # whether a large file goes in parts

    def names(self, folder: str, after: str = "") -> Steps[list[Entry]]:
        """The files below a folder, sorted by their names below it; nothing when it is missing.

        Those that do not come after a name may be left out.
        """
        ...

    def size(self, name: str) -> Steps[int | None]:
        """The size of a file; None when it is not there."""
        ...

    def publish(
        self, name: str, data: bytes, beside: str = "", *, afresh: bool = False
    ) -> Steps[None]:
        """Put a small file, so that nobody ever sees a part of it under its name.

        `beside` is where `stage` has put it already; `afresh`: what has the name is not believed.
        """
        ...

    def stage(self, name: str, data: bytes) -> tuple[str, Request] | None:
        """A request that puts a file where nobody looks, and that name, so that only publishing is
        left to do; None for a place that needs no such thing.
        """
        ...

    def remove(self, name: str) -> Steps[None]:
        """Take a file away; one that is not there is fine."""
        ...

    def prepare(self, folder: str) -> Steps[list[Entry]]:
        """Make a folder for parts ready; returns what lies there already."""
        ...

    def refusal(self, response: Response) -> Refusal:
        """What is wrong when the answer was not a yes."""
        ...

    def put(self, name: str, data: bytes | memoryview) -> Request:
        """A request that puts a part. Whether it arrived whole, `stored` and `look` tell."""
        ...

    def stored(self, response: Response) -> bool:
        """Whether the place has the part for sure; False when only `look` can tell."""
        ...

    def look(self, name: str) -> Request:
        """A request that asks for the size of a file; `seen` reads the answer."""
        ...

    def seen(self, response: Response) -> int | None:
        """The size that `look` found; None when the file is not there."""
        ...

    def get(self, name: str, start: int, size: int) -> Request:
        """A request for a file of that size, from `start` to its end."""
        ...

    def got(self, response: Response, start: int) -> tuple[bytes, int]:
        """The bytes that came, also of a broken answer, and from where on in the file they are."""
        ...


def parse_card(said: Mapping[str, object]) -> tuple[Where, Credential | None]:
    """The place in a region's card, and the credential when the card has one.

    Refuses EXC-PLACE, EXC-PLAIN.
    """
    user, secret = said.get("user", ""), said.get("secret", "")
    if not isinstance(user, str) or not isinstance(secret, str):
        raise _refusal("EXC-PLACE", what="user")
    return Where.parse(said), Credential(user, secret) if user or secret else None


def open_place(where: Where, credential: Credential, line: Line) -> Place:
    """The place behind a description; each kind is loaded when it is used."""
    if where.kind == "folder":
        from taza_desktop.exchange.place_folder import FolderPlace

        return FolderPlace(where)
    if where.kind == "webdav":
        from taza_desktop.exchange.place_webdav import WebdavPlace

        return WebdavPlace(where, credential, line)
    from taza_desktop.exchange.place_s3 import S3Place

    return S3Place(where, credential, line)


def _encoded(address: str) -> str:
    """A URL as it goes over the line: a person may paste one with Kazakh letters or spaces."""
    try:
        url = urlsplit(address)
        host = url.netloc if url.netloc.isascii() else url.netloc.encode("idna").decode("ascii")
        return url._replace(netloc=host, path=quote(url.path, safe=_IN_PATHS)).geturl()
    except ValueError:
        return address  # refused in a moment


def _certificates(pem: str) -> str:
    """The certificates in a PEM file without what people write between them."""
    found = _CERTIFICATE.findall(pem.replace("\r\n", "\n"))
    if pem.strip() and not found:
        raise _refusal("EXC-PLACE", what="authority")
    return "".join(f"{one}\n" for one in found)


def _check_folder(where: Where) -> None:
    if not where.address or not Path(where.address).is_absolute():
        raise _refusal("EXC-PLACE", what=where.address or "address")


def _check_url(where: Where) -> None:
    try:
        url = urlsplit(where.address)
        host, _port = url.hostname, url.port
    except ValueError as fault:
        raise _refusal("EXC-PLACE", what=where.address) from fault
    wrong = url.scheme not in ("http", "https") or not host or url.query or url.fragment
    wrong = wrong or not where.address.isascii() or any(map(str.isspace, where.address))
    if wrong or url.username or url.password:
        raise _refusal("EXC-PLACE", what=where.address)
    if where.kind == "s3" and not _BUCKET.fullmatch(where.bucket):
        raise _refusal("EXC-PLACE", what=where.bucket or "bucket")
    if url.scheme == "http" and not where.plain and host not in _LOOPBACK:
        raise _refusal("EXC-PLAIN", address=where.address)


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)
