"""A thing that a coordinator should know, though nothing forbids to go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from taza_desktop.i18n import Language, Text, gettext, language
from taza_desktop.plan.kind_words import date_in_words


@dataclass(frozen=True, slots=True)
class Notice:
    """A stable code and a sentence, translated when it is shown."""

    code: str
    says: str
    fields: Mapping[str, object]

    def text(self) -> str:
        """The sentence in the language in force, days and names of territories too."""
        filled = {name: _in(value, language()) for name, value in self.fields.items()}
        return gettext(self.says).format(**filled)


def day_of(moment: str) -> date:
    """The day of a moment as packages write it ("2026-11-22T10:00:00Z")."""
    return date.fromisoformat(moment[:10])


def _in(value: object, language: Language) -> object:
    if isinstance(value, Text):
        return value.to(language)
    return date_in_words(value, language) if isinstance(value, date) else value
