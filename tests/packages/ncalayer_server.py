"""A stand-in for NCALayer on loopback: TLS with a certificate of its own, WebSocket, one question.

It speaks as `kz.gov.pki.knca.basics` does: its version first, then one answer for one question.
"""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import ssl
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websocket import ABNF

_ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455
Answer = Callable[[dict[str, Any]], str | None]


class Server:
    """Where it listens, and what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[dict[str, Any]] = []


@contextmanager
def serving(certificate: Path, answer: Answer, greeting: str = "1.4") -> Generator[Server]:
    """Answer one connection; `answer` gives the text to send, None closes without a word."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)
        server = Server(f"wss://127.0.0.1:{listening.getsockname()[1]}/")

        def run() -> None:
            try:
                plain, _ = listening.accept()
                with context.wrap_socket(plain, server_side=True) as line:
                    _talk(line, server, answer, greeting)
            except OSError:
                return  # the other side has gone, which some tests want

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield server
        finally:
            thread.join(10)
            assert not thread.is_alive()


def _talk(line: ssl.SSLSocket, server: Server, answer: Answer, greeting: str) -> None:
    _shake_hands(line)
    _send(line, json.dumps({"result": {"version": greeting}}))
    asked = json.loads(_receive(line))
    server.asked.append(asked)
    said = answer(asked)
    if said is not None:
        _send(line, said)
        _receive(line)  # the other side closes


def _shake_hands(line: ssl.SSLSocket) -> None:
    head = b""
    while b"\r\n\r\n" not in head:
        head += line.recv(4096)
    fields = dict(row.split(": ", 1) for row in head.decode().split("\r\n")[1:] if ": " in row)
    digest = hashlib.sha1((fields["Sec-WebSocket-Key"] + _ACCEPT).encode()).digest()
    rows = (
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Accept: {base64.b64encode(digest).decode()}",
    )
    line.sendall("\r\n".join((*rows, "", "")).encode())


def _send(line: ssl.SSLSocket, text: str) -> None:
    frame = ABNF.create_frame(text, ABNF.OPCODE_TEXT)
    frame.mask_value = 0  # a server does not mask
    line.sendall(frame.format())


def _receive(line: ssl.SSLSocket) -> bytes:
    """The payload of one masked frame."""
    size = _exactly(line, 2)[1] & 0x7F
    if size >= 126:
        size = int.from_bytes(_exactly(line, 2 if size == 126 else 8), "big")
    mask = _exactly(line, 4)
    return bytes(byte ^ mask[place % 4] for place, byte in enumerate(_exactly(line, size)))


def _exactly(line: ssl.SSLSocket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        part = line.recv(count - len(found))
        if not part:
            raise ConnectionError("closed")
        found += part
    return found
