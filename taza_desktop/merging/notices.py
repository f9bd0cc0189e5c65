"""What a coordinator should know about a package before merging it, though nothing forbids it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from taza_desktop.i18n import N_, gettext
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from taza_desktop.register.shelf import StoredPackage


@dataclass(frozen=True, slots=True)
class Notice:
    """A stable code and a sentence, translated when it is shown."""

    code: str
    says: str
    fields: Mapping[str, object]

    def text(self) -> str:
        """The sentence in the language in force."""
        return gettext(self.says).format(**self.fields)


def notices(register: Register, opened: Opened) -> list[Notice]:
    """Gaps, stale packages, two packages under one number, another version of the plan."""
    this = opened.envelope.package_id
    others = [
        package
        for package in register.packages("in", opened.signer.serial)
        if package.envelope.package_id != this
    ]
    return [
        *_gap(opened, others),
        *_number(opened, others),
        *_stale(opened, others),
        *_plan(opened),
    ]


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
    """Two packages with one number: the sender's register was copied or restored."""
    envelope = opened.envelope
    twins = {package.envelope.seq for package in others} & {envelope.seq}
    before = {p.manifest_sha256 for p in others if p.envelope.seq == envelope.seq - 1}
    if before and envelope.prev not in before:
        twins.add(envelope.seq - 1)
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
        if package.active
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
                "date": later[-1].at[:10],
            },
        )


def _plan(opened: Opened) -> Iterator[Notice]:
    """The sender filled in other forms than this program knows."""
    ours = load_plan().version
    if opened.envelope.plan != ours:
        yield Notice(
            "MERGE-OTHER-PLAN",
            N_(
                "{name} works with version {theirs} of the plan, this program with {ours}."
                " The older one should be updated."
            ),
            {"name": opened.signer.name, "theirs": opened.envelope.plan, "ours": ours},
        )
