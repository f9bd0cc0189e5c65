"""Rows of records.jsonl that must not be believed, signed as they should be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.packages import limits, payload
from tests.packages.kit import Attack, Sample

COLUMNS = [column.name for column in payload.COLUMNS]


def lines(change: Callable[[list[bytes]], list[bytes]]) -> Attack:
    """Other lines of records.jsonl, signed."""

    def attack(sample: Sample) -> bytes:
        good = payload.write(sample.lineages, {}).split(b"\n")
        made = b"\n".join(change(list(good)))
        assert made.split(b"\n") != good
        return sample.with_records(made)

    return attack


def row(number: int, **changes: Any) -> Attack:
    """One cell of one row (counted from 1) replaced."""

    def change(given: list[bytes]) -> list[bytes]:
        cells = dict(zip(COLUMNS, json.loads(given[number]), strict=True)) | changes
        given[number] = json.dumps(list(cells.values()), ensure_ascii=False).encode()
        return given

    return lines(change)


def text(old: bytes, new: bytes) -> Attack:
    """Some bytes of records.jsonl replaced."""
    return lines(lambda given: b"\n".join(given).replace(old, new, 1).split(b"\n"))


def circle(given: list[bytes]) -> list[bytes]:
    """The first revision of a record has its second one as a parent."""
    first, second = json.loads(given[1]), json.loads(given[2])
    first[COLUMNS.index("parents")] = [second[0]]
    given[1] = json.dumps(first).encode()
    return given


REFUSED: dict[str, dict[str, Attack]] = {
    "PKG-ROW": {
        "no header": lines(lambda given: given[1:]),
        "a column of its own": lines(lambda given: [given[0][:-1] + b',"x"]', *given[1:]]),
        "a cell too many": lines(lambda given: [given[0], given[1][:-1] + b",1]", *given[2:]]),
        "objects": lines(lambda given: [given[0], b"{}", *given[2:]]),
        "an empty line": lines(lambda given: [given[0], b"", *given[1:]]),
        "no line end": lines(lambda given: given[:-1]),
        "CRLF in a text": text("жаңбыр".encode(), b"\r\n"),
        "a byte order mark": text(b"[", b"\xef\xbb\xbf["),
        "bytes that are no UTF-8": text("терек".encode(), b"\xff\xfe"),
        "a key twice in a row": text(b'"planned":200', b'"planned":200,"planned":900'),
        "a float": text(b":200", b":200.0"),
        "an exponent": text(b":200", b":2e2"),
        "NaN": text(b":200", b":NaN"),
        "infinity": text(b":200", b":-Infinity"),
        "minus zero": text(b":200", b":-0"),
        "a number beyond 2^53": text(b":200", b":9007199254740993"),
        "a number of 5000 digits": text(b":200", b":" + b"9" * 5000),
        "nested too deeply": text(b":200", b":" + b"[" * 100_000 + b"]" * 100_000),
        "a list in a list": text(b":200", b":[[1]]"),
        "an object of its own": row(1, changes={"note": {"a": 1}}),
        "half a character": text("терек".encode(), b"\\ud83d"),
        "letters not composed": text("терек".encode(), "и\u0306".encode()),
        "a text without end": text("терек".encode(), b"x" * (limits.TEXT + 1)),
        "a line without end": text("терек".encode(), b"x" * (limits.LINE + 1)),
        "an id that is no id": row(1, revision="x" * 32),
        "an id in capitals": row(1, revision="AB" * 16),
        "true for a measure": row(1, measure=True),
        "no author": row(1, author=None),
        "a control character": row(1, author="a\tb"),
        "a moment that is none": row(1, made="yesterday"),
        "a cell named like a path": row(1, changes={"../x": 1}),
        "a parent twice": row(2, parents=["01" * 16] * 2),
    },
    "PKG-LINEAGE": {
        "a revision twice": row(2, revision="01" * 16),
        "a revision that is its own parent": row(1, parents=["01" * 16]),
        "a circle": lines(circle),
        "a child before its parent": lines(
            lambda given: [given[0], given[2], given[1], *given[3:]]
        ),
        "a parent of another record": row(3, parents=["01" * 16]),
        "a record in two sheets": row(2, measure=7),
    },
}
ATTACKS = [(code, name) for code, attacks in REFUSED.items() for name in attacks]


@pytest.mark.parametrize(("code", "name"), ATTACKS)
def test_it_is_refused(code: str, name: str, sample: Sample, tmp_path: Path):
    data = REFUSED[code][name](sample)
    with pytest.raises(Refusal) as refused:
        sample.verify(data, tmp_path)
    assert refused.value.code == code


GOOD: dict[str, Attack] = {
    "a parent that is nowhere": row(1, parents=["ee" * 16]),
    "an entry whose first revision has its id": row(3, revision="0003" * 8),
    "a separator of lines inside a text": row(1, author="Айгүл\u2028Сейітқызы"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_odd_but_allowed_is_read(name: str, sample: Sample, tmp_path: Path):
    assert sample.verify(GOOD[name](sample), tmp_path)
