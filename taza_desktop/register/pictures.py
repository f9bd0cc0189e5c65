"""Attachments made fit to travel: recognised by content, pictures re-encoded small and bare."""

from __future__ import annotations

import io
from typing import Literal

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_

AttachmentType = Literal["image/jpeg", "image/png", "application/pdf"]
MAX_BYTES = 20 * 2**20  # of a PDF or of a picture before it is made smaller
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 1600
_QUALITY = 82
_SIGNATURES: dict[bytes, AttachmentType] = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"%PDF-": "application/pdf",
}


def recognise(data: bytes, name: str = "") -> AttachmentType:
    """The type by the first bytes. Raises Refusal REG-ATTACHMENT for anything else."""
    for start, kind in _SIGNATURES.items():
        if data.startswith(start):
            return kind
    raise Refusal(
        "REG-ATTACHMENT",
        N_("{name} is not a JPG or PNG picture or a PDF. Save it as one of these, then attach it."),
        name=name,
    )


def fit(data: bytes, name: str) -> bytes:
    """The bytes to keep: a PDF as it is, never opened; a picture re-encoded without its metadata.

    Raises Refusal REG-ATTACHMENT, REG-ATTACHMENT-LARGE, REG-ATTACHMENT-BROKEN.
    """
    kind = recognise(data, name)
    if len(data) > MAX_BYTES:
        raise Refusal(
            "REG-ATTACHMENT-LARGE",
            N_("{name} is larger than {limit} MB. Scan it with fewer dots per inch."),
            name=name,
            limit=MAX_BYTES // 2**20,
        )
    return data if kind == "application/pdf" else _shrink(data, kind, name)


def _shrink(data: bytes, kind: AttachmentType, name: str) -> bytes:
    """A picture drawn anew: turned upright, at most `LONGEST_SIDE` pixels a side."""
    from PIL import Image, ImageOps

    try:
        with Image.open(
            io.BytesIO(data), formats=["JPEG" if kind == "image/jpeg" else "PNG"]
        ) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValueError("too many pixels")
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            bare = Image.new(_mode(upright.mode, kind), upright.size)
            bare.paste(upright.convert(bare.mode))
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as broken:
        raise Refusal(
            "REG-ATTACHMENT-BROKEN",
            N_("The picture {name} cannot be read. Open it, save it again, then attach it."),
            name=name,
        ) from broken
    drawn = io.BytesIO()
    if kind == "image/jpeg":
        bare.save(drawn, "JPEG", quality=_QUALITY, optimize=True)
    else:
        bare.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def _mode(mode: str, kind: AttachmentType) -> str:
    """Grey stays grey, PNG keeps transparency, all else is plain colour."""
    if mode in ("1", "L"):
        return "L"
    return "RGBA" if kind == "image/png" and mode in ("RGBA", "LA", "PA", "P") else "RGB"
