"""Packages of one sender in their order: what is missing, what is older, what exists twice."""

from __future__ import annotations

from collections.abc import Iterator

from taza_desktop.i18n import N_
from taza_desktop.merging.notice import Notice, day_of
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from taza_desktop.register.shelf import StoredPackage


def in_sequence(register: Register, opened: Opened) -> Iterator[Notice]:
    """Gaps, stale packages, two packages under one number."""
    this, serial = opened.envelope.package_id, opened.signer.serial
    known = (*register.packages("in", serial), *register.packages("via", serial))
    others = [package for package in known if package.envelope.package_id != this]
    yield from _gap(opened, others)
    yield from _number(opened, others)
    yield from _stale(opened, others)


def _gap(opened: Opened, others: list[StoredPackage]) -> Iterator[Notice]:
    """Numbers before this one that never came; what they carried is in this one too."""
    arrived = {package.envelope.seq for package in others}
    missing = [number for number in range(1, opened.envelope.seq) if number not in arrived]
    if missing:
        yield Notice(
            "MERGE-GAP",
            N_(
                "Package {seq} of {name} is here, but {missing} never came. Nothing of this round"
                " is lost; for other rounds ask the sender."
            ),
            {
                "seq": opened.envelope.seq,
                "name": opened.signer.name,
                "missing": ", ".join(map(str, missing)),
            },
        )


def _number(opened: Opened, others: list[StoredPackage]) -> Iterator[Notice]:
    """Two packages with one number: the sender's register was copied or restored.

    Every package names the manifest of the one before it, so the other is noticed even when it
    never came.
    """
    said = opened.envelope
    twins = {package.envelope.seq for package in others} & {said.seq}
    before = {one.manifest_sha256 for one in others if one.envelope.seq == said.seq - 1}
    if before and said.prev not in before:
        twins.add(said.seq - 1)
    after = {
        one.envelope.prev
        for one in others
        if one.direction == "in" and one.envelope.seq == said.seq + 1
    }
    if after and opened.manifest_sha256 not in after:
        twins.add(said.seq)
    if twins:
        yield Notice(
            "MERGE-SAME-NUMBER",
            N_(
                "{name} made two different packages with the number {seq}. Ask whether two people"
                " work with copies of one register."
            ),
            {"name": opened.signer.name, "seq": min(twins)},
        )


def _stale(opened: Opened, others: list[StoredPackage]) -> Iterator[Notice]:
    """A later package of the same round was merged before."""
    later = [
        package
        for package in others
        if package.direction == "in"
        and package.active
        and package.envelope.round == opened.envelope.round
        and package.envelope.seq > opened.envelope.seq
    ]
    if later:
        yield Notice(
            "MERGE-OLDER",
            N_("Older than package {seq} of {name}, which was merged on {date}."),
            {
                "seq": later[-1].envelope.seq,
                "name": opened.signer.name,
                "date": day_of(later[-1].at),
            },
        )
