"""Thirty digits for a key: typed, heard, compared."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.errors import Refusal
from taza_desktop.packages import certificates, code
from tests.packages.kit import DISTRICT

ASKED = certificates.read_request(
    certificates.new_request(certificates.new_key(), DISTRICT, "Айгүл")
)
GROUPS = code.code_of(ASKED)
ROW = {"1": '"', "2": "ә", "3": "і", "4": "ң", "5": "ғ", "6": ",", "7": ".", "8": "ү", "9": "ұ"}
KAZAKH_ROW = str.maketrans({**ROW, "0": "қ"})


def test_a_code_is_six_groups_of_five_digits():
    assert len(GROUPS) == 6
    assert all(len(group) == 5 and group.isdecimal() for group in GROUPS)
    assert code.code_of(ASKED) == GROUPS


def test_it_belongs_to_the_key_and_not_to_the_file():
    key = certificates.new_key()
    asked = [
        certificates.read_request(certificates.new_request(key, DISTRICT, name))
        for name in ("Айгүл", "Ерлан")
    ]
    assert code.code_of(asked[0]) == code.code_of(asked[1]) != GROUPS


def test_a_known_key_has_the_same_code_for_ever():
    """What is printed on paper must fit for years; this key is the curve's own first point."""
    asked = certificates.new_request(ec.derive_private_key(1, ec.SECP256R1()), DISTRICT, "X")
    groups = code.code_of(certificates.read_request(asked))
    assert code.say(groups) == "11718 28764 19533 27057 21491 02885"


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(GROUPS),
        "-".join(GROUPS),
        "".join(GROUPS),
        "\n".join(GROUPS) + "\n",
        "\u00a0".join(GROUPS),
        " – ".join(GROUPS),
        ", ".join(GROUPS),
        " ".join(GROUPS).translate(KAZAKH_ROW),
        " ".join(GROUPS).translate(KAZAKH_ROW).upper(),
    ],
    ids=["spaces", "dashes", "bare", "lines", "nbsp", "long dash", "commas", "kazakh", "KAZAKH"],
)
def test_it_may_be_typed_in_any_way(typed: str):
    assert code.wrong_groups(typed, ASKED) == ()
    code.check_heard(typed, ASKED)


@pytest.mark.parametrize(
    "typed",
    ["", "12345", " ".join(GROUPS[:5]), "1" + "".join(GROUPS), "абв"],
    ids=["none", "a group", "five groups", "one more", "letters"],
)
def test_thirty_digits_are_needed(typed: str):
    with pytest.raises(Refusal, match="CRED-CODE-SHAPE"):
        code.wrong_groups(typed, ASKED)


@given(st.sets(st.integers(1, 6), min_size=1))
def test_each_wrong_group_is_named(wrong: set[int]):
    typed = [
        f"{(int(group) + 1) % 100_000:05}" if number in wrong else group
        for number, group in enumerate(GROUPS, start=1)
    ]
    with pytest.raises(Refusal, match="CRED-HEARD") as refused:
        code.check_heard(" ".join(typed), ASKED)
    assert refused.value.fields["groups"] == ", ".join(map(str, sorted(wrong)))
    assert not any(group in str(refused.value) for group in GROUPS), "the right ones stay hidden"
