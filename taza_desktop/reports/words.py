"""The words of the printed report: in the report's language, whatever language the window is in."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import NamedTuple

from taza_desktop.i18n import Language, Text
from taza_desktop.paths import data_path


class Abbreviation(NamedTuple):
    """An abbreviation of the column of executors and what it stands for."""

    short: Text
    full: Text


@cache
def _words() -> dict[str, Text]:
    path = data_path("resources", "reports", "words.toml")
    return {key: Text(**said) for key, said in tomllib.loads(path.read_text("utf-8")).items()}


def word(key: str, lang: Language, **fields: object) -> str:
    """The word of `words.toml` with its fields filled in; KeyError when there is none."""
    return _words()[key].to(lang).format(**fields)


@cache
def _abbreviations() -> tuple[Abbreviation, ...]:
    path = data_path("resources", "reports", "abbreviations.toml")
    listed = tomllib.loads(path.read_text("utf-8"))["abbreviation"]
    return tuple(Abbreviation(Text(**row["short"]), Text(**row["full"])) for row in listed)


def abbreviations_in(text: str, lang: Language) -> list[tuple[str, str]]:
    """The abbreviations that occur as whole words: (short, full), in the order of print."""
    found: list[tuple[str, str]] = []
    for short, full in _abbreviations():
        said = short.to(lang)
        if re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text):
            found.append((said, full.to(lang)))
    return found
