"""The driver of the window: Qt's network in Qt's loop, the system's proxies and roots.

Qt repeats a PUT by itself when a connection breaks; an upload that cannot be rewound forbids it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QIODevice, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtNetwork import (
    QAuthenticator,
    QNetworkAccessManager,
    QNetworkProxy,
    QNetworkProxyFactory,
    QNetworkReply,
    QNetworkRequest,
    QSsl,
    QSslCertificate,
    QSslConfiguration,
)

from taza_desktop import __version__
from taza_desktop.exchange import driver_folder
from taza_desktop.exchange.place import Credential
from taza_desktop.exchange.requests import Request, Response
from taza_desktop.exchange.run import Answered
from taza_desktop.ui.exchange_talk import Talk

_Attribute = QNetworkRequest.Attribute
_OFF = (_Attribute.Http2AllowedAttribute, _Attribute.CacheSaveControlAttribute)
# The proxy's name, and what it has just refused → who may use it, as far as is known at once.
AskProxy = Callable[[str, Credential | None], Credential | None]


class QtDriver(QObject):
    """Runs what one protocol asks for; each running protocol has a driver of its own.

    Signals:
        broke: an exception of ours out of a slot, which Qt would have swallowed.
    """

    broke = Signal(object)
    _folder_answered = Signal(object, object, int)

    def __init__(
        self,
        authority: str = "",
        ask_proxy: AskProxy | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`authority`: PEM of certificates to trust besides the system's."""
        super().__init__(parent)
        self._ask_proxy = ask_proxy
        self._given: dict[str, _Given] = {}  # to proxies that have let nothing through since
        self._talks: set[Talk] = set()
        self._number = 0  # answers of an earlier run are nobody's
        self._tls = _tls(authority)
        self._manager = QNetworkAccessManager(self)
        QNetworkProxyFactory.setUseSystemConfiguration(True)
        self._manager.proxyAuthenticationRequired.connect(self._give_proxy_login)
        self._folder_answered.connect(self._on_folder, Qt.ConnectionType.QueuedConnection)

    def start(self, request: Request, answered: Answered) -> None:
        """Start a request; `answered` is called out of Qt's loop."""
        if request.url.startswith("file:"):
            self._ask_folder(request, answered)
            return
        talk = Talk(request, self._send, lambda it, end: self._done(it, answered, end), self)
        self._talks.add(talk)
        if request.delay:
            QTimer.singleShot(round(request.delay * 1000), talk, talk.begin)
        else:
            talk.begin()

    def abort(self) -> None:
        """End everything under way; nothing is called any more."""
        self._number += 1
        for talk in list(self._talks):
            talk.forget()
        self._talks.clear()

    def _send(self, request: Request, body: QIODevice | None) -> QNetworkReply:
        """Hand a request to Qt."""
        wanted = QNetworkRequest(QUrl.fromEncoded(QByteArray(request.url.encode("ascii"))))
        wanted.setAttribute(
            QNetworkRequest.Attribute.RedirectPolicyAttribute,
            QNetworkRequest.RedirectPolicy.ManualRedirectPolicy,
        )
        for attribute in _OFF:
            wanted.setAttribute(attribute, False)
        wanted.setSslConfiguration(self._tls)
        wanted.setRawHeader(b"User-Agent", f"taza-desktop/{__version__}".encode())
        wanted.setRawHeader(b"Accept-Encoding", b"identity")
        for name, value in request.headers.items():
            wanted.setRawHeader(name.encode("ascii"), value.encode("utf-8"))
        if request.method == "GET":
            return self._manager.get(wanted)
        if request.method == "HEAD":
            return self._manager.head(wanted)
        return self._send_upload(wanted, request.method, body)

    def _done(self, talk: Talk, answered: Answered, response: Response) -> None:
        """A request came to its end; what our own code throws is not lost in a slot."""
        self._talks.discard(talk)
        if response.status and response.fault != "proxy-auth":
            self._given.clear()
        try:
            answered(response)
        except Exception as fault:
            self.broke.emit(fault)

    def _send_upload(
        self, wanted: QNetworkRequest, method: str, body: QIODevice | None
    ) -> QNetworkReply:
        if method == "PUT":
            wanted.setHeader(
                QNetworkRequest.KnownHeaders.ContentTypeHeader, "application/octet-stream"
            )
            if body is None:
                return self._manager.put(wanted, QByteArray())
            return self._manager.put(wanted, body)
        verb = QByteArray(method.encode("ascii"))
        if body is None:
            return self._manager.sendCustomRequest(wanted, verb)
        return self._manager.sendCustomRequest(wanted, verb, body)

    def _ask_folder(self, request: Request, answered: Answered) -> None:
        """A stick may be slow, so a thread waits for it and not the window."""
        number = self._number

        def work() -> None:
            response = driver_folder.answer(request)
            with suppress(RuntimeError):  # the window was closed meanwhile
                self._folder_answered.emit(answered, response, number)

        threading.Thread(target=work, name="folder", daemon=True).start()

    def _on_folder(self, answered: Answered, response: Response, number: int) -> None:
        if number == self._number:
            try:
                answered(response)
            except Exception as fault:
                self.broke.emit(fault)

    def _give_proxy_login(self, proxy: QNetworkProxy, authenticator: QAuthenticator) -> None:
        """Each login once: Qt asks again when it was wrong, and proxies lock out who insists."""
        name = f"{proxy.hostName()}:{proxy.port()}"
        given = self._given.pop(name, None)
        if given is not None and not given.spelt_out and not _is_latin(given.login):
            self._give(name, given._replace(spelt_out=True), authenticator)
            return
        refused = given.login if given else None
        login = self._ask_proxy(name, refused) if self._ask_proxy is not None else None
        if login is not None and login != refused:
            self._give(name, _Given(login), authenticator)

    def _give(self, name: str, given: _Given, authenticator: QAuthenticator) -> None:
        self._given[name] = given
        user, secret = given.login.user, given.login.secret
        if given.spelt_out:
            user, secret = (word.encode().decode("latin-1") for word in (user, secret))
        authenticator.setUser(user)
        authenticator.setPassword(secret)


class _Given(NamedTuple):
    """A login that a proxy was given.

    Attributes:
        spelt_out: as the bytes of UTF-8. Qt sends a plain login in Latin-1 and puts a question mark
            for every Cyrillic letter; the other ways to log in want the letters themselves.
    """

    login: Credential
    spelt_out: bool = False


def _is_latin(login: Credential) -> bool:
    return all(ord(sign) < 256 for sign in login.user + login.secret)


def _tls(authority: str) -> QSslConfiguration:
    """TLS 1.2 and newer, the system's roots and the place's own authority."""
    tls = QSslConfiguration.defaultConfiguration()
    tls.setProtocol(QSsl.SslProtocol.TlsV1_2OrLater)
    if authority:
        tls.addCaCertificates(QSslCertificate.fromData(QByteArray(authority.encode("ascii"))))
    return tls
