"""What was read out of TOML and checked once, as JSON: a start need not do it again.

`make generated` writes `compiled/<name>.json` beside a TOML file. It notes a checksum of every file
that it came from, so that after an edit the TOML itself is read and the edit is in force at once.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast


def compiled_path(path: Path) -> Path:
    """Where the compiled file of a TOML file lies."""
    return path.parent / "compiled" / f"{path.stem}.json"


def compiled(path: Path) -> object:
    """What was compiled from a TOML file; None when nothing was, or not from the file as it is."""
    try:
        held = json.loads(compiled_path(path).read_bytes())
        sources = cast("dict[str, int]", held["sources"])
        if all(_checksum(path.parent / name) == sum_ for name, sum_ in sources.items()):
            return held["data"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # no such file, or not one of ours: the TOML says the same, only slower
    return None


def read_toml(path: Path) -> dict[str, object]:
    """What stands in a TOML file itself; numbers with a fraction are Decimal."""
    import tomllib

    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def as_compiled(path: Path, sources: Iterable[str], data: object) -> str:
    """The compiled file of a TOML file: its data, made from `sources` in the folder of `path`.

    Decimals and days become text. Raises: TypeError for what JSON cannot hold.
    """
    sums = {name: _checksum(path.parent / name) for name in sources}
    whole = {"sources": sums, "data": data}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), default=_as_text)
    return f"{text}\n"


def _checksum(path: Path) -> int:
    """To notice an edit, not an attack, so CRC-32 does and OpenSSL need not be loaded."""
    return zlib.crc32(path.read_bytes().replace(b"\r\n", b"\n"))


def _as_text(value: object) -> str:
    if not isinstance(value, Decimal | date):
        raise TypeError(type(value))
    return str(value)
