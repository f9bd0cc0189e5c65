"""Commands that judge sheets, and that answer what was judged."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

import click

from taza_desktop.cli.call import FILE, Call, json_option, pass_call, round_option
from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, _, ngettext
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.checks import missing, others_of, problems
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register import reviewing
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing import Remark, Verdict

WHOLE_SHEET = "sheet"


class RemarkType(click.ParamType[tuple[str, str]]):
    """`planted=The act says 115`: the address of a cell (`sheet`: the whole sheet) and a text."""

    name = "cell=text"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The address and the text."""
        if isinstance(value, tuple):
            return value
        cell, equals, text = value.partition("=")
        if not equals:
            self.fail(_("“{value}” is not CELL=TEXT.").format(value=value), param, ctx)
        return ("" if cell == WHOLE_SHEET else cell), text


class _Said(NamedTuple):
    """What stands about a sheet, with its remarks."""

    verdict: Verdict
    remarks: list[Remark]

    @classmethod
    def of(cls, register: Register, key: SheetKey) -> Self:
        """As the register has it now."""
        return cls(reviewing.verdict(register, key), reviewing.open_remarks(register, key))

    def row(self) -> dict[str, object]:
        """For JSON."""
        said = self.verdict
        remarks: list[dict[str, object]] = [
            {
                "cell": one.address or WHOLE_SHEET,
                "text": one.text,
                "answer": one.answer,
                "changed": one.changed,
                "answered": one.answered,
            }
            for one in self.remarks
        ]
        return {
            **said.key._asdict(),
            "verdict": said.verdict,
            "fresh": said.fresh,
            "conflict": said.conflict,
            "reason": said.reason,
            "remarks": remarks,
            "opened": said.opened and said.opened.isoformat(),
            "by": said.by,
            "office": said.office,
            "at": said.at,
        }

    def text(self) -> str:
        """For a person."""
        said = self.verdict
        changed = "" if said.fresh else " *"
        head = f"{said.key.territory} {said.key.measure:>3} {said.verdict or '–'}{changed}"
        lines = [f"{head} {said.reason}".rstrip()]
        for one in self.remarks:
            answer = f" → {one.answer}" if one.answer else ""
            mark = "✓" if one.answered else "?"
            lines.append(f"  {mark} {one.address or WHOLE_SHEET}: {one.text}{answer}")
        return "\n".join(lines)


territory_option = click.option("--territory", metavar="KATO", required=True)
measure_option = click.option("--measure", type=int, required=True)
remark_option = click.option(
    "--remark",
    "remarks",
    type=RemarkType(),
    multiple=True,
    help="CELL=TEXT, for each cell: a name, `table/row id/column`, or `sheet` for the whole.",
)


@click.group()
def review() -> None:
    """What an office says about the sheets below it, and what these answer."""


@review.command("list")
@click.argument("file", type=FILE)
@round_option
@json_option
@pass_call
def list_(call: Call, file: Path, round_: Round) -> None:
    """What stands about the sheets of a round."""
    with Register.open(file) as register:
        found = [_Said.of(register, key) for key in reviewing.verdicts(register, round_.code)]
    call.told([one.row() for one in found], [one.text() for one in found])


@review.command()
@click.argument("file", type=FILE)
@round_option
@click.option("--territory", "territories", metavar="KATO", multiple=True, help="Only these.")
@click.option("--measure", "measures", type=int, multiple=True, help="Only these.")
@click.option(
    "--clean", is_flag=True, help="Leave out what is not complete or has an open problem."
)
@json_option
@pass_call
def accept(
    call: Call,
    file: Path,
    round_: Round,
    territories: tuple[str, ...],
    measures: tuple[int, ...],
    clean: bool,
) -> None:
    """Accept sheets of offices below: all that are asked for, or none. They are locked then."""
    with Register.open(file) as register:
        keys = _below(register, round_, territories, measures)
        left: dict[SheetKey, Refusal] = {}
        if clean:
            left = reviewing.obstacles(register, keys)
            keys = [key for key in keys if key not in left and not _has_questions(register, key)]
        reviewing.accept(register, keys)
    outcome: dict[str, object] = {"accepted": [key._asdict() for key in keys]}
    outcome["left"] = [{**key._asdict(), "code": why.code} for key, why in left.items()]
    said = ngettext("{count} sheet accepted.", "{count} sheets accepted.", len(keys))
    call.done(outcome, said.format(count=len(keys)), *map(str, left.values()))


