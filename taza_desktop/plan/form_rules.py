"""What binds the parts of a form together: one small function a rule, each yields mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from taza_desktop.errors import Refusal
from taza_desktop.plan.form import Adding, Figure, Table
from taza_desktop.plan.form_draft import Draft
from taza_desktop.plan.form_sentence_rules import SENTENCE_RULES
from taza_desktop.plan.form_source import Node
from taza_desktop.plan.form_sql_rules import SQL_RULES
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.problems import BUILT_IN
from taza_desktop.plan.sql import RESERVED, is_other, usable
from taza_desktop.plan.units import units

_LIMITED = ("count", "decimal", "money", "percent")
_WITH_UNIT = ("count", "decimal")
_WITH_CHOICES = ("choice", "choices")
_ADDS_UP = {  # by which rules a kind adds up; numbers by all but a list, other kinds by a list
    "date": ("max", "min", "last", "list", "none"),
    "attachment": ("last", "none"),
}
_ADDS_NUMBERS = ("sum", "max", "min", "mean", "last", "none")
_ADDS_TEXTS = ("list", "last", "none")
_TYPED_ONLY = ("required", "role", "of", "minimum", "maximum", "over_territories", "over_rounds")


def rule_mistakes(draft: Draft) -> Iterator[Refusal]:
    """All that is wrong with the form as a whole; SQL once the names are sound, then sentences."""
    for rules in (_RULES, SQL_RULES, SENTENCE_RULES):
        found = [mistake for rule in rules for mistake in rule(draft)]
        yield from found
        if found:
            return


def names_are_free(draft: Draft) -> Iterator[Refusal]:
    """No figure, column or table is called like a word of SQL or of the program."""
    parts: list[Figure | Table] = [*draft.cells(), *draft.form.tables]
    for part in parts:
        if part.name in RESERVED or is_other(part.name) or not usable(part.name):
            yield draft.node(part).mistake("FORM-RESERVED", "name", name=part.name)
    for check in draft.form.checks:
        if check.name in BUILT_IN:
            yield draft.node(check).mistake("FORM-RESERVED", "name", name=check.name)


def names_differ(draft: Draft) -> Iterator[Refusal]:
    """No name is there twice among figures and tables, columns, sections, checks, choices."""
    items = draft.sources.items
    yield from _repeated(draft, [*items["figure"], *items["table"]])
    yield from _repeated(draft, items["section"])
    yield from _repeated(draft, items["check"])
    for table in items["table"]:
        yield from _repeated(draft, draft.sources.columns(table))
    for nodes in draft.sources.lists.values():
        yield from _repeated(draft, nodes)
    for cell in draft.cells():
        yield from _repeated(draft, draft.node(cell).children("choices"))


def added_columns_have_a_table(draft: Draft) -> Iterator[Refusal]:
    """A `[[column]]` names a table, and with `before` one of its columns."""
    tables = {node.name: node for node in draft.sources.items["table"]}
    for added in draft.sources.items["column"]:
        table, before = str(added.data["table"]), added.data.get("before")
        if table not in tables:
            yield added.unknown("FORM-TABLE", "table", table, tables)
            continue
        names = [c.name for c in draft.sources.columns(tables[table]) if c is not added]
        if before is not None and before not in names:
            yield added.unknown("FORM-TABLE", "before", str(before), names)


def sections_are_there(draft: Draft) -> Iterator[Refusal]:
    """A figure or table stands in a section that the form has."""
    known = [section.name for section in draft.form.sections]
    parts: list[Figure | Table] = [*draft.form.figures, *draft.form.tables]
    for part in parts:
        if part.section is not None and part.section not in known:
            yield draft.node(part).unknown("FORM-SECTION", "section", part.section, known)


def units_are_known(draft: Draft) -> Iterator[Refusal]:
    """A unit is one of `resources/plan/units.toml`, and stands with a count or a decimal only."""
    for cell in draft.cells():
        if cell.unit is None:
            continue
        if cell.kind not in _WITH_UNIT:
            yield draft.node(cell).mistake("FORM-FIT", "unit", kind=cell.kind)
        elif cell.unit not in units():
            yield draft.node(cell).unknown("FORM-UNIT", "unit", cell.unit, units())


def choices_are_known(draft: Draft) -> Iterator[Refusal]:
    """A choice has answers, anything else has none."""
    for cell in draft.cells():
        node = draft.node(cell)
        named = node.data.get("choices")
        if cell.kind not in _WITH_CHOICES:
            if named is not None:
                yield node.mistake("FORM-FIT", "choices", kind=cell.kind)
        elif named is None:
            yield node.mistake("FORM-NEEDED", key="choices")
        elif isinstance(named, str) and named not in draft.sources.lists:
            yield node.unknown("FORM-CHOICES", "choices", named, draft.sources.lists)


def limits_are_numbers(draft: Draft) -> Iterator[Refusal]:
    """Only a number has a minimum and a maximum, in this order."""
    for cell in draft.cells():
        node = draft.node(cell)
        for key in ("minimum", "maximum"):
            if key in node.data and cell.kind not in _LIMITED:
                yield node.mistake("FORM-FIT", key, kind=cell.kind)
        if cell.minimum and cell.maximum and float(cell.minimum) > float(cell.maximum):
            yield node.mistake("FORM-LIMITS", "minimum")


def numbers_say_how_they_add_up(draft: Draft) -> Iterator[Refusal]:
    """A typed number names its rules; the rule fits the kind; territories have no last."""
    for figure in draft.form.figures:
        if figure.computed is not None:
            continue
        for key in ("over_territories", "over_rounds"):
            yield from _rule_fits(draft, figure, key)


def weights_are_numbers(draft: Draft) -> Iterator[Refusal]:
    """A mean is weighted by another number of the form."""
    for figure in draft.form.figures:
        for key in ("over_territories", "over_rounds"):
            weight = _adding(figure, key).weight
            known = [name for name in draft.numbers() if name != figure.name]
            if weight is not None and weight not in known:
                yield draft.node(figure).unknown("FORM-WEIGHT", key, weight, known)


def facts_name_plans(draft: Draft) -> Iterator[Refusal]:
    """`of` stands with a fact and names a plan."""
    plans = [figure.name for figure in draft.form.figures if figure.role == "plan"]
    for figure in draft.form.figures:
        if figure.of is not None and (figure.role != "fact" or figure.of not in plans):
            yield draft.node(figure).unknown("FORM-OF", "of", figure.of, plans)


def computed_is_not_typed(draft: Draft) -> Iterator[Refusal]:
    """A computed figure is never typed: it is not required, has no limits, no rule of its own."""
    for figure in draft.form.figures:
        if figure.computed is None:
            continue
        node = draft.node(figure)
        for key in _TYPED_ONLY:
            if key in node.data:
                yield node.mistake("FORM-COMPUTED", key)
        if not KINDS[figure.kind].numeric:
            yield node.mistake("FORM-FIT", "computed", kind=figure.kind)


_RULES: tuple[Callable[[Draft], Iterator[Refusal]], ...] = (
    names_are_free,
    names_differ,
    added_columns_have_a_table,
    sections_are_there,
    units_are_known,
    choices_are_known,
    limits_are_numbers,
    numbers_say_how_they_add_up,
    weights_are_numbers,
    facts_name_plans,
    computed_is_not_typed,
)


def _repeated(draft: Draft, nodes: Iterable[Node]) -> Iterator[Refusal]:
    """The form's own item is to blame when a shared one has its name."""
    root = draft.sources.form.source
    first: dict[str, Node] = {}
    for node in sorted(nodes, key=lambda node: node.source is root):
        before = first.setdefault(node.name, node)
        if before is not node:
            yield node.mistake(
                "FORM-REPEATED",
                "name",
                name=node.name,
                first=before.source.path.name,
                first_line=before.source.line((*before.place, "name")),
            )


def _rule_fits(draft: Draft, figure: Figure, key: str) -> Iterator[Refusal]:
    node = draft.node(figure)
    numeric = KINDS[figure.kind].numeric
    rule = _adding(figure, key).rule
    if key not in node.data:
        if numeric:
            yield node.mistake("FORM-RULE-NEEDED", key=key)
        return
    known = _ADDS_NUMBERS if numeric else _ADDS_UP.get(figure.kind, _ADDS_TEXTS)
    if rule not in known or (rule == "last" and key == "over_territories"):
        yield node.mistake("FORM-FIT", key, kind=figure.kind)


def _adding(figure: Figure, key: str) -> Adding:
    return figure.over_territories if key == "over_territories" else figure.over_rounds
