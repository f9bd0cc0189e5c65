"""The container of a package: a zip file in the form of ASiC-E (EN 319 162).

What is written follows from the content, byte for byte: no extra fields, no comments, one constant
date, entries back to back. What is read may come from another program that packs zip files, within
the bounds of `directory`. A container is held once; its files are read one at a time, when asked.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from taza_desktop.errors import environment_faults
from taza_desktop.packages import directory, limits
from taza_desktop.packages.directory import DEFLATED, MIMETYPE, STORED, check_size, refusal

ENVELOPE = "envelope.json"
DESCRIPTOR = "datapackage.json"
RECORDS = "data/records.jsonl"
PACKAGES = "data/packages.jsonl"
TRUST = "data/trust.pem"
MANIFEST = "META-INF/ASiCManifest001.xml"
SIGNATURE = "META-INF/signature001.p7s"
SECOND_MANIFEST = "META-INF/ASiCManifest002.xml"
SECOND_SIGNATURE = "META-INF/signature002.p7s"
REQUIRED = ("mimetype", ENVELOPE, DESCRIPTOR, RECORDS, MANIFEST, SIGNATURE)
SECOND = (SECOND_MANIFEST, SECOND_SIGNATURE)  # both or none
UNSIGNED = ("mimetype", MANIFEST, SIGNATURE, *SECOND)  # not referenced by the manifests
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
    SECOND_MANIFEST: limits.MANIFEST,
    SECOND_SIGNATURE: limits.SIGNATURE,
}
_BEGINNING = b"mimetype" + MIMETYPE  # behind the first header, which has no extra field
_VERSION = 20  # 2.0: deflate; made by MS-DOS, which has no links
_DATE, _TIME = 0x0021, 0  # 1980-01-01 00:00, the first that zip can say
_PIECE = 256 * limits.KB


class Container:
    """The checked directory of a package; contents are inflated one at a time, under limits."""

    def __init__(self, data: bytes, file: str) -> None:
        """Steps 1 and 2 of reading; `file` is its name for messages.

        Refuses PKG-NOT-ONE, PKG-END, PKG-DIRECTORY, PKG-ENTRY, PKG-TOO-BIG, PKG-MISSING.
        """
        self.data = data
        self.file = file
        check_size(len(data), limits.FILE, file, file)
        place = directory.LOCAL.size
        if data[:4] != b"PK\3\4" or data[place : place + len(_BEGINNING)] != _BEGINNING:
            raise refusal("PKG-NOT-ONE", file)
        entries = directory.read(data, file, _limit_of)
        self.entries = {entry.name: entry for entry in entries}
        kind = self.entries.get("mimetype")
        if kind is None or (kind.offset, kind.method, kind.size) != (0, STORED, len(MIMETYPE)):
            raise refusal("PKG-NOT-ONE", file)
        second = SECOND if self.entries.keys() & set(SECOND) else ()
        for name in (*REQUIRED, *second):
            if name not in self.entries:
                raise refusal("PKG-MISSING", file, name)

    def read(self, name: str) -> bytes:
        """The content of an entry. Refuses PKG-CONTENT when it is not what was announced."""
        return b"".join(self._pieces(name))

    def digest(self, name: str) -> bytes:
        """The SHA-256 of an entry's content, which is not held. Refuses PKG-CONTENT."""
        hashed = sha256()
        for piece in self._pieces(name):
            hashed.update(piece)
        return hashed.digest()

    def files(self, names: Iterable[str]) -> Files:
        """The contents of these entries by their names."""
        return Files(self, {name: name for name in names})

    def _pieces(self, name: str) -> Iterator[bytes | memoryview]:
        entry = self.entries[name]
        packed = memoryview(self.data)[entry.start : entry.start + entry.packed]
        crc = size = 0
        try:
            for piece in _cut(packed) if entry.method == STORED else _inflated(packed):
                size += len(piece)
                if size > entry.size:
                    break
                crc = zlib.crc32(piece, crc)
                yield piece
        except zlib.error as fault:
            raise refusal("PKG-CONTENT", self.file, name) from fault
        if (size, crc) != (entry.size, entry.crc):
            raise refusal("PKG-CONTENT", self.file, name)


class Files(Mapping[str, bytes]):
    """Contents of a container, each read when it is asked for; reading refuses PKG-CONTENT."""

    def __init__(self, box: Container, entries: Mapping[str, str]) -> None:
        """`entries` are the names in the container by what they are asked for."""
        self._box = box
        self._entries = dict(entries)

    def __getitem__(self, key: str) -> bytes:
        return self._box.read(self._entries[key])

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def without(self, name: str) -> Files:
        """All but this one."""
        return self.named({one: one for one in self._entries if one != name})

    def named(self, names: Mapping[str, str]) -> Files:
        """Some of these under other names: what they are asked for → what they are called here."""
        return Files(self._box, {key: self._entries[name] for key, name in names.items()})


def load(path: Path) -> bytes:
    """The bytes of a file that may be a package. Refuses PKG-TOO-BIG without reading it."""
    with environment_faults(path), path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        check_size(size, limits.SEALED, path.name, path.name)
        return stream.read(size)


def write(contents: Mapping[str, bytes]) -> bytes:
    """A container of these contents, the same bytes for the same contents; `mimetype` is added."""
    parts, listed, place = list[bytes](), list[bytes](), 0
    for name, content in [("mimetype", MIMETYPE), *sorted(contents.items())]:
        method, packed = _packed(name, content)
        sizes = (zlib.crc32(content), len(packed), len(content), len(name), 0)
        head = (_VERSION, 0, method, _TIME, _DATE, *sizes)
        rest = (0, 0, 0, 0, place)
        listed += [directory.CENTRAL.pack(b"PK\1\2", _VERSION, *head, *rest), name.encode("ascii")]
        parts += [directory.LOCAL.pack(b"PK\3\4", *head), name.encode("ascii"), packed]
        place += sum(map(len, parts[-3:]))
    count, length = len(contents) + 1, sum(map(len, listed))
    end = directory.END.pack(b"PK\5\6", 0, 0, count, count, length, place, 0)
    return b"".join((*parts, *listed, end))


def _packed(name: str, content: bytes) -> tuple[int, bytes]:
    """Deflated where that pays and a reader takes it; pictures do not shrink further."""
    if name != "mimetype" and not ATTACHMENT.fullmatch(name):
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        deflated = packer.compress(content) + packer.flush()
        if len(deflated) < len(content) <= directory.most(len(deflated)):
            return DEFLATED, deflated
    return STORED, content


def _limit_of(name: str) -> int | None:
    other = ATTACHMENT.fullmatch(name) or RESOURCE.fullmatch(name)
    return _LIMITS.get(name, limits.ATTACHMENT if other else None)


def _cut(stored: memoryview) -> Iterator[memoryview]:
    return (stored[at : at + _PIECE] for at in range(0, len(stored), _PIECE))


def _inflated(packed: memoryview) -> Iterator[bytes]:
    """The content in pieces; zlib.error when the stream is broken or goes on behind its end."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in _cut(packed):
        rest: bytes | memoryview = piece
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail
        if rest:
            raise zlib.error("bytes behind the end")
    yield unpacker.flush()
    if not unpacker.eof or unpacker.unused_data:
        raise zlib.error("no end")
