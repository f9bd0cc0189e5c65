"""What protects a line, made ready beside the window's thread.

Qt loads its TLS and reads every root of the system when it is first asked for a configuration:
two hundred milliseconds on Linux, during which Python holds every thread up. A look-up by DNS over
TLS does the same in a thread of Qt's own. It asks a port of this PC at which nobody listens.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QByteArray, QCoreApplication
from PySide6.QtNetwork import QDnsLookup, QHostAddress, QSsl, QSslCertificate, QSslConfiguration

_NOBODY = 1  # the port
_DNS = QDnsLookup.Protocol.DnsOverTls


def when_ready(then: Callable[[], None]) -> None:
    """Call it as soon as asking for a configuration takes no time: at once but for the first."""
    loading = _loading()
    if loading is None or loading.isFinished():
        then()
    else:
        loading.finished.connect(then)


def configuration(authority: str) -> QSslConfiguration:
    """TLS 1.2 and newer, the system's roots and the place's own authority (PEM)."""
    tls = QSslConfiguration.defaultConfiguration()
    tls.setProtocol(QSsl.SslProtocol.TlsV1_2OrLater)
    if authority:
        tls.addCaCertificates(QSslCertificate.fromData(QByteArray(authority.encode("ascii"))))
    return tls


@cache
def _loading() -> QDnsLookup | None:
    """The look-up, begun; None where this system knows none over TLS."""
    if not QDnsLookup.isProtocolSupported(_DNS):
        return None
    here = QHostAddress(QHostAddress.SpecialAddress.LocalHost)
    lookup = QDnsLookup(
        QDnsLookup.Type.A, "localhost", _DNS, here, _NOBODY, QCoreApplication.instance()
    )
    lookup.lookup()
    return lookup
