"""A clerk's register for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.register.register import Register
from tests.register.offices import new_register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "clerk") as fresh:
        yield fresh
