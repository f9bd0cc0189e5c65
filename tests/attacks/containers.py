"""Containers made to deceive or to drown: steps 1 and 2, before any signature is looked at."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable

from taza_desktop.packages import container, limits, sealing
from taza_desktop.packages.directory import MIMETYPE
from tests.attacks.kit import Attack, Table
from tests.packages.kit import Sample, picture

Entries = list[tuple[zipfile.ZipInfo, bytes]]
LONG_NAME = "attachments/" + "0" * 32 + ".png"


def info(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.compress_type = method
    made.create_system = 0
    return made


def entries(sample: Sample) -> Entries:
    """The sample as the standard library zips it."""
    files = sample.parts
    stored = {name for name in files if name.startswith("attachments/")}
    return [
        (info("mimetype", zipfile.ZIP_STORED), MIMETYPE),
        *(
            (info(name, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED), content)
            for name, content in sorted(files.items())
        ),
    ]


def zipped(
    given: Iterable[tuple[zipfile.ZipInfo, bytes]],
    comment: bytes = b"",
    out: io.BytesIO | None = None,
) -> bytes:
    out = out or io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as made:
        warnings.simplefilter("ignore")  # of a name that stands twice
        made.comment = comment
        for one, content in given:
            made.writestr(one, content, compresslevel=9)
    return out.getvalue()


class OneWay(io.BytesIO):
    """What a program writes to that cannot go back: sizes follow the data."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation


def with_entry(name: str, content: bytes = b"", **attributes: object) -> Attack:
    """The sample and one entry more."""

    def attack(sample: Sample) -> bytes:
        extra = info(name)
        for attribute, value in attributes.items():
            setattr(extra, attribute, value)
        return zipped([*entries(sample), (extra, content)])

    return attack


def changed(**attributes: object) -> Attack:
    """The sample with the header of its records changed."""

    def attack(sample: Sample) -> bytes:
        files = entries(sample)
        for one, _ in files:
            if one.filename == container.RECORDS:
                for attribute, value in attributes.items():
                    setattr(one, attribute, value)
        return zipped(files)

    return attack


def with_extra(kind: int, content: bytes) -> Attack:
    """The records with one extra field in both of their headers."""
    return changed(extra=struct.pack("<2H", kind, len(content)) + content)


def patched(old: bytes, new: bytes, which: int = 0) -> Attack:
    """The sample with some bytes of its headers overwritten."""

    def attack(sample: Sample) -> bytes:
        data = sample.good()
        at = -1
        for _ in range(which + 1):
            at = data.index(old, at + 1)
        return data[:at] + new + data[at + len(old) :]

    return attack


def headers(name: str, at: int, listed: int, form: str, change: Callable[[int], int]) -> Attack:
    """A number in both headers of an entry changed; `at` and `listed` are its places there."""

    def attack(sample: Sample) -> bytes:
        data = bytearray(sample.good())
        for place in (
            data.rindex(name.encode(), 0, data.index(b"PK\1\2")) - 30 + at if at >= 0 else None,
            data.rindex(name.encode()) - 46 + listed if listed >= 0 else None,
        ):
            if place is not None:
                (old,) = struct.unpack_from(form, data, place)
                struct.pack_into(form, data, place, change(old))
        return bytes(data)

    return attack


def ending(at: int, form: str, change: Callable[[int], int]) -> Attack:
    """A number of the end record changed."""

    def attack(sample: Sample) -> bytes:
        data = bytearray(sample.good())
        (old,) = struct.unpack_from(form, data, len(data) - 22 + at)
        struct.pack_into(form, data, len(data) - 22 + at, change(old))
        return bytes(data)

    return attack


def twice(name: str) -> Attack:
    """One entry more with the name of another; programs differ in which one they take."""

    def attack(sample: Sample) -> bytes:
        return zipped([*entries(sample), (info(name), b"{}")])

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


def hidden_entry(sample: Sample) -> bytes:
    """An entry that the directory does not list: programs that read front to back see it."""
    data = sample.good()
    last = data.rindex(b"PK\1\2")
    count, size = (data[-22 + at : -20 + at] for at in (8, 12))
    fewer = struct.pack("<H", struct.unpack("<H", count)[0] - 1)
    less = struct.pack("<H", struct.unpack("<H", size)[0] - (len(data) - 22 - last))
    end = data[-22:]
    return data[:last] + end[:8] + fewer * 2 + less + end[14:]


