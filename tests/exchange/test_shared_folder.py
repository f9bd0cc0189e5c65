"""A folder that others share: their rights, a stick that is pulled, a disk that is full."""

from __future__ import annotations

import os
import resource
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.exchange import driver_folder
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.place import Credential, Where
from tests.exchange.kit import KB, LANE, Goods, Post, goods
from tests.exchange.test_folder import code_of

GROUPS = os.getgroups() or [os.getgid()]


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


@pytest.fixture
def post(share: Path) -> Post:
    return Post.at(Where("folder", str(share)), Credential())


@pytest.fixture
def private() -> Iterator[None]:
    """As the program sets it for all its files, on every thread."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.parametrize("mode", [0o2770, 0o2775, 0o777, 0o700, 0o1777])
def test_others_have_the_rights_that_the_folder_gives(
    driver: HttpDriver, post: Post, share: Path, private: None, mode: int
) -> None:
    os.chown(share, -1, GROUPS[-1])
    share.chmod(mode)
    file = share / driver.run(post.sending(goods(3 * KB))).path
    while file != share:
        given = stat.S_IMODE(file.stat().st_mode)
        assert given == mode & (0o666 if file.is_file() else 0o2777), file
        assert file.stat().st_gid == GROUPS[-1]
        file = file.parent


def test_where_there_are_no_rights_to_give(
    driver: HttpDriver, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAT knows none and refuses to set them."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "FAT")

    monkeypatch.setattr(os, "chown", refuse)
    monkeypatch.setattr(Path, "chmod", refuse)
    what = goods(3 * KB)
    driver.run(post.sending(what))
    assert post.lies_whole(driver, what)


def test_names_that_every_file_system_takes(driver: HttpDriver, post: Post, share: Path) -> None:
    """FAT and Windows refuse `: * ? " < > |`, names that end with a dot, `con` and its like, and
    tell no capital letters from small ones.
    """
    for number in (1, 2):
        driver.run(post.sending(goods(3 * KB, number)))
    names = [path.name for path in share.rglob("*")]
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-._") for name in names)
    assert all(len(name) < 64 and not name.endswith(".") for name in names)


@pytest.fixture
def nearly_full() -> Iterator[None]:
    """The system writes 2 KB of a file and no more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * KB, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up(
    driver: HttpDriver, post: Post, share: Path, nearly_full: None
) -> None:
    small, large = goods(1 * KB, 1), goods(8 * KB, 2)
    driver.run(post.sending(small))
    assert code_of(driver, post.sending(large)) == "EXC-FULL"
    assert [path.name for path in share.rglob("*.*")] == [Path(small.item.path).name]


@pytest.mark.parametrize("moment", ["folders", "written", "flushed"])
def test_a_stick_that_is_pulled_or_renamed_in_mid_write(
    driver: HttpDriver, post: Post, share: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    away = share.with_name("away")
    step = {"folders": (driver_folder, "_make_folders"), "written": (os, "fsync"),
            "flushed": (driver_folder, "_share")}[moment]  # fmt: skip
    real = getattr(*step)

    def pulled(*given: object) -> None:
        if share.exists():
            share.rename(away)
        real(*given)

    monkeypatch.setattr(*step, pulled)
    assert code_of(driver, post.sending(goods(3 * KB))) == "EXC-FOLDER-GONE"
    assert not share.exists()
    assert list(away.rglob("*.taza")) == []
    monkeypatch.setattr(*step, real)
    away.rename(share)
    what = goods(3 * KB)
    driver.run(post.sending(what))
    assert post.lies_whole(driver, what)


def test_a_file_of_zeros_is_replaced(driver: HttpDriver, post: Post, share: Path) -> None:
    """What a power cut leaves has its name and its size."""
    what = goods(3 * KB)
    path = share / driver.run(post.sending(what)).path
    path.write_bytes(bytes(3 * KB))
    assert code_of(driver, post.fetching(what.item, 3 * KB)) == "EXC-DAMAGED"
    driver.run(post.sending(what, again=True))
    assert path.read_bytes() == what.data


def test_writers_who_race_for_one_name(post: Post, share: Path) -> None:
    """The same package from several PCs, while a reader looks again and again."""
    what, faults = goods(256 * KB), list[Exception]()

    def write() -> None:
        with HttpDriver() as driver:
            driver.run(post.sending(what, again=True))

    def read(until: threading.Event) -> None:
        with HttpDriver() as driver:
            while not until.is_set():
                try:
                    for item, size in driver.run(post.listing()).items():
                        assert driver.run(post.fetching(item, size)) == what.data
                except Exception as fault:
                    faults.append(fault)

    done = threading.Event()
    reader = threading.Thread(target=read, args=(done,))
    writers = [threading.Thread(target=write) for _ in range(6)]
    for one in (reader, *writers):
        one.start()
    for one in writers:
        one.join()
    done.set()
    reader.join()
    assert faults == []
    assert [path.name for path in (share / LANE.folder / "2024").iterdir()] == [
        Path(what.item.path).name
    ]


def test_links_lead_nowhere(driver: HttpDriver, post: Post, share: Path, tmp_path: Path) -> None:
    """A stick of a stranger may have links to what only this user may read."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / Path(goods(3 * KB).item.path).name).write_bytes(b"x")
    folder = share / LANE.folder
    folder.mkdir(parents=True)
    (folder / "2024").symlink_to(secret)
    assert driver.run(post.listing()) == {}


def test_more_files_than_anybody_lists(
    driver: HttpDriver, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver_folder, "_MOST", 3)
    kept: list[Goods] = []
    for number in range(1, 4):
        kept.append(goods(KB, number))
        driver.run(post.sending(kept[-1]))
    assert len(driver.run(post.listing())) == 3
    driver.run(post.sending(goods(KB, 4)))
    assert code_of(driver, post.listing()) == "EXC-ANSWER"
