"""Well signed packages that say what they may not: steps 5 to 10."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.packages import certificates, container, envelope, manifest, payload
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.model import Record
from taza_desktop.register.register import Register
from tests.packages.kit import DISTRICT, NEIGHBOUR, REGION, Attack, Sample, dumped, picture


def listing(change: Callable[[bytes], bytes]) -> Attack:
    """Another manifest, signed."""

    def attack(sample: Sample) -> bytes:
        files = sample.files()
        good = manifest.write(files)
        listed = change(good)
        assert listed != good
        return container.write(sample.signed(files, listed))

    return attack


def replaced(old: str, new: str, count: int = 1) -> Callable[[bytes], bytes]:
    return lambda listed: listed.replace(old.encode(), new.encode(), count)


def head(**changes: Any) -> Attack:
    """Another envelope, signed; None takes a key out."""

    def attack(sample: Sample) -> bytes:
        said = {**json.loads(envelope.write(sample.said)), **changes}
        kept = {name: value for name, value in said.items() if value is not None}
        return container.write(sample.signed(sample.files(head=json.dumps(kept).encode())))

    return attack


def raw_head(change: Callable[[bytes], bytes]) -> Attack:
    def attack(sample: Sample) -> bytes:
        files = sample.files(head=change(envelope.write(sample.said)))
        return container.write(sample.signed(files))

    return attack


def wrote(record: int = 0, **changes: Any) -> Attack:
    return lambda sample: sample.with_changes(record, **changes)


def elsewhere(**changes: Any) -> Attack:
    """Every record of another sheet."""

    def attack(sample: Sample) -> bytes:
        key = sample.lineages[0][0].sheet._replace(**changes)
        moved: payload.Payload = []
        for number, (record, revisions) in enumerate(sample.lineages):
            if number:
                made = replace(record, sheet=key)
                moved.append((made, [replace(one, record=made.id) for one in revisions]))
        return sample.with_lineages(moved, {})

    return attack


def by_office(office: str) -> Attack:
    def attack(sample: Sample) -> bytes:
        record, (one,) = sample.lineages[1]
        return sample.with_lineages([(record, [replace(one, office=office)])], {})

    return attack


def as_neighbour(sample: Sample) -> bytes:
    """B's clerk signs for A."""
    key = certificates.new_key()
    given = sample.authority.certify(key, NEIGHBOUR, sample.now)
    return replace(sample, key=key, certificate=given).good()


def attaching(content: bytes, kind: str = "image/png", size: int | None = None) -> Attack:
    """A cell that names this attachment, and the attachment."""

    def attack(sample: Sample) -> bytes:
        digest = sha256(content).hexdigest()
        extension = {"image/png": "png", "image/jpeg": "jpg", "application/pdf": "pdf"}[kind]
        named = {"sha256": digest, "name": "x", "type": kind, "size": size or len(content)}
        record, revisions = sample.lineages[0]
        last = replace(revisions[-1], parents=(), changes={"photo": named})
        entry = f"attachments/{digest[:32]}.{extension}"
        return sample.with_lineages([(record, [last])], {entry: content})

    return attack


def unsigned_extra(sample: Sample) -> bytes:
    made = sample.signed(sample.files())
    return container.write({**made, f"attachments/{'0' * 32}.png": picture()})


def changed_records(sample: Sample) -> bytes:
    made = sample.signed(sample.files())
    records = made[container.RECORDS].replace(b"176", b"976")
    return container.write({**made, container.RECORDS: records})


def changed_attachment(sample: Sample) -> bytes:
    made = sample.signed(sample.files())
    (name,) = sample.attachments
    return container.write({**made, name: made[name] + b"\0"})


def other_descriptor(sample: Sample) -> bytes:
    files = sample.files()
    files[container.DESCRIPTOR] = files[container.DESCRIPTOR].replace(b"KATO", b"kato")
    return container.write(sample.signed(files))


DTD = '<!DOCTYPE x [<!ENTITY a "b">]><asic:ASiCManifest'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><asic:ASiCManifest'
)
OUTSIDE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><asic:ASiCManifest'

