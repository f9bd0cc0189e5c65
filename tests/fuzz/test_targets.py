"""Every kept input, and some hundred mutations of good ones: nothing but a refusal may escape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.targets import CORPUS, TARGETS, kept, run, seeds

TOKENS = (
    b"", b"\0", b"\xff", b"\xff\xff\xff\xff", b"\n", b'"', b"[", b"{", b":", b",", b"-1", b"1e9",
    b"9" * 20, b"null", b"true", "\u2028".encode(), "\u202e".encode(), b"\xed\xa0\x80", b"PK\1\2",
    b"PK\3\4", b"PK\5\6", b"\x30\x80", b"<!--", b"<!DOCTYPE x>", b"&a;", b"\\ud800", b"%%EOF",
)  # fmt: skip


@pytest.mark.parametrize("name", TARGETS)
def test_kept_inputs_are_answered_or_refused(name: str):
    for data in kept(name):
        run(name, data)


def test_every_kept_input_has_a_target():
    assert {path.stem for path in CORPUS.iterdir()} <= TARGETS.keys()


@pytest.mark.parametrize("name", TARGETS)
def test_good_bytes_are_answered(name: str):
    for seed in seeds(name):
        run(name, seed)


@st.composite
def mutations(draw: st.DrawFn, name: str) -> bytes:
    """A good input with a few pieces replaced, moved or repeated."""
    data = draw(st.sampled_from(seeds(name)))
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(data)))
        last = min(len(data), first + draw(st.sampled_from((0, 1, 2, 4, 16, 200))))
        other = draw(st.integers(0, len(data)))
        piece = draw(st.sampled_from((*TOKENS, data[first:last], data[other : other + 16])))
        data = data[:first] + piece + data[last:]
    return data


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
def test_what_became_of_good_bytes_is_answered_or_refused(name: str, data: st.DataObject):
    run(name, data.draw(mutations(name)))


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.binary(max_size=300))
def test_noise_is_answered_or_refused(name: str, data: bytes):
    run(name, data)
