"""What must hold for any package: nothing is lost on the way, nothing changed is believed."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.errors import Refusal
from taza_desktop.packages import limits, payload, strict_json
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import Record, Revision
from taza_desktop.register.parcel import Opened
from tests.packages.kit import DISTRICT, NEIGHBOUR, Sample

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)
lines = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)
ids = st.binary(min_size=16, max_size=16)
numbers = st.integers(-limits.INTEGER, limits.INTEGER)
named = st.fixed_dictionaries(
    {
        "sha256": st.binary(min_size=32, max_size=32).map(bytes.hex),
        "name": lines,
        "type": st.just("image/png"),
        "size": numbers,
    }
)
values = st.one_of(st.none(), st.just(True), numbers, words, st.lists(words, max_size=3), named)
cells = st.from_regex(r"([a-z][a-z0-9_]{0,9}|(remark|na|deleted):[a-z]{0,5})", fullmatch=True)
sheets = st.builds(
    SheetKey,
    st.integers(1, 60),
    st.sampled_from([DISTRICT, NEIGHBOUR]),
    st.sampled_from(["2024", "2025-Q1", "2025-9M"]),
)


@st.composite
def lineages(draw: st.DrawFn) -> payload.Payload:
    """Records with histories that branch and meet, parents in front of their children."""
    made: payload.Payload = []
    for record_id in draw(st.lists(ids, unique=True, max_size=4)):
        record = Record(record_id, draw(sheets), draw(st.sampled_from(["", "winners"])))
        revisions: list[Revision] = []
        for revision in draw(st.lists(ids, unique=True, min_size=1, max_size=5)):
            known = [one.id for one in revisions]
            parents = draw(st.lists(st.sampled_from(known), unique=True)) if known else []
            changes = draw(st.dictionaries(cells, values, max_size=4))
            revisions.append(
                Revision(
                    revision, record.id, tuple(parents), changes,
                    draw(lines), DISTRICT, "2025-01-20T10:00:00Z",
                )
            )  # fmt: skip
        made.append((record, revisions))
    every = [one.id for _, revisions in made for one in revisions]
    return made if len(set(every)) == len(every) else []


@given(lineages())
def test_rows_come_back_as_they_went(given_lineages: payload.Payload):
    back = payload.read(payload.write(given_lineages), "x")
    assert {record: _by_id(revisions) for record, revisions in back} == {
        record: _by_id(revisions) for record, revisions in given_lineages
    }


@given(lineages(), st.randoms(use_true_random=False))
def test_the_same_rows_give_the_same_bytes(given_lineages: payload.Payload, random):
    shuffled = [(record, list(revisions)) for record, revisions in given_lineages]
    random.shuffle(shuffled)
    for _, revisions in shuffled:
        random.shuffle(revisions)
    assert payload.write(shuffled) == payload.write(given_lineages)


@given(st.recursive(st.none() | st.booleans() | numbers | words, lambda inner: st.lists(inner)))
def test_json_comes_back_as_it_went(value: object):
    assert strict_json.load(strict_json.dump(value)) == value


@given(st.binary(max_size=60))
def test_noise_is_refused_by_name(noise: bytes):
    with pytest.raises(Refusal):
        payload.read(noise, "x")


@given(st.data())
def test_a_package_with_a_byte_changed_is_refused_or_the_very_same(
    sample: Sample, tmp_path: Path, data
):
    good = sample.good()
    at = data.draw(st.integers(0, len(good) - 1))
    bad = bytearray(good)
    bad[at] ^= data.draw(st.integers(1, 255))
    assert _meaning(sample, bytes(bad), tmp_path) in (None, _meaning(sample, good, tmp_path))


def _meaning(sample: Sample, data: bytes, folder: Path) -> Opened | None:
    """What a package says; None when it is refused. Dates of a zip, for example, say nothing."""
    try:
        opened = sample.verify(data, folder)
    except Refusal:
        return None
    return replace(opened, container=b"", attachments=dict(opened.attachments))


@given(st.data())
def test_a_package_with_a_piece_missing_or_doubled_is_refused(sample: Sample, tmp_path: Path, data):
    good = sample.good()
    first = data.draw(st.integers(0, len(good) - 1))
    last = data.draw(st.integers(first + 1, len(good)))
    for bad in (good[:first] + good[last:], good[:last] + good[first:]):
        with pytest.raises(Refusal):
            sample.verify(bad, tmp_path)


def _by_id(revisions: list[Revision]) -> dict[bytes, Revision]:
    return {one.id: one for one in revisions}
