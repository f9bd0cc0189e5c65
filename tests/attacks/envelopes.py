"""Envelopes that say what they may not, well signed: step 7."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from taza_desktop.packages import certificates, container, envelope
from tests.attacks.kit import Attack, Table, signed_by
from tests.packages.kit import NEIGHBOUR, REGION, Sample

OTHER_REGION = "110000000"


def head(**changes: Any) -> Attack:
    """Another envelope; None takes a key out."""

    def attack(sample: Sample) -> bytes:
        said = {**json.loads(envelope.write(sample.said)), **changes}
        kept = {name: value for name, value in said.items() if value is not None}
        return container.write(sample.signed(sample.files(head=json.dumps(kept).encode())))

    return attack


def raw(change: Callable[[bytes], bytes]) -> Attack:
    """An envelope of other bytes."""

    def attack(sample: Sample) -> bytes:
        good = envelope.write(sample.said)
        changed = change(good)
        assert changed != good
        return container.write(sample.signed(sample.files(head=changed)))

    return attack


def saying(**changes: Any) -> Attack:
    """An envelope of other content, which the rest of the package fits."""
    return lambda sample: container.write(
        sample.signed(sample.files(replace(sample.said, **changes)))
    )


def replaced(old: str, new: str) -> Attack:
    return raw(lambda said: said.replace(old.encode(), new.encode(), 1))


def by_neighbour(sample: Sample) -> bytes:
    """The clerk of one district signs for another."""
    key = certificates.new_key()
    return signed_by(sample, key, sample.authority.certify(key, NEIGHBOUR, sample.now))


def by_somebody_of_another_region(sample: Sample) -> bytes:
    """Our authority has certified somebody whom it has no power over."""
    key = certificates.new_key()
    made = sample.authority.certify(key, OTHER_REGION, sample.now)
    other = replace(sample, said=replace(sample.said, territory=OTHER_REGION))
    return signed_by(other, key, made)


def other_descriptor(sample: Sample) -> bytes:
    files = sample.files()
    files[container.DESCRIPTOR] = files[container.DESCRIPTOR].replace(b"KATO", b"kato")
    return container.write(sample.signed(files))


REFUSED: Table = {
    "PKG-ENVELOPE": {
        "no JSON": raw(lambda _: b"{"),
        "no object": raw(lambda _: b"[]"),
        "nothing": raw(lambda _: b" "),
        "a byte order mark": raw(lambda one: b"\xef\xbb\xbf" + one),
        "UTF-16": raw(lambda one: one.decode().encode("utf-16")),
        "a key twice": replaced('"kind"', '"seq": 9, "kind"'),
        "a key twice, the second written otherwise": replaced('"kind"', '"se\\u0071": 9, "kind"'),
        "NaN": replaced('"seq": 3', '"seq": NaN'),
        "infinity": replaced('"seq": 3', '"seq": Infinity'),
        "half a number": head(seq=1.5),
        "a number beyond 2^53": head(seq=2**53 + 1),
        "a number of 5000 digits": replaced('"seq": 3', '"seq": ' + "9" * 5000),
        "nested without end": replaced('"seq": 3', '"seq": ' + "[" * 30000 + "]" * 30000),
        "half a character": head(app="\ud83d"),
        "another format": head(format="other"),
        "no version": head(version=None),
        "a version that is none": head(version="1.0; 2.0"),
        "a key that this version has not": head(colour="green"),
        "a key missing": head(seq=None),
        "number zero": head(seq=0),
        "true for a number": head(seq=True),
        "an id that is a path": head(package_id="../../x"),
        "an id of another kind": head(package_id="8c5c1a1e-0d36-1b8e-9a55-0b7d4f0f8a01"),
        "a territory that is a path": head(territory="../../../"),
        "digits of another script": head(territory="١٠٣٢٠٠٠٠٠"),
        "a program's name that clears the screen": head(app="\x1b[2J"),
        "critical that is no list": head(critical="sealed"),
        "counts that are none": head(counts={"records": "many"}),
    },
    "PKG-NEWER": {
        "a newer major version": head(version="2.0"),
        "a newer major version of another shape": head(version="9999.0", shape="unknown", seq=None),
    },
    "PKG-CRITICAL": {
        "something critical that is not known": head(critical=["sealed"]),
        "something critical in a newer minor version": head(version="1.9", critical=["split"]),
    },
    "PKG-KIND": {
        "a kind of the future": head(kind="future"),
    },
    "PKG-AUDIENCE": {
        "for a neighbour": saying(audience=NEIGHBOUR),
        "for another region": saying(audience=OTHER_REGION),
        "for nobody": saying(audience="999999999"),
    },
    "PKG-TERRITORY": {
        "a district speaks for another": by_neighbour,
        "a district speaks for the region": saying(territory=REGION),
        "a district speaks for another region": saying(territory=OTHER_REGION),
        "somebody of another region": by_somebody_of_another_region,
        "a territory that is none": saying(territory="1" * 9),
    },
    "PKG-ROUND": {
        "a round that is none": saying(round="2024-XX"),
    },
    "PKG-COUNTS": {
        "other counts": saying(counts={"records": 1}),
        "no counts": saying(counts={}),
    },
    "PKG-DESCRIPTOR": {
        "another description of the data": other_descriptor,
    },
}

GOOD: dict[str, Attack] = {
    "a newer minor version with a new key": head(version="1.7", colour="green"),
}
