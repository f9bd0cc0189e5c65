"""One call of a command: how it prints, and the options that commands share."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import click

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_, Text
from taza_desktop.plan.problems import Problem
from taza_desktop.plan.rounds import Round
from taza_desktop.reports.neutral import Report

WritePdf = Callable[[Report, Path], None]
PASSPHRASE = "TAZA_PASSPHRASE"


@dataclass
class Call:
    """What a command is handed.

    Attributes:
        write_pdf: prints a report; handed in, as only the window may know Qt.
        as_json: `--json` was given.
        details: joins the JSON of a refusal, e.g. the problems that led to it.
    """

    write_pdf: WritePdf
    as_json: bool = False
    details: dict[str, object] = field(default_factory=dict[str, object])

    def done(self, outcome: dict[str, object], *lines: str) -> None:
        """Print the outcome as JSON, or the lines for a person."""
        if self.as_json:
            put({"ok": True, **outcome})
        else:
            say(*lines)

    def listed(
        self, rows: list[dict[str, object]], line: Callable[[dict[str, object]], str]
    ) -> None:
        """Print rows as a JSON list, or one line each for a person."""
        if self.as_json:
            put(rows)
        else:
            say(*map(line, rows))

    def told(self, rows: list[dict[str, object]], lines: Iterable[str]) -> None:
        """Print rows as a JSON list, or these lines for a person."""
        if self.as_json:
            put(rows)
        else:
            say(*lines)


def say(*lines: str) -> None:
    """Print lines for a person."""
    for line in lines:
        click.echo(line)


def put(value: object) -> None:
    """Print JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def say_refusal(call: Call, refusal: Refusal) -> None:
    """Print `CODE: sentence` on the standard error, with `--json` also an object on the output."""
    if call.as_json:
        put({"ok": False, "code": refusal.code, "message": refusal.text(), **call.details})
    click.echo(str(refusal), err=True)


def plain(value: object) -> object:
    """Make a value of the core fit for JSON: texts by language, tuples as lists."""
    if isinstance(value, Text):
        return value._asdict()
    if isinstance(value, dict):
        items = cast("dict[object, object]", value).items()
        return {str(key): plain(item) for key, item in items}
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("list[object]", value)]
    return value


def problem_row(problem: Problem) -> dict[str, object]:
    """A problem of a sheet for JSON, its message in the language in force."""
    return {
        "level": problem.level,
        "check": problem.check,
        "cell": problem.cell,
        "message": str(problem.message),
        "answered": problem.answered,
    }


def passphrase(file: Path | None) -> str:
    """The passphrase from its file, else from the environment; never from the arguments.

    Raises:
        Refusal: CLI-NO-PASSPHRASE.
    """
    if file is None:
        typed = os.environ.get(PASSPHRASE, "")
    else:
        with environment_faults(file):
            typed = file.read_text(encoding="utf-8-sig")
    typed = typed.rstrip("\r\n")
    if not typed:
        raise Refusal(
            "CLI-NO-PASSPHRASE",
            N_(
                "The key needs its passphrase. Name a file that holds it with --passphrase-file, "
                "or put it into the variable {variable}."
            ),
            variable=PASSPHRASE,
        )
    return typed


def read_file(path: Path) -> bytes:
    """The content of a file that was named. Raises EnvironmentFault."""
    with environment_faults(path):
        return path.read_bytes()


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole. Raises EnvironmentFault."""
    with environment_faults(path):
        path.write_bytes(content)


class RoundType(click.ParamType[Round]):
    """A round by its code."""

    name = "round"

    def convert(
        self, value: str | Round, param: click.Parameter | None, ctx: click.Context | None
    ) -> Round:
        """The round of that code."""
        return value if isinstance(value, Round) else Round.parse(value)


def _note_json(context: click.Context, _parameter: click.Parameter, given: bool) -> None:
    call = context.find_object(Call)
    if call is not None:
        call.as_json = given


FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
pass_call = click.make_pass_decorator(Call)
json_option = click.option(
    "--json",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_note_json,
    help="Print JSON instead of lines for a person.",
)
round_option = click.option(
    "--round", "round_", type=RoundType(), required=True, help="2024, 2025-Q1, 2025-H1, 2025-9M"
)
passphrase_option = click.option(
    "--passphrase-file",
    type=FILE,
    help=f"File that holds the passphrase; without it {PASSPHRASE} is read.",
)
