"""`attachment`: a picture out of a register, drawn anew."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from taza_desktop.register.register import Register
from tests.running import Taza


def test_a_picture_is_saved_drawn_anew(taza: Taza, district: Path, tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (9, 7), (20, 120, 60)).save(picture, "PNG")
    hidden = picture.getvalue() + b"PK\3\4archive"
    with Register.open(district) as register:
        digest = register.keep_attachment(hidden)
    out = tmp_path / "saved.png"
    saved = taza("attachment", district, digest, "--out", out, "--json")
    assert saved.json["size"] == out.stat().st_size
    assert b"archive" not in out.read_bytes()
    with Image.open(out) as drawn:
        assert drawn.size == (9, 7)


def test_an_attachment_that_is_not_there_is_refused(
    taza: Taza, district: Path, tmp_path: Path
) -> None:
    out = tmp_path / "x.png"
    assert taza("attachment", district, "0" * 64, "--out", out).refused == "REG-NO-ATTACHMENT"
    assert not out.exists()
