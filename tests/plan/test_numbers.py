from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.errors import Refusal
from taza_desktop.i18n import LANGUAGES, Language
from taza_desktop.plan.numbers import parse_number, show_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("63670", "63670"),
        ("63 670", "63670"),
        ("63\u00a0670", "63670"),
        ("63\u2009670,5", "63670.5"),
        ("1\u202f389\u202f000", "1389000"),
        ("374,6", "374.6"),
        ("374.60", "374.60"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234", "1.234"),
        ("5 тыс.", "5000"),
        ("5 мың", "5000"),
        ("1,5млрд", "1500000000"),
        ("2,25 МЛН", "2250000"),
        ("61 млрд.", "61000000000"),
        ("1 млн. 389 тыс.", "1389000"),
        ("2 тыс. 422", "2422"),
        ("3 тыс. 092", "3092"),
        ("әіңғүұқ", "2345890"),
        ("ә1ү", "218"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("ө5", "-5"),
        (" 0 ", "0"),
        ("9" * 15, "9" * 15),
    ],
)
def test_what_people_type_is_read(typed: str, number: str):
    assert str(parse_number(typed)) == number


@pytest.mark.parametrize(
    "typed",
    ["", " ", "abc", "12 34", "1 2345", "1,234,5", "5.", ",5", "5 5", "тыс.", "млн 5",
     "1 тыс 2 млн", "5 тыс. 1500", "1e5", "0x10",
     "Infinity", "NaN", "٣", "5 ед.", "һ5", "--5", "9" * 16],
)  # fmt: skip
def test_what_is_no_number_is_refused(typed: str):
    with pytest.raises(Refusal) as refused:
        parse_number(typed)
    assert refused.value.code == "FORM-NUMBER"
    assert typed in refused.value.text()


@pytest.mark.parametrize("typed", ["ә,5", "ә.ң", "1ә,"])
def test_a_comma_beside_letters_of_the_number_row_may_be_a_six(typed: str):
    with pytest.raises(Refusal) as refused:
        parse_number(typed)
    assert refused.value.code == "FORM-NUMBER-KEYBOARD"


@given(
    st.decimals(-(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False),
    st.sampled_from(["kk", "ru"]),
)
def test_what_is_printed_can_be_typed_again(number: Decimal, language: Language):
    assert parse_number(show_number(number, language)) == number


@given(st.text(alphabet="0123456789 ,.-+eтысмлнңәі\u00a0", max_size=12) | st.text(max_size=12))
def test_anything_else_is_refused_and_never_breaks(typed: str):
    refusal, number = None, None
    try:
        number = parse_number(typed)
    except Refusal as refused:
        refusal = refused
    assert number is not None or refusal is not None
    assert number is None or abs(number) < 10**15


@pytest.mark.parametrize(
    ("language", "printed"),
    [("kk", "63\u00a0670,25"), ("ru", "63\u00a0670,25"), ("en", "63,670.25")],
)
def test_numbers_are_printed_as_the_language_does(language: Language, printed: str):
    assert show_number(Decimal("63670.25"), language) == printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_digit_is_lost(language: Language):
    assert show_number(Decimal("0.12345"), language)[2:] == "12345"
