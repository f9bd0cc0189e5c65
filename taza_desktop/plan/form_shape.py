"""Which keys each item of a form has, and what must stand behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast, get_args

from taza_desktop.errors import Refusal
from taza_desktop.i18n import LANGUAGES, N_, gettext
from taza_desktop.plan.form import KindName, Level, Rule
from taza_desktop.plan.form_mistakes import nearest
from taza_desktop.plan.form_source import SECTIONS, Node, Sources

_Wants = Literal["word", "words", "text", "whole", "number", "yes", "items", "word or items"]
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_WEIGHTED = re.compile(r"mean by \S+")
LEVELS = ("republic", "region", "district", "city", "city_district")
ROUNDS = ("year", "half", "nine_months", "quarter")


@dataclass(frozen=True, slots=True)
class Key:
    """What stands behind a key: its type, is it needed, among which words it must be."""

    wants: _Wants
    needed: bool = False
    among: tuple[str, ...] = ()
    code: str = "FORM-WORD"


_KIND = Key("word", needed=True, among=get_args(KindName), code="FORM-KIND")
_RULE = Key("word", among=get_args(Rule), code="FORM-RULE")
_NAMED = {"name": Key("word", needed=True)}
_LABELLED = {**_NAMED, "label": Key("text", needed=True)}
_SHARED = {"replaces": Key("yes")}
_CELL = {
    **_LABELLED,
    "kind": _KIND,
    "hint": Key("text"),
    "unit": Key("word"),
    "required": Key("yes"),
    "choices": Key("word or items"),
    "minimum": Key("number"),
    "maximum": Key("number"),
}
SHAPES: Mapping[str, Mapping[str, Key]] = {
    "form": {
        "measure": Key("whole", needed=True),
        "version": Key("whole", needed=True),
        "filled_by": Key("words", needed=True, among=LEVELS),
        "rounds": Key("words", needed=True, among=ROUNDS),
        "include": Key("words"),
        **dict.fromkeys(SECTIONS, Key("items")),
    },
    "shape": dict.fromkeys(SECTIONS, Key("items")),
    "section": {**_LABELLED, **_SHARED},
    "figure": {
        **_CELL,
        **_SHARED,
        "section": Key("word"),
        "role": Key("word", among=("plan", "fact")),
        "of": Key("word"),
        "computed": Key("word"),
        "over_territories": _RULE,
        "over_rounds": _RULE,
    },
    "table": {
        **_LABELLED,
        **_SHARED,
        "hint": Key("text"),
        "section": Key("word"),
        "over_rounds": Key("word", among=("list", "last"), code="FORM-RULE"),
        "column": Key("items", needed=True),
    },
    "column": _CELL,
    "added column": {**_CELL, "table": Key("word", needed=True), "before": Key("word")},
    "check": {
        **_NAMED,
        **_SHARED,
        "level": Key("word", needed=True, among=get_args(Level)),
        "that": Key("word", needed=True),
        "says": Key("text", needed=True),
        "at": Key("word"),
        "each": Key("word"),
    },
    "sentence": {
        "text": Key("text", needed=True),
        "when": Key("word"),
        "each": Key("word"),
        "opening": Key("text"),
        "sort": Key("word"),
        "group": Key("word"),
    },
    "choice": {"key": Key("word", needed=True), "label": Key("text", needed=True)},
}


def shape_mistakes(sources: Sources) -> Iterator[Refusal]:
    """Unknown and missing keys, wrong types, unknown words, missing languages, bad names."""
    yield from sources.mistakes
    for node in _all_nodes(sources):
        shape = SHAPES[node.sort]
        yield from _unknown_keys(node, shape)
        for name, key in shape.items():
            yield from _behind_key(node, name, key)


def _all_nodes(sources: Sources) -> Iterator[Node]:
    roots = {id(sources.form.source): sources.form}
    for nodes in (*sources.items.values(), *sources.lists.values()):
        for node in nodes:
            roots.setdefault(id(node.source), Node(node.source, (), node.source.data, "shape"))
            yield node
            yield from node.children("column")
            for choice in node.children("choices"):
                yield Node(choice.source, choice.place, choice.data, "choice")
            for column in node.children("column"):
                for choice in column.children("choices"):
                    yield Node(choice.source, choice.place, choice.data, "choice")
    choice_files = {id(nodes[0].source) for nodes in sources.lists.values() if nodes}
    yield from (root for source, root in roots.items() if source not in choice_files)


def _unknown_keys(node: Node, shape: Mapping[str, Key]) -> Iterator[Refusal]:
    for key in node.data:
        if key not in shape:
            known = ", ".join(sorted(shape))
            yield node.mistake("FORM-KEY", key, nearest=nearest(key, shape), known=known)


def _behind_key(node: Node, name: str, key: Key) -> Iterator[Refusal]:
    if name not in node.data:
        if key.needed:
            yield node.mistake("FORM-NEEDED", key=name)
        return
    value = node.data[name]
    fits, wanted = _TYPES[key.wants]
    if not fits(value):
        yield node.mistake("FORM-TYPE", name, wanted=gettext(wanted))
    elif key.wants == "text":
        yield from _languages(node, name, cast("dict[str, object]", value))
    elif key.among:
        yield from _words(node, name, key)
    elif name in ("name", "key") and not _NAME.fullmatch(str(value)):
        yield node.mistake("FORM-NAME", name, name=value)


def _words(node: Node, name: str, key: Key) -> Iterator[Refusal]:
    value = node.data[name]
    words = cast("list[str]", value) if isinstance(value, list) else [str(value)]
    for word in words:
        if word not in key.among and not (key is _RULE and _WEIGHTED.fullmatch(word)):
            yield node.unknown(key.code, name, word, key.among)


def _languages(node: Node, name: str, texts: Mapping[str, object]) -> Iterator[Refusal]:
    for language in LANGUAGES:
        value = texts.get(language)
        if not isinstance(value, str) or not value.strip():
            yield node.mistake("FORM-LANGUAGE", name, language=language)
    for language in texts:
        if language not in LANGUAGES:
            yield node.mistake(
                "FORM-KEY", name, language, nearest=nearest(language, LANGUAGES), known="kk, ru, en"
            )


def _is_list_of(type_: type) -> Callable[[object], bool]:
    def fits(value: object) -> bool:
        if not isinstance(value, list) or not value:
            return False
        return all(isinstance(item, type_) for item in cast("list[object]", value))

    return fits


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


_IS_ITEMS = _is_list_of(dict)
_TYPES: Mapping[_Wants, tuple[Callable[[object], bool], str]] = {
    "word": (_is_word, N_("a text in quotes")),
    "words": (_is_list_of(str), N_('a list of texts, ["…", "…"]')),
    "text": (lambda value: isinstance(value, dict), N_('{ kk = "…", ru = "…", en = "…" }')),
    "whole": (lambda value: type(value) is int and value > 0, N_("a whole number above zero")),
    "number": (lambda value: type(value) in (int, Decimal), N_("a number without quotes")),
    "yes": (lambda value: isinstance(value, bool), N_("true or false")),
    "items": (_IS_ITEMS, N_("written with double square brackets, [[…]]")),
    "word or items": (
        lambda value: _is_word(value) or _IS_ITEMS(value),
        N_("the name of a list, or a list of { key = …, label = … }"),
    ),
}
