"""Names at a place: which lane a package takes, and what else may lie there."""

from __future__ import annotations

import pytest

from taza_desktop.exchange.layout import (
    Item,
    Lane,
    item_of,
    lane_of,
    part_name,
    read_name,
    read_part,
)
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.parcel import Envelope

REPUBLIC, REGION, DISTRICT, OTHER = "000000000", "100000000", "103200000", "103400000"
SHA = "0123456789abcdef" * 4


def said(sender: str, receiver: str, round: str = "2025-H1") -> Envelope:
    return Envelope("x", "submission", sender, round, "1", receiver, 7, "", "2025-07-01T00:00:00Z")


@pytest.mark.parametrize(
    ("sender", "receiver", "folder"),
    [
        (DISTRICT, REGION, f"v1/{REGION}/{DISTRICT}/up"),
        (REGION, DISTRICT, f"v1/{REGION}/{DISTRICT}/down"),
        (REGION, REPUBLIC, f"v1/{REPUBLIC}/{REGION}/up"),
        (REPUBLIC, REGION, f"v1/{REPUBLIC}/{REGION}/down"),
        (REGION, REGION, f"v1/{REGION}/{REGION}/up"),
    ],
)
def test_the_lane_follows_from_who_writes_to_whom(sender: str, receiver: str, folder: str) -> None:
    assert lane_of(said(sender, receiver), load_plan().territories).folder == folder


def test_a_name_is_read_as_it_was_made() -> None:
    lane = Lane(REGION, DISTRICT, "up")
    item = item_of(said(DISTRICT, REGION), SHA, lane)
    assert item == Item(lane, "2025", 7, SHA[:16], parted=False)
    for parted in (False, True):
        one = item._replace(parted=parted)
        assert one.path.isascii()
        assert read_name(lane, one.path.removeprefix(f"{lane.folder}/")) == one


@pytest.mark.parametrize(
    "name",
    [
        "", "2025", "2025/x.taza", "2025/7-0123456789abcdef.taza", ".hidden",
        "2025/000007-0123456789ABCDEF.taza", "2025/000007-0123456789abcdef.taza.age",
        "2025/0000007-0123456789abcdef.taza", "../000007-0123456789abcdef.taza",
        "2025/000007-0123456789abcdef.taza/x", "2025/000007-0123456789abcdef.taza\n",
        "2025/.8d2f.new", "٢٠٢٥/000007-0123456789abcdef.taza",
    ],
)  # fmt: skip
def test_anything_else_is_no_package(name: str) -> None:
    assert read_name(Lane(REGION, DISTRICT, "up"), name) is None


def test_parts() -> None:
    assert read_part(part_name(65536, 4096)) == (65536, 4096)
    for name in ("65536-4096", "000000065536-0", "000000065536-", "000000065536-04", "x"):
        assert read_part(name) is None
