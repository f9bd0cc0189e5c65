"""Rules about sentences: what they name is there, and the three languages name the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from taza_desktop.errors import Refusal
from taza_desktop.i18n import LANGUAGES, N_, Language, gettext
from taza_desktop.plan.form import Figure, Form, Sentence
from taza_desktop.plan.form_draft import Draft
from taza_desktop.plan.form_mistakes import nearest
from taza_desktop.plan.form_source import Node
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.template import COUNT, PLURALS, TERRITORY, Field, fields

_WORDS = N_(
    "Write three words in ru (for 1, 2 and 5) and two in en, with | between them; "
    "in kk, where the word does not change, write it beside the field."
)
_UNIT = N_("Give the figure a unit, or write the words yourself.")
_LOWER = N_("Only a choice can be said in small letters.")
_PLACE = N_("Only a place can be said as “in” or “of”.")


class _Where(NamedTuple):
    """One template of a sentence."""

    node: Node
    key: str
    language: Language


def sentences_name_what_is_there(draft: Draft) -> Iterator[Refusal]:
    """Every field is a figure, a table's sum or the territory, said in a way it can be."""
    for sentence in draft.form.sentences:
        known = sayable(draft.form, sentence.each)
        for where, template in _templates(draft, sentence):
            try:
                named = fields(template)
            except ValueError as fault:
                reason = str(fault)
                yield where.node.mistake("FORM-TEMPLATE", where.key, where.language, reason=reason)
                continue
            for field in named:
                yield from _field(where, field, known)


def languages_name_the_same(draft: Draft) -> Iterator[Refusal]:
    """A figure that one language prints the others print too."""
    for sentence in draft.form.sentences:
        named: dict[str, set[str]] = {}
        for where, template in _templates(draft, sentence):
            try:
                here = {field.name for field in fields(template)} - set(TERRITORY)
            except ValueError:
                continue
            differ = named.setdefault(where.key, here) ^ here
            if differ:
                yield where.node.mistake(
                    "FORM-FIELDS-DIFFER",
                    where.key,
                    where.language,
                    language=where.language,
                    names=", ".join(sorted(differ)),
                )


SENTENCE_RULES: tuple[Callable[[Draft], Iterator[Refusal]], ...] = (
    sentences_name_what_is_there,
    languages_name_the_same,
)


def sayable(form: Form, each: str | None) -> Mapping[str, Figure | None]:
    """What a sentence may name; None for what is no figure (territory, number of entries)."""
    known: dict[str, Figure | None] = dict.fromkeys(TERRITORY)
    for table in form.tables:
        known[f"{table.name}.{COUNT}"] = None
        for column in table.columns:
            if KINDS[column.kind].numeric:
                known[f"{table.name}.{column.name}"] = column
    known |= {figure.name: figure for figure in form.figures}
    if each is not None:
        known |= {column.name: column for column in form.table(each).columns}
    return known


def _templates(draft: Draft, sentence: Sentence) -> Iterator[tuple[_Where, str]]:
    node = draft.node(sentence)
    for language in LANGUAGES:
        yield _Where(node, "text", language), sentence.text.to(language)
        if sentence.opening is not None:
            yield _Where(node, "opening", language), sentence.opening.to(language)


def _field(where: _Where, field: Field, known: Mapping[str, Figure | None]) -> Iterator[Refusal]:
    if field.name not in known:
        yield where.node.mistake(
            "FORM-FIELD",
            where.key,
            where.language,
            word=field.name,
            nearest=nearest(field.name, known),
        )
    elif hint := _why_not_so(where.language, field, known[field.name]):
        yield where.node.mistake(
            "FORM-FIELD-HOW",
            where.key,
            where.language,
            word=field.name,
            how=field.how,
            hint=gettext(hint),
        )


def _why_not_so(language: Language, field: Field, figure: Figure | None) -> str | None:
    """Why the field cannot be said as its `how` asks; None when it can."""
    if not field.how:
        return None
    if field.how == "lower":
        return None if figure is not None and figure.kind in ("choice", "choices") else _LOWER
    if field.how in ("in", "of"):
        return None if figure is not None and figure.kind == "place" else _PLACE
    if field.how == "unit":
        return None if figure is not None and figure.unit is not None else _UNIT
    counts = field.name.endswith(f".{COUNT}") or (figure and KINDS[figure.kind].numeric)
    return None if counts and len(field.words) == PLURALS[language] > 0 else _WORDS
