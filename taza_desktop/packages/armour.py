"""Small binary parts in one text file, so that mail and messengers carry it unharmed (PEM)."""

from __future__ import annotations

from typing import cast

from taza_desktop.packages import limits


def write(*parts: tuple[str, bytes]) -> bytes:
    """A text file of these parts, each under its label."""
    from asn1crypto import pem

    return b"".join(cast(bytes, pem.armor(label, content)) for label, content in parts)


def read(data: bytes, *labels: str) -> tuple[bytes, ...]:
    """The parts, which must be exactly those with these labels; ValueError for anything else."""
    from asn1crypto import pem

    if len(data) > limits.CARD * 2:
        raise ValueError("size")
    found = [(label, content) for label, _headers, content in pem.unarmor(data, multiple=True)]
    if tuple(label for label, _ in found) != labels:
        raise ValueError("parts")
    return tuple(content for _, content in found)
