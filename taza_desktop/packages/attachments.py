"""Attachments on arrival: named in a cell, of the type they claim, sound; never opened further.

A register draws a picture anew before it keeps it, so metadata and hidden parts end with the
sender. The receiver cannot draw it a second time, for cells name it by its hash; it decodes every
pixel under a limit instead and refuses what does not decode. A PDF is only recognised.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from hashlib import sha256

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import limits
from taza_desktop.plan.sheet import Value

_BEGINNINGS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"%PDF-": "pdf"}
_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
_DECODERS = {"jpg": "JPEG", "png": "PNG"}
_PDF_TAIL = 1024  # readers look for the end mark in so many last bytes


def entry_name(named: Mapping[str, Value]) -> str:
    """Where the attachment that a cell names lies in the container; ValueError for no such type."""
    extension = _EXTENSIONS.get(str(named.get("type")))
    if extension is None:
        raise ValueError(str(named.get("type")))
    return f"attachments/{str(named.get('sha256'))[:32]}.{extension}"


def check(content: bytes, named: Mapping[str, Value], entry: str, file: str) -> None:
    """Is it what its cell says, and does it decode. Refuses PKG-ATTACHMENT."""
    extension = entry.rpartition(".")[2]
    same = sha256(content).hexdigest() == named.get("sha256") and len(content) == named.get("size")
    kinds = [kind for start, kind in _BEGINNINGS.items() if content.startswith(start)]
    sound = b"%%EOF" in content[-_PDF_TAIL:] if extension == "pdf" else _decodes(content, extension)
    if not same or kinds != [extension] or not sound:
        says = N_(
            "The attachment {name} in {file} is damaged or is not what it claims to be."
            " Ask the sender to attach it again."
        )
        raise Refusal("PKG-ATTACHMENT", says, file=file, name=named.get("name"))


def _decodes(content: bytes, extension: str) -> bool:
    from PIL import Image, UnidentifiedImageError

    faults = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow only warns of what is beyond its own limits
            with Image.open(io.BytesIO(content), formats=[_DECODERS[extension]]) as picture:
                if picture.width * picture.height > limits.PIXELS:
                    return False
                picture.load()
    except (*faults, Warning, UnidentifiedImageError):
        return False
    return True
