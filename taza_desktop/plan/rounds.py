"""Reporting rounds: a year, a half, nine months, a quarter; their codes, dates and names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, Language, Text

RoundKind = Literal["year", "half", "nine_months", "quarter"]

_CODE = re.compile(r"(20[0-9]{2})(?:-(Q[1-4]|H[12]|9M))?")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the year: first and last month, its name."""

    kind: RoundKind
    first: int
    last: int
    name: Text


_PARTS = {
    "": _Part("year", 1, 12, Text("{year} жыл", "{year} год", "{year}")),
    "9M": _Part("nine_months", 1, 9, Text(
        "{year} жылғы 9 ай", "9 месяцев {year} года", "nine months of {year}")),
    "H1": _Part("half", 1, 6, Text(
        "{year} жылғы I жартыжылдық", "I полугодие {year} года", "first half of {year}")),
    "H2": _Part("half", 7, 12, Text(
        "{year} жылғы II жартыжылдық", "II полугодие {year} года", "second half of {year}")),
    "Q1": _Part("quarter", 1, 3, Text(
        "{year} жылғы I тоқсан", "I квартал {year} года", "first quarter of {year}")),
    "Q2": _Part("quarter", 4, 6, Text(
        "{year} жылғы II тоқсан", "II квартал {year} года", "second quarter of {year}")),
    "Q3": _Part("quarter", 7, 9, Text(
        "{year} жылғы III тоқсан", "III квартал {year} года", "third quarter of {year}")),
    "Q4": _Part("quarter", 10, 12, Text(
        "{year} жылғы IV тоқсан", "IV квартал {year} года", "fourth quarter of {year}")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Round:
    """One reporting round; `part` is empty for the whole year, else Q1–Q4, H1, H2 or 9M."""

    year: int
    part: str = ""

    @classmethod
    def parse(cls, code: str) -> Round:
        """The round of that code: `2024`, `2025-Q1`, `2025-H1`, `2025-9M`. Refusal PLAN-ROUND."""
        found = _CODE.fullmatch(code)
        if not found:
            raise Refusal(
                "PLAN-ROUND",
                N_(
                    "There is no round “{typed}”. Write a year (2024), a quarter (2025-Q1), "
                    "a half (2025-H1) or nine months (2025-9M)."
                ),
                typed=code,
            )
        return cls(int(found[1]), found[2] or "")

    @property
    def code(self) -> str:
        """How the round is written in registers and packages."""
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    @property
    def kind(self) -> RoundKind:
        """What a form's `rounds` names."""
        return _PARTS[self.part].kind

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, _PARTS[self.part].first, 1)

    @property
    def end(self) -> date:
        """The last day: the cut-off date of the figures."""
        return _first_of_next_month(self.year, _PARTS[self.part].last) - timedelta(days=1)

    @property
    def due(self) -> date:
        """By when the Ministry waits for it.

        A year: 1 February of the next one (Government resolution № 910 of 31 October 2024). For
        rounds within the year no act names a date; the 10th of the following month is our own
        assumption.
        """
        if not self.part:
            return date(self.year + 1, 2, 1)
        return _first_of_next_month(self.year, _PARTS[self.part].last).replace(day=10)

    def earlier(self) -> list[Round]:
        """The rounds of the same year that ended before, the latest first, the longer before."""
        rounds = (Round(self.year, part) for part in _PARTS)
        ended = [it for it in rounds if it.end < self.end]
        return sorted(ended, key=lambda it: (-it.end.toordinal(), it.start))

    def name(self, language: Language) -> str:
        """«2025 жылғы I тоқсан» / «I квартал 2025 года» / "first quarter of 2025"."""
        return _PARTS[self.part].name.to(language).format(year=self.year)

    def __str__(self) -> str:
        return self.code


def _first_of_next_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def codes_of(years: Iterable[int]) -> list[str]:
    """The codes of all rounds of these years."""
    return [Round(year, part).code for year in years for part in _PARTS]
