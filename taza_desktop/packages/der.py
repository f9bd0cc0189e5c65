"""Is it DER: the one way to write each ASN.1 value, so that no two programs read it differently."""

from __future__ import annotations

_DEPTH = 32  # a signature with a certificate nests to half of that
_SEQUENCE, _SET = 0x30, 0x31
_CONSTRUCTED, _CLASS, _NUMBER = 0x20, 0xC0, 0x1F


def check(data: bytes | memoryview, depth: int = _DEPTH) -> None:
    """ValueError for lengths that are indefinite, too long or lie, and for values in pieces."""
    rest = memoryview(data)
    while rest:
        body, behind = _split(rest)
        if rest[0] & _CONSTRUCTED:
            pieces = not rest[0] & _CLASS and rest[0] not in (_SEQUENCE, _SET)
            if pieces or not depth:
                raise ValueError("not DER")
            check(body, depth - 1)
        rest = behind


def _split(data: memoryview) -> tuple[memoryview, memoryview]:
    """The content of the first value, and what follows it."""
    if len(data) < 2 or data[0] & _NUMBER == _NUMBER:
        raise ValueError("not DER")
    start, length = 2, data[1]
    if length >= 0x80:
        start += length - 0x80
        length = int.from_bytes(data[2:start], "big")
        shortest = (length.bit_length() + 7) // 8
        if length < 0x80 or start - 2 != shortest:
            raise ValueError("not DER")
    if len(data) < start + length:
        raise ValueError("not DER")
    return data[start : start + length], data[start + length :]
