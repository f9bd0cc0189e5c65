"""What a package may not say about sheets and other packages, nor pass on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.packages import container, payload, relays
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.ids import package_record
from taza_desktop.register.model import PACKAGE, REVIEW, Record
from taza_desktop.register.parcel import PackageKind
from tests.packages.kit import (
    DISTRICT,
    KEY,
    NEIGHBOUR,
    REGION,
    RETURNED,
    Sample,
    new_authority,
    review,
    wrote,
)

Change = Callable[[Sample], Sample]
Making = tuple[PackageKind, Change]


def relay(**changes: Any) -> Making:
    """The one package that a return passes on, with other cells."""

    def change(sample: Sample) -> Sample:
        return replace(sample, relayed=[replace(sample.relayed[0], **changes)])

    return "return", change


def relayed_by(name: str, territory: str) -> Making:
    def change(sample: Sample) -> Sample:
        (one,) = sample.relayed
        signer = replace(one.signer, name=name, territory=territory)
        return replace(sample, relayed=[replace(one, signer=signer)])

    return "return", change


def via(ways: Any) -> Making:
    """The ways of the first revision replaced."""

    def change(sample: Sample) -> Sample:
        return replace(sample, via={**sample.via, bytes([1] * 16): ways})

    return "return", change


def saying(kind: PackageKind, office: str, **cells: Any) -> Making:
    """A review in which that office wrote these cells."""
    return kind, lambda sample: _with(sample, REVIEW, review(KEY, wrote(14, office, **cells)))


def telling(kind: PackageKind, office: str, sender: str = DISTRICT, **cells: Any) -> Making:
    """What that office says about a package of that sender."""
    return kind, lambda sample: _with(sample, PACKAGE, told(office, sender, **cells))


def told(office: str, sender: str, **cells: Any) -> Any:
    about = package_record("1d2c3b4a-0d36-4b8e-9a55-0b7d4f0f8a01", sender)
    record = Record(about, SheetKey(0, sender, "2024"), PACKAGE)
    return record, [replace(wrote(14, office, **cells), record=about)]


def _with(sample: Sample, table: str, said: Any) -> Sample:
    """The sample with this in the place of what was said there."""
    kept = [one for one in sample.lineages if one[0].table != table]
    return replace(sample, lineages=[*kept, said]).counted()


def moved(which: str, **changes: Any) -> Making:
    """A record of that table under another key or id."""

    def change(sample: Sample) -> Sample:
        lineages = list(sample.lineages)
        at = next(at for at, one in enumerate(lineages) if one[0].table == which)
        record = replace(lineages[at][0], **changes)
        made = [replace(one, record=record.id) for one in lineages[at][1]]
        lineages[at] = (record, made)
        return replace(sample, lineages=lineages).counted()

    return "return", change


def two_ways(sample: Sample) -> Sample:
    """A revision that came straight, and by way of a village below."""
    (one,) = sample.relayed
    other = replace(one, package_id=one.package_id.replace("1d2c", "2d2c"), seq=2)
    via = {**sample.via, bytes([1] * 16): ((1,), (1, 2))}
    return replace(sample, relayed=[one, other], via=via).counted()


def trusting(pem: Callable[[Sample], bytes]) -> Making:
    return "return", lambda sample: replace(sample, trust=pem(sample))


REFUSED: dict[str, dict[str, Making]] = {
    "PKG-ROW": {
        "an id of a package that is none": relay(package_id="../../x"),
        "a manifest that is none": relay(manifest_sha256="ef"),
        "number zero": relay(seq=0),
        "a control character": relayed_by("a\tb", DISTRICT),
        "a way to nowhere": via(((2,),)),
        "an empty way": via(((),)),
        "a package twice on a way": via(((1, 1),)),
        "a way twice": via(((1,), (1,))),
        "row zero": via(((0,),)),
        "a word for a row": via((("1",),)),
        "a number for a way": via((1,)),
    },
    "PKG-ROUND": {"a package of another round": relay(round="2025")},
    "PKG-TERRITORY": {
        "a package of a neighbour": relayed_by("Х", NEIGHBOUR),
        "a package for what its signer may not speak for": relay(territory=REGION),
        "a package of no office": relayed_by("Х", "999999999"),
        "a clerk judges": saying("submission", DISTRICT, verdict="accepted", of="ab"),
        "a clerk remarks": saying("submission", DISTRICT, **{"remark:planted": "x"}),
        "a region judges itself": (
            "office",
            lambda sample: _with(
                sample,
                REVIEW,
                review(KEY._replace(territory=REGION), wrote(14, REGION, **RETURNED)),
            ),
        ),
        "a region answers for its clerk": saying("return", REGION, **{"answer:planted": "x"}),
        "a region opens the return itself": saying("return", REGION, opened="2025-02-02T09:00:00Z"),
        "a clerk takes a package back": telling("submission", DISTRICT, withdrawn=True),
        "a clerk acknowledges a package": telling("submission", DISTRICT, manifest="cd" * 32),
        "a clerk speaks of the region's packages": telling("submission", DISTRICT, REGION),
        "a return speaks of the region's packages": telling("return", REGION, REGION),
        "a neighbour judges": saying("return", NEIGHBOUR, **RETURNED),
    },
    "PKG-CELL": {
        "a verdict of its own": saying("return", REGION, verdict="rejected"),
        "a fingerprint that is none": saying("return", REGION, of="x"),
        "a list for a reason": saying("return", REGION, reason=["x"]),
        "a remark that runs backwards": saying("return", REGION, **{"remark:": "abc\u202efdp"}),
        "a moment that is none": saying("submission", DISTRICT, opened="yesterday"),
        "a cell that no review has": saying("return", REGION, planted=5),
        "withdrawn by a word": telling("return", REGION, withdrawn="yes"),
        "a manifest that is no hash": telling("return", REGION, manifest="cd"),
        "a cell that no package has": telling("return", REGION, verdict="accepted"),
    },
    "PKG-FORM": {
        "a review under an id of its own": moved(REVIEW, id=bytes([7] * 16)),
        "about a package, under a measure": moved(PACKAGE, sheet=KEY),
        "about a package of another sender": moved(
            PACKAGE, id=package_record("1d2c3b4a-0d36-4b8e-9a55-0b7d4f0f8a01", NEIGHBOUR)
        ),
        "a table of the future": moved(REVIEW, table="votes:"),
    },
    "PKG-TRUST": {
        "no certificate at all": trusting(lambda _: b"-----BEGIN NONSENSE-----"),
        "another authority": trusting(lambda sample: new_authority(sample.now).trust),
        "another authority of the same name": trusting(
            lambda sample: new_authority(sample.now, name="Абай облысы").trust
        ),
    },
}
ATTACKS = [(code, name) for code, attacks in REFUSED.items() for name in attacks]


@pytest.mark.parametrize(("code", "name"), ATTACKS)
def test_it_is_refused(code: str, name: str, sample: Sample, tmp_path: Path):
    kind, change = REFUSED[code][name]
    bad = change(sample.of_kind(kind))
    with pytest.raises(Refusal) as refused:
        bad.verify(bad.good(), tmp_path)
    assert refused.value.code == code
    assert refused.value.text()


GOOD: dict[str, Making] = {
    "a package that came from above": relayed_by("Х", REPUBLIC),
    "a relay that no revision came by": ("return", lambda sample: replace(sample, via={})),
    "several ways": ("return", two_ways),
    "colleagues take back what came from above": telling(
        "office", REGION, REPUBLIC, withdrawn=True
    ),
    "colleagues take back what a colleague sent": telling("office", REGION, REGION, withdrawn=True),
    "a taking back that is taken back": telling("return", REGION, withdrawn=None, reason=None),
    "a judgement takes the answers away": saying(
        "return", REGION, verdict="accepted", of="ab", opened=None, **{"answer:planted": None}
    ),
    "a remark on a cell that the form no longer has": saying(
        "return", REGION, **{"retired:remark:trees": "x"}
    ),
    "words of an office above the sender": saying("return", REPUBLIC, **RETURNED),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_odd_but_allowed_is_read(name: str, sample: Sample, tmp_path: Path):
    kind, change = GOOD[name]
    good = change(sample.of_kind(kind))
    assert good.verify(good.good(), tmp_path)


def test_a_table_of_packages_is_as_strict_as_that_of_records(sample: Sample, tmp_path: Path):
    given = sample.of_kind("return")
    table = relays.write(given.relayed)
    for bad in (
        table.replace(b'"seq"', b'"number"'),
        table + table.splitlines()[1] + b"\n",  # one package twice
        table[:-1],
        json.dumps([column.name for column in payload.COLUMNS]).encode() + b"\n",
    ):
        files = {**given.files(), container.PACKAGES: bad}
        with pytest.raises(Refusal, match="PKG-ROW"):
            given.verify(container.write(given.signed(files)), tmp_path)
