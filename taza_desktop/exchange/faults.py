"""Every fault of a line or a place as one sentence: what is wrong, what to do next."""

from __future__ import annotations

from codecs import BOM_UTF8
from urllib.parse import unquote, urljoin, urlsplit

from taza_desktop.errors import EnvironmentFault, Refusal
from taza_desktop.exchange.requests import Fault, Response
from taza_desktop.i18n import N_

_SAYS = {
    "EXC-NAME": N_(
        "The name {host} was not found. Check the address and whether this PC has a network."
    ),
    "EXC-REFUSED": N_(
        "{host} accepts no connection; perhaps it is switched off. It is tried again later."
    ),
    "EXC-UNREACHABLE": N_("There is no way to {host} now. Check the network of this PC."),
    "EXC-TIMEOUT": N_(
        "{host} did not answer in time; the line may be very slow. It is tried again later."
    ),
    "EXC-DROPPED": N_(
        "The line to {host} breaks all the time. What has arrived stays; it goes on later."
    ),
    "EXC-CANCELLED": N_("Stopped. What has arrived stays at the place."),
    "EXC-PROXY": N_("The proxy of this network does not answer or refuses. Ask the administrator."),
    "EXC-PROXY-LOGIN": N_(
        "The proxy of this network wants a user name and a password. Type them in “Place of"
        " exchange…”; the administrator knows them."
    ),
    "EXC-TLS": N_("No protected line to {host} ({what}). Tell who runs it."),
    "EXC-TLS-OLD": N_(
        "{host} knows only old ways to protect a line; TLS 1.2 is needed. Tell who runs it."
    ),
    "EXC-TLS-NAME": N_(
        "The certificate of {host} is for another name. Check the address; do not go on."
    ),
    "EXC-TLS-STRANGER": N_(
        "Nobody known vouches for {host}. If your office has a certificate authority of its own,"
        " ask the administrator for its file and add it to the place; else do not go on."
    ),
    "EXC-CLOCK": N_(
        "The certificate of {host} is not valid on the date that this PC shows. Set date and time;"
        " if they are right, tell who runs it."
    ),
    "EXC-TIME": N_(
        "{host} refuses what this PC signs, as their clocks differ. Set date and time of this PC."
    ),
    "EXC-LOGIN": N_("{host} does not accept the user name or the password. Type them again."),
    "EXC-DENIED": N_(
        "{host} does not allow this user to read or write here. Ask who runs it for the right."
    ),
    "EXC-MISSING": N_(
        "The folder is not there at {host}: renamed, moved or deleted. Check the address."
    ),
    "EXC-MOVED": N_(
        "{host} sends on to {what}; the password does not follow. If that is the right address,"
        " type it for the place; else tell who runs it."
    ),
    "EXC-FULL": N_("There is no space left at {host}. Ask who runs it for more, then send again."),
    "EXC-TOO-LARGE": N_("{host} takes no file of this size. Tell who runs it."),
    "EXC-SERVER": N_("{host} has a fault of its own ({what}). It is tried again later."),
    "EXC-PORTAL": N_(
        "Something else answers in place of {host}: perhaps a page of this network that wants a"
        " login. Open a page in the browser, log in, then try again."
    ),
    "EXC-ANSWER": N_(
        "{host} answers as no place of exchange does ({what}). Check the address, or tell who"
        " runs it."
    ),
    "EXC-FOLDER-GONE": N_("{host} is not there. Plug the stick in or connect the network folder."),
    "EXC-FOLDER-DENIED": N_("No right to use {host}. Ask for it, or choose another folder."),
    "EXC-READ-ONLY": N_(
        "{host} cannot be written to. Check the lock of the stick, or choose another."
    ),
    "EXC-FOLDER": N_("{host} has a fault ({what}). Try another stick or folder."),
}
_PASSES = {  # by itself, so that trying later may help
    "EXC-NAME", "EXC-REFUSED", "EXC-UNREACHABLE", "EXC-TIMEOUT", "EXC-DROPPED", "EXC-PROXY",
    "EXC-SERVER", "EXC-PORTAL", "EXC-FOLDER-GONE", "EXC-FOLDER",
}  # fmt: skip
_FAULTS: dict[Fault, str] = {
    "name": "EXC-NAME",
    "refused": "EXC-REFUSED",
    "unreachable": "EXC-UNREACHABLE",
    "timeout": "EXC-TIMEOUT",
    "dropped": "EXC-DROPPED",
    "odd": "EXC-ANSWER",
    "cancelled": "EXC-CANCELLED",
    "proxy": "EXC-PROXY",
    "proxy-auth": "EXC-PROXY-LOGIN",
    "tls": "EXC-TLS",
    "tls-old": "EXC-TLS-OLD",
    "tls-name": "EXC-TLS-NAME",
    "tls-clock": "EXC-CLOCK",
    "tls-stranger": "EXC-TLS-STRANGER",
    "file-missing": "EXC-FOLDER-GONE",
    "file-denied": "EXC-FOLDER-DENIED",
    "file-read-only": "EXC-READ-ONLY",
    "file-full": "EXC-FULL",
    "file-failed": "EXC-FOLDER",
}
LOCKED = 423  # Nextcloud: somebody writes this name, or did when the server was killed
_STATUSES = {
    401: "EXC-LOGIN",
    403: "EXC-DENIED",
    404: "EXC-MISSING",
    407: "EXC-PROXY-LOGIN",
    408: "EXC-SERVER",
    409: "EXC-MISSING",
    410: "EXC-MISSING",
    413: "EXC-TOO-LARGE",
    LOCKED: "EXC-SERVER",
    425: "EXC-SERVER",
    429: "EXC-SERVER",
    501: "EXC-ANSWER",
    507: "EXC-FULL",
    511: "EXC-PORTAL",
}
_S3_CODES = {
    "QuotaExceeded": "EXC-FULL",
    "EntityTooLarge": "EXC-TOO-LARGE",
    "NoSuchBucket": "EXC-MISSING",
    "InvalidAccessKeyId": "EXC-LOGIN",
    "SignatureDoesNotMatch": "EXC-LOGIN",
    "AuthorizationHeaderMalformed": "EXC-LOGIN",
    "RequestTimeTooSkewed": "EXC-TIME",
    "SlowDown": "EXC-SERVER",
}
_BUSY = (408, LOCKED, 425, 429, 500, 502, 503, 504)
_FOR_GOOD = (301, 308)  # of redirects; those of captive portals are for now
Reached = int  # 0 nothing · 1 the name · 2 a connection · 3 a protected line
_REACHED = {
    "EXC-NAME": 0, "EXC-REFUSED": 1, "EXC-UNREACHABLE": 1, "EXC-TIMEOUT": 1, "EXC-PROXY": 1,
    "EXC-PROXY-LOGIN": 1, "EXC-TLS": 2, "EXC-TLS-OLD": 2, "EXC-TLS-NAME": 2, "EXC-CLOCK": 2,
    "EXC-TLS-STRANGER": 2,
}  # fmt: skip


