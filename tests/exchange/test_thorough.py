"""A store of SeaweedFS is lost: what was kept twice is read from the other one."""

from __future__ import annotations

import pytest

from taza_desktop.exchange.driver_http import HttpDriver
from tests.exchange.clusters import Cluster
from tests.exchange.kit import KB, Post, goods

pytestmark = pytest.mark.thorough


def test_everything_can_be_read_without_any_one_store(
    replicated: Cluster, driver: HttpDriver
) -> None:
    post = Post.at(replicated.where, replicated.credential)
    packages = [goods(size, 500 + size) for size in (3 * KB, 60 * KB, 400 * KB)]
    for what in packages:
        driver.run(post.sending(what))
    for store in replicated.stores:
        store.kill()
        try:
            assert all(post.lies_whole(driver, what) for what in packages)
        finally:
            store.start()


def test_a_package_arrives_while_a_store_is_away(replicated: Cluster, driver: HttpDriver) -> None:
    """And is read when that one is back and another is away, so it was written twice."""
    first, second, _third = replicated.stores
    post = Post.at(replicated.where, replicated.credential)
    what = goods(400 * KB, 900)
    first.kill()
    try:
        driver.run(post.sending(what))
    finally:
        first.start()
    second.kill()
    try:
        assert post.lies_whole(driver, what)
    finally:
        second.start()
