"""The real plan with a form of the tests' own, so that a change of wording breaks no test."""

from __future__ import annotations

from dataclasses import fields

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, Text
from taza_desktop.plan.catalogue import Plan, load_plan
from taza_desktop.plan.form import Adding, Check, Figure, Form, Sentence, Table
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey
from taza_desktop.register.register import Register

REGION, ARAL, SHIELI, CITY = "430000000", "433200000", "435200000", "431000000"
SUM = Adding("sum")


def same(text: str) -> Text:
    """A text that is the same in every language."""
    return Text(text, text, text)


FORM = Form(
    measure=6,
    version=1,
    filled_by=("region", "district", "city", "city_district"),
    rounds=("year",),
    figures=(
        Figure(
            "planned", "count", same("Planned"), unit="plant", over_territories=SUM, role="plan"
        ),
        Figure(
            "planted",
            "count",
            same("Planted"),
            unit="plant",
            role="fact",
            of="planned",
            required=True,
            over_territories=SUM,
        ),
        Figure("fulfilment", "percent", same("Fulfilment"), computed="100.0 * planted / planned"),
        Figure("spent", "money", same("Spent"), over_territories=SUM),
        Figure("manager", "text", same("Manager")),
    ),
    tables=(
        Table(
            "winners",
            same("Winners"),
            (
                Figure("name", "text", same("Name"), required=True),
                Figure("prize", "money", same("Prize")),
            ),
        ),
    ),
    checks=(
        Check(
            "above_plan", "explain", "planted <= 2 * planned", same("Far above plan."), at="planted"
        ),
    ),
    sentences=(
        Sentence(
            Text(
                "{in_territory} {planned:unit} жоспарланып, {planted} егілді[ ({fulfilment})].",
                "{in_territory} при плане {planned:unit} высажено {planted}[ ({fulfilment})].",
                "{in_territory} {planted} of {planned:unit} were planted[ ({fulfilment})].",
            ),
            when="planned is not null",
        ),
        Sentence(Text("{spent} жұмсалды.", "Израсходовано {spent}.", "{spent} were spent.")),
        Sentence(same("{name}[ – {prize}]."), each="winners"),
    ),
)


class OwnForms(Plan):
    """The real measures and territories; only the given forms."""

    own: dict[int, Form]

    def form(self, number: int) -> Form:
        """The test's form of a measure."""
        if number not in self.own:
            raise Refusal("PLAN-NO-FORM", N_("Measure {number} has no form yet."), number=number)
        return self.own[number]

    def has_form(self, number: int) -> bool:
        return number in self.own

    def form_numbers(self) -> tuple[int, ...]:
        return tuple(sorted(self.own))


def own_plan(*forms: Form) -> Plan:
    """The real plan with these forms."""
    real = load_plan()
    plan = OwnForms(**{field.name: getattr(real, field.name) for field in fields(real)})
    object.__setattr__(plan, "own", {form.measure: form for form in forms})
    return plan


def put(
    register: Register,
    territory: str,
    cells: Cells,
    winners: tuple[Cells, ...] = (),
    measure: int = 6,
    round: str = "2024",
) -> SheetKey:
    """Enter a sheet."""
    key = SheetKey(measure, territory, round)
    entries = {"winners": [Entry(dict(row)) for row in winners]} if winners else {}
    register.put_sheet(Sheet(key, dict(cells), entries))
    return key