def zip64(sample: Sample) -> bytes:
    """A second end record, for large files, that says something else."""
    data = sample.good()
    count, size, offset = struct.unpack_from("<H2I", data, len(data) - 12)
    large = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset)
    found = struct.pack("<4sIQI", b"PK\6\7", 0, len(data) - 22, 1)
    return data[:-22] + large + found + data[-22:]


def wrong_crc(sample: Sample) -> bytes:
    data = sample.good()
    crc = struct.pack("<I", zlib.crc32(sample.files()[container.RECORDS]))
    assert data.count(crc) == 2
    return data.replace(crc, struct.pack("<I", zlib.crc32(b"")))


def lying_size(by: int) -> Attack:
    """Announces other sizes than the stream inflates to."""

    def attack(sample: Sample) -> bytes:
        data = sample.good()
        length = len(sample.files()[container.RECORDS])
        size = struct.pack("<I", length)
        assert data.count(size) == 2
        return data.replace(size, struct.pack("<I", length + by))

    return attack


def behind_the_stream(sample: Sample) -> bytes:
    """Bytes behind the end of the deflated records, which their packed size covers."""
    data = sample.good()
    at = data.index(container.RECORDS.encode())
    (packed,) = struct.unpack_from("<I", data, at - 12)
    end = at + len(container.RECORDS) + packed
    data = data[:end] + b"more" + data[end:]
    size = struct.pack("<I", packed)
    data = data[: at - 12] + struct.pack("<I", packed + 4) + data[at - 8 :]
    listed = data.index(container.RECORDS.encode(), data.index(b"PK\1\2"))
    assert data[listed - 26 : listed - 22] == size
    data = data[: listed - 26] + struct.pack("<I", packed + 4) + data[listed - 22 :]
    return _moved(data, end, 4)


def _moved(data: bytes, after: int, by: int) -> bytes:
    """Every offset behind a place set right again, so that nothing but the change is wrong."""
    made = bytearray(data)
    at = made.index(b"PK\1\2")
    (place,) = struct.unpack_from("<I", made, len(made) - 6)
    struct.pack_into("<I", made, len(made) - 6, place + by)
    while made[at : at + 4] == b"PK\1\2":
        name, extra, comment = struct.unpack_from("<3H", made, at + 28)
        (offset,) = struct.unpack_from("<I", made, at + 42)
        if offset >= after:
            struct.pack_into("<I", made, at + 42, offset + by)
        at += 46 + name + extra + comment
    return bytes(made)


def descriptor_that_lies(sample: Sample) -> bytes:
    """Sizes behind the data that differ from those in the directory."""
    data = streamed(sample)
    at = data.index(b"PK\7\10")
    return data[: at + 12] + b"\xff" + data[at + 13 :]


def streamed(sample: Sample) -> bytes:
    """As a program packs that cannot go back, but for `mimetype`, which may not be so."""
    first, *others = entries(sample)
    whole = zipped([first])
    front = whole[: whole.index(b"PK\1\2")]
    out = OneWay()
    out.write(front)
    with zipfile.ZipFile(out, "w") as made:
        made.filelist.append(_at_the_front(first[0]))
        for one, content in others:
            one.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(one, content)
        made.start_dir = out.tell()
    return out.getvalue()


def _at_the_front(one: zipfile.ZipInfo) -> zipfile.ZipInfo:
    one.header_offset, one.CRC = 0, zlib.crc32(MIMETYPE)
    one.file_size = one.compress_size = len(MIMETYPE)
    return one


def sealed(sample: Sample) -> bytes:
    stranger = sealing.recipient_of(sealing.new_identity())
    return sealing.seal(sample.good(), [stranger])


def without(*names: str) -> Attack:
    return lambda sample: zipped(one for one in entries(sample) if one[0].filename not in names)


def with_mimetype(**attributes: object) -> Attack:
    """The first entry packed in another way than every reader of ASiC expects."""

    def attack(sample: Sample) -> bytes:
        first, *others = entries(sample)
        for attribute, value in attributes.items():
            setattr(first[0], attribute, value)
        return zipped([first, *others])

    return attack


def bomb(content: bytes) -> Attack:
    """Records that inflate without end."""
    return lambda sample: zipped(
        (one, content if one.filename == container.RECORDS else old) for one, old in entries(sample)
    )


