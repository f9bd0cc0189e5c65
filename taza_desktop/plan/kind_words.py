"""Dates, texts, choices, places, links and attachments: how they are typed, stored and shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Final, cast

from taza_desktop.i18n import N_, Language
from taza_desktop.plan.form import Figure
from taza_desktop.plan.kazakh import clean, fold
from taza_desktop.plan.sheet import Value

LENGTH: Final = {"text": 500, "person": 200, "long_text": 10_000, "link": 2_000}
ATTACHMENT_TYPES: Final = ("image/jpeg", "image/png", "application/pdf")
_LARGEST: Final = 50 * 1024 * 1024
# Control characters, what turns the direction of writing about, halves of a character.
_FORBIDDEN: Final = "\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_BAD_LINE = re.compile(f"[\n{_FORBIDDEN}]")
_BAD_LINES = re.compile(f"[{_FORBIDDEN}]")
_LINK = re.compile(r"https?://[^\s/@?#]+\.[^\s/@?#]+(?:[/?#]\S*)?")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TYPED_DATE = re.compile(r"([0-9]{1,2})[./\- ]([0-9]{1,2})(?:[./\- ]([0-9]{4}|[0-9]{2}))?\.?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DATE_WANTED = N_("write a date, for example 31.10.2024")
_CHOICE_WANTED = N_("choose one of the answers of the list")


def parse_date(_figure: Figure, typed: str, _language: Language) -> str:
    """31.10.2024, 31.10 (the latest such day that is not in the future) or 2024-10-31."""
    try:
        return _day(typed.strip()).isoformat()
    except ValueError:
        raise ValueError(_DATE_WANTED) from None


def fault_date(_figure: Figure, value: object) -> str | None:
    """Is it a day of the calendar, written 2024-10-31."""
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            return _DATE_WANTED
        return None
    return _DATE_WANTED


def show_date(_figure: Figure, value: Value, _language: Language) -> str:
    """31.10.2024."""
    return date.fromisoformat(str(value)).strftime("%d.%m.%Y")


_LONG_DATE: Final = {"kk": "y 'жылғы' d MMMM", "ru": "d MMMM y 'года'", "en": "d MMMM y"}


def say_date(_figure: Figure, value: Value, language: Language) -> str:
    """As `date_in_words`."""
    return date_in_words(date.fromisoformat(str(value)), language)


def date_in_words(day: date, language: Language) -> str:
    """«2024 жылғы 31 қазан», «31 октября 2024 года», "31 October 2024"."""
    from babel.dates import format_date

    return format_date(day, _LONG_DATE[language], locale=language).replace(" ", "\u00a0")


def parse_text(figure: Figure, typed: str, _language: Language) -> str:
    """The text cleaned of what should not be stored; of a line the breaks too."""
    bad = _BAD_LINES if figure.kind == "long_text" else _BAD_LINE
    text = clean(bad.sub(lambda sign: " " if sign.group().isspace() else "", typed))
    if reason := fault_text(figure, text):
        raise ValueError(reason)
    return text


def fault_text(figure: Figure, value: object) -> str | None:
    """Length, forbidden characters, composed letters (NFC)."""
    if not isinstance(value, str) or not value or value.isspace():
        return N_("write a text")
    if len(value) > LENGTH[figure.kind]:
        return N_("the text is too long")
    bad = _BAD_LINES if figure.kind == "long_text" else _BAD_LINE
    if not value.isprintable() and bad.search(value):
        return N_("the text holds characters that cannot be printed")
    if not unicodedata.is_normalized("NFC", value):
        return N_("the text holds letters that are not composed (Unicode NFC)")
    return None


def show_text(_figure: Figure, value: Value, _language: Language) -> str:
    """The text itself."""
    return str(value)


def parse_link(figure: Figure, typed: str, _language: Language) -> str:
    """An address of the web; without http at its head https is meant."""
    text = typed.strip()
    link = text if "://" in text else f"https://{text}"
    if reason := fault_link(figure, link):
        raise ValueError(reason)
    return link


def fault_link(figure: Figure, value: object) -> str | None:
    """Only http and https, with a host."""
    if isinstance(value, str) and _LINK.fullmatch(value) and not _BAD_LINE.search(value):
        return None if len(value) <= LENGTH["link"] else N_("the address is too long")
    return N_("write an address of the web, for example https://www.gov.kz")


def parse_choice(figure: Figure, typed: str, _language: Language) -> str:
    """The key of the answer that was typed, by its key or its label in any language."""
    wanted = fold(typed)
    for choice in figure.choices:
        if typed.strip() == choice.key or wanted in {fold(label) for label in choice.label}:
            return choice.key
    raise ValueError(_CHOICE_WANTED)


def fault_choice(figure: Figure, value: object) -> str | None:
    """Is it the key of an answer."""
    return None if any(value == choice.key for choice in figure.choices) else _CHOICE_WANTED


def show_choice(figure: Figure, value: Value, language: Language) -> str:
    """The label of the answer."""
    labels = {choice.key: choice.label for choice in figure.choices}
    return labels[str(value)].to(language) if value in labels else str(value)


def parse_choices(figure: Figure, typed: str, language: Language) -> list[str]:
    """The keys of the answers, typed with commas or semicolons between them."""
    parts = [part for part in re.split(r"[;,]", typed) if part.strip()]
    chosen = {parse_choice(figure, part, language) for part in parts}
    return [choice.key for choice in figure.choices if choice.key in chosen]


def fault_choices(figure: Figure, value: object) -> str | None:
    """One key or more, none twice."""
    if not isinstance(value, list) or not value:
        return _CHOICE_WANTED
    keys = cast("list[object]", value)
    if any(fault_choice(figure, key) for key in keys) or len({str(k) for k in keys}) != len(keys):
        return _CHOICE_WANTED
    return None


def parse_attachment(_figure: Figure, _typed: str, _language: Language) -> Value:
    """A file cannot be typed."""
    raise ValueError(N_("attach a file: JPEG, PNG or PDF"))


def fault_attachment(_figure: Figure, value: object) -> str | None:
    """{"sha256", "name", "type", "size"} and nothing else; the name is no path."""
    if not isinstance(value, Mapping):
        return N_("attach a file: JPEG, PNG or PDF")
    file = cast("Mapping[object, object]", value)
    name, size = file.get("name"), file.get("size")
    fits = (
        set(file) == {"sha256", "name", "type", "size"}
        and isinstance(file["sha256"], str)
        and _SHA256.fullmatch(file["sha256"])
        and isinstance(name, str)
        and 0 < len(name) <= 255
        and not re.search(r"[/\\]", name)
        and not _BAD_LINE.search(name)
        and file["type"] in ATTACHMENT_TYPES
        and type(size) is int
        and 0 < size <= _LARGEST
    )
    return None if fits else N_("attach a file: JPEG, PNG or PDF, up to 50 MB")


def show_attachment(_figure: Figure, value: Value, _language: Language) -> str:
    """The name of the file."""
    return str(value["name"]) if isinstance(value, Mapping) else str(value)


def _day(text: str) -> date:
    """The day that was typed; ValueError."""
    if _ISO_DATE.fullmatch(text):
        return date.fromisoformat(text)
    match = _TYPED_DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day, month = int(match[1]), int(match[2])
    if match[3]:
        year = int(match[3])
        return date(year if year > 99 else 2000 + year, month, day)
    return _latest(month, day, date.today())


def _latest(month: int, day: int, today: date) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)
