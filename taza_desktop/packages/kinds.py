"""The kinds of packages: which way each goes, whose sheets it is about, what comes along."""

from __future__ import annotations

from typing import Literal, NamedTuple

from taza_desktop.register.parcel import PackageKind


class Kind(NamedTuple):
    """What holds for every package of a kind.

    Attributes:
        audience: where the office that it is meant for stands in the tree, seen from the sender.
        about: whose territory the sheets in it are of.
        relays: whether it names the packages that brought what the sender passes on.
        trust: whether the sender's list of revoked certificates may come along.
        records: whether it brings revisions; one that does not brings attachments alone.
    """

    audience: Literal["above", "below", "same"]
    about: Literal["sender", "audience"]
    relays: bool = True
    trust: bool = False
    records: bool = True


KINDS: dict[PackageKind, Kind] = {
    "submission": Kind("above", "sender"),
    "attachments": Kind("above", "sender", relays=False, records=False),
    "return": Kind("below", "audience", trust=True),
    "receipt": Kind("below", "audience", trust=True),
    "office": Kind("same", "sender", trust=True),
}
