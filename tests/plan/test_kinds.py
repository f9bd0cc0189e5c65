"""What is typed becomes what is stored, what is stored is checked, and is shown and said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.errors import Refusal
from taza_desktop.i18n import LANGUAGES, Language, Text
from taza_desktop.plan import kind_words
from taza_desktop.plan.form import Choice, Figure, KindName
from taza_desktop.plan.kind_numbers import exact, rounded, stored
from taza_desktop.plan.kinds import KINDS, check_value, from_sql, parse, say, show
from taza_desktop.plan.sheet import Value

LABEL = Text("Атау", "Имя", "Name")
CHOICES = (
    Choice("pine", Text("Қарағай", "Сосна", "Pine")),
    Choice("birch", Text("Қайың", "Береза", "Birch")),
)
FILE = {"sha256": "a" * 64, "name": "фото.jpg", "type": "image/jpeg", "size": 10}
RODNIKOVKA = "154657100"


def figure(kind: KindName, minimum: str | None = None) -> Figure:
    choices = CHOICES if kind in ("choice", "choices") else ()
    return Figure("it", kind, LABEL, choices=choices, minimum=minimum)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("count", "63 670", 63670),
        ("count", "63\u00a0670", 63670),
        ("count", "0", 0),
        ("count", 12, 12),
        ("count", "116,992 тыс.", 116992),
        ("money", "1,6 млрд", 1600000000),
        ("money", "159 938 082 ₸", 159938082),
        ("money", "0,50", "0.5"),
        ("decimal", "374,60", "374.6"),
        ("decimal", "19.0", 19),
        ("percent", "88,3 %", "88.3"),
        ("date", "31.10.2024", "2024-10-31"),
        ("date", "1.9.24", "2024-09-01"),
        ("date", "2024-10-31", "2024-10-31"),
        ("date", "31/10/2024", "2024-10-31"),
        ("text", "  Абай \n көшесі ", "Абай көшесі"),
        ("text", "й", "й"),
        ("long_text", "бір\nекі", "бір\nекі"),
        ("person", "К. Сабирова", "К. Сабирова"),
        ("choice", "қарағай", "pine"),
        ("choice", "СОСНА", "pine"),
        ("choice", "birch", "birch"),
        ("choices", "Қайың; Сосна", ["pine", "birch"]),
        ("choices", "pine, pine", ["pine"]),
        ("link", "www.gov.kz/a?b=1", "https://www.gov.kz/a?b=1"),
        ("link", "http://gov.kz", "http://gov.kz"),
        ("place", "751110000", "751110000"),
        ("place", "Мартукский район", "154600000"),
        ("text", "  ", None),
        ("count", "", None),
    ],
)
def test_what_is_typed_is_stored(kind: KindName, typed: str | int, value: Value) -> None:
    it = figure(kind)
    found = parse(it, typed, "kk")
    assert found == value
    assert type(found) is type(value)
    check_value(it, found)


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("count", "12,5", "FORM-VALUE"),
        ("count", "-1", "FORM-VALUE"),
        ("count", "много", "FORM-NUMBER"),
        ("money", "0,555", "FORM-VALUE"),
        ("decimal", "0,1234567", "FORM-VALUE"),
        ("date", "31.11.2024", "FORM-VALUE"),
        ("date", "вчера", "FORM-VALUE"),
        ("date", "2024-13-01", "FORM-VALUE"),
        ("choice", "кактус", "FORM-VALUE"),
        ("choices", "сосна, кактус", "FORM-VALUE"),
        ("link", "ftp://gov.kz", "FORM-VALUE"),
        ("link", "javascript:alert(1)", "FORM-VALUE"),
        ("link", "https://user@gov.kz", "FORM-VALUE"),
        ("place", "999999999", "FORM-VALUE"),
        ("place", "Атлантида", "FORM-VALUE"),
        ("attachment", "photo.jpg", "FORM-VALUE"),
        ("text", "а" * 501, "FORM-VALUE"),
        ("person", "а" * 201, "FORM-VALUE"),
        ("long_text", "а" * 10_001, "FORM-VALUE"),
    ],
)
def test_what_cannot_be_meant_is_refused(kind: KindName, typed: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse(figure(kind), typed, "ru")
    assert caught.value.code == code
    assert caught.value.text()


def test_the_refusal_names_the_cell_what_was_typed_and_what_is_wanted() -> None:
    with pytest.raises(Refusal) as caught:
        parse(figure("count"), "12,5", "en")
    assert caught.value.text() == (
        "“12,5” does not fit into “Name”: write a whole number, for example 63 670."
    )


def test_a_name_that_many_places_have_must_be_chosen() -> None:
    with pytest.raises(Refusal) as caught:
        parse(figure("place"), "Абайский район", "ru")
    assert "several places" in caught.value.text()


@pytest.mark.parametrize(
    ("today", "month", "day", "meant"),
    [
        (date(2024, 11, 1), 10, 31, date(2024, 10, 31)),
        (date(2024, 10, 31), 10, 31, date(2024, 10, 31)),
        (date(2025, 1, 10), 10, 31, date(2024, 10, 31)),
    ],
)
def test_a_day_without_a_year_is_the_latest_one(
    today: date, month: int, day: int, meant: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Today(date):
        @classmethod
        def today(cls) -> date:
            return today

    monkeypatch.setattr(kind_words, "date", Today)
    assert parse(figure("date"), f"{day}.{month:02}", "ru") == meant.isoformat()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("count", 0),
        ("count", 2**53),
        ("decimal", "-0.5"),
        ("money", "0.01"),
        ("percent", 100),
        ("date", "2024-02-29"),
        ("text", "«Таза Қазақстан» № 910"),
        ("text", "а\u00a0б"),
        ("long_text", "бір\nекі"),
        ("choices", ["birch", "pine"]),
        ("place", RODNIKOVKA),
        ("attachment", FILE),
        ("count", None),
    ],
)
def test_a_stored_value_stands(kind: KindName, value: Value) -> None:
    check_value(figure(kind, minimum="-10"), value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("count", "5"),
        ("count", 1.0),
        ("count", True),
        ("count", -1),
        ("count", 2**53 + 1),
        ("count", "1.5"),
        ("decimal", 1.5),
        ("decimal", "1.50"),
        ("decimal", "1.0"),
        ("decimal", "01.5"),
        ("decimal", "1,5"),
        ("decimal", "1e5"),
        ("decimal", "-1.5"),
        ("decimal", "٣.٥"),
        ("decimal", "0." + "1" * 7),
        ("money", "1.234"),
        ("date", "2023-02-29"),
        ("date", "20240229"),
        ("date", "2024-2-9"),
        ("date", 20240229),
        ("text", ""),
        ("text", " "),
        ("text", "a\nb"),
        ("text", "a\x00b"),
        ("text", "a\u202eb"),
        ("text", "a\u2066b"),
        ("text", "a\ud800b"),
        ("text", "a\u2028b"),
        ("text", "и\u0306"),
        ("text", "а" * 501),
        ("text", 5),
        ("long_text", "a\tb"),
        ("long_text", "а" * 10_001),
        ("link", "ftp://a.kz"),
        ("link", "https://a.kz/ b"),
        ("link", "https://a.kz/" + "a" * 2000),
        ("choice", "cactus"),
        ("choice", ["pine"]),
        ("choices", []),
        ("choices", "pine"),
        ("choices", ["pine", "pine"]),
        ("choices", ["pine", 1]),
        ("place", "154030109"),
        ("place", 154600000),
        ("attachment", "a"),
        ("attachment", {**FILE, "more": 1}),
        ("attachment", {**FILE, "sha256": "A" * 64}),
        ("attachment", {**FILE, "name": "../a.jpg"}),
        ("attachment", {**FILE, "name": "a\u202egpj.exe"}),
        ("attachment", {**FILE, "type": "text/html"}),
        ("attachment", {**FILE, "size": 0}),
        ("attachment", {**FILE, "size": True}),
        ("attachment", {**FILE, "size": 51 * 2**20}),
    ],
)
def test_a_value_stored_otherwise_is_refused(kind: KindName, value: object) -> None:
    with pytest.raises(Refusal, match="FORM-VALUE"):
        check_value(figure(kind), value)


@pytest.mark.parametrize(
    ("kind", "value", "kk", "ru", "en"),
    [
        ("count", 63670, "63\u00a0670", "63\u00a0670", "63,670"),
        ("decimal", "374.6", "374,6", "374,6", "374.6"),
        ("date", "2024-10-31", "31.10.2024", "31.10.2024", "31.10.2024"),
        ("choice", "pine", "Қарағай", "Сосна", "Pine"),
        ("choices", ["pine", "birch"], "Қарағай, Қайың", "Сосна, Береза", "Pine, Birch"),
        ("text", ["бір", "екі"], "бір; екі", "бір; екі", "бір; екі"),
        (
            "place",
            RODNIKOVKA,
            "Родниковка ауылы (Мәртөк ауданы)",
            "село Родниковка (Мартукский район)",
            "Rodnikovka village (Martuk District)",
        ),
        ("attachment", FILE, "фото.jpg", "фото.jpg", "фото.jpg"),
        ("count", None, "", "", ""),
    ],
)
def test_a_cell_shows(kind: KindName, value: Value, kk: str, ru: str, en: str) -> None:
    assert [show(figure(kind), value, language) for language in LANGUAGES] == [kk, ru, en]


@pytest.mark.parametrize(
    ("kind", "value", "kk", "ru", "en"),
    [
        ("money", 1600000000, "1,6 млрд теңге", "1,6 млрд тенге", "1.6 billion tenge"),
        ("money", 10000000, "10 млн теңге", "10 млн тенге", "10 million tenge"),
        ("money", 2500000, "2,5 млн теңге", "2,5 млн тенге", "2.5 million tenge"),
        ("money", 159938082, "159 938 082 теңге", "159 938 082 тенге", "159,938,082 tenge"),
        ("money", 1650000000, "1 650 млн теңге", "1 650 млн тенге", "1,650 million tenge"),
        ("money", 500000, "500 000 теңге", "500 000 тенге", "500,000 tenge"),
        ("money", 0, "0 теңге", "0 тенге", "0 tenge"),
        ("percent", "88.3", "88,3 %", "88,3 %", "88.3%"),
        ("date", "2024-10-31", "2024 жылғы 31 қазан", "31 октября 2024 года", "31 October 2024"),
    ],
)
def test_a_sentence_says(kind: KindName, value: Value, kk: str, ru: str, en: str) -> None:
    said = [say(figure(kind), value, language) for language in LANGUAGES]
    assert [text.replace("\u00a0", " ") for text in said] == [kk, ru, en]
    assert all(" " not in text for text in said if language_joins(text))


def language_joins(text: str) -> bool:
    """English commas aside, what belongs together does not break over a line."""
    return not text.isascii()


def test_there_is_a_row_for_every_kind() -> None:
    assert set(KINDS) == set(get_args(KindName))


@pytest.mark.parametrize(
    ("kind", "answer", "value"),
    [
        ("percent", 88.25, "88.3"),
        ("percent", 100.0, 100),
        ("count", 5, 5),
        ("decimal", 5.1000000000000005, "5.1"),
        ("money", 2500000.0, 2500000),
        ("percent", None, None),
        ("percent", float("inf"), None),
        ("count", 2**60, None),
        ("count", "text", None),
    ],
)
def test_what_is_computed_is_stored(
    kind: KindName, answer: float | str | None, value: Value
) -> None:
    assert from_sql(figure(kind), answer) == value


numbers = st.decimals(0, 10**12, places=2)


@given(numbers, st.sampled_from(LANGUAGES))
def test_a_number_shown_and_typed_again_is_the_same(number: Decimal, language: Language) -> None:
    it = figure("money")
    value = stored(number)
    typed = show(it, value, language)
    if language == "en":
        typed = typed.replace(
            ",", ""
        )  # on the keyboards of the country a comma is the decimal sign
    assert parse(it, typed, language) == value


@given(numbers)
def test_a_number_is_stored_without_loss(number: Decimal) -> None:
    value = stored(number)
    assert exact(value) == number
    check_value(figure("money"), value)
    assert rounded(figure("money"), number) == value


@given(st.text(min_size=1, max_size=60))
def test_any_text_is_stored_cleanly_or_refused(typed: str) -> None:
    it = figure("text")
    try:
        value = parse(it, typed, "kk")
    except Refusal:
        return
    check_value(it, value)
    assert value is None or parse(it, str(value), "kk") == value
