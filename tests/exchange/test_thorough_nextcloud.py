"""What only a Nextcloud does: quotas, locks that outlive their connection, slow refusals."""

from __future__ import annotations

import base64
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.faults import LineFault
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.requests import KB, MB
from tests.exchange.clusters_nextcloud import occ, unpacked
from tests.exchange.kit import Post, goods
from tests.exchange.servers import USER, Server

pytestmark = pytest.mark.thorough


@contextmanager
def half_a_file(server: Server, name: str) -> Iterator[None]:
    """Somebody began to write it; neither the rest nor the end of the connection comes."""
    who = f"{server.credential.user}:{server.credential.secret}".encode()
    path = urlsplit(server.where.address).path
    head = (
        f"PUT {path}/{name} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
        f"Authorization: Basic {base64.b64encode(who).decode()}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(head.encode() + bytes(5000))
        yield


if (GIVEN := unpacked()) is not None:

    @contextmanager
    def quota(server: Server, most: str) -> Iterator[None]:
        setting = ("user:setting", USER, "files", "quota")
        base = server.folder.parents[2]
        occ(base, GIVEN, *setting, most)
        try:
            yield
        finally:
            occ(base, GIVEN, *setting, "none")

    @pytest.mark.parametrize("size", [30 * KB, 3 * MB])
    def test_a_full_quota(nextcloud: Server, driver: HttpDriver, size: int) -> None:
        post = Post.at(nextcloud.where, nextcloud.credential, Line())
        with quota(nextcloud, "20 KB"), pytest.raises(Refusal) as refused:
            driver.run(post.sending(goods(size, 700)))
        assert refused.value.code == "EXC-FULL"
        assert not isinstance(refused.value, LineFault)
        driver.run(post.sending(goods(size, 700)))
        assert post.lies_whole(driver, goods(size, 700))

    def test_names_that_stay_locked(nextcloud: Server, driver: HttpDriver) -> None:
        """Parts go under other names while a connection that nobody uses keeps those."""
        post, what = Post.at(nextcloud.where, nextcloud.credential, Line()), goods(400 * KB, 701)
        driver.run(post.place.prepare(what.item.parts))
        first = [f"{what.item.parts}/000000000000-{size * KB}" for size in (64, 128)]
        with ExitStack() as stack:
            for name in first:
                stack.enter_context(half_a_file(nextcloud, name))
            time.sleep(1.0)  # until PHP has taken the locks
            with pytest.raises(LineFault) as refused:
                driver.run(post.place.publish(first[0], bytes(10)))
            assert refused.value.code == "EXC-SERVER"
            driver.run(post.sending(what))
            assert post.lies_whole(driver, what)

    def test_a_wrong_password_is_tried_once(nextcloud: Server, driver: HttpDriver) -> None:
        """Nextcloud makes an address wait longer with each that it refuses, then answers 429."""
        wrong = replace(nextcloud.credential, secret="wrong")
        with pytest.raises(Refusal) as refused:
            driver.run(Post.at(nextcloud.where, wrong, Line()).listing())
        assert refused.value.code == "EXC-LOGIN"
        log = (nextcloud.folder.parents[1] / "nextcloud.log").read_text()
        assert log.count("Login failed") == 1
        driver.run(Post.at(nextcloud.where, nextcloud.credential, Line()).listing())
