"""Lists of contents that mislead, all of them well signed: steps 5 and 6."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from taza_desktop.packages import container, manifest
from tests.attacks.kit import Attack, Table
from tests.packages.kit import Sample, picture

PASSWD = Path("/etc/passwd").as_uri()


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


def seconded(change: Callable[[bytes], bytes] = bytes, signature: bytes | None = None) -> Attack:
    """A second manifest beside the first, signed with these bytes or those of the first."""

    def attack(sample: Sample) -> bytes:
        made = sample.parts
        listed = manifest.write(sample.files(), container.SECOND_SIGNATURE)
        again = {
            container.SECOND_MANIFEST: change(listed),
            container.SECOND_SIGNATURE: made[container.SIGNATURE]
            if signature is None
            else signature,
        }
        return container.write({**made, **again})

    return attack


def reference(name: str) -> Callable[[bytes], bytes]:
    """One file more in the list."""
    more = (
        f'<asic:DataObjectReference URI="{name}"><ds:DigestMethod Algorithm='
        f'"http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>{"A" * 43}=</ds:DigestValue>'
        "</asic:DataObjectReference></asic:ASiCManifest>"
    )
    return replaced("</asic:ASiCManifest>", more)


def with_root(before: str) -> Callable[[bytes], bytes]:
    return replaced("<asic:ASiCManifest", f"{before}<asic:ASiCManifest")


def with_entity(listed: bytes) -> bytes:
    """A digest that an entity brings in."""
    start = listed.index(b"<ds:DigestValue>") + len(b"<ds:DigestValue>")
    digest = listed[start : start + 44].decode()
    body = listed[:start] + b"&a;" + listed[start + 44 :]
    return with_root(f'<!DOCTYPE x [<!ENTITY a "{digest}">]>')(body)


def unsigned_extra(sample: Sample) -> bytes:
    return container.write({**sample.parts, f"attachments/{'0' * 32}.png": picture()})


def changed(name: str, old: bytes, new: bytes) -> Attack:
    """A file changed after it was signed."""

    def attack(sample: Sample) -> bytes:
        made = sample.parts
        assert old in made[name]
        return container.write({**made, name: made[name].replace(old, new)})

    return attack


def changed_attachment(sample: Sample) -> bytes:
    made = sample.parts
    (name,) = sample.attachments
    return container.write({**made, name: made[name] + b"\0"})


def half_of_another(sample: Sample) -> bytes:
    """The envelope of a package and the records of another, both good."""
    other = sample.signed(sample.files(records=sample.records(1)))
    return container.write({**sample.parts, container.RECORDS: other[container.RECORDS]})


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
XINCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{}" parse="text"/>'

REFUSED: Table = {
    "PKG-MANIFEST": {
        "not XML": listing(lambda _: b"PK"),
        "a document type": listing(with_root("<!DOCTYPE x>")),
        "a document type with entities": listing(with_root('<!DOCTYPE x [<!ENTITY a "b">]>')),
        "a document type from elsewhere": listing(
            with_root('<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">')
        ),
        "a digest out of an entity": listing(with_entity),
        "a file of this PC in an entity": listing(
            with_root(f'<!DOCTYPE x [<!ENTITY a SYSTEM "{PASSWD}">]>')
        ),
        "a billion laughs": listing(with_root(LAUGHS)),
        "XInclude": listing(replaced("<asic:Sig", XINCLUDE.format(PASSWD) + "<asic:Sig")),
        "a style sheet": listing(with_root('<?xml-stylesheet href="http://127.0.0.1:1/x"?>')),
        "a comment": listing(replaced("<asic:Sig", "<!-- x --><asic:Sig")),
        "a comment inside a digest": listing(replaced("=</ds:", "<!-- x -->=</ds:")),
        "an instruction": listing(replaced("<asic:Sig", "<?x y?><asic:Sig")),
        "text between": listing(replaced("<asic:Sig", "x<asic:Sig")),
        "nested without end": listing(
            replaced("<asic:Sig", "<a>" * 5000 + "</a>" * 5000 + "<asic:Sig")
        ),
        "another root": listing(replaced("ASiCManifest", "Manifest", 9)),
        "another namespace": listing(replaced("02918/v1.2.1", "02918/v9")),
        "another file as the signature": listing(replaced("signature001", "signature002")),
        "two references to the signature": listing(
            lambda one: one.replace(
                b"<asic:SigReference", b'<asic:SigReference URI="x"/><asic:SigReference', 1
            )
        ),
        "SHA-1": listing(replaced("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1")),
        "a digest that is none": listing(replaced("<ds:DigestValue>", "<ds:DigestValue>A")),
        "no digest": listing(replaced("<ds:DigestMethod", "<ds:Transforms/><ds:DigestMethod")),
        "an attribute of its own": listing(replaced(" MimeType", ' Id="x" MimeType')),
        "a file twice": listing(
            lambda one: one.replace(container.RECORDS.encode(), container.ENVELOPE.encode())
        ),
        "in another encoding": listing(
            lambda one: one.decode().replace("UTF-8", "UTF-7").encode().replace(b"<a", b"+ADw-a")
        ),
        "a second list of other files": seconded(reference(f"attachments/{'0' * 32}.png")),
        "a second list that is signed by the first": seconded(
            replaced("signature002", "signature001")
        ),
        "a second list with a document type": seconded(with_root("<!DOCTYPE x>")),
    },
    "PKG-SECOND": {
        "a second signature over something else": seconded(),
        "a second signature that is noise": seconded(signature=b"\x30\x03\2\1\1"),
        "an empty second signature": seconded(signature=b""),
    },
    "PKG-FILES": {
        "an unsigned file more": unsigned_extra,
        "a file that is not there": listing(replaced("data/records", "data/recordz")),
        "a file of this PC": listing(reference(PASSWD)),
        "a path upwards": listing(reference("../envelope.json")),
        "itself": listing(reference(container.MANIFEST)),
        "a signed file less": listing(
            lambda one: one[: one.rindex(b"<asic:DataObjectReference")] + b"</asic:ASiCManifest>"
        ),
    },
    "PKG-CHANGED": {
        "records changed": changed(container.RECORDS, b"176", b"976"),
        "the envelope changed": changed(container.ENVELOPE, b'"seq": 3', b'"seq": 4'),
        "the description changed": changed(container.DESCRIPTOR, b"KATO", b"kato"),
        "an attachment changed": changed_attachment,
        "parts of two packages": half_of_another,
    },
}

GOOD: dict[str, Attack] = {
    "a list of contents without media types": listing(
        lambda one: one.replace(b' MimeType="application/json"', b"")
    ),
    "a list of contents on one line": listing(lambda one: one.replace(b"\n", b"")),
    "other prefixes": listing(lambda one: one.replace(b"asic:", b"a:").replace(b":asic", b":a")),
    "a root file": listing(replaced('records.jsonl"', 'records.jsonl" Rootfile="true"')),
}
