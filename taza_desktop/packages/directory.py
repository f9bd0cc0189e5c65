"""What a zip file says it holds, believed only where all its parts say the same.

Zip describes every file twice and lets the two differ, lets entries overlap, leave gaps, or hide
bytes in front, between and behind. So entries must lie back to back from the first byte to the
directory, the directory ends where the end record begins, and that ends the file: every byte has
one meaning. Dates, the program that packed, its version and time stamps may be any.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import limits

MIMETYPE: Final = b"application/vnd.etsi.asic-e+zip"
STORED, DEFLATED = 0, 8
LOCAL: Final = struct.Struct("<4s5H3I2H")
CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
END: Final = struct.Struct("<4s4H2IH")
_DESCRIPTOR = struct.Struct("<3I")
_EXTRA = struct.Struct("<2H")
_VERSION = 20  # 2.0: deflate; later ones add folders in folders, encryption, zip64
_BEHIND = 0x0008  # flag: sizes follow the data, as a program writes that cannot go back
_FLAGS = 0x0006 | _BEHIND | 0x0800  # how hard it was deflated, …, the name is UTF-8
_TIMES = {0x000A, 0x5455, 0x5855, 0x7855, 0x7875}  # extra fields: time stamps, owner
_PLAIN = {0, 0o100000}  # no type of file, or a regular one; everything else is a link or worse
_FOLDER_OR_LABEL = 0x18  # attributes of MS-DOS
_COMMENTS = (b"", b"mimetype=" + MIMETYPE)  # the second is ASiC's own
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


class Entry(NamedTuple):
    """One file inside; `start` is where its packed bytes begin, `end` where the next entry does."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    start: int
    end: int


class _Header(NamedTuple):
    """What directory and entry both say, the name and the extra fields behind it."""

    flags: int
    method: int
    sizes: tuple[int, int, int]  # CRC, packed, inflated
    name: bytes
    extra: bytes


def read(data: bytes, file: str, limit_of: Callable[[str], int | None]) -> list[Entry]:
    """The entries as they lie; `limit_of` a name is its size at most, None if it may not be there.

    Refuses PKG-END, PKG-DIRECTORY, PKG-ENTRY, PKG-TOO-BIG; `file` is its name for messages.
    """
    count, size, offset = _end(data, file)
    check_size(count, limits.ENTRIES, file, file)
    entries = sorted(_entries(data, file, limit_of, (count, offset, size)), key=lambda e: e.offset)
    ends = [0, *(entry.end for entry in entries)]
    if ends != [*(entry.offset for entry in entries), offset]:
        raise refusal("PKG-DIRECTORY", file)
    return entries


def _end(data: bytes, file: str) -> tuple[int, int, int]:
    """Number of entries, length and place of the directory."""
    for comment in _COMMENTS:
        at = len(data) - END.size - len(comment)
        if at < 0 or data[at : at + 4] != b"PK\5\6":
            continue
        _, disk, of_directory, here, count, size, offset, length = END.unpack_from(data, at)
        whole = (disk, of_directory, here, offset + size) == (0, 0, count, at)
        if whole and length == len(comment) and data[at + END.size :] == comment:
            return count, size, offset
    raise refusal("PKG-END", file)


def _entries(
    data: bytes, file: str, limit_of: Callable[[str], int | None], where: tuple[int, int, int]
) -> Iterator[Entry]:
    """The entries as the directory lists them, each checked by itself and their sum."""
    count, at, length = where
    seen, inflated, end = set[str](), 0, at + length
    for _ in range(count):
        header, offset, at = _listed(data, at, file)
        name = header.name.decode("ascii", "replace")
        limit = limit_of(name)
        if limit is None or name.casefold() in seen:
            raise refusal("PKG-ENTRY", file, repr(name))
        seen.add(name.casefold())
        entry = _entry(data, header, offset, file)
        inflated += entry.size
        check_size(entry.size, min(limit, most(entry.packed)), file, name)
        check_size(inflated, limits.INFLATED, file, file)
        yield entry
    if at != end:
        raise refusal("PKG-DIRECTORY", file)


