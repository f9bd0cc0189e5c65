"""A sentence in pieces: what the template says, and what came from the cells of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_ENDINGS = re.compile(r"(?:[,;]| —)\s*(?=[.);]|$)")  # of a list whose last parts were left out
_OPENINGS = re.compile(r"(?<=\()[,;]\s*")
_GAPS = re.compile(r" +(?=[,.;:)])|(?<= ) +")
_EDGES = re.compile(r"^\s+|\s+$")


class Piece(NamedTuple):
    """A stretch of a sentence; `cells` are the addresses of the cells that it says, if any.

    `planted` · `winners/<entry id, else row number from 1>/prize` · for a whole column of a table
    `winners.prize`, for the number of its entries `winners.count`.
    """

    text: str
    cells: tuple[str, ...] = ()


Spoken = tuple[Piece, ...]


def text_of(spoken: Iterable[Piece]) -> str:
    """The sentence as it is read."""
    return "".join(piece.text for piece in spoken)


def tidy(spoken: Iterable[Piece]) -> Spoken:
    """Without the commas and spaces that belonged to parts left out, and with no blank piece."""
    pieces = tuple(piece for piece in spoken if piece.text)
    for pattern in (_ENDINGS, _GAPS, _OPENINGS, _EDGES):
        pieces = _without(pattern, pieces)
    return pieces


def capitalised(spoken: Spoken) -> Spoken:
    """With a capital at the beginning."""
    first = spoken[0]
    return (first._replace(text=first.text[0].upper() + first.text[1:]), *spoken[1:])


def _without(pattern: re.Pattern[str], pieces: Spoken) -> Spoken:
    """The pieces without what the pattern finds, which may begin in one and end in another."""
    found = [match.span() for match in pattern.finditer(text_of(pieces))]
    return tuple(_cut(pieces, found)) if found else pieces


def _cut(pieces: Spoken, found: list[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for piece in pieces:
        kept = [
            letter
            for place, letter in enumerate(piece.text, start=at)
            if not any(start <= place < end for start, end in found)
        ]
        at += len(piece.text)
        if kept:
            yield piece._replace(text="".join(kept))
