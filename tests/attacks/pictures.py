"""Attachments that are not what they say, or too much of it, well signed: step 10."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace
from hashlib import sha256
from typing import Any

from PIL import Image

from tests.attacks.kit import Attack, Table
from tests.packages.kit import Sample, picture

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "application/pdf": "pdf"}
PDF = b"%PDF-1.7\nanything\n%%EOF\n"


def attaching(content: bytes, kind: str = "image/png", **named: Any) -> Attack:
    """A cell that names this attachment, and the attachment."""

    def attack(sample: Sample) -> bytes:
        digest = sha256(content).hexdigest()
        value = {"sha256": digest, "name": "x", "type": kind, "size": len(content), **named}
        record, revisions = sample.lineages[0]
        last = replace(revisions[-1], parents=(), changes={"photo": value})
        entry = f"attachments/{digest[:32]}.{EXTENSIONS[kind]}"
        return sample.with_lineages([(record, [last])], {entry: content})

    return attack


def jpeg(content: bytes, **named: Any) -> Attack:
    return attaching(content, "image/jpeg", **named)


def pdf(content: bytes) -> Attack:
    return attaching(content, "application/pdf")


def saved(kind: str, **options: Any) -> bytes:
    """A small picture with something about how it is saved."""
    out = io.BytesIO()
    Image.new("RGB", (8, 6), (20, 120, 60)).save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    """A piece of a PNG."""
    crc = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)


def claiming(width: int, height: int) -> bytes:
    """A PNG that says it is as large as this, and is a few bytes."""
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def with_text_bomb() -> bytes:
    """A PNG with a comment that inflates to 100 MB."""
    good = picture()
    text = chunk(b"zTXt", b"x\0\0" + zlib.compress(b"0" * 100_000_000))
    return good[:33] + text + good[33:]


def of_many_scans(scans: int) -> bytes:
    """A progressive JPEG that draws itself over and over."""
    good = saved("JPEG", progressive=True)
    start = good.rindex(b"\xff\xda")
    return good[:start] + good[start:-2] * scans + good[-2:]


def located() -> bytes:
    """A JPEG that tells where and when it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Zenit"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 10.0, 0.0), 3: "E", 4: (71.0, 26.0, 0.0)})
    return saved("JPEG", exif=exif)


def another_size(sample: Sample) -> bytes:
    """A second cell names the same attachment with another size."""
    (record, (first, second)), *_ = sample.lineages
    photo: Any = first.changes["photo"]
    again = replace(second, changes={"photo": {**photo, "size": 1}})
    return sample.with_lineages([(record, [first, again])], sample.attachments)


def half_a_hash(sample: Sample) -> bytes:
    """A second cell names another attachment of the same name in the container."""
    (record, (first, second)), *_ = sample.lineages
    photo: Any = first.changes["photo"]
    other = photo["sha256"][:32] + "0" * 32
    again = replace(second, changes={"photo": {**photo, "sha256": other}})
    return sample.with_lineages([(record, [first, again])], sample.attachments)


REFUSED: Table = {
    "PKG-ATTACHMENTS": {
        "an attachment that no cell names": lambda one: one.with_lineages(
            one.lineages[1:], one.attachments
        ),
    },
    "PKG-ATTACHMENT": {
        "a page of the web": attaching(b"<html><script>"),
        "a program": pdf(b"MZ\x90\0"),
        "a PDF as a picture": attaching(PDF),
        "a picture as a PDF": pdf(picture()),
        "a PDF cut short": pdf(b"%PDF-1.7\n"),
        "PNG as JPEG": jpeg(picture()),
        "GIF renamed": attaching(saved("GIF")),
        "WebP renamed": attaching(saved("WEBP")),
        "TIFF renamed": jpeg(saved("TIFF")),
        "PostScript with the beginning of a picture": jpeg(b"\xff\xd8\xff%!PS-Adobe EPSF\n"),
        "a picture cut short": jpeg(picture("JPEG", (600, 600))[:-400]),
        "a picture that is noise": attaching(picture()[:40] + b"x" * 200),
        "a picture too large to draw": attaching(picture("PNG", (5000, 4000))),
        "a picture that says it is larger than memory": attaching(claiming(2**31 - 1, 2**31 - 1)),
        "a picture of no pixels": attaching(claiming(0, 0)),
        "a picture with a bomb in its comment": attaching(with_text_bomb()),
        "a picture that draws itself a thousand times": jpeg(of_many_scans(1000)),
        "another size": attaching(picture(), size=9),
        "two sizes": another_size,
        "half a hash": half_a_hash,
    },
}

GOOD: dict[str, Attack] = {
    "a PDF": pdf(PDF),
    "a PDF with a script, which is never opened": pdf(
        b"%PDF-1.7\n/OpenAction << /S /JavaScript /JS (app.alert(1)) >>\n%%EOF\n"
    ),
    "a picture that tells where it was taken": jpeg(located()),
    "a picture with an archive behind it": attaching(picture() + b"PK\3\4archive"),
    "a picture with a page of the web inside": jpeg(saved("JPEG", comment=b"<script>alert(1)")),
}
