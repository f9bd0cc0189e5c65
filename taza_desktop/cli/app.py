"""The root of the commands: language, lazy loading, and how each outcome leaves the program."""

from __future__ import annotations

import importlib
import sys
import traceback
from pathlib import Path
from typing import cast

import click

from taza_desktop import __version__, i18n
from taza_desktop.cli import usage
from taza_desktop.cli.call import Call, WritePdf, say_refusal
from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import LANGUAGES, N_
from taza_desktop.paths import user_path
from taza_desktop.settings import Settings

DONE, REFUSED, USAGE = 0, 1, 2
COMMANDS = {  # name: module and function; a module is loaded when its command is
    "demo": "demo:demo",
    "plan": "plan:plan",
    "register": "register:register",
    "region": "region:region",
    "card": "enrolment:card",
    "request": "enrolment:request",
    "enrol": "enrolment:enrol",
    "key": "key:key",
    "enter": "sheets:enter",
    "sheets": "sheets:sheets",
    "attachment": "attachment:attachment",
    "status": "status:status",
    "export": "packages:export",
    "verify": "packages:verify",
    "merge": "merging:merge",
    "undo": "merging:undo",
    "conflicts": "tasks:conflicts",
    "settle": "tasks:settle",
    "duplicates": "tasks:duplicates",
    "review": "review:review",
    "answer": "answers:answer",
    "share": "answers:share",
    "journal": "journal:journal",
    "history": "journal:history",
    "totals": "totals:totals",
    "exchange": "exchange:exchange",
    "dump": "register:dump",
    "report": "report:report",
    "report-settings": "report:report_settings",
    "report-compare": "report_more:report_compare",
    "report-data": "report_more:report_data",
    "why": "why:why",
}


class Lazy(click.Group):
    """A group that imports a command when it is asked for, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        loaded = importlib.import_module(f"taza_desktop.cli.{module}")
        return cast("click.Command", getattr(loaded, name))


def _speak(_context: click.Context, _parameter: click.Parameter, lang: str | None) -> None:
    """Put a language in force before anything else is looked at."""
    if lang:
        i18n.set_language(Settings.load().speak(lang))


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="taza-desktop")
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help="Language of the messages.",
)
def root() -> None:
    """Reporting on the national plan «Таза Қазақстан» without a network.

    Without a command the window opens. FILE is always a register. A command ends with 0 when it is
    done; with 1 when it was refused: a stable code and a sentence on the standard error, and
    nothing was changed; with 2 when it was called wrongly.
    """


def run(arguments: list[str], write_pdf: WritePdf) -> int:
    """Run one command line and return its exit code; never raises, never shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a Windows console or LC_ALL=C knows no Kazakh by itself
            reconfigure(encoding="utf-8", errors="backslashreplace")
    call = Call(write_pdf)
    usage.speak()
    try:
        i18n.set_language(Settings.load().speak(None))
        with environment_faults(_file_among(arguments)):
            root.main(arguments, prog_name="taza-desktop", standalone_mode=False, obj=call)
    except click.ClickException as wrong:
        wrong.show()
        return USAGE
    except click.Abort:
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone; there is nobody left to complain to
        return REFUSED
    except Refusal as refusal:
        say_refusal(call, refusal)
        return REFUSED
    except Exception:  # a fault of ours: the person gets a sentence, the log the details
        say_refusal(call, _fault(traceback.format_exc()))
        return REFUSED
    return DONE


def _file_among(arguments: list[str]) -> Path:
    """The file that a fault of the disk is about: the first argument that is one."""
    return next((path for path in map(Path, arguments) if path.is_file()), Path.cwd())


def _fault(details: str) -> Refusal:
    log = user_path("logs", "fault.txt")
    log.write_text(details, encoding="utf-8")
    return Refusal(
        "APP-FAULT",
        N_("The program made a mistake. The details are in {log}; please send that file along."),
        log=log,
    )
