"""Babel extractor for Designer files: every `<string>` that is meant to be translated."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import BinaryIO

Found = tuple[int, str, str, list[str]]


def extract(file: BinaryIO, keywords: object, comments: object, options: object) -> Iterator[Found]:
    """Yield (line, function, message, comments); the line stays 0, only files are noted."""
    for string in ET.parse(file).iter("string"):
        if string.get("notr") != "true" and string.text:
            note = string.get("extracomment") or string.get("comment")
            yield 0, "gettext", string.text, [note] if note else []
