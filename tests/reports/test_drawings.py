"""A drawing says the same as SVG and as a metafile, whatever is drawn."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from taza_desktop.reports.drawing import Area, Drawing, Label, Line
from taza_desktop.reports.drawing_emf import UNITS, emf
from taza_desktop.reports.drawing_svg import svg
from taza_desktop.reports.lettering import MORE, advances, broken, cut, room

SQUARE = ((1.0, 1.0), (9.0, 1.0), (9.0, 9.0), (1.0, 9.0))
HOLE = ((4.0, 4.0), (6.0, 4.0), (6.0, 6.0))
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a metafile: number and content."""
    at = 0
    while at < len(data):
        number, size = struct.unpack_from("<II", data, at)
        assert size % 4 == 0
        assert size >= 8
        yield number, data[at + 8 : at + size]
        at += size
    assert at == len(data)


def texts_of_emf(data: bytes) -> list[str]:
    found: list[str] = []
    for number, content in records(data):
        if number == 84:
            count, start = struct.unpack_from("<II", content, 36)
            found.append(content[start - 8 :][: 2 * count].decode("utf-16-le"))
    return found


def texts_of_svg(drawn: str) -> list[str]:
    return ["".join(it.itertext()) for it in etree.fromstring(drawn.encode()) if "text" in it.tag]


@given(st.lists(TEXTS, max_size=5))
def test_words_stay_words(texts: list[str]) -> None:
    drawing = Drawing(20, 10, tuple(Label((1, 2), text) for text in texts))
    assert texts_of_emf(emf(drawing)) == texts
    assert texts_of_svg(svg(drawing)) == texts


def test_a_metafile_knows_its_size_and_its_records() -> None:
    shapes = (
        Area((SQUARE, HOLE), "#123456", "#000000"),
        Area((SQUARE,), "", "#000000"),
        Line(((0, 0), (10, 0)), dashes=(2, 1)),
        Label((5, 5), "Қазақ", turned=90, anchor="middle"),
    )
    data = emf(Drawing(20, 10, shapes))
    header = struct.unpack_from("<II4i4iIIIIHH", data)
    assert header[6:10] == (0, 0, 2000, 1000)
    assert header[12] == len(data)
    found = list(records(data))
    assert header[13] == len(found)
    numbers = [number for number, _ in found]
    assert numbers[0] == 1
    assert numbers[-1] == 14
    assert numbers.count(91) == 2
    assert numbers.count(87) == 4  # strokes at 0, 3, 6 and 9 of ten millimetres
    assert header[14] == 1 + sum(number in (38, 39, 82) for number in numbers)
    rings = next(content for number, content in found if number == 91)
    assert struct.unpack_from("<IIII", rings, 16) == (2, 7, 4, 3)
    assert struct.unpack_from("<hh", rings, 32) == (UNITS, UNITS)


def test_svg_draws_lines_areas_and_turned_words() -> None:
    shapes = (
        Area((SQUARE, HOLE), "#123456"),
        Line(((0, 0), (10, 0)), "#ff0000", dashes=(2, 1)),
        Label((5, 5), "<&>", turned=90, anchor="end", bold=True),
    )
    root = etree.fromstring(svg(Drawing(20, 10, shapes)).encode())
    area, line, label = root
    assert area.get("fill-rule") == "evenodd"
    assert area.get("d").count("M") == 2
    assert line.get("stroke-dasharray") == "2 1"
    assert (label.get("transform"), label.text) == ("rotate(-90 5 5)", "<&>")


@pytest.mark.parametrize("text", ["Қостанай облысы", "63 670", "№ 5 «Таза»"])
def test_a_text_is_cut_where_there_is_no_room(text: str) -> None:
    assert sum(advances(text, 10)) < room(text, 10)
    assert cut(text, 10, room(text, 10)) == text
    short = cut(text, 10, room(text, 10) * 0.7)
    assert short.endswith(MORE)
    assert text.startswith(short.removesuffix(MORE))
    assert room(short, 10) <= room(text, 10) * 0.7


def test_words_go_on_in_the_next_line() -> None:
    lines = broken("Батыс Қазақстан облысы", 10, room("Батыс Қазақстан", 10))
    assert lines == ["Батыс Қазақстан", "облысы"]
