"""Reads a form from TOML; a definition with mistakes is refused with file, line and what to do.

The language is described in `docs/forms.md`. First the shape is checked (`form_shape`), then the
form is built, then the rules that bind its parts (`form_rules`); each step reports all it finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import Text
from taza_desktop.paths import data_path
from taza_desktop.plan.form import (
    Adding,
    Check,
    Choice,
    Figure,
    Form,
    KindName,
    Level,
    Rule,
    Section,
    Sentence,
    Table,
)
from taza_desktop.plan.form_mistakes import FormRefused
from taza_desktop.plan.form_rules import Draft, rule_mistakes
from taza_desktop.plan.form_shape import shape_mistakes
from taza_desktop.plan.form_source import Node, Sources, choices_of, gather, text
from taza_desktop.plan.sql import others_named


def read_form(path: Path) -> Form:
    """The form of a file such as `resources/forms/measure06.toml`.

    Raises: FORM-… (`FormRefused`, with every mistake found), ENV-….
    """
    sources = gather(path)
    _refuse(list(shape_mistakes(sources)))
    draft = _draft(sources)
    draft = replace(draft, form=replace(draft.form, beside=tuple(_beside(draft.form, path))))
    _refuse(list(rule_mistakes(draft)))
    return draft.form


def _beside(form: Form, path: Path) -> Iterator[Form]:
    """The forms that checks name, beside this one or among the program's own.

    Of these only what expressions may name is read, so two forms can look at each other.
    """
    named = set[int]().union(*(others_named(check.that) for check in form.checks))
    for measure in sorted(named - {form.measure}):
        name = f"measure{measure:02}.toml"
        known = [path.with_name(name), data_path("resources", "forms", name)]
        found = next((it for it in known if it.is_file()), None)
        if found is not None:
            sources = gather(found)
            _refuse(list(shape_mistakes(sources)))
            whole = _draft(sources).form
            yield replace(whole, checks=(), sentences=(), sections=())


def _refuse(mistakes: list[Refusal]) -> None:
    if mistakes:
        mistakes.sort(key=lambda one: (str(one.fields["file"]), int(str(one.fields["line"]))))
        raise FormRefused(mistakes)


def _draft(sources: Sources) -> Draft:
    """The form as it stands, with the way back from each part to its node."""
    builder = _Builder(sources)
    root = sources.form.data
    form = Form(
        measure=cast("int", root["measure"]),
        version=cast("int", root["version"]),
        filled_by=tuple(cast("list[str]", root["filled_by"])),
        rounds=tuple(cast("list[str]", root["rounds"])),
        figures=tuple(builder.figure(node) for node in sources.items["figure"]),
        tables=tuple(builder.table(node) for node in sources.items["table"]),
        sections=tuple(builder.section(node) for node in sources.items["section"]),
        checks=tuple(builder.check(node) for node in sources.items["check"]),
        sentences=tuple(builder.sentence(node) for node in sources.items["sentence"]),
        source=sources.form.source.path.name,
    )
    return Draft(form, sources, builder.nodes)


class _Builder:
    """Makes the parts of a form and remembers from which node each was made."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._lists: Mapping[str, tuple[Choice, ...]] = {
            name: choices_of(nodes) for name, nodes in sources.lists.items()
        }
        self.nodes: dict[int, Node] = {}

    def figure(self, node: Node) -> Figure:
        """A figure or a column."""
        data = node.data
        figure = Figure(
            name=node.name,
            kind=cast("KindName", data["kind"]),
            label=text(data["label"]),
            hint=_text(data, "hint"),
            section=_word(data, "section"),
            unit=_word(data, "unit"),
            required=bool(data.get("required")),
            role=cast("None", data.get("role")),
            of=_word(data, "of"),
            computed=_word(data, "computed"),
            choices=self._choices(node),
            minimum=_word(data, "minimum"),
            maximum=_word(data, "maximum"),
            over_territories=_adding(data, "over_territories"),
            over_rounds=_adding(data, "over_rounds"),
        )
        self.nodes[id(figure)] = node
        return figure

    def table(self, node: Node) -> Table:
        """A table with its columns."""
        data = node.data
        table = Table(
            name=node.name,
            label=text(data["label"]),
            columns=tuple(self.figure(column) for column in self._sources.columns(node)),
            hint=_text(data, "hint"),
            section=_word(data, "section"),
            over_rounds=cast("Rule", data.get("over_rounds", "list")),
        )
        self.nodes[id(table)] = node
        return table

    def section(self, node: Node) -> Section:
        """A heading."""
        section = Section(node.name, text(node.data["label"]))
        self.nodes[id(section)] = node
        return section

    def check(self, node: Node) -> Check:
        """A check."""
        data = node.data
        check = Check(
            name=node.name,
            level=cast("Level", data["level"]),
            that=str(data["that"]),
            says=text(data["says"]),
            at=_word(data, "at"),
            each=_word(data, "each"),
        )
        self.nodes[id(check)] = node
        return check

    def sentence(self, node: Node) -> Sentence:
        """A sentence."""
        data = node.data
        sentence = Sentence(
            text=text(data["text"]),
            when=_word(data, "when"),
            each=_word(data, "each"),
            opening=_text(data, "opening"),
            sort=_word(data, "sort"),
            group=_word(data, "group"),
        )
        self.nodes[id(sentence)] = node
        return sentence

    def _choices(self, node: Node) -> tuple[Choice, ...]:
        named = node.data.get("choices")
        if isinstance(named, str):
            return self._lists.get(named, ())
        return choices_of(node.children("choices"))


def _word(data: Mapping[str, object], key: str) -> str | None:
    value = data.get(key)
    return None if value is None else str(value)


def _text(data: Mapping[str, object], key: str) -> Text | None:
    return text(data[key]) if key in data else None


def _adding(data: Mapping[str, object], key: str) -> Adding:
    rule, by, weight = str(data.get(key, "none")).partition(" by ")
    return Adding(cast("Rule", rule), weight if by else None)
