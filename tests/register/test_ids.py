"""Ids: unique, ever greater, and readable as UUIDs by anyone."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.ids import Ids, sheet_record

SITE = bytes.fromhex("a1b2c3d4e5f6")
NOW = 1_760_000_000_000


@given(st.lists(st.integers(0, 2**44 - 1), min_size=2, max_size=50))
def test_ids_grow_whatever_the_clock_does(moments: list[int]) -> None:
    ids = Ids(SITE)
    made = [ids.next(moment) for moment in moments]
    assert made == sorted(set(made))


@given(st.integers(0, 2**44 - 1), st.integers(0, 2**44 - 1))
def test_they_go_on_growing_after_a_restart(before: int, after: int) -> None:
    last = Ids(SITE).next(before)
    assert Ids(SITE, last).next(after) > last


def test_more_ids_in_a_millisecond_than_the_counter_holds() -> None:
    ids = Ids(SITE)
    made = [ids.next(NOW) for _ in range(2**14 + 5)]
    assert made == sorted(set(made))


def test_an_id_is_a_uuid_of_version_8_that_begins_with_the_site() -> None:
    made = Ids(SITE).next(NOW)
    seen = uuid.UUID(bytes=made)
    assert (seen.version, seen.variant) == (8, uuid.RFC_4122)
    assert made.startswith(SITE)


def test_a_sheets_record_is_the_same_for_everyone_and_another_for_each_key() -> None:
    key = SheetKey(6, "103200000", "2024")
    others = [key._replace(measure=8), key._replace(round="2025"), key._replace(territory="1")]
    assert sheet_record(key).hex() == "0626b500df2b864a9382d5b3449f86ba"
    assert len({sheet_record(key), *map(sheet_record, others)}) == 4
    assert uuid.UUID(bytes=sheet_record(key)).version == 8
