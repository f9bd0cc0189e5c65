"""The example, made once for all tests that only look at it."""

from __future__ import annotations

import pytest

from taza_desktop import i18n
from taza_desktop.demo.example import Made, make
from tests.running import NoScrypt


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    example = make(tmp_path_factory.mktemp("example"), "en", NoScrypt())
    i18n.set_language("en")
    return example
