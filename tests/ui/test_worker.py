"""The worker: one thread, order kept, outcomes on the main thread, nothing called on the dead."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.ui.worker import Nothing, Worker, WorkerAtOnce


class Owned(Nothing):
    """Knows which thread it lives on, and whether it was closed."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.closed_on = 0

    def close(self) -> None:
        self.closed_on = threading.get_ident()


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker[Owned]]:
    made = Worker(Owned)
    yield made
    made.close()


def test_jobs_run_in_order_on_one_thread_and_come_back_on_the_main_one(
    worker: Worker[Owned], qtbot: QtBot
) -> None:
    came: list[tuple[int, int, int]] = []
    for number in range(20):
        worker.run(
            lambda owned, number=number: (number, owned.thread, threading.get_ident()),
            lambda found: came.append((*found[:1], found[1] - found[2], threading.get_ident())),
        )
    qtbot.waitUntil(lambda: len(came) == 20)
    assert [number for number, _, _ in came] == list(range(20))
    assert {(apart, main) for _, apart, main in came} == {(0, threading.get_ident())}


def test_what_is_owned_is_closed_where_it_was_opened(qapp: QApplication) -> None:
    worker = Worker(Owned)
    seen: list[Owned] = []
    worker.run(seen.append)
    worker.close()
    assert seen[0].closed_on == seen[0].thread != threading.get_ident()


def test_a_refusal_goes_to_who_asked_else_to_the_window(
    worker: Worker[Owned], qtbot: QtBot
) -> None:
    told: list[Refusal] = []
    with qtbot.waitSignal(worker.refused) as heard:
        worker.run(_refuse, failed=told.append)
        worker.run(_refuse)
    assert [refusal.code for refusal in told] == ["TEST"]
    assert heard.args[0].code == "TEST"


def test_a_fault_of_the_program_is_reported_and_the_caller_comes_to_rest(
    worker: Worker[Owned], qtbot: QtBot
) -> None:
    told: list[Refusal] = []
    with qtbot.waitSignal(worker.broke) as heard:
        worker.run(lambda _owned: 1 // 0, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert "ZeroDivisionError" in heard.args[0]
    assert told[0].code == "APP-FAULT"
    done: list[int] = []
    worker.run(lambda _owned: 5, done.append)
    qtbot.waitUntil(lambda: done == [5])


def test_nothing_is_called_on_a_widget_that_is_gone(worker: Worker[Owned], qtbot: QtBot) -> None:
    gate, called = threading.Event(), []
    owner = QObject()
    worker.run(lambda _owned: gate.wait(5), called.append, owner=owner)
    import shiboken6

    shiboken6.delete(owner)
    gate.set()
    with qtbot.waitSignal(worker.busy):
        pass
    assert called == []


def test_progress_is_told_on_the_main_thread(worker: Worker[Owned], qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []
    tell = worker.to_main(lambda done: told.append((done, threading.get_ident())))
    worker.run(lambda _owned: [tell(done) for done in range(3)])
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == [(done, threading.get_ident()) for done in range(3)]


def test_the_worker_for_tests_keeps_the_same_contract(qapp: QApplication) -> None:
    worker = WorkerAtOnce(Owned)
    done: list[int] = []
    told: list[Refusal] = []
    worker.run(lambda _owned: 5, done.append)
    worker.run(_refuse, failed=told.append)
    worker.run(_refuse)
    assert done == [5]
    assert [refusal.code for refusal in told] == ["TEST"]
    worker.close()


def test_a_stick_that_was_pulled_out_is_told_in_words(qapp: QApplication, tmp_path: Path) -> None:
    worker = WorkerAtOnce(Owned, path=tmp_path / "stick.taza")
    told: list[Refusal] = []

    def read(_owned: Owned) -> None:
        raise OSError(errno.EIO, "Input/output error")

    worker.run(read, failed=told.append)
    assert [refusal.code for refusal in told] == ["ENV-FILE"]
    assert "stick.taza" in told[0].text()
    worker.close()


def _refuse(_owned: Owned) -> None:
    raise Refusal("TEST", N_("Not today."))
