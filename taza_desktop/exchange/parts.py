"""Which parts of a file lie at the place: what they cover, what is missing, and their list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast

FORMAT, VERSION = "taza-parts", "1.0"
MOST = 100_000  # parts in a list; 200 MB in the smallest parts are half of that
_ALWAYS, _SMALL = 1000, 1024  # nobody has to ask for more parts than these and one of each KB


class Part(NamedTuple):
    """A stretch of a file."""

    offset: int
    size: int

    @property
    def end(self) -> int:
        """Where the next one may begin."""
        return self.offset + self.size


def cover(parts: Iterable[Part], total: int) -> list[Part]:
    """As few of the parts as cover the file from its beginning, as far as they do.

    Parts may overlap: when an answer was lost, a stretch was cut anew.
    """
    chosen: list[Part] = []
    reached = best_end = 0
    best = Part(0, 0)
    for part in [*sorted(parts), Part(total, 0)]:
        offset, end = part[0], part[0] + part[1]
        if offset > reached and best_end > reached:
            chosen.append(best)
            reached = best_end
        if offset > reached:
            return chosen
        if end > best_end:
            best, best_end = part, end
    if best_end > reached:
        chosen.append(best)
    return chosen


def gaps(parts: Iterable[Part], total: int) -> list[Part]:
    """The stretches that no part covers, in order."""
    found: list[Part] = []
    reached = 0
    for part in sorted(parts):
        if part.offset > reached:
            found.append(Part(reached, part.offset - reached))
        reached = max(reached, part.end)
    if reached < total:
        found.append(Part(reached, total - reached))
    return found


def write_list(parts: Iterable[Part], total: int, sha256: str) -> bytes:
    """The list of parts that stands for the file: `sha256` (hex) of the whole, and every part."""
    said = {
        "format": FORMAT,
        "version": VERSION,
        "sha256": sha256,
        "size": total,
        "parts": [list(part) for part in parts],
    }
    return json.dumps(said, separators=(",", ":")).encode("ascii")


def read_list(data: bytes, most: int) -> tuple[list[Part], int, str]:
    """Parts, size and sha256 (hex) of the file behind a list; ValueError when it is not in order.

    `most`: bytes that the file may have.
    """
    try:
        said = json.loads(data)
    except RecursionError as fault:
        raise ValueError("nested") from fault
    if not isinstance(said, dict):
        raise ValueError("not a list of parts")
    values = cast("dict[str, Any]", said)
    version, total, digest = values.get("version"), values.get("size"), values.get("sha256")
    if values.get("format") != FORMAT or not isinstance(version, str) or version[:2] != "1.":
        raise ValueError("format")
    if type(total) is not int or not 0 < total <= most:
        raise ValueError("size")
    if not isinstance(digest, str) or len(digest) != 64:
        raise ValueError("sha256")
    parts = list(_parts(values.get("parts"), total))
    if gaps(parts, total) or sum(part.size for part in parts) > 2 * total:
        raise ValueError("parts")
    return parts, total, digest


def _parts(said: Any, total: int) -> Iterator[Part]:
    most = min(MOST, _ALWAYS + total // _SMALL)
    if not isinstance(said, list) or len(cast("list[Any]", said)) > most:
        raise ValueError("parts")
    for pair in cast("list[Any]", said):
        if not isinstance(pair, list) or [type(one) for one in cast("list[Any]", pair)] != [
            int,
            int,
        ]:
            raise ValueError("a part")
        part = Part(*cast("list[int]", pair))
        if part.offset < 0 or part.size <= 0 or part.end > total:
            raise ValueError("a part")
        yield part
