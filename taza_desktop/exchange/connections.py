"""Connections of http.client: kept between requests, through the system's proxies, over TLS."""

from __future__ import annotations

import base64
import http.client
import select
import ssl
import threading
import time
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from taza_desktop import __version__
from taza_desktop.exchange.conversation import Conversation, cut, fault_of
from taza_desktop.exchange.requests import Fault, Request, Response

_AGENT = {"user-agent": f"taza-desktop/{__version__}"}
_CONNECTING = 30.0  # seconds


class _Proxy(NamedTuple):
    host: str
    port: int
    login: dict[str, str]  # the header of a user and a password that stand in its address


class ProxyAddress(ValueError):
    """What the environment names as a proxy is no address."""


class Connections:
    """A few open connections to each server, for several threads."""

    def __init__(self, authority: str = "") -> None:
        """`authority`: PEM of certificates to trust besides the system's."""
        self._authority = authority
        self._tls: ssl.SSLContext | None = None
        self._idle: dict[str, list[http.client.HTTPConnection]] = {}
        self._busy: set[Conversation] = set()
        self._lock = threading.Lock()

    def answer(self, request: Request) -> Response:
        """Send a request and wait for its end; never raises for what a line may do."""
        begun, parts = time.monotonic(), urlsplit(request.url)
        server, proxy = f"{parts.scheme}://{parts.netloc}", None
        try:
            proxy = _proxy_for(parts)
            connection = self._idle_one(server) or self._connect(parts, proxy, request.timeout)
        except (OSError, http.client.HTTPException, ValueError) as broke:
            seconds = time.monotonic() - begun
            says = f"{type(broke).__name__}: {broke}"
            return Response(fault=_connecting_fault(broke, proxy), seconds=seconds, says=says)
        through = proxy is not None and parts.scheme == "http"
        login = proxy.login if proxy and through else {}
        talk = Conversation(connection, request)
        with self._lock:
            self._busy.add(talk)
        response = talk.hold(through, {**_AGENT, **login})
        with self._lock:
            self._busy.discard(talk)
            if talk.keeps:
                self._idle.setdefault(server, []).append(connection)
        if not talk.keeps:
            connection.close()
        return response

    def cut(self) -> None:
        """End what is under way."""
        with self._lock:
            for talk in self._busy:
                talk.cut()

    def close(self) -> None:
        """Close what is open."""
        self.cut()
        with self._lock:
            idle, self._idle = self._idle, {}
        for connection in (one for many in idle.values() for one in many):
            connection.close()

    def _idle_one(self, server: str) -> http.client.HTTPConnection | None:
        """A connection that is open still; one at which something waits was closed over there."""
        while True:
            with self._lock:
                waiting = self._idle.get(server)
                connection = waiting.pop() if waiting else None
            if connection is None:
                return None
            with suppress(OSError, ValueError):
                if connection.sock and not select.select([connection.sock], [], [], 0)[0]:
                    return connection
            connection.close()

    def _connect(
        self, parts: SplitResult, proxy: _Proxy | None, timeout: float
    ) -> http.client.HTTPConnection:
        host, port = parts.hostname or "", parts.port
        to_host, to_port = (proxy.host, proxy.port) if proxy else (host, port)
        patience = min(timeout, _CONNECTING)
        if parts.scheme == "https":
            tls = self._context()
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                to_host, to_port, timeout=patience, context=tls
            )
            if proxy:
                connection.set_tunnel(host, port or 443, headers=proxy.login)
        else:
            connection = http.client.HTTPConnection(to_host, to_port, timeout=patience)
        watch = threading.Timer(patience, cut, (connection,))  # a proxy may say yes byte by byte
        watch.daemon = True
        watch.start()
        try:
            connection.connect()
        except BaseException:
            connection.close()
            raise
        finally:
            watch.cancel()
        return connection

    def _context(self) -> ssl.SSLContext:
        """TLS 1.2 and newer, the system's roots and the place's own authority."""
        if self._tls is None:
            self._tls = ssl.create_default_context()
            self._tls.minimum_version = ssl.TLSVersion.TLSv1_2
            if self._authority:
                self._tls.load_verify_locations(cadata=self._authority)
        return self._tls


def _proxy_for(parts: SplitResult) -> _Proxy | None:
    """The proxy that the system or the environment names for this address."""
    named = getproxies().get(parts.scheme)
    if not named or not parts.hostname or proxy_bypass(parts.hostname):
        return None
    try:
        url = urlsplit(named if "://" in named else f"http://{named}")
        host, port = url.hostname or "", url.port or 80
    except ValueError as fault:
        raise ProxyAddress(str(fault)) from fault
    login: dict[str, str] = {}
    if url.username:
        who = f"{unquote(url.username)}:{unquote(url.password or '')}".encode()
        login = {"Proxy-Authorization": f"Basic {base64.b64encode(who).decode('ascii')}"}
    return _Proxy(host, port, login)


def _connecting_fault(broke: Exception, proxy: _Proxy | None) -> Fault:
    fault = fault_of(broke)
    if proxy and not fault.startswith("tls"):
        return "proxy-auth" if "failed: 407" in str(broke) else "proxy"
    return "proxy" if isinstance(broke, ProxyAddress) else fault
