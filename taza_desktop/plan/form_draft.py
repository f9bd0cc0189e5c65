"""A form that is not yet known to hold together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from taza_desktop.plan.form import Check, Figure, Form, Section, Sentence, Table
from taza_desktop.plan.form_source import Node, Sources
from taza_desktop.plan.kinds import KINDS

Part = Section | Figure | Table | Check | Sentence


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it stands, with the node behind each of its parts."""

    form: Form
    sources: Sources
    nodes: dict[int, Node]

    def node(self, part: Part) -> Node:
        """The node that the part was made from."""
        return self.nodes[id(part)]

    def cells(self) -> Iterator[Figure]:
        """Every figure and every column."""
        yield from self.form.figures
        for table in self.form.tables:
            yield from table.columns

    def numbers(self) -> list[str]:
        """The names of figures that are numbers."""
        return [figure.name for figure in self.form.figures if KINDS[figure.kind].numeric]