REFUSED: dict[str, dict[str, Attack]] = {
    "PKG-MANIFEST": {
        "not XML": listing(lambda _: b"PK"),
        "a DTD": listing(replaced("<asic:ASiCManifest", DTD)),
        "a DTD from elsewhere": listing(replaced("<asic:ASiCManifest", OUTSIDE)),
        "a billion laughs": listing(replaced("<asic:ASiCManifest", LAUGHS)),
        "a comment": listing(replaced("<asic:Sig", "<!-- x --><asic:Sig")),
        "an instruction": listing(replaced("<asic:Sig", "<?x y?><asic:Sig")),
        "text between": listing(replaced("<asic:Sig", "x<asic:Sig")),
        "another root": listing(replaced("ASiCManifest", "Manifest", 9)),
        "another namespace": listing(replaced("02918/v1.2.1", "02918/v9")),
        "another signature file": listing(replaced("signature001", "signature002")),
        "SHA-1": listing(replaced("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1")),
        "a digest that is none": listing(replaced("<ds:DigestValue>", "<ds:DigestValue>A")),
        "an attribute of its own": listing(replaced(" MimeType", ' Rootfile="true" MimeType')),
        "a file twice": listing(
            lambda one: one.replace(container.RECORDS.encode(), b"envelope.json")
        ),
    },
    "PKG-FILES": {
        "an unsigned file more": unsigned_extra,
        "a reference to nothing": listing(replaced("data/records", "data/recordz")),
        "a reference to itself": listing(
            replaced("data/records.jsonl", "META-INF/ASiCManifest001.xml")
        ),
    },
    "PKG-CHANGED": {
        "records changed": changed_records,
        "an attachment changed": changed_attachment,
    },
    "PKG-ENVELOPE": {
        "no JSON": raw_head(lambda _: b"{"),
        "no object": raw_head(lambda _: b"[]"),
        "a key twice": raw_head(lambda one: one.replace(b'"kind"', b'"seq":9,"kind"')),
        "another format": head(format="other"),
        "no version": head(version=None),
        "a key that this version has not": head(colour="green"),
        "a key missing": head(seq=None),
        "number zero": head(seq=0),
        "true for a number": head(seq=True),
        "half a number": head(seq=1.5),
        "an id that is none": head(package_id="../../x"),
    },
    "PKG-NEWER": {
        "a newer major version": head(version="2.0", shape="unknown"),
    },
    "PKG-CRITICAL": {
        "something critical": head(critical=["sealed"]),
    },
    "PKG-KIND": {
        "a kind of the future": head(kind="card"),
    },
    "PKG-AUDIENCE": {
        "for another office": lambda one: container.write(
            one.signed(one.files(replace(one.said, audience=NEIGHBOUR)))
        ),
    },
    "PKG-TERRITORY": {
        "B signs for A": as_neighbour,
        "a territory above the signer's": lambda one: container.write(
            one.signed(one.files(replace(one.said, territory=REGION)))
        ),
        "a territory that is none": lambda one: container.write(
            one.signed(one.files(replace(one.said, territory="1" * 9)))
        ),
        "a record of a neighbour": elsewhere(territory=NEIGHBOUR),
        "a record of no territory": elsewhere(territory="999999999"),
        "written by a neighbour": by_office(NEIGHBOUR),
        "written by nobody": by_office("999999999"),
    },
    "PKG-ROUND": {
        "a round that is none": lambda one: container.write(
            one.signed(one.files(replace(one.said, round="2024-XX")))
        ),
        "a record of another round": elsewhere(round="2025"),
    },
    "PKG-COUNTS": {
        "an attachment missing": lambda one: container.write(one.signed(one.files(attachments={}))),
        "other counts": lambda one: container.write(
            one.signed(one.files(replace(one.said, counts={"records": 1})))
        ),
    },
    "PKG-DESCRIPTOR": {
        "another descriptor": other_descriptor,
    },
    "PKG-FORM": {
        "a measure without a form": elsewhere(measure=7),
        "a table that the form has not": lambda one: one.with_lineages(
            [
                (replace(record, table="winners"), revisions)
                for record, revisions in one.lineages[1:]
            ],
            {},
        ),
        "figures under an id of their own": lambda one: one.with_lineages(
            [(Record(one.lineages[1][0].id, one.lineages[0][0].sheet), one.lineages[1][1])], {}
        ),
    },
    "PKG-CELL": {
        "a cell that the form has not": wrote(colour="green"),
        "a computed figure": wrote(share="88.0"),
        "a text for a number": wrote(planned="many"),
        "a number for a text": wrote(note=5),
        "a list for a number": wrote(planned=["5"]),
        "a picture for a text": wrote(
            note={"sha256": "0" * 64, "name": "x", "type": "image/png", "size": 1}
        ),
        "true for a figure": wrote(planned=True),
        "text that runs backwards": wrote(note="abc\u202efdp.exe"),
        "a remark on nothing": wrote(**{"remark:colour": "green"}),
        "the figures deleted": wrote(**{"deleted:": True}),
        "deleted halfway": wrote(1, **{"deleted:": False}),
        "deleted by a word": wrote(1, **{"deleted:": "yes"}),
        "an attachment with a path": wrote(
            photo={"sha256": "0" * 64, "name": "../x", "type": "image/png", "size": 1}
        ),
        "an attachment of another type": wrote(
            photo={"sha256": "0" * 64, "name": "x", "type": "text/html", "size": 1}
        ),
    },
    "PKG-ATTACHMENTS": {
        "an attachment that no cell names": lambda one: one.with_lineages(
            one.lineages[1:], one.attachments
        ),
    },
    "PKG-ATTACHMENT": {
        "a page of the web": attaching(b"<html><script>"),
        "a program": attaching(b"MZ\x90\0", "application/pdf"),
        "a PDF as a picture": attaching(b"%PDF-1.7\n%%EOF"),
        "a picture as a PDF": attaching(picture(), "application/pdf"),
        "a PDF cut short": attaching(b"%PDF-1.7\n", "application/pdf"),
        "PNG as JPEG": attaching(picture(), "image/jpeg"),
        "a picture cut short": attaching(picture("JPEG", (600, 600))[:-400], "image/jpeg"),
        "a picture that is noise": attaching(picture()[:40] + b"x" * 200),
        "a picture too large to draw": attaching(picture("PNG", (5000, 4000))),
        "another size": attaching(picture(), size=9),
    },
}
ATTACKS = [(code, name) for code, attacks in REFUSED.items() for name in attacks]


