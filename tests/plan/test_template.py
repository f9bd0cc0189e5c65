"""Templates of sentences are read as they are meant."""

from __future__ import annotations

import pytest

from taza_desktop.plan.template import Field, fields, names_territory, parsed


def test_a_template_is_text_fields_and_optional_parts() -> None:
    first, second, third = parsed("В [[{place:in}]] [, {planted:unit}] {a:b|c|d}.")
    assert first.pieces == ("В [", Field("place", "in"), "] ")
    assert not first.optional
    assert second.pieces == (", ", Field("planted", "unit"))
    assert second.optional
    assert third.pieces == (" ", Field("a", "b|c|d"), ".")
    assert Field("a", "b|c|d").words == ["b", "c", "d"]
    assert Field("planted", "unit").words == []


def test_braces_can_be_written() -> None:
    (part,) = parsed("{{a}}")
    assert "".join(map(str, part.pieces)) == "{a}"


@pytest.mark.parametrize(
    "bad", ["[{a}", "{a}]", "[a [b] c]", "{a", "a}", "{}", "{a!r}", "{a:{b}}", "{:unit}"]
)
def test_what_cannot_be_read_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parsed(bad)


def test_a_territory_is_known_by_its_name() -> None:
    assert names_territory(fields("[{in_territory} ]a"))
    assert not names_territory(fields("{place:in} a"))
