"""Pieces of what is being fetched: kept until the whole is there, or for a month."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from taza_desktop.exchange.parts import Part
from taza_desktop.exchange.shelf import FolderShelf

NOW = 1_800_000_000.0


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TAZA_HOME", str(tmp_path))
    return tmp_path / "exchange"


def test_pieces_are_kept_whole_or_not_at_all(home: Path) -> None:
    shelf, part = FolderShelf("ab" * 8), Part(0, 4)
    assert shelf.load(part) is None
    shelf.keep(part, b"data")
    assert FolderShelf("ab" * 8).load(part) == b"data"
    next((home / ("ab" * 8)).iterdir()).write_bytes(b"dat")
    assert shelf.load(part) is None
    shelf.clear()
    assert list(home.iterdir()) == []


def test_what_never_became_whole_is_swept(home: Path) -> None:
    for name, days in (("aa" * 8, 31), ("bb" * 8, 29)):
        FolderShelf(name).keep(Part(0, 1), b"x")
        os.utime(home / name, (NOW - days * 86400,) * 2)
    FolderShelf.sweep(NOW)
    assert [folder.name for folder in home.iterdir()] == ["bb" * 8]


def test_a_disk_that_refuses_costs_a_piece_only(home: Path) -> None:
    shelf = FolderShelf("cc" * 8)
    home.joinpath("cc" * 8).rmdir()
    shelf.keep(Part(0, 1), b"x")
    assert shelf.load(Part(0, 1)) is None
