"""Attachments: told by their content, made small, stripped of place and camera."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from taza_desktop.errors import Refusal
from taza_desktop.register import pictures
from taza_desktop.register.register import Register

PDF = b"%PDF-1.7\n" + bytes(100)


def picture(size: tuple[int, int] = (40, 30), kind: str = "JPEG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Secret camera"
    Image.new(mode, size, 200).save(out, kind, exif=exif)
    return out.getvalue()


def test_a_photo_is_turned_upright_and_loses_its_metadata(register: Register) -> None:
    value = register.attach(picture(), "егу.jpg")
    kept = register.attachment(str(value["sha256"]))
    assert value == {
        "sha256": hashlib.sha256(kept).hexdigest(),
        "name": "егу.jpg",
        "type": "image/jpeg",
        "size": len(kept),
    }
    with Image.open(io.BytesIO(kept)) as seen:
        assert (seen.size, dict(seen.getexif())) == ((30, 40), {})
    assert b"Secret camera" not in kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_large_picture_is_made_smaller(register: Register, kind: str, mode: str) -> None:
    value = register.attach(picture((4000, 2000), kind, mode), "scan")
    with Image.open(io.BytesIO(register.attachment(str(value["sha256"])))) as seen:
        assert (seen.size, seen.format) == ((800, 1600), kind)


def test_a_png_keeps_what_is_transparent(register: Register) -> None:
    value = register.attach(picture(kind="PNG", mode="RGBA"), "stamp.png")
    with Image.open(io.BytesIO(register.attachment(str(value["sha256"])))) as seen:
        assert seen.mode == "RGBA"


def test_a_pdf_is_kept_as_it_is(register: Register) -> None:
    value = register.attach(PDF, "хат.pdf")
    assert value["type"] == "application/pdf"
    assert register.attachment(str(value["sha256"])) == PDF


@pytest.mark.parametrize("data", [b"", b"MZ\x90", b"GIF89a", b"<svg/>"])
def test_other_files_are_refused(register: Register, data: bytes) -> None:
    with pytest.raises(Refusal, match=r"REG-ATTACHMENT: photo\.jpg"):
        register.attach(data, "photo.jpg")


@pytest.mark.parametrize("data", [picture()[:200], b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_a_damaged_picture_is_refused(register: Register, data: bytes) -> None:
    with pytest.raises(Refusal, match="REG-ATTACHMENT-BROKEN"):
        register.attach(data, "photo.jpg")


def test_a_picture_that_would_fill_the_memory_is_refused(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 1000)
    with pytest.raises(Refusal, match="REG-ATTACHMENT-BROKEN"):
        register.attach(picture(), "photo.jpg")


def test_a_file_that_is_too_large_is_refused(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MAX_BYTES", 50)
    with pytest.raises(Refusal, match="REG-ATTACHMENT-LARGE"):
        register.attach(PDF, "хат.pdf")


def test_the_same_attachment_is_kept_once(register: Register) -> None:
    assert register.attach(PDF, "a")["sha256"] == register.attach(PDF, "b")["sha256"]
    assert register.db.execute("SELECT count(*) FROM attachments").fetchone()[0] == 1


def test_an_unknown_attachment_is_refused(register: Register) -> None:
    with pytest.raises(Refusal, match="REG-NO-ATTACHMENT"):
        register.attachment("00" * 32)


def test_a_credential_is_replaced_whole(register: Register) -> None:
    register.put_credential("clerk", certificate=b"1", key=b"2")
    register.put_credential("clerk", certificate=b"3")
    assert register.credential("clerk") == {"certificate": b"3"}
    assert register.credential("authority") == {}
