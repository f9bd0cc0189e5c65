"""The three languages: one gettext catalogue for core and window, `Text` for data."""

from __future__ import annotations

import gettext as _gettext
from functools import cache
from typing import Literal, NamedTuple, get_args

from taza_desktop.paths import data_path

Language = Literal["kk", "ru", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
NAMES: dict[Language, str] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
DOMAIN = "taza_desktop"


class Text(NamedTuple):
    """One text in the three languages: a label, a title, the name of a territory."""

    kk: str
    ru: str
    en: str

    def to(self, language: Language) -> str:
        """The text in that language."""
        return getattr(self, language)

    def __str__(self) -> str:
        return self.to(language())


_in_force: Language = "kk"
_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def set_language(wanted: Language) -> None:
    """Put a language in force for every text shown from now on; the source is in English."""
    global _in_force, _catalogue
    _in_force = wanted
    _catalogue = _catalogue_of(wanted)


def language() -> Language:
    """The language in force."""
    return _in_force


def gettext(message: str) -> str:
    """The message in the language in force."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message in the language in force, in the form that goes with `count`."""
    return _catalogue.ngettext(one, many, count)


def in_all(message: str, **fields: object) -> Text:
    """The message in all three languages with its fields filled in; a `Text` among them in each."""
    return Text(*(_in_one(language, message, fields) for language in LANGUAGES))


def N_(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


_ = gettext


def _in_one(language: Language, message: str, fields: dict[str, object]) -> str:
    filled = {
        name: value.to(language) if isinstance(value, Text) else value
        for name, value in fields.items()
    }
    return _catalogue_of(language).gettext(message).format(**filled)


@cache
def _catalogue_of(language: Language) -> _gettext.NullTranslations:
    return _gettext.translation(DOMAIN, data_path("i18n"), [language], fallback=True)
