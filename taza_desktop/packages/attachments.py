"""Attachments on arrival: named in a cell, of the type they claim, sound; never opened further.

A cell names an attachment by its hash, so its bytes are kept as they were signed. Every pixel of a
picture is decoded once, under limits, and what does not decode is refused; who wants to see it gets
it drawn anew (`register.keeping`). A PDF is only recognised.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Mapping
from hashlib import sha256

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import limits
from taza_desktop.plan.sheet import Value

_BEGINNINGS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"%PDF-": "pdf"}
_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
_DECODERS = {"jpg": "JPEG", "png": "PNG"}
_SCAN = b"\xff\xda"
_PDF_TAIL = 1024  # readers look for the end mark in so many last bytes


def entry_name(named: Mapping[str, Value]) -> str:
    """Where the attachment that a cell names lies in the container; ValueError for no such type."""
    extension = _EXTENSIONS.get(str(named.get("type")))
    if extension is None:
        raise ValueError(str(named.get("type")))
    return f"attachments/{str(named.get('sha256'))[:32]}.{extension}"


def check(
    named: Iterable[Mapping[str, Value]], files: Mapping[str, bytes], file: str
) -> dict[str, str]:
    """The entries by their sha256: each is what every cell says that names it, and is sound.

    `files` are read one at a time, each decoded once. Refuses PKG-ATTACHMENT.
    """
    known: dict[str, tuple[str, int]] = {}
    pixels = 0
    for one in named:
        entry = entry_name(one)
        if entry not in known:
            content = files[entry]
            known[entry] = (sha256(content).hexdigest(), len(content))
            try:
                pixels += _decoded(content, entry.rpartition(".")[2], limits.ALL_PIXELS - pixels)
            except ValueError as fault:
                raise _refusal(file, one) from fault
        if known[entry] != (one.get("sha256"), one.get("size")):
            raise _refusal(file, one)
    return {digest: entry for entry, (digest, _) in known.items()}


def _decoded(content: bytes, extension: str, left: int) -> int:
    """How many pixels were drawn, of those that are left; ValueError when it is not sound."""
    kinds = [kind for start, kind in _BEGINNINGS.items() if content.startswith(start)]
    if kinds != [extension]:
        raise ValueError("another type")
    if extension == "pdf":
        if b"%%EOF" not in content[-_PDF_TAIL:]:
            raise ValueError("no end")
        return 0
    if extension == "jpg" and content.count(_SCAN) > limits.SCANS:
        raise ValueError("too many scans")
    return _drawn(content, _DECODERS[extension], min(left, limits.PIXELS))


def _drawn(content: bytes, decoder: str, most: int) -> int:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow only warns of what is beyond its own limits
            with Image.open(io.BytesIO(content), formats=[decoder]) as picture:
                pixels = picture.width * picture.height
                if pixels > most:
                    raise ValueError("too many pixels")
                picture.load()
    except (OSError, SyntaxError, Image.DecompressionBombError, Warning) as fault:
        raise ValueError("does not decode") from fault
    return pixels


def _refusal(file: str, named: Mapping[str, Value]) -> Refusal:
    says = N_(
        "The attachment {name} in {file} is damaged or is not what it claims to be."
        " Ask the sender to attach it again."
    )
    return Refusal("PKG-ATTACHMENT", says, file=file, name=named.get("name"))
