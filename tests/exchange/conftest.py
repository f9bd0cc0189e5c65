"""Servers that really run, a key store in memory, and offices that know each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from taza_desktop.exchange import keystore
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.packages import credentials
from taza_desktop.packages.keys import Keyring
from taza_desktop.register.register import Register
from tests.exchange import clusters, clusters_ceph, clusters_nextcloud, servers
from tests.exchange.servers import Server
from tests.packages.kit import CLERK, COORDINATOR, cheap, enrolled, new_register


class Memory(KeyringBackend):
    """A key store that protects nothing and forgets everything."""

    priority = 5  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def key_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    """Nothing is asked of the key store of whoever runs the tests."""
    before, memory = keyring.get_keyring(), Memory()
    keyring.set_keyring(memory)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(keystore, "_KEPT", {})
    monkeypatch.delenv(keystore.USER, raising=False)
    monkeypatch.delenv(keystore.SECRET, raising=False)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture(scope="session")
def apache() -> Iterator[Server]:
    with servers.public_folder() as folder, servers.apache(folder) as server:
        yield server


@pytest.fixture(scope="session")
def seaweed() -> Iterator[Server]:
    with servers.public_folder() as folder, servers.seaweed(folder) as server:
        yield server


@pytest.fixture(scope="session")
def wsgidav() -> Iterator[Server]:
    with servers.public_folder() as folder, servers.wsgidav(folder) as server:
        yield server


@pytest.fixture(scope="session")
def nginx() -> Iterator[Server]:
    with servers.public_folder() as folder, servers.nginx(folder) as server:
        yield server


@pytest.fixture(scope="session")
def ceph() -> Iterator[Server]:
    with servers.public_folder() as folder, clusters_ceph.ceph(folder) as server:
        yield server


@pytest.fixture(scope="session")
def replicated() -> Iterator[clusters.Cluster]:
    with servers.public_folder() as folder, clusters.replicated(folder) as server:
        yield server


@pytest.fixture(scope="session")
def nextcloud() -> Iterator[Server]:
    given = clusters_nextcloud.unpacked()
    assert given, f"{clusters_nextcloud.UNPACKED} names no unpacked Nextcloud"
    with servers.public_folder() as folder, clusters_nextcloud.nextcloud(folder, given) as server:
        yield server


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    """The server that a test names as its parameter."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def driver() -> Iterator[HttpDriver]:
    with HttpDriver() as made:
        yield made


@pytest.fixture
def secret() -> Keyring:
    return cheap()


@pytest.fixture
def region(tmp_path: Path, secret: Keyring) -> Iterator[Register]:
    with new_register(tmp_path, "region", COORDINATOR) as register:
        credentials.create_authority(register, secret)
        yield register


@pytest.fixture
def clerk(tmp_path: Path, region: Register, secret: Keyring) -> Iterator[Register]:
    with new_register(tmp_path, "clerk", CLERK) as register:
        enrolled(register, region, secret)
        yield register
