"""What takes long is done beside the window's thread, and no request goes that is not needed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.layout import Lane
from taza_desktop.exchange.requests import Finished, Request, Response, Steps, aside
from taza_desktop.exchange.run import Answered
from taza_desktop.ui.exchange_driver import QtDriver
from taza_desktop.ui.exchange_tls import when_ready
from tests.exchange.drivers import AnyRunner, QtRunner
from tests.exchange.kit import KB, Post, goods
from tests.exchange.pretend import WHERE, WHO, PretendLine, PretendS3
from tests.exchange.servers import Server


@pytest.fixture(params=[HttpDriver, QtRunner])
def runner(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[AnyRunner]:
    made = request.param()
    yield made
    made.close()


class Noting(HttpDriver):
    """Notes what is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def start(self, request: Request, answered: Answered) -> None:
        self.asked.append(request.method)
        super().start(request, answered)


def test_work_put_aside_is_done_by_another_thread(runner: AnyRunner) -> None:
    assert runner.run(aside(threading.current_thread)) is not threading.main_thread()


def test_what_it_raises_comes_back(runner: AnyRunner) -> None:
    def steps() -> Steps[str]:
        try:
            yield from aside(lambda: [][0])
        except IndexError:
            return "caught"
        return "nothing came"

    assert runner.run(steps()) == "caught"


def test_the_loop_turns_meanwhile(qapp: QApplication) -> None:
    runner, ticks, timer = QtRunner(), list[float](), QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(5)
    runner.run(aside(lambda: time.sleep(0.4)))
    timer.stop()
    runner.close()
    assert len(ticks) > 10


def test_answers_are_handed_over_one_in_a_turn(qapp: QApplication) -> None:
    """Those that are there already must not keep the loop from turning between them."""
    runner, turn, turns, timer = QtRunner(), [0], list[int](), QTimer()
    timer.timeout.connect(lambda: turn.__setitem__(0, turn[0] + 1))
    timer.start(0)

    def steps() -> Steps[None]:
        finished: Finished = yield [Request("DO", "", work=lambda: None) for _ in range(5)]
        for _ in range(4):
            assert finished.response == Response(200, seconds=finished.response.seconds)
            turns.append(turn[0])
            finished = yield []

    runner.run(steps())
    timer.stop()
    runner.close()
    assert len(set(turns)) == 4


def test_what_was_cancelled_is_not_handed_over(qapp: QApplication) -> None:
    driver, called = QtDriver(), list[Response]()
    driver.start(Request("DO", "", work=lambda: None), called.append)
    time.sleep(0.1)  # it is done, and waits for its turn
    driver.abort()
    for _ in range(20):
        qapp.processEvents()
        time.sleep(0.005)
    driver.deleteLater()
    assert called == []


def test_tls_is_ready_at_once_from_the_second_time_on(qapp: QApplication) -> None:
    called: list[str] = []
    when_ready(lambda: called.append("first"))
    until = time.monotonic() + 20
    while not called and time.monotonic() < until:
        qapp.processEvents()
    when_ready(lambda: called.append("second"))
    assert called == ["first", "second"]


@pytest.mark.parametrize("server", ["apache"], indirect=True)
def test_a_small_package_is_put_and_moved(server: Server) -> None:
    lane = Lane("100000000", "103200000", "up")
    post = Post.at(server.where, server.credential)
    with Noting() as driver:
        driver.run(post.sending(goods(6 * KB, 41, lane)))
        driver.asked.clear()
        driver.run(post.sending(goods(6 * KB, 42, lane)))
        assert driver.asked == ["PUT", "MOVE"]


def test_a_small_package_is_one_request_to_s3() -> None:
    line = PretendLine(PretendS3())
    line.run(Post.at(WHERE, WHO).sending(goods(6 * KB)))
    assert [one.method for one in line.requests] == ["PUT"]


def test_of_a_larger_one_it_is_asked_whether_it_is_there() -> None:
    service, what = PretendS3(), goods(40 * KB)
    for _ in range(2):
        PretendLine(service).run(Post.at(WHERE, WHO).sending(what))
    assert len(service.puts) == 1
