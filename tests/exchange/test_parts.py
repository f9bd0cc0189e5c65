"""Parts cover a file or leave gaps; a list of parts is believed only when it is in order."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.exchange.parts import Part, cover, gaps, read_list, write_list

TOTAL = 60
SOME = st.lists(
    st.builds(
        lambda start, size: Part(start, min(size, TOTAL - start)),
        st.integers(0, TOTAL - 1),
        st.integers(1, 30),
    ),
    max_size=12,
)
DIGEST = "ab" * 32


def covered(parts: list[Part]) -> set[int]:
    return {place for part in parts for place in range(part.offset, part.end)}


@given(SOME)
def test_gaps_are_what_no_part_covers(parts: list[Part]) -> None:
    assert covered(gaps(parts, TOTAL)) == set(range(TOTAL)) - covered(parts)


@given(SOME)
def test_a_cover_is_whole_when_the_parts_are(parts: list[Part]) -> None:
    chosen = cover(parts, TOTAL)
    assert set(chosen) <= set(parts)
    if gaps(parts, TOTAL):
        assert gaps(chosen, TOTAL)
    else:
        assert not gaps(chosen, TOTAL)
        for left_out in chosen:
            assert gaps([part for part in chosen if part != left_out], TOTAL)


@given(SOME)
def test_a_list_is_read_as_it_was_written(parts: list[Part]) -> None:
    chosen = cover([*parts, *gaps(parts, TOTAL)], TOTAL)
    assert read_list(write_list(chosen, TOTAL, DIGEST), 100) == (chosen, TOTAL, DIGEST)


GOOD = {
    "format": "taza-parts", "version": "1.0", "sha256": DIGEST, "size": 10, "parts": [[0, 10]],
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": "zip"}, {"version": "2.0"}, {"version": 1}, {"sha256": "ab"}, {"sha256": 7},
        {"size": 0}, {"size": -5}, {"size": "10"}, {"size": 10.0}, {"size": True},
        {"size": 10**9}, {"parts": []}, {"parts": {}}, {"parts": None}, {"parts": [[0, 5]]},
        {"parts": [[0, 11]]}, {"parts": [[-1, 11]]}, {"parts": [[0, 0], [0, 10]]},
        {"parts": [[0, 5], [6, 4]]}, {"parts": [["0", 10]]}, {"parts": [[0, 10, 1]]},
        {"parts": [[0.0, 10]]}, {"parts": [[False, 10]]}, {"parts": [[0, 10]] * 3},
    ],
)  # fmt: skip
def test_a_list_that_is_not_in_order_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_list(json.dumps({**GOOD, **wrong}).encode(), 100)


@pytest.mark.parametrize("data", [b"", b"[]", b"<html>", b"\xff\xfe", b"null", b'{"format":'])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_list(data, 100)
