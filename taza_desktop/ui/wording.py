"""Times, sizes and counts in words, in the language in force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt

from taza_desktop.i18n import _, language, ngettext

_LONG_DAY = {"kk": "yyyy 'жылғы' d MMMM"}  # as official papers write it


def moment(utc: str) -> str:
    """A time as packages write it ("2026-11-22T10:00:00Z") on the clock of this place."""
    then = QDateTime.fromString(utc, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale(language()).toString(then, "d MMM yyyy, HH:mm")


def day(on: date, *, short: bool = False) -> str:
    """A date with the month as a word, in full («2025 жылғы 1 ақпан») or shortened."""
    pattern = "d MMM yyyy" if short else _LONG_DAY.get(language(), "d MMMM yyyy")
    return QLocale(language()).toString(QDate(on.year, on.month, on.day), pattern)


def size(count: int) -> str:
    """A size in bytes as people say it."""
    if count < 1024:
        return ngettext("{count} byte", "{count} bytes", count).format(count=count)
    if count < 1024**2:
        return _("{size} KB").format(size=QLocale(language()).toString(count / 1024, "f", 1))
    return _("{size} MB").format(size=QLocale(language()).toString(count / 1024**2, "f", 1))


def number(value: Decimal) -> str:
    """A number as people read it: grouped, of its fraction one digit."""
    whole = value == value.to_integral_value()
    return QLocale(language()).toString(float(value), "f", 0 if whole or abs(value) >= 1000 else 1)