def _listed(data: bytes, at: int, file: str) -> tuple[_Header, int, int]:
    """The header in the directory at `at`, where its entry lies, where the next header is."""
    if len(data) - at < CENTRAL.size:
        raise refusal("PKG-DIRECTORY", file)
    (
        mark, _made_by, needed, flags, method, _time, _date, crc, packed, size,
        name, extra, comment, disk, _internal, external, offset,
    ) = CENTRAL.unpack_from(data, at)  # fmt: skip
    plain = external >> 16 & 0o170000 in _PLAIN and not external & _FOLDER_OR_LABEL
    if mark != b"PK\1\2" or needed & 0xFF > _VERSION or comment or disk or not plain:
        raise refusal("PKG-DIRECTORY", file)
    middle = at + CENTRAL.size + name
    there = (data[at + CENTRAL.size : middle], data[middle : middle + extra])
    return _Header(flags, method, (crc, packed, size), *there), offset, middle + extra


def _entry(data: bytes, listed: _Header, offset: int, file: str) -> Entry:
    """The entry that is listed so, if what lies at `offset` says the same."""
    if len(data) - offset < LOCAL.size:
        raise refusal("PKG-DIRECTORY", file)
    mark, needed, flags, method, _, _, *sizes, name, extra = LOCAL.unpack_from(data, offset)
    middle = offset + LOCAL.size + name
    there = (data[offset + LOCAL.size : middle], data[middle : middle + extra])
    header = _Header(flags, method, (sizes[0], sizes[1], sizes[2]), *there)
    start = middle + extra
    crc, packed, size = listed.sizes
    behind = _behind(data, listed, start + packed)
    same = header[:2] == listed[:2] and header.name == listed.name
    agreed = header.sizes == listed.sizes or (flags & _BEHIND and not any(header.sizes))
    if mark != b"PK\3\4" or needed & 0xFF > _VERSION or not same or not agreed or behind is None:
        raise refusal("PKG-DIRECTORY", file)
    if not _readable(listed) or not all(map(_only_times, (listed.extra, header.extra))):
        raise refusal("PKG-DIRECTORY", file)
    end = start + packed + behind
    return Entry(listed.name.decode("ascii"), method, crc, packed, size, offset, start, end)


def _readable(listed: _Header) -> bool:
    """Not encrypted, packed in one of the two ways, and its end is known before it is read."""
    stored = listed.method == STORED and listed.sizes[1] == listed.sizes[2]
    if listed.flags & ~_FLAGS or (stored and listed.flags & _BEHIND):
        return False
    return stored or listed.method == DEFLATED


def _behind(data: bytes, listed: _Header, end: int) -> int | None:
    """How many bytes repeat the sizes behind the data; None when they say something else."""
    if not listed.flags & _BEHIND:
        return 0
    said = _DESCRIPTOR.pack(*listed.sizes)
    for repeated in (b"PK\7\10" + said, said):
        if data[end : end + len(repeated)] == repeated:
            return len(repeated)
    return None


def _only_times(extra: bytes) -> bool:
    """Nothing but time stamps and owners: no other sizes, no other name, no encryption."""
    at = 0
    while at + _EXTRA.size <= len(extra):
        kind, length = _EXTRA.unpack_from(extra, at)
        if kind not in _TIMES:
            return False
        at += _EXTRA.size + length
    return at == len(extra)


def most(packed: int) -> int:
    """What so many packed bytes may inflate to."""
    return max(packed * limits.RATIO, limits.RATIO_FREE)


def check_size(size: int, limit: int, file: str, entry: str) -> None:
    """Refuses PKG-TOO-BIG."""
    if size > limit:
        raise refusal("PKG-TOO-BIG", file, entry)


def refusal(code: str, file: str, entry: str = "") -> Refusal:
    """The refusal of a container with this code."""
    return Refusal(code, _SAYS[code], file=file, entry=entry[:80])
