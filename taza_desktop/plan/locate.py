"""On which line of a TOML text does a key stand; `tomllib` itself keeps no lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

Path = tuple[str | int, ...]  # ("table", 0, "column", 2, "label", "kk")

_TOKEN = re.compile(
    r"""(?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
    r"""|(?P<skip>[ \t\r]+|\#[^\n]*)|(?P<mark>[\n\[\]{}=,.])|(?P<word>[^\s\[\]{}=,.\#"']+)""",
    re.DOTALL,
)
_ENDS = frozenset("\n,]}")


class _Token(NamedTuple):
    text: str
    line: int
    mark: bool


def lines_of(text: str) -> dict[Path, int]:
    """The line (from 1) of every key, table and array element of a text that `tomllib` accepts."""
    return _Locator(text).lines


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing that holds it; 1 when nothing does."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            yield _Token(match.group(), line, match.lastgroup == "mark")
        line += match.group().count("\n")
    yield _Token("\n", line, True)


class _Locator:
    """Walks the tokens once; knows just enough of TOML's grammar to name every place."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._tokens = list(_tokens(text))
        self._at = 0
        self._last: dict[Path, int] = {}  # index of the latest [[header]] of an array of tables
        base: Path = ()
        while self._at < len(self._tokens):
            token = self._next()
            if token.mark and token.text == "[":
                base = self._header(token.line)
            elif not (token.mark and token.text == "\n"):
                self._at -= 1
                self._pair(base)

    def _next(self) -> _Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _peek(self) -> str:
        token = self._tokens[self._at]
        return token.text if token.mark else ""

    def _header(self, line: int) -> Path:
        array = self._peek() == "["
        self._at += array
        path = self._resolved(self._key("]"), array)
        self._at += array
        self.lines.setdefault(path, line)
        return path

    def _resolved(self, key: list[str], array: bool) -> Path:
        path: Path = ()
        for part in key[:-1]:
            path = (*path, part)
            if path in self._last:
                path = (*path, self._last[path])
        path = (*path, key[-1])
        if not array:
            return path
        self._last[path] = self._last.get(path, -1) + 1
        return (*path, self._last[path])

    def _key(self, end: str) -> list[str]:
        parts: list[str] = []
        while not ((token := self._next()).mark and token.text == end):
            if not token.mark:
                parts.append(_bare(token.text))
        return parts

    def _pair(self, base: Path) -> None:
        line = self._tokens[self._at].line
        path = base
        for part in self._key("="):
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self._peek()
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline(path)
        else:
            while self._peek() not in _ENDS:
                self._at += 1

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        while (mark := self._peek()) != "]":
            if mark in ("\n", ","):
                self._at += 1
                continue
            self.lines[(*path, index)] = self._tokens[self._at].line
            self._value((*path, index))
            index += 1
        self._at += 1

    def _inline(self, path: Path) -> None:
        self._at += 1
        while (mark := self._peek()) != "}":
            if mark == ",":
                self._at += 1
            else:
                self._pair(path)
        self._at += 1


def _bare(key: str) -> str:
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key
