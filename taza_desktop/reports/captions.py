"""Captions of tables and pictures, numbered through the report."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from taza_desktop.i18n import Language
from taza_desktop.reports.neutral import Caption
from taza_desktop.reports.words import word

_NUMBER = "\x00"


class Captions:
    """Counts the tables and the pictures of one report."""

    def __init__(self, lang: Language) -> None:
        self._lang: Language = lang
        self._counts: Counter[str] = Counter()

    def table(self, title: str) -> Caption:
        """«3-кесте. …», «Таблица 3. …»."""
        return self._next("table", title)

    def picture(self, title: str) -> Caption:
        """«3-сурет. …», «Рисунок 3. …»."""
        return self._next("picture", title)

    def _next(self, kind: Literal["table", "picture"], title: str) -> Caption:
        self._counts[kind] += 1
        said = word(f"caption_{kind}", self._lang, number=_NUMBER, title=title)
        before, _, after = said.partition(_NUMBER)
        return Caption(kind, before, self._counts[kind], after)
