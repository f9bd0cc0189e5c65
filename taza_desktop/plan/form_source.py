"""The TOML behind a form: its own file, the shared shapes it includes, and what stands where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import cast

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import Text
from taza_desktop.paths import data_path
from taza_desktop.plan.form import Choice
from taza_desktop.plan.form_mistakes import FormRefused, mistake, nearest
from taza_desktop.plan.locate import Path as Place
from taza_desktop.plan.locate import line_of, lines_of

Data = dict[str, object]
SECTIONS = ("section", "figure", "table", "column", "check", "sentence")  # the `[[…]]` of a file
_CHOICES = "choices.toml"
_AT_LINE = re.compile(r"\(at line (\d+)")


class Source:
    """One TOML file.

    Attributes:
        path, data: where it lies and what is in it; numbers with a fraction are Decimal.
    """

    def __init__(self, path: Path) -> None:
        """Raises: ENV-…, FORM-SYNTAX."""
        self.path = path
        with environment_faults(path):
            raw = path.read_bytes()
        try:
            self._text = raw.decode("utf-8").replace("\r\n", "\n")
            self.data: Data = tomllib.loads(self._text, parse_float=Decimal)
        except ValueError as fault:
            raise FormRefused([_syntax(path, raw, fault)]) from fault

    @cached_property
    def _lines(self) -> dict[Place, int]:
        return lines_of(self._text)

    def line(self, place: Place) -> int:
        """The line of a place in the file."""
        return line_of(self._lines, place)


@dataclass(frozen=True, slots=True)
class Node:
    """One item of a file: the file itself, a figure, a column, a check …

    Attributes:
        sort: "form", "figure", "column" …; with the name it says in messages which item is meant.
    """

    source: Source
    place: Place
    data: Data
    sort: str

    @property
    def name(self) -> str:
        """Its name (of a choice its key); empty when it has none."""
        return str(self.data.get("name") or self.data.get("key") or "")

    def children(self, key: str) -> Iterator[Node]:
        """The items of an array of tables below it; what is no table is left out."""
        for index, data in enumerate(_as_list(self.data.get(key))):
            if isinstance(data, dict):
                yield Node(self.source, (*self.place, key, index), cast("Data", data), key)

    def mistake(self, code: str, *keys: str | int, **fields: object) -> Refusal:
        """The mistake at a key of this item, with file, line and the item's name filled in."""
        line = self.source.line((*self.place, *keys))
        if keys:
            fields.setdefault("key", ".".join(map(str, keys)))
        item = f"{self.sort} {self.name}".strip()
        return mistake(code, self.source.path, line, item=item, **fields)

    def unknown(self, code: str, key: str, word: str, known: Iterable[str]) -> Refusal:
        """The mistake that a word at a key is none of those known."""
        words = sorted(known)
        return self.mistake(
            code, key, word=word, nearest=nearest(word, words), known=", ".join(words) or "—"
        )


@dataclass
class Sources:
    """A form's file with what it includes.

    Attributes:
        form: the node of the file itself.
        items: the nodes of `SECTIONS`, the form's own first.
        lists: the nodes of the named lists of choices by name.
        mistakes: what was wrong while the files were put together.
    """

    form: Node
    items: dict[str, list[Node]] = field(default_factory=lambda: {name: [] for name in SECTIONS})
    lists: dict[str, list[Node]] = field(default_factory=dict[str, "list[Node]"])
    mistakes: list[Refusal] = field(default_factory=list[Refusal])

    def columns(self, table: Node) -> list[Node]:
        """The columns of a table: its own, and those that `[[column]]` adds to it."""
        columns = list(table.children("column"))
        for added in self.items["column"]:
            if added.data["table"] == table.name:
                names = [column.name for column in columns]
                before = str(added.data.get("before", ""))
                columns.insert(names.index(before) if before in names else len(names), added)
        return columns


def gather(path: Path) -> Sources:
    """Read a form's file, the shapes it includes and the lists of choices.

    Shared files are looked for in the folder `shared` beside the form, else in the program's own.
    Raises: ENV-…, FORM-SYNTAX.
    """
    shared = path.parent / "shared"
    if not shared.is_dir():
        shared = data_path("resources", "forms", "shared")
    sources = Sources(_root(path), lists=_choice_lists(shared / _CHOICES))
    included = list(_included(sources, shared))
    for section in SECTIONS:
        own = list(_items(sources.form, section))
        others = [node for root in included for node in _items(root, section)]
        sources.items[section] = _joined(sources, own, others)
    return sources


def choices_of(nodes: Iterable[Node]) -> tuple[Choice, ...]:
    """The choices of a list whose shape has been checked."""
    return tuple(Choice(node.name, text(node.data["label"])) for node in nodes)


def text(data: object) -> Text:
    """A text whose shape has been checked."""
    return Text(**cast("dict[str, str]", data))


def _root(path: Path) -> Node:
    source = Source(path)
    return Node(source, (), source.data, "form")


def _included(sources: Sources, shared: Path) -> Iterator[Node]:
    """The shared files that the form includes; a name that is no file becomes a mistake."""
    known = sorted(file.stem for file in shared.glob("*.toml") if file.name != _CHOICES)
    for index, name in enumerate(_as_list(sources.form.data.get("include"))):
        if name in known:
            yield _root(shared / f"{name}.toml")
            continue
        like, words = nearest(str(name), known), ", ".join(known) or "—"
        place = ("include", index)
        sources.mistakes.append(
            sources.form.mistake("FORM-INCLUDE", *place, word=name, nearest=like, known=words)
        )


def _items(root: Node, section: str) -> Iterator[Node]:
    for node in root.children(section):
        sort = "added column" if section == "column" else section
        yield Node(node.source, node.place, node.data, sort)


def _joined(sources: Sources, own: list[Node], shared: list[Node]) -> list[Node]:
    """The form's own items, then the shared ones; an own one may take the place of its namesake."""
    replacing = {node.name: node for node in own if node.data.get("replaces")}
    others = [replacing.pop(node.name, node) for node in shared]
    sources.mistakes += [
        node.mistake("FORM-REPLACES", "replaces", name=node.name) for node in replacing.values()
    ]
    return [node for node in own if not node.data.get("replaces")] + others


def _choice_lists(path: Path) -> dict[str, list[Node]]:
    if not path.is_file():
        return {}
    root = _root(path)
    return {name: list(_choices(root, name)) for name in root.data}


def _choices(root: Node, name: str) -> Iterator[Node]:
    for node in root.children(name):
        yield Node(node.source, node.place, node.data, "choice")


def _syntax(path: Path, raw: bytes, fault: ValueError) -> Refusal:
    if isinstance(fault, UnicodeDecodeError):
        line = raw.count(b"\n", 0, fault.start) + 1
        return mistake("FORM-SYNTAX", path, line, reason="not UTF-8")
    found = _AT_LINE.search(str(fault))
    line = int(found[1]) if found else raw.count(b"\n") + 1
    return mistake("FORM-SYNTAX", path, line, reason=str(fault).split(" (at ")[0])


def _as_list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []
