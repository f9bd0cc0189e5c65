import random
import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.plan.kazakh import ALPHABET, clean, fold, fold_all, romanise, sort_key

OFFICIAL_ORDER = (
    "А Ә Б В Г Ғ Д Е Ё Ж З И Й К Қ Л М Н Ң О Ө П Р С Т У Ұ Ү Ф Х Һ Ц Ч Ш Щ Ъ Ы І Ь Э Ю Я"
)


def test_the_alphabet_has_its_42_letters_in_the_official_order():
    assert ALPHABET.upper().split() == OFFICIAL_ORDER.replace(" ", "").split()
    assert len(set(ALPHABET)) == 42


def test_words_sort_by_the_alphabet():
    words = ["Абай", "Әбу", "Ғабит", "Еңбек", "Ескелді", "Кеген", "Қазалы", "Нұра", "Ңа", "Ойыл"]
    words += ["Өскемен", "Ұлытау", "Үржар", "Һауа", "Ыбырай", "Ілияс"]
    shuffled = random.Random(1).sample(words, len(words))
    assert sorted(shuffled, key=sort_key) == words
    assert sorted(shuffled) != words


def test_sqlite_sorts_the_key_in_the_same_order():
    letters = OFFICIAL_ORDER.split()
    database = sqlite3.connect(":memory:")
    database.execute("create table word (word, key)")
    rows = [(letter, sort_key(letter)) for letter in sorted(letters)]
    database.executemany("insert into word values (?, ?)", rows)
    assert [row[0] for row in database.execute("select word from word order by key")] == letters
    database.close()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("кызылорда", "Қызылорда"),
        ("ОСКЕМЕН", "Өскемен"),
        ("Улытау", "Ұлытау"),
        ("енбекшиказак", "Еңбекшіқазақ"),
        ("гылым", "Ғылым"),
        ("Усть Каменогорск", "Усть-Каменогорск"),
        ("«Үлгілі   ауыл»", "Үлгілі ауыл"),
    ],
)
def test_folded_spellings_meet(typed: str, meant: str):
    assert fold(typed) == fold(meant)


def test_folding_keeps_different_letters_apart():
    assert fold("Алматы") != fold("Алматау")


@given(st.lists(st.text(alphabet=OFFICIAL_ORDER + "abc-. ", max_size=12), max_size=5))
def test_many_texts_fold_like_one(texts: list[str]):
    texts = [clean(text) for text in texts]
    assert not texts or fold_all(texts) == [fold(text) for text in texts]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Мемлекеттiк", "Мемлекеттік"),
        ("гауhар", "гауһар"),
        ("Hұра", "Нұра"),
        ("CЕМЕЙ", "СЕМЕЙ"),
        ("Zero Waste", "Zero Waste"),
        ("COVIDпен", "COVIDпен"),
        ("ESG-отчёт", "ESG-отчёт"),
        (unicodedata.normalize("NFD", "край"), "край"),
        ("  10\u00a0000\u2009саженцев \t", "10 000 саженцев"),
        ("первая  \r\n  вторая", "первая\nвторая"),
        ("мяг\u00adкий", "мягкий"),
    ],
)
def test_cleaning(typed: str, stored: str):
    assert clean(typed) == stored


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str):
    assert clean(clean(text)) == clean(text)


def test_romanising():
    assert romanise("Қызылжар, Шүлбі, Ұйғыр, Үйеңкі") == "Kyzylzhar, Shulbi, Uygyr, Uyenki"
    assert romanise("ТЕЛЬМАН")[:2] == "TE"
