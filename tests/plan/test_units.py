import tomllib
from decimal import Decimal

import pytest

from taza_desktop.i18n import LANGUAGES, Language
from taza_desktop.paths import data_path
from taza_desktop.plan.kazakh import clean
from taza_desktop.plan.units import unit, units


@pytest.mark.parametrize(
    ("number", "language", "printed"),
    [
        (1, "ru", "1 саженец"),
        (2, "ru", "2 саженца"),
        (5, "ru", "5 саженцев"),
        (11, "ru", "11 саженцев"),
        (21, "ru", "21 саженец"),
        (112, "ru", "112 саженцев"),
        (63670, "ru", "63 670 саженцев"),
        (Decimal("374.6"), "ru", "374,6 саженца"),
        (0, "ru", "0 саженцев"),
        (1, "kk", "1 көшет"),
        (63670, "kk", "63 670 көшет"),
        (1, "en", "1 sapling"),
        (0, "en", "0 saplings"),
        (63670, "en", "63,670 saplings"),
    ],
)
def test_counting(number: int | Decimal, language: Language, printed: str):
    assert unit("plant").counted(number, language) == printed.replace(" ", "\u00a0")


def test_money_and_shares():
    assert unit("KZT").counted(61_000_000, "kk") == "61\u00a0000\u00a0000\u00a0теңге"
    assert unit("KZT").counted(61_000_000, "ru") == "61\u00a0000\u00a0000\u00a0тенге"
    assert unit("KZT").short.kk == "₸"
    assert unit("percent").counted(Decimal("88.3"), "ru") == "88,3\u00a0%"


def test_the_word_alone():
    assert [unit("settlement").word(number, "ru") for number in (1, 3, 7)] == [
        "населенный пункт",
        "населенных пункта",
        "населенных пунктов",
    ]


def test_an_unknown_unit():
    with pytest.raises(KeyError):
        unit("bushel")


@pytest.mark.parametrize("key", units())
def test_every_unit_is_whole(key: str):
    one = unit(key)
    words = [*one.short, one.kk, *one.ru, *one.en]
    assert all(words)
    assert [clean(word) for word in words] == words
    assert len(one.ru) == 3
    assert len(one.en) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_units_read_the_same(language: Language):
    """A clerk must be able to tell them apart; a unit that reads like another is a double."""
    words = [one.word(5, language) for one in units().values()]
    assert sorted(words) == sorted(set(words))


def test_no_key_stands_twice():
    text = data_path("resources", "plan", "units.toml").read_text(encoding="utf-8")
    assert len(tomllib.loads(text)) == text.count("\n[")
