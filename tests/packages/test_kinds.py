"""Packages of every kind: what one says comes back, on its way and on no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.packages import container, kinds
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.parcel import PackageKind
from tests.packages.kit import DISTRICT, NEIGHBOUR, REGION, Sample, picture

KINDS: tuple[PackageKind, ...] = get_args(PackageKind)


def test_there_is_a_row_for_every_kind():
    assert kinds.KINDS.keys() == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_one_says_comes_back(kind: PackageKind, sample: Sample, tmp_path: Path):
    given = sample.of_kind(kind)
    opened = given.verify(given.good(), tmp_path)
    assert opened.envelope == given.said
    assert {one.id for one in opened.records} == {record.id for record, _ in given.lineages}
    there = {one.id: one for one in opened.revisions}
    assert there == {one.id: one for _, revisions in given.lineages for one in revisions}
    assert list(opened.attachments.values()) == list(given.attachments.values())
    assert list(opened.relayed.values()) == list(given.relayed)
    ways = {package.package_id for package in given.relayed}
    assert opened.via == {revision: (tuple(ways),) for revision in given.via}


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_office_that_it_is_meant_for_reads_it(
    kind: PackageKind, sample: Sample, tmp_path: Path
):
    given = sample.of_kind(kind)
    for audience in {REGION, DISTRICT, NEIGHBOUR, REPUBLIC} - {given.said.audience}:
        reading = replace(given, said=replace(given.said, audience=audience))
        with pytest.raises(Refusal, match="PKG-AUDIENCE"):
            reading.verify(given.good(), tmp_path)


WAYS = {  # by where the audience stands to the sender
    "above": {"submission", "attachments"},
    "below": {"return", "receipt"},
    "same": {"office"},
}
OFFICES = {"above": (DISTRICT, REGION), "below": (REGION, DISTRICT), "same": (REGION, REGION)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", WAYS)
def test_a_kind_goes_its_way_and_no_other(
    kind: PackageKind, way: str, sample: Sample, tmp_path: Path
):
    given = sample.of_kind(kind)
    sender, audience = OFFICES[way]
    signs = sample.authority.certify(sample.key, sender, sample.now)
    said = replace(given.said, territory=sender, audience=audience)
    turned = replace(given, said=said, certificate=signs)
    if kind in WAYS[way]:
        assert turned.verify(turned.good(), tmp_path).envelope.kind == kind
    else:
        with pytest.raises(Refusal, match="PKG-WAY"):
            turned.verify(turned.good(), tmp_path)


def test_a_clerk_signs_nothing_for_the_region(sample: Sample, tmp_path: Path):
    for kind in ("return", "receipt", "office"):
        given = replace(sample.of_kind(kind), certificate=sample.certificate)
        with pytest.raises(Refusal, match="PKG-TERRITORY"):
            given.verify(given.good(), tmp_path)


def test_attachments_may_stay_behind_and_are_counted(sample: Sample, tmp_path: Path):
    light = replace(sample, attachments={}).counted()
    opened = light.verify(light.good(), tmp_path)
    assert (opened.envelope.counts["attachments"], opened.envelope.counts["awaited"]) == (0, 1)
    assert not opened.attachments


def test_attachments_alone_bring_no_records(sample: Sample, tmp_path: Path):
    given = sample.of_kind("attachments")
    full = replace(given, lineages=sample.lineages).counted()
    with pytest.raises(Refusal, match="PKG-COUNTS"):
        full.verify(full.good(), tmp_path)


def test_an_attachment_under_another_name_is_refused(sample: Sample, tmp_path: Path):
    other = {f"attachments/{'0' * 32}.png": picture()}
    given = replace(sample.of_kind("attachments"), attachments=other)
    with pytest.raises(Refusal, match="PKG-ATTACHMENTS"):
        given.verify(given.good(), tmp_path)


@pytest.mark.parametrize("kind", ["submission", "attachments"])
def test_no_list_of_revoked_certificates_goes_up(kind: PackageKind, sample: Sample, tmp_path: Path):
    given = replace(sample.of_kind(kind), trust=sample.authority.trust)
    with pytest.raises(Refusal, match="PKG-UNKNOWN"):
        given.verify(given.good(), tmp_path)


def test_a_newer_plan_than_ours_is_not_guessed_at(sample: Sample, tmp_path: Path):
    newer = replace(sample, said=replace(sample.said, plan="2031.1"))
    with pytest.raises(Refusal, match="PKG-PLAN-NEWER") as refused:
        newer.verify(newer.good(), tmp_path)
    assert "2031.1" in refused.value.text()


def test_an_older_plan_is_lifted(sample: Sample, tmp_path: Path):
    """The small form of these tests did not change, so nothing but the plan's version differs."""
    older = replace(sample, said=replace(sample.said, plan="2024.1"))
    opened = older.verify(older.good(), tmp_path)
    assert opened.envelope.plan == "2024.1" != load_plan().version
    assert opened.revisions == [one for _, revisions in sample.lineages for one in revisions]


def test_tables_stand_where_they_belong(sample: Sample):
    box = container.Container(sample.of_kind("return").good(), "x")
    assert {container.PACKAGES, container.TRUST} <= box.entries.keys()
    assert container.PACKAGES not in container.Container(sample.good(), "x").entries
