"""What every test may rely on: no display, an own home, a UTF-8 locale, no widget left behind."""

from __future__ import annotations

import gc
import locale
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if locale.getencoding().upper().replace("-", "") != "UTF8":
    os.environ["LC_ALL"] = "C.UTF-8"  # Qt warns about anything else, and a warning fails a test

_COMMON = settings(
    deadline=None,  # the machine may be slow and shared
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("dev", _COMMON, max_examples=40)
settings.register_profile("ci", _COMMON, max_examples=80, derandomize=True)
settings.register_profile("thorough", _COMMON, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings of the person who runs it."""
    monkeypatch.setenv("TAZA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TAZA_LANG", raising=False)
    monkeypatch.delenv("TAZA_PASSPHRASE", raising=False)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test starts and ends with the language of the source."""
    from taza_desktop.i18n import set_language

    set_language("en")
    yield
    set_language("en")


@pytest.fixture(autouse=True)
def _no_widget_left() -> Iterator[None]:
    """A window that outlives its test fails it; set up first, so it looks after `qtbot`."""
    before = _windows()
    yield
    left = _windows() - before
    if left:
        gc.collect()
        left = _windows() - before
    assert not left, f"left behind: {sorted(left)}"


def _windows() -> set[str]:
    """The windows that exist, by class, name and address; nothing when Qt was never loaded."""
    if "PySide6.QtWidgets" not in sys.modules:
        return set()
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication
    from shiboken6 import Shiboken

    if QCoreApplication.instance() is None:
        return set()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {
        f"{type(window).__name__} {window.objectName()} {Shiboken.getCppPointer(window)}"
        for window in QApplication.topLevelWidgets()
        if window.parent() is None
    }
