"""Kazakh text: the order of the alphabet, folding for search, cleaning of what was typed."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache

from taza_desktop.paths import data_path

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"  # all 42 letters in the official order
_ORDER = {ord(letter): chr(0x0400 + place) for place, letter in enumerate(ALPHABET)}

# Letters that people type for each other: a Russian keyboard has no Kazakh letters, and і is typed
# as и or ы. Replaced one by one, which is many times faster than `translate` on a long text.
_FOLDED = [*zip("әғёқңөұүһіыйэщ", "агекноуухиииеш", strict=True), ("ь", ""), ("ъ", "")]
_NOT_A_WORD = re.compile(r"[^\w\n]+")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04FF]")
_LATIN = re.compile(r"[A-Za-z\u00C0-\u024F\u0250-\u02AF]")
# What cannot be seen, or turns the direction of writing about.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_LATIN_SPELLING = (
    "a a b v g g d e yo zh z i y k k l m n n o o p r s t u u u f kh h ts ch sh shch - y i - e yu ya"
)
_SMALL_ROMAN = {
    ord(letter): roman
    for letter, roman in zip(
        ALPHABET,
        _LATIN_SPELLING.split(),
        strict=True,
    )
} | {ord("ъ"): "", ord("ь"): ""}
_ROMAN = _SMALL_ROMAN | {
    ord(chr(code).upper()): roman.capitalize() for code, roman in _SMALL_ROMAN.items()
}


def sort_key(text: str) -> str:
    """A string that sorts by code point as Kazakh does by alphabet; fit for a column of SQLite."""
    return unicodedata.normalize("NFC", text).casefold().translate(_ORDER)


def fold(text: str) -> str:
    """The text as search compares it: lower case, Kazakh letters as Russian ones, single spaces."""
    return fold_all([clean(text).replace("\n", " ")])[0]


def fold_all(clean_texts: list[str]) -> list[str]:
    """What `fold` gives for each text; quick for thousands that are clean and of one line."""
    plain = "\n".join(clean_texts).casefold()
    for letter, folded in _FOLDED:
        plain = plain.replace(letter, folded)
    return [line.strip() for line in _NOT_A_WORD.sub(" ", plain).split("\n")]


def clean(text: str) -> str:
    """The text as it is stored: NFC, ordinary spaces, Latin look-alikes in Cyrillic words replaced.

    Line breaks stay. A word is mended only when every Latin letter in it has a Cyrillic twin, so
    «COVIDпен» and «Zero Waste» are left alone.
    """
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n"))
    text = _WORD.sub(lambda word: _in_cyrillic(word.group()), text)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def one_line(text: str) -> str:
    """A name as it is stored: in NFC, on one line, nothing in it that cannot be seen."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def romanise(text: str) -> str:
    """Kazakh in plain Latin letters for English («Қызылжар» → "Kyzylzhar"); not a standard."""
    return text.translate(_ROMAN)


def _in_cyrillic(word: str) -> str:
    if not _CYRILLIC.search(word):
        return word
    mended = word.translate(_twins())
    return word if _LATIN.search(mended) else mended


@cache
def _twins() -> dict[int, str]:
    """Look-alike letter → the Cyrillic letter meant."""
    with data_path("resources", "plan", "confusables.csv").open(encoding="utf-8") as stream:
        return {ord(row["from"]): row["to"] for row in csv.DictReader(stream)}
