"""What is asked for one measure: data only, read from `resources/forms/`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeVar

from taza_desktop.i18n import Text

KindName = Literal[
    "count", "decimal", "money", "percent", "date", "text", "long_text",
    "choice", "choices", "place", "person", "link", "attachment",
]  # fmt: skip
Rule = Literal["sum", "last", "max", "min", "mean", "list", "none"]
Level = Literal["stop", "explain"]
Named = TypeVar("Named", "Figure", "Table")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice; `key` is what is stored."""

    key: str
    label: Text


@dataclass(frozen=True, slots=True)
class Adding:
    """How a figure adds up; `mean` may be weighted by another figure of the same form."""

    rule: Rule = "none"
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One named cell of a form, or one column of a table (a column is a figure of every entry)."""

    name: str
    kind: KindName
    label: Text
    hint: Text | None = None
    section: str | None = None
    unit: str | None = None  # key into resources/plan/units.toml
    required: bool = False
    role: Literal["plan", "fact"] | None = None
    of: str | None = None  # a fact names its plan
    computed: str | None = None  # SQL expression; such a figure is never typed
    choices: tuple[Choice, ...] = ()
    minimum: str | None = None  # decimals as text
    maximum: str | None = None
    over_territories: Adding = Adding()
    over_rounds: Adding = Adding()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that groups figures on the page."""

    name: str
    label: Text


@dataclass(frozen=True, slots=True)
class Table:
    """A repeating group; `columns` are figures, one entry a row."""

    name: str
    label: Text
    columns: tuple[Figure, ...]
    hint: Text | None = None
    section: str | None = None
    over_rounds: Rule = (
        "list"  # "last": the table tells how things stand, the latest round replaces
    )

    def column(self, name: str) -> Figure:
        """The column of that name; KeyError when there is none."""
        return _named(self.columns, name)


@dataclass(frozen=True, slots=True)
class Check:
    """A statement in SQL that must hold; NULL (something is blank) holds.

    `stop` cannot be true in the world and must be mended; `explain` may be true and wants a remark.
    """

    name: str
    level: Level
    that: str
    says: Text
    at: str | None = (
        None  # the cell that the message leads to: a figure, a table, or a column of `each`
    )
    each: str | None = None  # a table: the statement must hold in each of its entries


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template of the report; printed when `when` holds, once an entry when `each` names a table.

    With an `opening` the entries become one sentence: the opening, then the
    entries between semicolons.
    """

    text: Text
    when: str | None = None
    each: str | None = None
    opening: Text | None = None
    sort: str | None = None  # the column of `each` that orders the entries
    group: str | None = (
        None  # the column of `each` whose like entries become one, their numbers summed
    )


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one measure."""

    measure: int
    version: int
    filled_by: tuple[str, ...]  # levels: district, city, region, republic
    rounds: tuple[str, ...]  # year, half, quarter
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    checks: tuple[Check, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    # Of the forms whose sheets its checks look at: measure, figures and tables.
    beside: tuple[Form, ...] = field(default=(), repr=False)
    source: str = field(default="", compare=False)  # file it was read from, for messages

    def figure(self, name: str) -> Figure:
        """The figure of that name; KeyError when there is none."""
        return _named(self.figures, name)

    def table(self, name: str) -> Table:
        """The table of that name; KeyError when there is none."""
        return _named(self.tables, name)


def _named(items: tuple[Named, ...], name: str) -> Named:
    for item in items:
        if item.name == name:
            return item
    raise KeyError(name)
