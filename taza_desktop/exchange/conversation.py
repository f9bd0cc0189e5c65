"""One request and its answer on one connection of http.client, and what can go wrong between."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from taza_desktop.exchange.requests import KB, Fault, Request, Response

_CHUNK = 16 * KB
_ERRNOS: dict[int, Fault] = {
    errno.ECONNREFUSED: "refused",
    errno.ENETUNREACH: "unreachable",
    errno.EHOSTUNREACH: "unreachable",
    errno.ENETDOWN: "unreachable",
    errno.EADDRNOTAVAIL: "unreachable",
    errno.ETIMEDOUT: "timeout",
}
_VERIFY: dict[int, Fault] = {  # OpenSSL's X509_V_ERR_…
    9: "tls-clock", 10: "tls-clock",
    18: "tls-stranger", 19: "tls-stranger", 20: "tls-stranger", 21: "tls-stranger",
    62: "tls-name", 64: "tls-name",
}  # fmt: skip
_OLD = ("UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "NO_PROTOCOLS_AVAILABLE")
_HUNG_UP = (http.client.RemoteDisconnected, http.client.IncompleteRead, ssl.SSLEOFError,
            ssl.SSLZeroReturnError, ConnectionError)  # fmt: skip


class Conversation:
    """One request on its way; `cut` from any thread ends it.

    Attributes:
        keeps: whether the connection can be used again afterwards.
    """

    def __init__(self, connection: http.client.HTTPConnection, request: Request) -> None:
        self.connection = connection
        self.keeps = False
        self._request = request
        self._status = 0
        self._headers: dict[str, str] = {}
        self._body = bytearray()
        self._sent = 0
        self._late = False

    def hold(self, absolute: bool, extra: Mapping[str, str]) -> Response:
        """Send, read, and name what went wrong. `absolute`: a proxy wants the whole address."""
        begun = time.monotonic()
        watch = threading.Timer(self._request.timeout, self._too_late)
        watch.daemon = True
        watch.start()
        fault: Fault | None = None
        says = ""
        try:
            self._send(absolute, extra)
            fault = self._receive()
        except (OSError, http.client.HTTPException, ValueError) as broke:
            fault, says = fault_of(broke), f"{type(broke).__name__}: {broke}"
        finally:
            watch.cancel()
        fault = "timeout" if self._late else fault  # half an answer may look like a whole one
        self.keeps = self.keeps and fault is None
        seconds = time.monotonic() - begun
        body = bytes(self._body)
        return Response(self._status, self._headers, body, fault, self._sent, seconds, says)

    def cut(self) -> None:
        """End it now."""
        cut(self.connection)

    def _too_late(self) -> None:
        self._late = True
        self.cut()

    def _send(self, absolute: bool, extra: Mapping[str, str]) -> None:
        request, connection = self._request, self.connection
        parts = urlsplit(request.url)
        if connection.sock is not None:  # it may have served a request with another patience
            connection.sock.settimeout(request.timeout)
        target = (
            request.url
            if absolute
            else f"{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")
        )
        connection.putrequest(request.method, target)
        for name, value in {**request.headers, **extra}.items():
            connection.putheader(name, value)
        if request.body or request.method == "PUT":
            connection.putheader("Content-Length", str(len(request.body)))
        first = bytes(request.body[:_CHUNK])
        connection.endheaders(first or None)
        self._sent = len(first)
        try:
            for start in range(_CHUNK, len(request.body), _CHUNK):
                chunk = request.body[start : start + _CHUNK]
                connection.send(chunk)
                self._sent += len(chunk)
        except ConnectionError:
            if not self._refused_early():
                raise

    def _refused_early(self) -> bool:
        """Whether the server said something before it hung up on the upload."""
        sock = self.connection.sock
        with suppress(OSError, ValueError):
            return sock is not None and bool(sock.recv(1, socket.MSG_PEEK))
        return False

    def _receive(self) -> Fault | None:
        response = self.connection.getresponse()
        self._status = response.status
        self._headers = {name.lower(): value for name, value in response.getheaders()}
        while chunk := response.read(_CHUNK):
            self._body += chunk
            if len(self._body) > self._request.limit:
                return "odd"
        if response.length:  # http.client does not mind an answer that is cut short
            return "dropped"
        self.keeps = not response.will_close and self._sent == len(self._request.body)
        return None


def cut(connection: http.client.HTTPConnection) -> None:
    """Have whoever waits at it wait no longer; from any thread."""
    sock = connection.sock
    if sock is not None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def fault_of(broke: Exception) -> Fault:
    """What kind of fault the system's or a library's complaint is."""
    if isinstance(broke, ssl.SSLCertVerificationError):
        return _VERIFY.get(broke.verify_code, "tls")
    if isinstance(broke, _HUNG_UP) and not isinstance(broke, ConnectionRefusedError):
        return "dropped"
    if isinstance(broke, ssl.SSLError):
        return "tls-old" if broke.reason in _OLD else "tls"
    if isinstance(broke, socket.gaierror):
        return "name"
    if isinstance(broke, TimeoutError):
        return "timeout"
    if isinstance(broke, OSError):
        return _ERRNOS.get(broke.errno or 0, "dropped")
    return "odd"
