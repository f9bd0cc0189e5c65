"""What ids, codes, moments and names look like in a package."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

Check = Callable[[Any], bool]

ID = r"[0-9a-f]{32}"  # of a revision or a record
DIGEST = r"[0-9a-f]{64}"  # SHA-256
PACKAGE = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"  # UUID 4
KATO = r"[0-9]{9}"
ROUND = r"[0-9]{4}(-[A-Z0-9]{2})?"
MADE = r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"
KIND = r"[a-z]{1,20}"
SERIAL = r"[0-9a-f]{1,40}"
LINE = r"[^\x00-\x1f\x7f]{0,255}"  # a name, the name of a file


def text(pattern: str) -> Check:
    """Is it a text of that form."""
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def whole(least: int, most: int | None = None) -> Check:
    """Is it a whole number within these limits (true is none)."""
    return lambda value: type(value) is int and least <= value and (most is None or value <= most)


def each(check: Check) -> Check:
    """Is it a list of such items, none of them twice."""

    def items(value: Any) -> bool:
        if not isinstance(value, list):
            return False
        found = cast("list[Any]", value)
        return all(map(check, found)) and len(set(found)) == len(found)

    return items
