"""The report's sentences, made from the figures of a sheet or a total."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from taza_desktop.i18n import Language
from taza_desktop.plan.evaluate import Answer
from taza_desktop.plan.form import Figure, Form, Sentence
from taza_desktop.plan.kind_numbers import exact, stored
from taza_desktop.plan.kinds import KINDS, say
from taza_desktop.plan.names import in_territory, of_territory
from taza_desktop.plan.numbers import show_number
from taza_desktop.plan.programme import Entries, programme_of
from taza_desktop.plan.sheet import Cells, Entry, Value
from taza_desktop.plan.template import (
    COUNT,
    TERRITORY,
    Field,
    Part,
    fields,
    names_territory,
    parsed,
)
from taza_desktop.plan.territories import Territory
from taza_desktop.plan.units import unit

_ENDINGS = re.compile(r"(?:[,;]| —)\s*(?=[.);]|$)")  # of a list whose last parts were left out
_OPENINGS = re.compile(r"(?<=\()[,;]\s*")
_GAPS = re.compile(r" +(?=[,.;:)])|(?<= ) +")
_WORD_AT: dict[Language, dict[str, int]] = {"ru": {"one": 0, "many": 2}, "en": {"one": 0}}


class _Said(NamedTuple):
    """What a field of a sentence stands for: a figure and its value, or a number of entries."""

    figure: Figure | None
    value: Value


class _Speaker(NamedTuple):
    """What one sentence may name, and in which language it says it."""

    known: Mapping[str, _Said]
    territory: Territory
    language: Language
    named: bool = False  # has an earlier sentence named the territory

    def knows_also(self, columns: Sequence[Figure], entry: Entry) -> _Speaker:
        """The same, with the columns of an entry."""
        said = {column.name: _Said(column, entry.cells.get(column.name)) for column in columns}
        return self._replace(known={**self.known, **said})

    def fill(self, template: str) -> str:
        """The template filled in; empty when something in it is blank that may not be left out."""
        filled = ""
        for part in parsed(template):
            text = self._part(part)
            if text is None and not part.optional:
                return ""
            filled += text or ""
        return _tidy(filled)

    def _part(self, part: Part) -> str | None:
        if part.optional and self.named and names_territory(part.pieces):
            return None
        pieces = [piece if isinstance(piece, str) else self._field(piece) for piece in part.pieces]
        return None if None in pieces else "".join(piece for piece in pieces if piece)

    def _field(self, field: Field) -> str | None:
        if field.name in TERRITORY:
            return _TERRITORY[field.name](self.territory, self.language)
        figure, value = self.known[field.name]
        if value is None:
            return None
        if field.words:
            return field.words[_word_at(exact(value), self.language)]
        if figure is None or field.how == "unit":
            return _counted(figure, exact(value), self.language)
        if field.how in _CASES:
            return _CASES[field.how](_place(value), self.language)
        said = say(figure, value, self.language)
        return _lowered(said) if field.how == "lower" else said


def sentences(
    form: Form, cells: Cells, entries: Entries, territory: Territory, language: Language
) -> list[str]:
    """The sentences of a form over a sheet or a total; `cells` with the computed figures.

    A sentence with a blank outside square brackets is not there; no sentence is empty.
    """
    programme = programme_of(form)
    answers = programme.printed(programme.given(cells, entries))
    speaker = _Speaker(_known(form, cells, entries), territory, language)
    said: list[str] = []
    for sentence, answer in zip(form.sentences, answers, strict=True):
        texts = _texts(form, sentence, answer, speaker, entries)
        said += [text[0].upper() + text[1:] for text in texts]
        template = (sentence.opening or sentence.text).to(language)
        if texts and names_territory(fields(template)):
            speaker = speaker._replace(named=True)
    return said


def _texts(
    form: Form, sentence: Sentence, answer: Answer, speaker: _Speaker, entries: Entries
) -> list[str]:
    """What one sentence says, given the answer of its condition; empty when nothing."""
    if not isinstance(answer, str | int | float) or not answer:
        return []
    if sentence.each is None:
        text = speaker.fill(sentence.text.to(speaker.language))
        return [text] if text else []
    rows = [int(row) - 1 for row in str(answer).split(",")]
    return _over_entries(form, sentence, speaker, [entries[sentence.each][row] for row in rows])


def _over_entries(
    form: Form, sentence: Sentence, speaker: _Speaker, entries: Sequence[Entry]
) -> list[str]:
    """One text an entry, or with an opening all of them in one sentence."""
    columns = form.table(sentence.each or "").columns
    template = sentence.text.to(speaker.language)
    ordered = _sorted(columns, sentence.sort, _grouped(columns, sentence.group, entries))
    texts = [speaker.knows_also(columns, entry).fill(template) for entry in ordered]
    texts = [text for text in texts if text]
    if sentence.opening is None or not texts:
        return texts
    opening = speaker.fill(sentence.opening.to(speaker.language))
    return [_tidy(f"{opening} {'; '.join(texts)}.")] if opening else []


def _grouped(
    columns: Sequence[Figure], group: str | None, entries: Sequence[Entry]
) -> Sequence[Entry]:
    """One entry for all that are alike in a column: numbers summed, of the rest the first."""
    if group is None:
        return entries
    alike: dict[str, list[Entry]] = {}
    for entry in entries:
        alike.setdefault(str(entry.cells.get(group)), []).append(entry)
    numbers = [column for column in columns if KINDS[column.kind].numeric]
    return [
        Entry({**rows[0].cells, **{column.name: _sum(column, rows) for column in numbers}})
        for rows in alike.values()
    ]


def _sorted(
    columns: Sequence[Figure], sort: str | None, entries: Sequence[Entry]
) -> Sequence[Entry]:
    """The entries by a column: a choice in the order of its list, blanks last."""
    column = next((column for column in columns if column.name == sort), None)
    if column is None:
        return entries
    places = {choice.key: place for place, choice in enumerate(column.choices)}

    def key(entry: Entry) -> tuple[bool, Decimal, str]:
        value = entry.cells.get(column.name)
        if value is None or not KINDS[column.kind].numeric:
            return value is None, Decimal(places.get(str(value), 0)), str(value)
        return False, exact(value), ""

    return sorted(entries, key=key)


def _known(form: Form, cells: Cells, entries: Entries) -> Mapping[str, _Said]:
    known = {figure.name: _Said(figure, cells.get(figure.name)) for figure in form.figures}
    for table in form.tables:
        rows = entries.get(table.name, ())
        known[f"{table.name}.{COUNT}"] = _Said(None, len(rows) or None)
        for column in table.columns:
            if KINDS[column.kind].numeric:
                known[f"{table.name}.{column.name}"] = _Said(column, _sum(column, rows))
    return known


def _sum(column: Figure, rows: Sequence[Entry]) -> Value:
    values = [value for row in rows if (value := row.cells.get(column.name)) is not None]
    return stored(sum(map(exact, values), Decimal(0))) if values else None


def _counted(figure: Figure | None, number: Decimal, language: Language) -> str:
    if figure is None or figure.unit is None:
        return show_number(number, language)
    return unit(figure.unit).counted(number, language)


def _word_at(number: Decimal, language: Language) -> int:
    """Which of the words goes with the number; in Russian a fraction takes the second."""
    from babel import Locale

    return _WORD_AT[language].get(Locale.parse(language).plural_form(abs(number)), 1)


def _lowered(text: str) -> str:
    """With a small first letter, unless it is a number («І орын») or an abbreviation."""
    return text[0].lower() + text[1:] if text[1:2].islower() else text


def _place(value: Value) -> Territory:
    from taza_desktop.plan.catalogue import load_plan  # the catalogue reads forms

    return load_plan().territories[str(value)]


def _name(territory: Territory, language: Language) -> str:
    return territory.name.to(language)


_TERRITORY = {
    "territory": _name,
    "in_territory": in_territory,
    "of_territory": of_territory,
}
_CASES = {"in": in_territory, "of": of_territory}


def _tidy(text: str) -> str:
    """Without the commas and spaces that belonged to parts left out."""
    return _OPENINGS.sub("", _GAPS.sub("", _ENDINGS.sub("", text))).strip()