@pytest.mark.parametrize(("code", "name"), ATTACKS)
def test_it_is_refused_and_nothing_changes(
    code: str, name: str, sample: Sample, region: Register, tmp_path: Path
):
    data, before = REFUSED[code][name](sample), dumped(region)
    with pytest.raises(Refusal) as refused:
        sample.verify(data, tmp_path)
    assert refused.value.code == code
    assert refused.value.text()
    assert dumped(region) == before


GOOD: dict[str, Attack] = {
    "written by the region": by_office(REGION),
    "written by the republic": by_office(REPUBLIC),
    "blanks": wrote(planned=None, note=None),
    "a cell put back": wrote(1, **{"deleted:": None}),
    "a PDF": attaching(b"%PDF-1.7\nanything\n%%EOF\n", "application/pdf"),
    "a line break in a text": wrote(note="бір\nекі"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_odd_but_allowed_is_read(name: str, sample: Sample, tmp_path: Path):
    assert sample.verify(GOOD[name](sample), tmp_path)


def test_two_cells_may_name_one_attachment(sample: Sample, tmp_path: Path):
    (record, (first, second)), *_ = sample.lineages
    again = replace(second, changes={"photo": first.changes["photo"]})
    opened = sample.verify(
        sample.with_lineages([(record, [first, again])], sample.attachments), tmp_path
    )
    assert opened.envelope.counts["attachments"] == 1


def test_a_second_cell_cannot_give_an_attachment_another_size(sample: Sample, tmp_path: Path):
    (record, (first, second)), *_ = sample.lineages
    photo: Any = first.changes["photo"]
    again = replace(second, changes={"photo": {**photo, "size": 1}})
    with pytest.raises(Refusal, match="PKG-ATTACHMENT:"):
        sample.verify(
            sample.with_lineages([(record, [first, again])], sample.attachments), tmp_path
        )


def test_the_sheet_of_a_territory_below_is_the_offices_own(sample: Sample, tmp_path: Path):
    village = next(one.kato for one in sample.plan.territories.children(DISTRICT))
    key = SheetKey(6, village, "2024")
    record = replace(sample.lineages[1][0], sheet=key)
    data = sample.with_lineages([(record, sample.lineages[1][1])], {})
    assert sample.verify(data, tmp_path).records == [record]
