"""What only Qt does: it repeats uploads, swallows what slots throw, and must not hold the loop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from taza_desktop.errors import Refusal
from taza_desktop.exchange.place import Credential, Where
from taza_desktop.exchange.requests import Request, Response, ask
from taza_desktop.exchange.run import Run
from tests.exchange.drivers import QtRunner
from tests.exchange.kit import KB, MB, Post, goods, quick_line
from tests.exchange.lines import bad_line
from tests.exchange.servers import Server
from tests.exchange.web import Asked, Said, proxy, web


@pytest.fixture
def runner(qapp: object) -> Iterator[QtRunner]:
    made = QtRunner()
    yield made
    made.close()


@pytest.mark.parametrize("server", ["apache", "seaweed"], indirect=True)
@pytest.mark.parametrize(
    ("does", "most"),
    [({}, 1.03), ({"drop_every": 100 * KB}, 1.5), ({"swallow": 4}, 1.15), ({"trip": 0.05}, 1.05)],
    ids=["nothing", "breaks every 100 KB", "lost answers", "a long way"],
)
def test_a_package_arrives(
    runner: QtRunner, server: Server, does: dict[str, object], most: float
) -> None:
    what = goods(400 * KB, hash((server.name, most)) % 100_000)
    with bad_line(server.port, **does) as line:
        runner.run(Post.at(server.at(line.port), server.credential).sending(what))
        assert line.up / len(what.data) <= most
    assert Post.at(server.where, server.credential).lies_whole(runner, what)


def test_an_upload_is_not_repeated_behind_our_back(runner: QtRunner, apache: Server) -> None:
    """Qt would send it again on a new connection; then twice the bytes would go."""
    post = Post.at(apache.where, apache.credential)
    runner.run(post.place.prepare("v1/x"))
    with bad_line(apache.port, drop_every=600 * KB) as line:
        away = Post.at(apache.at(line.port), apache.credential)
        response = runner.run(ask(away.place.put("v1/x/a", bytes(1 * MB))))
        assert response.fault == "dropped"
        assert line.up < 700 * KB


@pytest.mark.qt_log_ignore("QNetworkAccessCache", extend=True)  # several connections log in
def test_a_proxy_asks_once_however_many_requests_go(
    qapp: object, apache: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts go abreast, each over a connection that the proxy wants to know."""
    asked: list[tuple[str, Credential | None]] = []

    def ask_proxy(name: str, refused: Credential | None) -> Credential:
        asked.append((name, refused))
        return Credential("clerk", "сөз")

    what, line = goods(700 * KB, 7), quick_line()
    line.abreast = 4
    with bad_line(apache.port, trip=0.06) as far, proxy(far.port, "clerk:сөз") as port:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        runner = QtRunner(ask_proxy=ask_proxy)
        where = Where("webdav", "http://place.test/taza", plain=True)
        runner.run(Post.at(where, apache.credential, line).sending(what))
        runner.close()
        assert far.connections > 2
    assert asked == [(f"127.0.0.1:{port}", None)]


def test_it_gives_up_in_time(runner: QtRunner, apache: Server) -> None:
    with bad_line(apache.port, hole=True) as line:
        request = Request("HEAD", f"http://127.0.0.1:{line.port}/taza/", timeout=0.3)
        response = runner.run(ask(request))
    assert response.fault == "timeout"
    assert 0.25 < response.seconds < 2


def test_what_is_cancelled_calls_nobody(runner: QtRunner, qtbot: QtBot) -> None:
    called: list[object] = []
    with web(lambda asked: Said(200, b"x" * 1000)) as port:
        steps = ask(Request("GET", f"http://127.0.0.1:{port}/"))
        run = Run(steps, runner.driver, called.append, called.append)
        run.start()
        run.cancel()
        qtbot.wait(100)
    assert called == []
    assert run.over


def test_what_a_slot_throws_is_not_swallowed(runner: QtRunner, qtbot: QtBot) -> None:
    def answered(_: Response) -> None:
        raise ValueError("a mistake of ours")

    with web(lambda asked: Said(204)) as port, qtbot.waitSignal(runner.driver.broke) as broke:
        runner.driver.start(Request("DELETE", f"http://127.0.0.1:{port}/x"), answered)
    assert isinstance(broke.args[0], ValueError)


def test_methods_and_bodies_go_as_they_are(runner: QtRunner) -> None:
    seen: list[Asked] = []

    def serve(asked: Asked) -> Said:
        seen.append(asked)
        return Said(200, b"yes")

    with web(serve) as port:
        for method in ("GET", "PUT", "DELETE", "PROPFIND", "MKCOL", "MOVE"):
            body = b"<x/>" if method in ("PUT", "PROPFIND") else b""
            request = Request(
                method, f"http://127.0.0.1:{port}/a%20b", {"x-one": "құ"}, memoryview(body)
            )
            response = runner.run(ask(request))
            assert (response.status, response.body, response.fault) == (200, b"yes", None)
    assert [one.method for one in seen] == ["GET", "PUT", "DELETE", "PROPFIND", "MKCOL", "MOVE"]
    assert {one.path for one in seen} == {"/a%20b"}
    assert [one.body for one in seen] == [b"", b"<x/>", b"", b"<x/>", b"", b""]


def test_an_empty_file(runner: QtRunner) -> None:
    lengths: list[str] = []

    def serve(asked: Asked) -> Said:
        headers = {name.lower(): value for name, value in asked.headers.items()}
        lengths.append(headers.get("content-length", "none"))
        return Said(201)

    with web(serve) as port:
        assert runner.run(ask(Request("PUT", f"http://127.0.0.1:{port}/x"))).status == 201
    assert lengths == ["0"]


def test_a_stick(runner: QtRunner, tmp_path: Path) -> None:
    post, what = Post.at(Where("folder", str(tmp_path)), Credential(), quick_line()), goods(3 * KB)
    item = runner.run(post.sending(what))
    assert (tmp_path / item.path).read_bytes() == what.data
    gone = Post.at(Where("folder", str(tmp_path / "away")), Credential())
    with pytest.raises(Refusal) as refused:
        runner.run(gone.listing())
    assert refused.value.code == "EXC-FOLDER-GONE"
