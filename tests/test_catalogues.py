"""The catalogues hold every text of the sources, translated, with the same fields."""

from __future__ import annotations

import io
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
LANGUAGES = ("kk", "ru", "en")
TRANSLATED = ("kk", "ru")


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / f"i18n/{language}/LC_MESSAGES/taza_desktop.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


@cache
def texts_of_the_sources() -> frozenset[str]:
    with (ROOT / "i18n/babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options)
    return frozenset(_first(text) for _file, _line, text, _comments, _context in found)


def _first(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_extractor_reads_designer_files() -> None:
    from installer.designer_strings import extract

    designed = b"""<ui><widget><property name="text"><string>Send</string></property>
        <property name="x"><string notr="true">id</string></property></widget></ui>"""
    assert list(extract(io.BytesIO(designed), [], [], {})) == [(0, "gettext", "Send", [])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_what_the_sources_say(language: str) -> None:
    held = {_first(message.id) for message in messages(language)}
    assert not texts_of_the_sources() - held, "run `make i18n`, then translate"
    assert not held - texts_of_the_sources(), "run `make i18n`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_untranslated(language: str) -> None:
    left = [
        message.id
        for message in messages(language)
        if message.fuzzy or not all(_forms(message.string))
    ]
    assert not left


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_the_same_fields(language: str) -> None:
    wrong = [
        (message.id, form)
        for message in messages(language)
        for form in _forms(message.string)
        if fields(form) != fields(_forms(message.id)[-1])
    ]
    assert not wrong
