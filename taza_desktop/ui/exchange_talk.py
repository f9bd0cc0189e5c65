"""One request on its way through Qt, and what can go wrong with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QIODevice, QObject, QTimer
from PySide6.QtNetwork import QNetworkReply, QNetworkRequest, QSslError

from taza_desktop.exchange.requests import Fault, Request, Response

Send = Callable[[Request, QIODevice | None], QNetworkReply]
Done = Callable[["Talk", Response], None]
_Error = QNetworkReply.NetworkError
_FAULTS: dict[QNetworkReply.NetworkError, Fault] = {
    _Error.ConnectionRefusedError: "refused",
    _Error.RemoteHostClosedError: "dropped",
    _Error.HostNotFoundError: "name",
    _Error.TimeoutError: "timeout",
    _Error.SslHandshakeFailedError: "tls",
    _Error.TemporaryNetworkFailureError: "unreachable",
    _Error.NetworkSessionFailedError: "unreachable",
    _Error.UnknownNetworkError: "unreachable",
    _Error.ProxyConnectionRefusedError: "proxy",
    _Error.ProxyConnectionClosedError: "proxy",
    _Error.ProxyNotFoundError: "proxy",
    _Error.ProxyTimeoutError: "proxy",
    _Error.UnknownProxyError: "proxy",
    _Error.ProxyAuthenticationRequiredError: "proxy-auth",
    _Error.ContentReSendError: "dropped",
    _Error.ProtocolFailure: "odd",
}
_TLS: dict[QSslError.SslError, Fault] = {
    QSslError.SslError.CertificateNotYetValid: "tls-clock",
    QSslError.SslError.CertificateExpired: "tls-clock",
    QSslError.SslError.HostNameMismatch: "tls-name",
    QSslError.SslError.SelfSignedCertificate: "tls-stranger",
    QSslError.SslError.SelfSignedCertificateInChain: "tls-stranger",
    QSslError.SslError.UnableToGetLocalIssuerCertificate: "tls-stranger",
    QSslError.SslError.UnableToGetIssuerCertificate: "tls-stranger",
    QSslError.SslError.UnableToVerifyFirstCertificate: "tls-stranger",
    QSslError.SslError.CertificateUntrusted: "tls-stranger",
}
_WEIGHT: tuple[Fault, ...] = ("tls-name", "tls-clock", "tls-stranger")  # which to tell of several
_STATUS = QNetworkRequest.Attribute.HttpStatusCodeAttribute


class Talk(QObject):
    """One request on its way through Qt."""

    def __init__(self, request: Request, send: Send, done: Done, parent: QObject) -> None:
        super().__init__(parent)
        self._request = request
        self._send = send
        self._done = done
        self._reply: QNetworkReply | None = None
        self._body: Once | None = None
        self._begun = 0.0
        self._ended: Fault | None = None  # why we ended it ourselves
        self._kept = b""  # of the answer, when we ended it ourselves
        self._tls: Fault | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._late)

    def begin(self) -> None:
        """Send it."""
        self._begun = time.monotonic()
        if self._request.body:
            self._body = Once(self._request.body, self)
        reply = self._reply = self._send(self._request, self._body)
        reply.readyRead.connect(self._came)
        reply.sslErrors.connect(self._mistrusted)
        reply.finished.connect(self._finished)
        self._timer.start(round(self._request.timeout * 1000))

    def forget(self) -> None:
        """End it; nobody wants to know."""
        reply, self._reply = self._reply, None
        if reply is not None:
            reply.abort()
            reply.deleteLater()
        self.deleteLater()

    def _late(self) -> None:
        self._end("timeout")

    def _end(self, why: Fault) -> None:
        self._ended = why
        if self._reply is not None:
            self._kept = bytes(self._reply.readAll().data())  # Qt throws it away
            self._reply.abort()

    def _came(self) -> None:
        if self._reply is not None and self._reply.bytesAvailable() > self._request.limit:
            self._end("odd")

    def _mistrusted(self, errors: list[QSslError]) -> None:
        found = {_TLS.get(error.error()) for error in errors}
        self._tls = next((fault for fault in _WEIGHT if fault in found), None)

    def _finished(self) -> None:
        reply, self._reply = self._reply, None
        if reply is None:  # forgotten
            return
        self._timer.stop()
        response = self._response(reply)
        reply.deleteLater()
        self.deleteLater()
        self._done(self, response)

    def _response(self, reply: QNetworkReply) -> Response:
        status = cast("int | None", reply.attribute(_STATUS)) or 0
        headers = {
            bytes(name.data()).decode("latin-1").lower(): bytes(value.data()).decode("latin-1")
            for name, value in reply.rawHeaderPairs()
        }
        body = self._kept + (bytes(reply.readAll().data()) if reply.isOpen() else b"")
        sent = self._body.read_so_far if self._body is not None else 0
        return Response(
            status, headers, body, self._fault(reply, status), sent,
            time.monotonic() - self._begun, reply.errorString() if reply.error() else "",
        )  # fmt: skip

    def _fault(self, reply: QNetworkReply, status: int) -> Fault | None:
        error = reply.error()
        if self._ended or error == _Error.NoError:
            return self._ended
        if error == _Error.ContentReSendError and 300 <= status < 400:
            return None  # Qt would have sent it on; where to is for the protocol to judge
        if error == _Error.SslHandshakeFailedError:
            return self._tls or ("tls-old" if "protocol" in reply.errorString() else "tls")
        fault = _FAULTS.get(error)
        if error == _Error.UnknownNetworkError and _names_a_proxy(reply.errorString()):
            return "proxy"
        if fault == "unreachable" and self._body is not None and self._body.read_so_far:
            return "dropped"  # Qt has no name for some resets; there was a way, or nothing had gone
        if fault is None and not status:
            return "odd"
        return fault


def _names_a_proxy(said: str) -> bool:
    """Qt has no number for a proxy that refuses to connect, only a sentence, in some language."""
    return any(word in said.lower() for word in ("proxy", "прокси"))


class Once(QIODevice):
    """The bytes of an upload, which can be read only once; a QBuffer Qt rewinds behind our back.

    Attributes:
        read_so_far: bytes that Qt took, an upper bound of what was sent.
    """

    def __init__(self, data: bytes | memoryview, parent: QObject) -> None:
        super().__init__(parent)
        self._data = memoryview(data)
        self.read_so_far = 0
        self.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)

    def size(self) -> int:
        """All of it."""
        return len(self._data)

    def seek(self, pos: int) -> bool:
        """Not back once something was read: Qt would send it all again."""
        return pos == self.read_so_far and super().seek(pos)

    def readData(self, maxlen: int) -> bytes:
        """The next bytes."""
        chunk = bytes(self._data[self.read_so_far : self.read_so_far + maxlen])
        self.read_so_far += len(chunk)
        return chunk

    def writeData(self, data: bytes | bytearray | memoryview, len: int) -> int:
        """Nothing is written to it."""
        return -1
