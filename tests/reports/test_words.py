"""The words of the report say the same in each of its languages."""

from __future__ import annotations

import re
import tomllib

import pytest

from taza_desktop.paths import data_path
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.reports.settings import defaults, of_office
from taza_desktop.reports.words import word

WORDS = tomllib.loads(data_path("resources", "reports", "words.toml").read_text("utf-8"))


@pytest.mark.parametrize("key", WORDS)
def test_a_word_has_three_languages_with_the_same_fields(key: str) -> None:
    said = WORDS[key]
    assert set(said) == {"kk", "ru", "en"}
    assert all(text.strip() for text in said.values())
    assert len({frozenset(re.findall(r"\{\w+\}", text)) for text in said.values()}) == 1


def test_the_title_names_the_plan_as_it_is_called() -> None:
    plan = load_plan()
    assert word("title", "kk").startswith(plan.title.kk)
    assert "Плана" + plan.title.ru.removeprefix("План") in word("title", "ru")


def test_an_office_changes_only_what_it_names() -> None:
    usual, own = defaults(), of_office({"office.executor": "А. А."})
    assert own.signature.executor == "А. А."
    assert own.signature.phone == usual.signature.phone
    assert own.layout == usual.layout
    assert len(usual.columns) == 6
