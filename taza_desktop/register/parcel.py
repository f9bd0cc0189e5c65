"""A package that has been read and found good: what reading hands to merging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.register.model import Record, Revision

# How a revision came to the sender: the package that the sender opened, then what that one had it
# from, and so on; the last is the one that the author's office made.
Way = tuple[str, ...]
PackageKind = Literal["submission", "receipt", "return", "office", "attachments"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a package says about itself (`envelope.json`)."""

    package_id: str  # uuid4, text
    kind: PackageKind
    territory: str  # KATO code of the office that sends
    round: str
    plan: str  # version of the plan that the sheets were filled in by
    audience: str  # KATO code of the office that it is meant for
    seq: int  # counted per certificate, from 1
    prev: str  # hex sha256 of the manifest of the sender's package before; empty for the first
    created: str  # UTC, "2026-11-22T10:00:00Z"
    counts: Mapping[str, int] = field(default_factory=dict[str, int])  # records, revisions, …


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, as the certificate says."""

    name: str
    territory: str  # KATO code that the certificate covers
    serial: str  # hex


@dataclass(frozen=True, slots=True)
class Relayed:
    """A package that another one passes on: known by its word, not seen here."""

    package_id: str
    manifest_sha256: str  # hex
    kind: PackageKind
    territory: str  # KATO code of the office that sent it
    round: str
    seq: int
    signer: Signer
    created: str  # UTC


@dataclass(frozen=True, slots=True)
class Opened:
    """A verified package. Merging trusts what stands here and checks no signature again.

    `via` names, for a revision that the sender did not make itself, the ways on which it came to
    the sender (docs/decisions/0004); each package of a way is in `relayed` by its id.
    """

    envelope: Envelope
    signer: Signer
    manifest_sha256: str  # hex; with the package_id the identity of the package
    records: list[Record]
    revisions: list[Revision]
    attachments: Mapping[str, bytes]  # hex sha256 -> bytes
    container: bytes  # the file as it came; kept for ever
    relayed: Mapping[str, Relayed] = field(default_factory=dict[str, Relayed])
    via: Mapping[bytes, tuple[Way, ...]] = field(default_factory=dict[bytes, tuple[Way, ...]])
    trust: bytes = b""  # PEM: the sender's authority with a newer list than the reader had


@dataclass(frozen=True, slots=True)
class Load:
    """What a package of some sheets must carry: whole lineages, and whose word they are.

    `relayed` and `via` are those of `Opened`. Revisions that were taken back travel too, silent by
    the ways they came on, so that no lineage has a gap.
    """

    lineages: list[tuple[Record, list[Revision]]]
    relayed: Mapping[str, Relayed]
    via: Mapping[bytes, tuple[Way, ...]]


def broken(opened: Opened) -> Refusal:
    """Its parts do not belong together; a correct program never makes such a package."""
    return Refusal(
        "MERGE-BROKEN",
        N_(
            "The package {package} of {name} does not hold together. Ask the sender to update the"
            " program and to send the sheets again."
        ),
        package=opened.envelope.package_id,
        name=opened.signer.name,
    )


def revision_changed(opened: Opened) -> Refusal:
    """A revision came with other content than it had: a mistake or a forgery, never merged."""
    return Refusal(
        "MERGE-REVISION-CHANGED",
        N_(
            "The package {package} of {name} says something else than an earlier one did under the"
            " same id. Ask the sender whether the register was copied, and for a new package."
        ),
        package=opened.envelope.package_id,
        name=opened.signer.name,
    )
