"""What must hold for any package: nothing is lost on the way, nothing changed is believed."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taza_desktop.errors import Refusal
from taza_desktop.packages import limits, payload, relays, strict_json
from taza_desktop.plan.sheet import Cells, SheetKey
from taza_desktop.register.ids import sheet_record
from taza_desktop.register.model import Record, Revision
from taza_desktop.register.parcel import PackageKind, Relayed, Signer
from tests.packages.kit import CLERK, DISTRICT, KEY, NEIGHBOUR, Sample

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)
lines = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(
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
    back, _via = payload.read(payload.write(given_lineages, {}), "x")
    assert {record: _by_id(revisions) for record, revisions in back} == {
        record: _by_id(revisions) for record, revisions in given_lineages
    }


packages = st.builds(
    Relayed,
    st.uuids(version=4).map(str),
    st.binary(min_size=32, max_size=32).map(bytes.hex),
    st.sampled_from(get_args(PackageKind)),
    st.sampled_from([DISTRICT, NEIGHBOUR]),
    st.sampled_from(["2024", "2025-Q1"]),
    st.integers(1, limits.INTEGER),
    st.builds(Signer, lines, st.just(DISTRICT), st.integers(0, 2**159).map("{:x}".format)),
    st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31)).map("{:%Y-%m-%dT%H:%M:%SZ}".format),
)
relayed = st.lists(packages, unique_by=lambda one: one.package_id, max_size=4)


@given(relayed)
def test_packages_come_back_as_they_went(given_packages: list[Relayed]):
    assert relays.read(relays.write(given_packages), "x") == given_packages


@given(lineages(), relayed, st.data())
def test_ways_come_back_as_they_went(
    given_lineages: payload.Payload, given_packages: list[Relayed], data: st.DataObject
):
    ids = [one.package_id for one in given_packages]
    ways = st.lists(st.permutations(ids).map(tuple), min_size=1, max_size=2, unique=True)
    via = {
        one.id: tuple(sorted(data.draw(ways)))
        for _, revisions in given_lineages
        for one in revisions
        if ids and data.draw(st.booleans())
    }
    written = payload.write(given_lineages, relays.numbered(via, given_packages))
    back = payload.read(written, "x", len(given_packages))
    found = relays.named(back.via, given_packages)
    assert {one: set(ways) for one, ways in found.items()} == {
        one: set(ways) for one, ways in via.items()
    }


plain = st.text("абвгқң, .!?-", min_size=1, max_size=20).map(str.strip).filter(bool)
counts = st.none() | st.integers(0, 10**9)
figures = st.fixed_dictionaries(
    {},
    optional={
        "planned": counts,
        "planted": counts,
        "note": st.none() | plain,
        "remark:planted": plain,
        "na:planned": plain,
        "override:share": st.integers(1, 99).map("{}.5".format),
        "retired:area": plain,
    },
)


@settings(max_examples=20)
@given(st.sampled_from(get_args(PackageKind)), st.lists(figures, min_size=1, max_size=4))
def test_what_any_kind_says_comes_back(
    sample: Sample, tmp_path: Path, kind: PackageKind, written: list[Cells]
):
    given_sample = sample.of_kind(kind)
    record = Record(sheet_record(KEY), KEY)
    history = [
        Revision(
            bytes([40 + at] * 16), record.id, (bytes([39 + at] * 16),), changes,
            CLERK.name, DISTRICT, "2025-01-20T10:00:00Z",
        )
        for at, changes in enumerate(written)
    ]  # fmt: skip
    said = [one for one in given_sample.lineages if one[0].table.endswith(":")]
    records = [(record, history), *said] if said else []
    via = {one.id: given_sample.via.get(bytes([1] * 16), ()) for one in history}
    made = replace(given_sample, lineages=records, via=via, attachments={}).counted()
    opened = made.verify(made.good(), tmp_path)
    assert {one.id: one for one in opened.revisions} == {
        one.id: one for _, revisions in records for one in revisions
    }
    assert set(opened.via) == ({one.id for one in history} if given_sample.relayed else set())
    assert opened.envelope == made.said


@given(lineages(), st.randoms(use_true_random=False))
def test_the_same_rows_give_the_same_bytes(given_lineages: payload.Payload, random):
    shuffled = [(record, list(revisions)) for record, revisions in given_lineages]
    random.shuffle(shuffled)
    for _, revisions in shuffled:
        random.shuffle(revisions)
    assert payload.write(shuffled, {}) == payload.write(given_lineages, {})


@given(st.recursive(st.none() | st.booleans() | numbers | words, lambda inner: st.lists(inner)))
def test_json_comes_back_as_it_went(value: object):
    assert strict_json.load(strict_json.dump(value)) == value


@given(st.binary(max_size=60))
def test_noise_is_refused_by_name(noise: bytes):
    with pytest.raises(Refusal):
        payload.read(noise, "x")


@given(st.data())
def test_a_package_with_a_byte_changed_is_refused(sample: Sample, tmp_path: Path, data):
    good = _good(sample)
    at = data.draw(st.integers(0, len(good) - 1))
    bad = bytearray(good)
    bad[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Refusal):
        sample.verify(bytes(bad), tmp_path)


@given(st.data())
def test_a_package_with_a_piece_missing_or_doubled_is_refused(sample: Sample, tmp_path: Path, data):
    good = _good(sample)
    first = data.draw(st.integers(0, len(good) - 1))
    last = data.draw(st.integers(first + 1, len(good)))
    for bad in (good[:first] + good[last:], good[:last] + good[first:]):
        with pytest.raises(Refusal):
            sample.verify(bad, tmp_path)


_made: list[bytes] = []


def _good(sample: Sample) -> bytes:
    """One package for all examples; signing takes longer than reading."""
    if not _made:
        _made.append(sample.good())
    return _made[0]


def _by_id(revisions: list[Revision]) -> dict[bytes, Revision]:
    return {one.id: one for one in revisions}
