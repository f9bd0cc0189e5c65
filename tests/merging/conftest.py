"""A clerk, her neighbour and their coordinator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.register.offices import COORDINATOR, NEIGHBOUR, new_register


@pytest.fixture
def clerk(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "clerk") as register:
        yield register


@pytest.fixture
def neighbour(tmp_path: Path) -> Iterator[Register]:
    office = Office("clerk", NEIGHBOUR, "Марат Оспанов")
    with new_register(tmp_path, "neighbour", office) as register:
        yield register


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "region", COORDINATOR) as register:
        yield register
