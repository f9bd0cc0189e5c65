"""A folder as the place: a stick, a share of the network."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.place import Credential, Where
from tests.exchange.kit import KB, LANE, MB, Post, goods


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "Таза флешка"
    folder.mkdir()
    return folder


@pytest.fixture
def post(stick: Path) -> Post:
    return Post.at(Where.parse({"kind": "folder", "address": str(stick)}), Credential())


def code_of(driver: HttpDriver, steps) -> str:
    with pytest.raises(Refusal) as refused:
        driver.run(steps)
    assert refused.value.text()
    return refused.value.code


@pytest.mark.parametrize("size", [3 * KB, 2 * MB])
def test_there_and_back(driver: HttpDriver, post: Post, stick: Path, size: int) -> None:
    what, told = goods(size), list[int]()
    item = driver.run(post.sending(what, told))
    assert (stick / item.path).read_bytes() == what.data
    assert told[-1] == size
    assert post.lies_whole(driver, what)
    assert [path.name for path in (stick / item.path).parent.iterdir()] == [Path(item.path).name]


def test_again_changes_nothing(driver: HttpDriver, post: Post, stick: Path) -> None:
    what = goods(3 * KB)
    item = driver.run(post.sending(what))
    before = (stick / item.path).stat().st_mtime_ns
    driver.run(post.sending(what))
    assert (stick / item.path).stat().st_mtime_ns == before


def test_a_file_that_was_cut_short_is_replaced(driver: HttpDriver, post: Post, stick: Path) -> None:
    what = goods(3 * KB)
    path = stick / what.item.path
    path.parent.mkdir(parents=True)
    path.write_bytes(what.data[:99])
    driver.run(post.sending(what))
    assert path.read_bytes() == what.data


def test_a_stick_that_is_out_is_not_made_anew(driver: HttpDriver, post: Post, stick: Path) -> None:
    stick.rmdir()
    assert code_of(driver, post.sending(goods(3 * KB))) == "EXC-FOLDER-GONE"
    assert code_of(driver, post.listing()) == "EXC-FOLDER-GONE"
    assert not stick.exists()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "EXC-FULL"), (errno.EROFS, "EXC-READ-ONLY"), (errno.EIO, "EXC-FOLDER"),
        (errno.EACCES, "EXC-FOLDER-DENIED"), (errno.ENODEV, "EXC-FOLDER-GONE"),
    ],
)  # fmt: skip
def test_what_the_system_says(
    driver: HttpDriver, post: Post, stick: Path, monkeypatch: pytest.MonkeyPatch,
    number: int, code: str,
) -> None:  # fmt: skip
    """And nothing is left behind of what was begun."""

    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    assert code_of(driver, post.sending(goods(3 * KB))) == code
    assert [path for path in stick.rglob("*") if path.is_file()] == []


def test_other_files_are_passed_over(driver: HttpDriver, post: Post, stick: Path) -> None:
    what = goods(3 * KB)
    item = driver.run(post.sending(what))
    folder = (stick / item.path).parent
    (folder / ".hidden").write_text("x")
    (folder / "readme.txt").write_text("x")
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "000002-0123456789abcdef.taza").symlink_to("/etc/passwd")
    assert list(driver.run(post.listing())) == [what.item]


def test_nothing_there_yet(driver: HttpDriver, post: Post) -> None:
    assert driver.run(post.place.names(LANE.folder)) == []
    assert driver.run(post.place.size(f"{LANE.folder}/x")) is None
    driver.run(post.place.remove(f"{LANE.folder}/x"))


def test_a_file_larger_than_announced(driver: HttpDriver, post: Post, stick: Path) -> None:
    what = goods(3 * KB)
    item = driver.run(post.sending(what))
    (stick / item.path).write_bytes(what.data + b"more")
    assert code_of(driver, post.fetching(item, 3 * KB)) == "EXC-DAMAGED"


def test_where_a_folder_deep_inside_was_given(driver: HttpDriver, tmp_path: Path) -> None:
    """The address stands for the beginning of every name already."""
    at = f"v1/{LANE.above}/{LANE.below}"
    where = Where.parse({"kind": "folder", "address": str(tmp_path), "at": at})
    post, what = Post.at(where, Credential()), goods(3 * KB)
    driver.run(post.sending(what))
    assert (tmp_path / what.item.path.removeprefix(f"{at}/")).is_file()
    assert post.lies_whole(driver, what)
