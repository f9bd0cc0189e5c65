"""Containers made to deceive or to drown: steps 1 and 2, before any signature is looked at."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.packages import container, limits
from taza_desktop.packages.container import MIMETYPE, Container
from tests.packages.kit import Attack, Sample

Entries = list[tuple[zipfile.ZipInfo, bytes]]


class _Zero(int):
    """No attributes; zipfile takes a false value for none given and puts its own."""

    def __bool__(self) -> bool:
        return True


def info(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.compress_type = method
    made.create_system, made.external_attr = 0, _Zero()
    return made


def entries(sample: Sample) -> Entries:
    """The sample as the standard library would zip it: another way to the very same bytes."""
    files = sample.signed(sample.files())
    stored = {name for name in files if name.startswith("attachments/")}
    return [
        (info("mimetype", zipfile.ZIP_STORED), MIMETYPE),
        *(
            (info(name, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED), content)
            for name, content in sorted(files.items())
        ),
    ]


def zipped(given: Iterable[tuple[zipfile.ZipInfo, bytes]], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.comment = comment
        for one, content in given:
            made.writestr(one, content, compresslevel=9)
    return out.getvalue()


def with_entry(name: str, content: bytes = b"", **attributes: int) -> Attack:
    """The sample and one entry more."""

    def attack(sample: Sample) -> bytes:
        extra = info(name)
        for attribute, value in attributes.items():
            setattr(extra, attribute, value)
        return zipped([*entries(sample), (extra, content)])

    return attack


def changed(sample: Sample, name: str, **attributes: object) -> bytes:
    """The sample with one entry's header changed."""
    given = entries(sample)
    for one, _ in given:
        if one.filename == name:
            for attribute, value in attributes.items():
                setattr(one, attribute, value)
    return zipped(given)


def patched(old: bytes, new: bytes, which: int = 0) -> Attack:
    """The sample with some bytes of its headers overwritten."""

    def attack(sample: Sample) -> bytes:
        data = sample.good()
        at = -1
        for _ in range(which + 1):
            at = data.index(old, at + 1)
        return data[:at] + new + data[at + len(old) :]

    return attack


def duplicate(name: str) -> Attack:
    def attack(sample: Sample) -> bytes:
        given = entries(sample)
        twin = next(content for one, content in given if one.filename == name)
        with pytest.warns(UserWarning, match="Duplicate name"):
            return zipped([*given, (info(name), twin)])

    return attack


def overlapping(sample: Sample) -> bytes:
    """The last entry of the directory points into the one before it."""
    data = sample.good()
    last = data.rindex(b"PK\1\2")
    before = data.rindex(b"PK\1\2", 0, last)
    (offset,) = struct.unpack_from("<I", data, before + 42)
    return data[: last + 42] + struct.pack("<I", offset) + data[last + 46 :]


def gap(sample: Sample) -> bytes:
    """A few bytes between the entries and the directory, which the end record knows of."""
    data = sample.good()
    end = len(data) - 22
    size, offset = struct.unpack_from("<2I", data, end + 12)
    moved = data[end : end + 16] + struct.pack("<I", offset + 4) + b"\0\0"
    return data[:offset] + b"gap!" + data[offset : offset + size] + moved


def wrong_crc(sample: Sample) -> bytes:
    data = sample.good()
    records = sample.files()[container.RECORDS]
    crc = struct.pack("<I", zlib.crc32(records))
    assert data.count(crc) == 2
    return data.replace(crc, struct.pack("<I", zlib.crc32(records) ^ 1))


def lying_size(sample: Sample) -> bytes:
    """Announces fewer bytes than the stream inflates to."""
    data = sample.good()
    records = sample.files()[container.RECORDS]
    size = struct.pack("<I", len(records))
    assert data.count(size) == 2
    return data.replace(size, struct.pack("<I", len(records) - 10))


def without(name: str) -> Attack:
    return lambda sample: zipped(one for one in entries(sample) if one[0].filename != name)


def bomb(sample: Sample) -> bytes:
    return zipped(
        (one, b"0" * 40_000_000 if one.filename == container.RECORDS else content)
        for one, content in entries(sample)
    )


def many(sample: Sample) -> bytes:
    names = (f"attachments/{number:032x}.png" for number in range(limits.ENTRIES))
    return zipped([*entries(sample), *((info(name), b"x") for name in names)])


