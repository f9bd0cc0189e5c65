"""The driver of the window: Qt's network in Qt's loop, the system's proxies and roots.

Qt repeats a PUT by itself when a connection breaks; an upload that cannot be rewound forbids it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QIODevice, QObject, QTimer, QUrl, Signal
from PySide6.QtNetwork import (
    QAuthenticator,
    QNetworkAccessManager,
    QNetworkProxy,
    QNetworkProxyFactory,
    QNetworkReply,
    QNetworkRequest,
    QSslConfiguration,
)
from shiboken6 import isValid

from taza_desktop import __version__
from taza_desktop.exchange import driver_folder
from taza_desktop.exchange.place import Credential
from taza_desktop.exchange.requests import Request, Response
from taza_desktop.exchange.run import Answered
from taza_desktop.ui.exchange_aside import aside
from taza_desktop.ui.exchange_talk import Talk
from taza_desktop.ui.exchange_tls import configuration, when_ready

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
        self._answers: deque[tuple[Answered, Response]] = deque()
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._hand_over)
        self._number = 0  # answers of an earlier run are nobody's
        self._authority = authority
        self._manager = QNetworkAccessManager(self)
        QNetworkProxyFactory.setUseSystemConfiguration(True)
        self._manager.proxyAuthenticationRequired.connect(self._give_proxy_login)

    def start(self, request: Request, answered: Answered) -> None:
        """Start a request; `answered` is called out of Qt's loop."""
        if request.is_here:
            self._do_aside(request, answered)
            return
        talk = Talk(request, self._send, lambda it, end: self._done(it, answered, end), self)
        self._talks.add(talk)
        if request.delay:
            QTimer.singleShot(round(request.delay * 1000), talk, lambda: self._begin(talk))
        elif _is_plain(request):
            talk.begin()
        else:
            when_ready(lambda: self._begin(talk))

    def _begin(self, talk: Talk) -> None:
        if talk in self._talks:  # else it was ended while it waited
            talk.begin()

    def abort(self) -> None:
        """End everything under way; nothing is called any more."""
        self._number += 1
        for talk in list(self._talks):
            talk.forget()
        self._talks.clear()
        self._answers.clear()
        self._turn.stop()

    @cached_property
    def _tls(self) -> QSslConfiguration:
        return configuration(self._authority)

    def _send(self, request: Request, body: QIODevice | None) -> QNetworkReply:
        """Hand a request to Qt."""
        wanted = QNetworkRequest(QUrl.fromEncoded(QByteArray(request.url.encode("ascii"))))
        wanted.setAttribute(
            QNetworkRequest.Attribute.RedirectPolicyAttribute,
            QNetworkRequest.RedirectPolicy.ManualRedirectPolicy,
        )
        for attribute in _OFF:
            wanted.setAttribute(attribute, False)
        if not _is_plain(request):
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
        """A request came to its end."""
        self._talks.discard(talk)
        if response.status and response.fault != "proxy-auth":
            self._given.clear()
        self._answers.append((answered, response))
        self._turn.start()

    def _hand_over(self) -> None:
        """One answer in a turn of the loop: on a fast line the next one is always there already,
        and the window would wait for the last. What our own code throws is not lost in a slot.
        """
        answered, response = self._answers.popleft()
        if not self._answers:
            self._turn.stop()
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

    def _do_aside(self, request: Request, answered: Answered) -> None:
        """A stick may be slow and a listing long, so a thread does it and not the window."""
        number = self._number

        def come(response: Response) -> None:
            if number == self._number and isValid(self):
                self._answers.append((answered, response))
                self._turn.start()

        aside(lambda: driver_folder.answer(request), come)

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


def _is_plain(request: Request) -> bool:
    return request.url.startswith("http:")
