"""TLS as offices have it, and proxies that want to know who asks; with both drivers."""

from __future__ import annotations

import socket
import ssl
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.place import Credential, Where
from tests.exchange.authority import WebAuthority
from tests.exchange.drivers import AnyRunner, QtRunner
from tests.exchange.kit import Post, quick_line
from tests.exchange.web import Said, proxy, raw, web

EMPTY = Said(207, b'<multistatus xmlns="DAV:"/>')
WHO = Credential("user", "secret")
Make = Callable[..., AnyRunner]


@pytest.fixture(params=[HttpDriver, QtRunner], ids=["http.client", "Qt"])
def make(request: pytest.FixtureRequest, qapp: object) -> Iterator[Make]:
    """Makes a driver that believes an authority, and closes it."""
    made: list[AnyRunner] = []

    def one(authority: str = "", **more: object) -> AnyRunner:
        made.append(request.param(authority, **more))
        return made[-1]

    yield one
    for runner in made:
        runner.close()


@pytest.fixture(scope="module")
def office() -> WebAuthority:
    return WebAuthority()


def listing(address: str, patience: float = 3.0):
    line = quick_line()
    line.patience = patience
    return Post.at(Where("webdav", address, plain=True), WHO, line).listing()


def code_of(runner: AnyRunner, address: str, patience: float = 3.0) -> str:
    with pytest.raises(Refusal) as refused:
        runner.run(listing(address, patience))
    assert refused.value.text()
    return refused.value.code


def test_the_authority_of_the_office_is_believed(
    make: Make, office: WebAuthority, tmp_path: Path
) -> None:
    with web(lambda asked: EMPTY, office.context(tmp_path)) as port:
        assert make(office.pem).run(listing(f"https://127.0.0.1:{port}/x")) == {}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"host": "other.test"}, "EXC-TLS-NAME"),
        ({"start": 10}, "EXC-CLOCK"),
        ({"start": -20, "end": -10}, "EXC-CLOCK"),
    ],
    ids=["another name", "not yet valid", "expired"],
)
def test_a_certificate_that_does_not_fit(
    make: Make, office: WebAuthority, tmp_path: Path, wrong: dict[str, object], code: str
) -> None:
    with web(lambda asked: EMPTY, office.context(tmp_path, **wrong)) as port:
        assert code_of(make(office.pem), f"https://127.0.0.1:{port}/x") == code


def test_an_authority_that_nobody_knows(make: Make, office: WebAuthority, tmp_path: Path) -> None:
    with web(lambda asked: EMPTY, office.context(tmp_path)) as port:
        assert code_of(make(), f"https://127.0.0.1:{port}/x") == "EXC-TLS-STRANGER"
        assert code_of(make(WebAuthority().pem), f"https://127.0.0.1:{port}/x") == (
            "EXC-TLS-STRANGER"
        )


