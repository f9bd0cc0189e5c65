"""A good package to make bad ones of, and three registers that know each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.packages import credentials
from taza_desktop.packages.keys import Keyring
from taza_desktop.plan.catalogue import Plan
from taza_desktop.register.register import Register
from tests.packages.kit import (
    CLERK,
    COORDINATOR,
    Sample,
    cheap,
    enrolled,
    new_register,
    new_sample,
    one_form,
)


@pytest.fixture(scope="session")
def sample() -> Sample:
    return new_sample()


@pytest.fixture(scope="session")
def plan() -> Plan:
    return one_form()


@pytest.fixture
def secret() -> Keyring:
    return cheap()


@pytest.fixture
def region(tmp_path: Path, secret: Keyring) -> Iterator[Register]:
    """A coordinator's register with its authority."""
    with new_register(tmp_path, "region", COORDINATOR) as register:
        credentials.create_authority(register, secret)
        yield register


@pytest.fixture
def clerk(tmp_path: Path, region: Register, secret: Keyring) -> Iterator[Register]:
    """A clerk's register, enrolled at `region`."""
    with new_register(tmp_path, "clerk", CLERK) as register:
        enrolled(register, region, secret)
        yield register
