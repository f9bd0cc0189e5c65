"""The TOML behind a form: its own file, the shared shapes that it includes, and on which line what stands."""

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
SECTIONS = ("section", "figure", "table", "check", "sentence")  # what `[[…]]` a file may have
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
        items: the nodes of `SECTIONS`, those of shared shapes first.
        lists: the nodes of the named lists of choices by name.
        mistakes: what was wrong while the files were put together.
    """

    form: Node
    items: dict[str, list[Node]] = field(default_factory=lambda: {name: [] for name in SECTIONS})
    lists: dict[str, list[Node]] = field(default_factory=dict[str, "list[Node]"])
    mistakes: list[Refusal] = field(default_factory=list[Refusal])


def gather(path: Path) -> Sources:
    """Read a form's file, the shapes it includes and the lists of choices.

    Shared files are looked for in the folder `shared` beside the form, else in the program's own.
    Raises: ENV-…, FORM-SYNTAX.
    """
    sources = Sources(_root(path))
    shared = path.parent / "shared"
    if not shared.is_dir():
        shared = data_path("resources", "forms", "shared")
    sources.lists = _choice_lists(shared / "choices.toml")
    included = _as_list(sources.form.data.get("include"))
    for index, name in enumerate(included):
        file = shared / f"{name}.toml"
        if file.is_file() and name != "choices":
            _add(sources, _root(file))
            continue
        known = sorted(file.stem for file in shared.glob("*.toml") if file.stem != "choices")
        sources.mistakes.append(
            sources.form.mistake(
                "FORM-INCLUDE", "include", index, word=name, nearest=nearest(str(name), known),
                known=", ".join(known) or "—",
            )
        )  # fmt: skip
    _add(sources, sources.form)
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


def _add(sources: Sources, root: Node) -> None:
    """Append the items of a file; one that says `replaces` takes the place of its namesake."""
    for section in SECTIONS:
        items = sources.items[section]
        for node in root.children(section):
            if not node.data.get("replaces"):
                items.append(node)
                continue
            index = next((at for at, item in enumerate(items) if item.name == node.name), None)
            if index is None or items[index].source is root.source:
                sources.mistakes.append(node.mistake("FORM-REPLACES", "replaces", name=node.name))
            else:
                items[index] = node


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