class LineFault(EnvironmentFault):
    """A fault that may pass by itself: the line, a busy server. Trying again later is right."""


def refusal_of(response: Response, url: str, s3_code: str = "") -> Refusal:
    """The sentence for an answer that was not a yes; a LineFault when it may pass by itself."""
    code = _code_of(response, url, s3_code)
    what = s3_code or (str(response.status) if response.status else response.says)
    if code == "EXC-MOVED":
        what = _target(response, url)
    return (LineFault if code in _PASSES else Refusal)(
        code, _SAYS[code], host=host_of(url), what=what
    )


def passes(code: str) -> bool:
    """Whether a fault of that code may pass by itself, so that no person has to do anything."""
    return code in _PASSES


def may_pass(response: Response) -> bool:
    """Whether the same request may do better at once or a moment later."""
    if response.fault:
        return _FAULTS[response.fault] in _PASSES
    return response.status in _BUSY


def odd_answer(url: str, what: str) -> Refusal:
    """The server said yes, but with something that cannot be understood."""
    return Refusal("EXC-ANSWER", _SAYS["EXC-ANSWER"], host=host_of(url), what=what)


def portal(url: str) -> LineFault:
    """A page for people came instead of what was asked for."""
    return LineFault("EXC-PORTAL", _SAYS["EXC-PORTAL"], host=host_of(url))


def is_page(response: Response) -> bool:
    """Whether a yes is a page for people: what a captive portal gives instead of a file."""
    if not (200 <= response.status < 300 and _has_answered(response)):
        return False
    head = bytes(response.body[:256]).removeprefix(BOM_UTF8).lstrip().lower()
    html = "html" in response.headers.get("content-type", "").lower()
    return head.startswith((b"<!doctype html", b"<html")) or (html and head.startswith(b"<"))


def reached(fault: Refusal) -> Reached:
    """How far it got before this fault."""
    return _REACHED.get(fault.code, 3)


def host_of(url: str) -> str:
    """What a person calls the place: its host, or the folder."""
    parts = urlsplit(url)
    return parts.hostname or unquote(parts.path)


def _has_answered(response: Response) -> bool:
    """Whether the server said something, though perhaps more than anybody wants to read."""
    return response.fault is None or (response.fault == "odd" and response.status > 0)


def _code_of(response: Response, url: str, s3_code: str) -> str:
    status = response.status
    if response.fault and (not _has_answered(response) or status < 300):
        return "EXC-PORTAL" if is_page(response) else _FAULTS[response.fault]
    if s3_code in _S3_CODES:
        return _S3_CODES[s3_code]
    if 300 <= status < 400:
        same = host_of(_target(response, url)) == host_of(url)
        return "EXC-MOVED" if same or status in _FOR_GOOD else "EXC-PORTAL"
    if is_page(response):
        return "EXC-PORTAL"
    if status >= 500:
        return _STATUSES.get(status, "EXC-SERVER")
    return _STATUSES.get(status, "EXC-ANSWER")


def _target(response: Response, url: str) -> str:
    """Where a redirect leads: the server when that is another one, else the whole address."""
    try:
        to, ours = urlsplit(urljoin(url, response.headers.get("location", ""))), urlsplit(url)
        server = f"{to.scheme}://{to.hostname or ''}" + (f":{to.port}" if to.port else "")
    except ValueError:
        return "?"
    return server if (to.scheme, to.netloc) != (ours.scheme, ours.netloc) else server + to.path