@review.command("return")
@click.argument("file", type=FILE)
@round_option
@territory_option
@measure_option
@remark_option
@click.option("--reason", default="", help="To the sheet as a whole.")
@json_option
@pass_call
def return_(
    call: Call,
    file: Path,
    round_: Round,
    territory: str,
    measure: int,
    remarks: tuple[tuple[str, str], ...],
    reason: str,
) -> None:
    """Give a sheet back with remarks; `answer` carries them to its office."""
    key = _key(measure, territory, round_)
    with Register.open(file) as register:
        reviewing.return_sheet(register, key, dict(remarks), reason)
        said = _Said.of(register, key)
    call.done(said.row(), said.text())


@review.command()
@click.argument("file", type=FILE)
@round_option
@territory_option
@measure_option
@click.option("--reason", required=True, help="Stays in the history of the sheet.")
@json_option
@pass_call
def unlock(
    call: Call, file: Path, round_: Round, territory: str, measure: int, reason: str
) -> None:
    """Let an accepted sheet be changed again."""
    key = _key(measure, territory, round_)
    with Register.open(file) as register:
        reviewing.unlock(register, key, reason)
    said = _("Measure {measure}, {territory}: the sheet can be changed again.")
    call.done(key._asdict(), said.format(measure=measure, territory=territory))


@review.command()
@click.argument("file", type=FILE)
@round_option
@json_option
@pass_call
def read(call: Call, file: Path, round_: Round) -> None:
    """Show the returns to this office, and note that they were read."""
    with Register.open(file) as register:
        own = register.office.territory
        found = reviewing.verdicts(register, round_.code, territory=own).values()
        keys = [one.key for one in found if one.verdict == "returned"]
        with register.transaction():
            for key in keys:
                reviewing.mark_opened(register, key, date.today())
        read_now = [_Said.of(register, key) for key in keys]
    call.told([one.row() for one in read_now], [one.text() for one in read_now])


@review.command()
@click.argument("file", type=FILE)
@round_option
@measure_option
@remark_option
@json_option
@pass_call
def reply(
    call: Call, file: Path, round_: Round, measure: int, remarks: tuple[tuple[str, str], ...]
) -> None:
    """Answer remarks on the own sheet in words; a changed cell answers by itself."""
    with Register.open(file) as register:
        key = _key(measure, register.office.territory, round_)
        with register.transaction():
            for cell, text in remarks:
                reviewing.answer_remark(register, key, cell, text)
        said = _Said.of(register, key)
    call.done(said.row(), said.text())


def _key(measure: int, territory: str, round_: Round) -> SheetKey:
    """A sheet by what was typed. Raises Refusal PLAN-NO-FORM, PLAN-TERRITORY."""
    plan = load_plan()
    return SheetKey(plan.form(measure).measure, plan.territories[territory].kato, round_.code)


def _below(
    register: Register, round_: Round, territories: tuple[str, ...], measures: tuple[int, ...]
) -> list[SheetKey]:
    """The sheets of the offices below that hold something. Raises Refusal CLI-NO-SHEETS."""
    covers, office = load_plan().territories.covers, register.office.territory
    keys = [
        sheet.key
        for sheet in register.sheets(round_.code)
        if sheet.key.territory != office
        and covers(office, sheet.key.territory)
        and (not territories or sheet.key.territory in territories)
        and (not measures or sheet.key.measure in measures)
    ]
    if not keys:
        raise Refusal(
            "CLI-NO-SHEETS",
            N_("No sheet of {round} is here that was asked for. See `status`."),
            round=round_.code,
        )
    return keys


def _has_questions(register: Register, key: SheetKey) -> bool:
    """Whether something is missing or not explained yet."""
    form, sheet = load_plan().form(key.measure), register.sheet(key)
    found = problems(form, sheet, register.last(key), others_of(form, key, register.sheet))
    return bool(missing(form, sheet)) or not all(problem.answered for problem in found)
