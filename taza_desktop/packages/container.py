"""The container of a package: a zip file (ASiC-E) that has exactly one way to be written.

Zip lets one file mean two things to two programs. Here every byte that is not content follows from
the content: no extra fields, no comments, one constant date, entries back to back from the first
byte, the directory right behind them and the end record at the very end. The reader writes each
header anew and compares, so nothing that zip leaves open (gaps, overlaps, links, prefixes, trailing
bytes) can differ.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_
from taza_desktop.packages import limits

MIMETYPE = b"application/vnd.etsi.asic-e+zip"
ENVELOPE = "envelope.json"
DESCRIPTOR = "datapackage.json"
RECORDS = "data/records.jsonl"
PACKAGES = "data/packages.jsonl"
TRUST = "data/trust.pem"
MANIFEST = "META-INF/ASiCManifest001.xml"
SIGNATURE = "META-INF/signature001.p7s"
REQUIRED = ("mimetype", ENVELOPE, DESCRIPTOR, RECORDS, MANIFEST, SIGNATURE)
UNSIGNED = ("mimetype", MANIFEST, SIGNATURE)  # not referenced by the manifest
RESOURCE = re.compile(r"data/[a-z][a-z0-9_]{0,40}\.(jsonl|pem)")  # of later versions too
ATTACHMENT = re.compile(r"attachments/([0-9a-f]{32})\.(jpg|png|pdf)")

_LIMITS = {
    "mimetype": limits.MIMETYPE,
    ENVELOPE: limits.ENVELOPE,
    DESCRIPTOR: limits.DESCRIPTOR,
    RECORDS: limits.RECORDS,
    PACKAGES: limits.RECORDS,
    TRUST: limits.TRUST,
    MANIFEST: limits.MANIFEST,
    SIGNATURE: limits.SIGNATURE,
}
_STORED, _DEFLATED = 0, 8
_VERSION = 20  # 2.0: deflate; made by MS-DOS, which has no links
_DATE, _TIME = 0x0021, 0  # 1980-01-01 00:00, the first that zip can say
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_SAYS = {
    "PKG-NOT-ONE": N_("{file} is not a package of this program. Choose a file that ends in .taza."),
    "PKG-END": N_(
        "{file} was cut short, or something was added to its end. Copy it or ask for it again."
    ),
    "PKG-DIRECTORY": N_("The table of contents of {file} is damaged. Ask the sender for it again."),
    "PKG-ENTRY": N_(
        "{file} holds something that no package holds: {entry}. Do not use it; ask the sender."
    ),
    "PKG-TOO-BIG": N_(
        "{file} is bigger than a package can be: {entry}. Do not use it; ask the sender."
    ),
    "PKG-MISSING": N_("{file} is incomplete: {entry} is missing. Ask the sender for it again."),
    "PKG-CONTENT": N_(
        "{entry} in {file} is damaged. Copy the file or ask the sender for it again."
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file inside; `start` is where its packed bytes begin."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int


_MIMETYPE = Entry(
    "mimetype",
    _STORED,
    zlib.crc32(MIMETYPE),
    len(MIMETYPE),
    len(MIMETYPE),
    _LOCAL.size + len("mimetype"),
)


class Container:
    """The checked directory of a package; contents are inflated one at a time, under limits."""

    def __init__(self, data: bytes, file: str) -> None:
        """Steps 1 and 2 of reading; `file` is its name for messages.

        Refuses PKG-NOT-ONE, PKG-END, PKG-DIRECTORY, PKG-ENTRY, PKG-TOO-BIG, PKG-MISSING.
        """
        self.data = data
        self.file = file
        self.entries = {entry.name: entry for entry in _directory(data, file)}
        for name in REQUIRED:
            if name not in self.entries:
                raise _refusal("PKG-MISSING", file, name)

    def read(self, name: str) -> bytes:
        """The content of an entry. Refuses PKG-CONTENT when it is not what was announced."""
        entry = self.entries[name]
        packed = self.data[entry.start : entry.start + entry.packed]
        content = packed if entry.method == _STORED else _inflate(packed, entry.size)
        if content is None or len(content) != entry.size or zlib.crc32(content) != entry.crc:
            raise _refusal("PKG-CONTENT", self.file, name)
        return content


def load(path: Path) -> bytes:
    """The bytes of a file that may be a package. Refuses PKG-TOO-BIG without reading it."""
    with environment_faults(path), path.open("rb") as stream:
        data = stream.read(limits.FILE + 1)
    _check_size(len(data), limits.FILE, path.name, path.name)
    return data


def write(contents: Mapping[str, bytes]) -> bytes:
    """A container of these contents, the same bytes for the same contents; `mimetype` is added."""
    names = sorted(contents)
    packed = [(_MIMETYPE, MIMETYPE), *(_pack(name, contents[name]) for name in names)]
    body, directory = bytearray(), bytearray()
    for entry, data in packed:
        directory += _central(entry, len(body))
        body += _local(entry) + data
    return bytes(body + directory + _end(len(packed), len(directory), len(body)))


def _pack(name: str, content: bytes) -> tuple[Entry, bytes]:
    method, data = _STORED, content
    if not ATTACHMENT.fullmatch(name):  # pictures do not shrink further
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        deflated = packer.compress(content) + packer.flush()
        if len(deflated) < len(content) <= _most(len(deflated)):
            method, data = _DEFLATED, deflated
    return Entry(name, method, zlib.crc32(content), len(data), len(content), 0), data


def _local(entry: Entry) -> bytes:
    name = entry.name.encode("ascii")
    sizes = (entry.crc, entry.packed, entry.size, len(name), 0)
    head = (b"PK\3\4", _VERSION, 0, entry.method, _TIME, _DATE)
    return _LOCAL.pack(*head, *sizes) + name


def _central(entry: Entry, offset: int) -> bytes:
    name = entry.name.encode("ascii")
    sizes = (entry.crc, entry.packed, entry.size, len(name), 0, 0, 0, 0, 0, offset)
    head = (b"PK\1\2", _VERSION, _VERSION, 0, entry.method, _TIME, _DATE)
    return _CENTRAL.pack(*head, *sizes) + name


def _end(count: int, size: int, offset: int) -> bytes:
    return _END.pack(b"PK\5\6", 0, 0, count, count, size, offset, 0)


def _directory(data: bytes, file: str) -> Iterator[Entry]:
    """The entries in order, each one's headers equal to what `write` would have put there."""
    _check_size(len(data), limits.FILE, file, file)
    if not data.startswith(_local(_MIMETYPE) + MIMETYPE):
        raise _refusal("PKG-NOT-ONE", file)
    *_, count, size, offset, _comment = _END.unpack(data[-_END.size :])
    if data[-_END.size :] != _end(count, size, offset) or offset + size + _END.size != len(data):
        raise _refusal("PKG-END", file)
    _check_size(count, limits.ENTRIES, file, file)
    place, header, seen, inflated = 0, offset, set[str](), 0
    for number in range(count):
        entry = _entry(data, header, place, file)
        _check_entry(entry, number, seen, file)
        seen.add(entry.name.casefold())
        inflated += entry.size
        _check_size(inflated, limits.INFLATED, file, file)
        header += len(_central(entry, place))
        place = entry.start + entry.packed
        yield entry
    if place != offset or header != offset + size:
        raise _refusal("PKG-DIRECTORY", file)