def data_descriptor(sample: Sample) -> bytes:
    """As a program writes that cannot go back: sizes follow the data."""

    class OneWay(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    out = OneWay()
    with zipfile.ZipFile(out, "w") as made:
        for one, content in entries(sample):
            made.writestr(one, content)
    return out.getvalue()


REFUSED: dict[str, dict[str, Attack]] = {
    "PKG-NOT-ONE": {
        "empty": lambda _: b"",
        "some other zip": lambda _: zipped([(info("word/document.xml"), b"x")]),
        "something before it": lambda sample: b"MZ" + sample.good(),
        "mimetype missing": without("mimetype"),
        "mimetype later": lambda sample: zipped(reversed(entries(sample))),
        "mimetype of an odt": lambda sample: sample.good().replace(
            MIMETYPE, b"application/vnd.oasis.opendocum"
        ),
        "sizes behind the data": data_descriptor,
    },
    "PKG-END": {
        "trailing bytes": lambda sample: sample.good() + b"\0",
        "another zip behind it": lambda sample: sample.good() + zipped(entries(sample)),
        "cut short": lambda sample: sample.good()[:-30],
        "a comment": lambda sample: zipped(entries(sample), b"hello"),
    },
    "PKG-ENTRY": {
        "a path upwards": with_entry("../evil.sh"),
        "an absolute path": with_entry("/etc/passwd"),
        "a path of Windows": with_entry("C:\\evil.exe"),
        "a path inside attachments": with_entry("attachments/../../x.png"),
        "a folder": with_entry("attachments/"),
        "a program": with_entry("setup.exe"),
        "a newline in a name": with_entry("attachments/" + "0" * 32 + ".png\n"),
        "a second signature": with_entry("META-INF/signature002.p7s"),
        "one name in two cases": with_entry("Envelope.json"),
        "one name twice": duplicate(container.RECORDS),
        "mimetype twice": duplicate("mimetype"),
        "a name only in the directory": patched(b"envelope.json", b"envelopf.json", 1),
    },
    "PKG-DIRECTORY": {
        "a symbolic link": lambda sample: changed(
            sample, container.RECORDS, create_system=3, external_attr=0o120777 << 16
        ),
        "an extra field": lambda sample: changed(sample, container.RECORDS, extra=b"UT\5\0\3abcd"),
        "a comment of an entry": lambda sample: changed(
            sample, container.RECORDS, comment=b"hidden"
        ),
        "another date": lambda sample: changed(
            sample, container.RECORDS, date_time=(2026, 1, 1, 0, 0, 0)
        ),
        "bzip2": lambda sample: changed(sample, container.RECORDS, compress_type=zipfile.ZIP_BZIP2),
        "encrypted": patched(b"PK\1\2\x14\0\x14\0\0\0", b"PK\1\2\x14\0\x14\0\1\0"),
        "a local header of its own": patched(b"envelope.json", b"envelopf.json"),
        "overlapping entries": overlapping,
        "a gap": gap,
    },
    "PKG-TOO-BIG": {
        "a bomb": bomb,
        "too many entries": many,
        "an envelope of a megabyte": lambda sample: container.write(
            sample.signed(sample.files(head=b" ".join([b"%x" % n for n in range(200_000)])))
        ),
    },
    "PKG-MISSING": {
        "no signature": without(container.SIGNATURE),
        "no records": without(container.RECORDS),
    },
    "PKG-CONTENT": {
        "a wrong checksum": wrong_crc,
        "a size that lies": lying_size,
    },
}
ATTACKS = [(code, name) for code, attacks in REFUSED.items() for name in attacks]


@pytest.mark.parametrize(("code", "name"), ATTACKS)
def test_it_is_refused(code: str, name: str, sample: Sample, tmp_path: Path):
    data = REFUSED[code][name](sample)
    with pytest.raises(Refusal) as refused:
        sample.verify(data, tmp_path)
    assert refused.value.code == code


def test_a_file_beyond_the_limit_is_not_read(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "FILE", 100)
    with pytest.raises(Refusal, match="PKG-TOO-BIG"):
        sample.verify(sample.good(), tmp_path)


def test_the_standard_library_writes_and_reads_the_same_container(sample: Sample):
    files = sample.signed(sample.files())
    ours = container.write(files)
    theirs = zipped(
        (info("mimetype", 0) if name == "mimetype" else info(name, _method(ours, name)), content)
        for name, content in [("mimetype", MIMETYPE), *sorted(files.items())]
    )
    assert ours == theirs
    with zipfile.ZipFile(io.BytesIO(ours)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in files} == files


def _method(data: bytes, name: str) -> int:
    return Container(data, "x").entries[name].method


def test_the_same_content_gives_the_same_bytes():
    files = {"envelope.json": b"{}", "datapackage.json": b"{}" * 100}
    assert container.write(files) == container.write(dict(reversed(files.items())))


def test_what_deflates_too_well_is_stored_so_that_it_can_be_read():
    files = dict.fromkeys(container.REQUIRED[1:], b"x")
    files[container.RECORDS] = b"0" * 30_000_000
    box = Container(container.write(files), "x")
    assert box.read(container.RECORDS) == files[container.RECORDS]
