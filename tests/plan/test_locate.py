"""Every key of a TOML text is found on its line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.paths import data_path
from taza_desktop.plan.locate import Path as Place
from taza_desktop.plan.locate import line_of, lines_of

FILES = sorted(data_path("resources", "forms").rglob("*.toml"))
TEXT = '''\
# comment with = and [brackets]
a = 1
"b c" = "x = [ # no comment"
list = [
    1, 2,  # two on a line
    { key = "k", text = """
three
lines""" },
]
d.e = 'f'

[table]
inside = { one = 1, two = { three = 1.5 } }

[[row]]
name = "first"
[[row.cell]]
name = "deep"
[row.more]
x = true
[[row]]
name = 1979-05-27T07:32:00Z
last = """""quoted"" and \\" escaped"""
after = 1
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("a",), 2),
        (("b c",), 3),
        (("list",), 4),
        (("list", 1), 5),
        (("list", 2), 6),
        (("list", 2, "text"), 6),
        (("d", "e"), 10),
        (("table",), 12),
        (("table", "inside", "two", "three"), 13),
        (("row", 0, "name"), 16),
        (("row", 0, "cell", 0, "name"), 18),
        (("row", 0, "more", "x"), 20),
        (("row", 1), 21),
        (("row", 1, "name"), 22),
        (("row", 1, "after"), 24),
        (("row", 1, "not there"), 21),
        (("nowhere",), 1),
    ],
)
def test_a_place_is_on_its_line(place: Place, line: int) -> None:
    tomllib.loads(TEXT)
    assert line_of(lines_of(TEXT), place) == line


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_key_of_a_shipped_form_stands_on_the_line_found(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, found = text.split("\n"), lines_of(text)
    for place in _places(tomllib.loads(text), ()):
        assert place in found
        if isinstance(place[-1], str):
            assert place[-1] in lines[found[place] - 1]


def _places(value: object, place: Place) -> Iterator[Place]:
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, item in items:
        if not (isinstance(item, list) and item and isinstance(item[0], dict)):
            yield (*place, key)
        yield from _places(item, (*place, key))