def _entry(data: bytes, header: int, place: int, file: str) -> Entry:
    """The entry listed at `header`, whose own header must be at `place`."""
    fixed = data[header : header + _CENTRAL.size]
    if len(fixed) < _CENTRAL.size:
        raise _refusal("PKG-DIRECTORY", file)
    _, _, _, _, method, _, _, crc, packed, size, length, *_ = _CENTRAL.unpack(fixed)
    raw = data[header + _CENTRAL.size : header + _CENTRAL.size + length]
    name = raw.decode("ascii", "replace")
    if not (name in REQUIRED or ATTACHMENT.fullmatch(name) or RESOURCE.fullmatch(name)):
        raise _refusal("PKG-ENTRY", file, repr(name))
    start = place + _LOCAL.size + length
    entry = Entry(name, method, crc, packed, size, start)
    central, local = _central(entry, place), _local(entry)
    if data[header : header + len(central)] != central or data[place:start] != local:
        raise _refusal("PKG-DIRECTORY", file)
    return entry


def _check_entry(entry: Entry, number: int, seen: set[str], file: str) -> None:
    stored = entry.method == _STORED and entry.packed == entry.size
    if not stored and entry.method != _DEFLATED:
        raise _refusal("PKG-DIRECTORY", file)
    if entry.name.casefold() in seen or (number == 0 and entry != _MIMETYPE):
        raise _refusal("PKG-ENTRY", file, entry.name)
    limit = _LIMITS.get(entry.name, limits.ATTACHMENT)
    _check_size(entry.size, min(limit, _most(entry.packed)), file, entry.name)


def _most(packed: int) -> int:
    return max(packed * limits.RATIO, limits.RATIO_FREE)


def _inflate(packed: bytes, size: int) -> bytes | None:
    """At most `size` bytes and one; None when the stream is broken or goes on behind its end."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(packed, size + 1)
    except zlib.error:
        return None
    return content if unpacker.eof and not unpacker.unused_data else None


def _check_size(size: int, limit: int, file: str, entry: str) -> None:
    if size > limit:
        raise _refusal("PKG-TOO-BIG", file, entry)


def _refusal(code: str, file: str, entry: str = "") -> Refusal:
    return Refusal(code, _SAYS[code], file=file, entry=entry[:80])
