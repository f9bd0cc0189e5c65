"""Templates of sentences: Python's replacement fields, brackets round what may be left out.

`{planted}`, `{planted:unit}`, `{planted:высажен|высажено|высажено}`, `{winners.count}`,
`{plantings.planted}`, `{in_territory}`, `{place:in}`, `{state:lower}`. A part in `[…]` is left out
when something in it is blank; `[[` and `]]` are brackets themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from string import Formatter
from typing import Final, NamedTuple

from taza_desktop.i18n import Language

TERRITORY: Final = ("territory", "in_territory", "of_territory")
PLURALS: Final[dict[Language, int]] = {
    "kk": 0,
    "ru": 3,
    "en": 2,
}  # words that a number chooses from
COUNT: Final = "count"  # `{winners.count}`: the number of entries
_PART = re.compile(r"\[(?!\[)([^\[\]]*)\]")
_PLACEHOLDERS = {"[[": "\x01", "]]": "\x02"}


class Field(NamedTuple):
    """One replacement field: `{name}` or `{name:how}`."""

    name: str
    how: str = ""

    @property
    def words(self) -> list[str]:
        """The words that the number chooses from; empty when the field is no such choice."""
        return self.how.split("|") if "|" in self.how else []


class Part(NamedTuple):
    """A stretch of a template; an optional one is left out when one of its fields is blank."""

    pieces: tuple[str | Field, ...]
    optional: bool


@lru_cache(maxsize=1024)
def parsed(template: str) -> tuple[Part, ...]:
    """The parts of a template; ValueError with the reason when it cannot be read."""
    return tuple(_parts(template))


def fields(template: str) -> list[Field]:
    """The fields of a template in their order; ValueError as in `parsed`."""
    return [piece for part in parsed(template) for piece in part.pieces if isinstance(piece, Field)]


def names_territory(pieces: Iterable[str | Field]) -> bool:
    """Is the territory among the fields; in an optional part it is said only the first time."""
    return any(isinstance(piece, Field) and piece.name in TERRITORY for piece in pieces)


def _parts(template: str) -> Iterator[Part]:
    for doubled, placeholder in _PLACEHOLDERS.items():
        template = template.replace(doubled, placeholder)
    for at, text in enumerate(_PART.split(template)):
        if "[" in text or "]" in text:
            raise ValueError("a square bracket has no partner")
        if text:
            yield Part(tuple(_pieces(text)), optional=at % 2 == 1)


def _pieces(text: str) -> Iterator[str | Field]:
    for literal, name, how, conversion in Formatter().parse(text):
        if literal:
            yield literal.replace("\x01", "[").replace("\x02", "]")
        if name is None:
            continue
        if conversion or "{" in (how or "") or not name:
            raise ValueError("a field is {name} or {name:how}")
        yield Field(name, how or "")