def test_tls_that_is_too_old(make: Make, office: WebAuthority, tmp_path: Path) -> None:
    context = office.context(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old on purpose
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with web(lambda asked: EMPTY, context) as port:
        assert code_of(make(office.pem), f"https://127.0.0.1:{port}/x") == "EXC-TLS-OLD"


def test_a_server_without_tls(make: Make) -> None:
    with web(lambda asked: EMPTY) as port:
        assert code_of(make(), f"https://127.0.0.1:{port}/x") == "EXC-TLS"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_through_a_proxy(
    make: Make, office: WebAuthority, tmp_path: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is one that only the proxy can know."""
    tls = office.context(tmp_path, "place.test") if scheme == "https" else None
    with web(lambda asked: EMPTY, tls) as port, proxy(port) as through:
        monkeypatch.setenv(f"{scheme}_proxy", f"http://127.0.0.1:{through}")
        assert make(office.pem).run(listing(f"{scheme}://place.test/x")) == {}


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_a_login(
    make: Make, office: WebAuthority, tmp_path: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = office.context(tmp_path, "place.test") if scheme == "https" else None
    with web(lambda asked: EMPTY, tls) as port, proxy(port, "айгүл:құпия") as through:
        address = f"{scheme}://place.test/x"
        monkeypatch.setenv(f"{scheme}_proxy", f"http://127.0.0.1:{through}")
        assert code_of(make(office.pem), address) == "EXC-PROXY-LOGIN"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_login_for_the_proxy(
    make: Make, office: WebAuthority, tmp_path: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line has it in the address, the window asks."""
    tls = office.context(tmp_path, "place.test") if scheme == "https" else None
    with web(lambda asked: EMPTY, tls) as port, proxy(port, "clerk:word") as through:
        runner = make(office.pem)
        login = "clerk:word@"
        if isinstance(runner, QtRunner):
            runner, login = make(office.pem, ask_proxy=lambda *_: Credential("clerk", "word")), ""
        monkeypatch.setenv(f"{scheme}_proxy", f"http://{login}127.0.0.1:{through}")
        assert runner.run(listing(f"{scheme}://place.test/x")) == {}


@pytest.mark.qt_log_ignore("QNetworkAccessCache", extend=True)  # Qt's remark on a second login
def test_a_wrong_login_for_the_proxy_is_asked_for_once(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(proxy: str, refused: Credential | None) -> Credential:
        asked.append(proxy)
        return Credential("clerk", "wrong")

    with web(lambda asked: EMPTY) as port, proxy(port, "clerk:word") as through:
        runner, login = make(), "clerk:wrong@"
        if isinstance(runner, QtRunner):
            runner, login = make(ask_proxy=ask), ""
        monkeypatch.setenv("http_proxy", f"http://{login}127.0.0.1:{through}")
        assert code_of(runner, "http://place.test/x") == "EXC-PROXY-LOGIN"
    assert len(asked) <= 2, "the second time it hears that the login was refused"


def test_a_proxy_that_is_away(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    with web(lambda asked: EMPTY) as port:
        gone = port
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{gone}")
    assert code_of(make(), "http://place.test/x") == "EXC-PROXY"


def test_a_server_that_is_away(make: Make) -> None:
    with web(lambda asked: EMPTY) as port:
        gone = port
    assert code_of(make(), f"http://127.0.0.1:{gone}/x") == "EXC-REFUSED"


def test_a_name_that_nobody_knows(make: Make) -> None:
    assert code_of(make(), "http://no-such-place.invalid/x") == "EXC-NAME"


REFUSES: dict[str, bytes] = {
    "502": b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
    "504": b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n",
    "403 with a page": b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n"
    b"Content-Length: 13\r\n\r\n<html></html>",
    "nonsense": b"SSH-2.0-OpenSSH\r\n",
    "nothing": b"",
}


@pytest.mark.parametrize("answer", REFUSES)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_refuses(
    make: Make, scheme: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands between is named where it can be told from the place itself."""
    codes = {"EXC-PROXY"} if scheme == "https" else {"EXC-SERVER", "EXC-DENIED"}
    if answer in ("nonsense", "nothing"):
        codes |= {"EXC-ANSWER", "EXC-DROPPED", "EXC-PROXY", "EXC-TIMEOUT"}
    with raw(lambda client: client.sendall(REFUSES[answer])) as port:
        monkeypatch.setenv(f"{scheme}_proxy", f"http://127.0.0.1:{port}")
        assert code_of(make(), f"{scheme}://place.test/x", patience=0.5) in codes


def test_a_proxy_that_says_yes_byte_by_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(client: socket.socket) -> None:
        for byte in b"HTTP/1.1 200 Connected; " + b"x" * 400:
            client.sendall(bytes([byte]))
            time.sleep(0.05)

    with raw(serve) as port, HttpDriver() as driver:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
        line = quick_line()
        line.patience, begun = 0.2, time.monotonic()
        with pytest.raises(Refusal) as refused:
            driver.run(Post.at(Where("webdav", "https://place.test/x"), WHO, line).listing())
        assert refused.value.code in ("EXC-PROXY", "EXC-TIMEOUT")
        assert time.monotonic() - begun < 8


@pytest.mark.parametrize("named", ["http://127.0.0.1:port", "http://[::1", "127.0.0.1:99999"])
def test_a_proxy_whose_address_is_none(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", named)
    with HttpDriver() as driver:
        assert code_of(driver, "http://place.test/x") == "EXC-PROXY"