def bomb_in_a_bomb(sample: Sample) -> bytes:
    inner = zipped([(info("x"), b"0" * 10_000_000)] * 3)
    return with_entry("attachments/" + "0" * 32 + ".zip", inner)(sample)


def one_stream_for_many(sample: Sample) -> bytes:
    """A hundred entries that all point at the same deflated bytes."""
    data = sample.good()
    end = data[-22:]
    listed = data[data.index(b"PK\1\2") : -22]
    last = listed[listed.rindex(b"PK\1\2") :]
    more = listed + last * 100
    count = struct.unpack_from("<H", end, 8)[0] + 100
    return (
        data[: -22 - len(listed)]
        + more
        + end[:8]
        + struct.pack("<2HI", count, count, len(more))
        + end[16:]
    )


def many(sample: Sample) -> bytes:
    names = (f"attachments/{number:032x}.png" for number in range(limits.ENTRIES))
    return zipped([*entries(sample), *((info(name), b"x") for name in names)])


def large_envelope(sample: Sample) -> bytes:
    head = b" ".join([b"%x" % number for number in range(200_000)])
    return container.write(sample.signed(sample.files(head=head)))


REFUSED: Table = {
    "PKG-NOT-ONE": {
        "an empty file": lambda _: b"",
        "some other zip": lambda _: zipped([(info("word/document.xml"), b"x")]),
        "a picture": lambda _: picture("JPEG"),
        "a program in front of it": lambda sample: b"MZ\x90\0" * 16 + sample.good(),
        "a picture in front of it": lambda sample: picture("JPEG") + sample.good(),
        "no mimetype": without("mimetype"),
        "mimetype at the end": lambda sample: zipped(reversed(entries(sample))),
        "mimetype of another format": lambda sample: sample.good().replace(
            MIMETYPE, b"application/vnd.oasis.opendocum"
        ),
        "mimetype deflated": with_mimetype(compress_type=zipfile.ZIP_DEFLATED),
        "mimetype with an extra field": with_mimetype(extra=b"UT\5\0\3abcd"),
    },
    "PKG-SEALED": {
        "encrypted for somebody else": sealed,
        "only the beginning of an encrypted file": lambda sample: sealed(sample)[:60],
    },
    "PKG-END": {
        "a byte behind it": lambda sample: sample.good() + b"\0",
        "a page of the web behind it": lambda sample: sample.good() + b"<html><script>",
        "another package behind it": lambda sample: sample.good() + sample.good(),
        "cut short": lambda sample: sample.good()[:-30],
        "a comment": lambda sample: zipped(entries(sample), b"hello"),
        "a comment that is an end record": lambda sample: zipped(
            entries(sample), sample.good()[-22:]
        ),
        "a directory on another disk": ending(4, "<H", lambda _: 1),
        "a directory somewhere else": ending(16, "<I", lambda old: old - 1),
        "two counts of entries": ending(8, "<H", lambda old: old - 1),
        "an end record for large files": zip64,
    },
    "PKG-ENTRY": {
        "a path upwards": with_entry("../evil.sh"),
        "a path upwards of Windows": with_entry("..\\evil.exe"),
        "an absolute path": with_entry("/etc/passwd"),
        "a drive": with_entry("C:/evil.exe"),
        "a share in the network": with_entry("//server/share/evil.exe"),
        "a device of Windows": with_entry("CON"),
        "a device of Windows with an ending": with_entry("attachments/aux.png"),
        "a stream of NTFS": with_entry("envelope.json:evil"),
        "a point at the end": with_entry("envelope.json."),
        "a path out of attachments": with_entry("attachments/../../x.png"),
        "a folder": with_entry("attachments/"),
        "a program": with_entry("setup.exe"),
        "a file that shells start by themselves": with_entry("desktop.ini"),
        "a zero in a name": with_entry("attachments/x", filename=LONG_NAME + "\0.exe"),
        "a newline in a name": with_entry("attachments/x", filename=LONG_NAME + "\n"),
        "writing that runs backwards in a name": with_entry("attachments/\u202egpj.exe"),
        "a letter that looks like another": with_entry("еnvelope.json"),
        "one name in two cases": with_entry("Envelope.json"),
        "one name twice": twice(container.RECORDS),
        "the signature twice": twice(container.SIGNATURE),
        "mimetype twice": twice("mimetype"),
        "a name only in the directory": patched(b"envelope.json", b"envelopf.json", 1),
        "a zip inside": bomb_in_a_bomb,
        "a hundred entries of the same bytes": one_stream_for_many,
        "a third signature": with_entry("META-INF/signature003.p7s"),
        "the manifest of another format": with_entry("META-INF/manifest.xml"),
    },
    "PKG-DIRECTORY": {
        "a symbolic link": changed(create_system=3, external_attr=0o120777 << 16),
        "a device": changed(create_system=3, external_attr=0o020666 << 16),
        "a folder that is called a file": changed(external_attr=0x10),
        "a hidden comment": changed(comment=b"hidden"),
        "packed with bzip2": changed(compress_type=zipfile.ZIP_BZIP2),
        "packed with LZMA": changed(compress_type=zipfile.ZIP_LZMA),
        "encrypted": headers(container.RECORDS, 6, 8, "<H", lambda old: old | 0x1),
        "encrypted strongly": headers(container.RECORDS, 6, 8, "<H", lambda old: old | 0x41),
        "with names hidden": headers(container.RECORDS, 6, 8, "<H", lambda old: old | 0x2000),
        "encrypted with AES": with_extra(0x9901, b"\2\0AE\3\10\0"),
        "sizes for large files": with_extra(0x0001, struct.pack("<2Q", 10, 10)),
        "another name for other programs": with_extra(0x7075, b"\1\0\0\0\0evil.sh"),
        "an extra field that is cut short": changed(extra=b"UT\x09\0\3"),
        "needs a newer zip": headers(container.RECORDS, 4, 6, "<H", lambda _: 45),
        "another name in front of the data": patched(b"envelope.json", b"envelopf.json"),
        "another way of packing in front": headers(container.RECORDS, 8, -1, "<H", lambda _: 0),
        "another checksum in front": headers(container.RECORDS, 14, -1, "<I", lambda old: old ^ 1),
        "another size in front": headers(container.RECORDS, 22, -1, "<I", lambda old: old + 1),
        "other flags in front": headers(container.RECORDS, 6, -1, "<H", lambda old: old | 0x800),
        "stored, and of two sizes": headers(".png", 18, 20, "<I", lambda old: old - 1),
        "on another disk": headers(container.RECORDS, -1, 34, "<H", lambda _: 1),
        "beyond the end": headers(container.RECORDS, -1, 42, "<I", lambda _: 2**31),
        "sizes behind the data that lie": descriptor_that_lies,
        "sizes behind stored data": lambda sample: zipped(entries(sample), out=OneWay()),
        "stored, and sizes behind the data": headers(".png", 6, 8, "<H", lambda old: old | 0x8),
        "overlapping entries": overlapping,
        "a gap": gap,
        "an entry that is not listed": hidden_entry,
        "fewer entries than are listed": ending(8, "<I", lambda old: old - 0x10001),
        "more entries than are listed": ending(8, "<I", lambda old: old + 0x10001),
    },
    "PKG-TOO-BIG": {
        "a bomb": bomb(b"0" * 40_000_000),
        "too many entries": many,
        "an envelope of a megabyte": large_envelope,
    },
    "PKG-MISSING": {
        "no signature": without(container.SIGNATURE),
        "no manifest": without(container.MANIFEST),
        "no records": without(container.RECORDS),
        "a second manifest alone": with_entry(container.SECOND_MANIFEST),
        "a second signature alone": with_entry(container.SECOND_SIGNATURE),
    },
    "PKG-CONTENT": {
        "a wrong checksum": wrong_crc,
        "fewer bytes than announced": lying_size(1),
        "more bytes than announced": lying_size(-10),
        "bytes behind the packed ones": behind_the_stream,
    },
}

GOOD: dict[str, Attack] = {
    "packed by the standard library": lambda sample: zipped(entries(sample)),
    "packed front to back": streamed,
    "all of it stored": lambda sample: zipped(
        (info(one.filename, zipfile.ZIP_STORED), content) for one, content in entries(sample)
    ),
    "any date": changed(date_time=(2026, 1, 1, 0, 0, 0)),
    "time stamps and owners": changed(
        create_system=3, external_attr=0o100644 << 16, extra=b"UT\5\0\3abcdux\3\0\1\0\0"
    ),
    "ASiC's own comment": lambda sample: zipped(entries(sample), b"mimetype=" + MIMETYPE),
    "entries in another order": lambda sample: zipped(
        [entries(sample)[0], *reversed(entries(sample)[1:])]
    ),
}
