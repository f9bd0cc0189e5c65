"""Print docs/cli.md out of the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from taza_desktop.cli import sheet_json
from taza_desktop.cli.app import root

_WIDTH = 100
_HEAD = """# The command line

Printed by `make docs` out of the commands; a test compares.
"""


def reference() -> str:
    """The whole page."""
    context = click.Context(root, info_name="taza-desktop", max_content_width=_WIDTH)
    pages = [_section(command) for command in commands(context)]
    return "\n".join([_HEAD, *pages, f"## Sheets\n\n{_prose(sheet_json.__doc__)}\n"])


def commands(context: click.Context) -> Iterator[click.Context]:
    """This command and all below it, in the order of the work."""
    yield context
    command = context.command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from commands(click.Context(below, context, info_name=name))


def _section(context: click.Context) -> str:
    """One command: its help as a person would see it, without the option that is everywhere."""
    context.terminal_width = context.max_content_width = _WIDTH
    lines = context.get_help().splitlines()
    kept = [line for line in lines if "--help" not in line]
    while kept and kept[-1].strip() in ("", "Options:"):
        kept.pop()
    text = "\n".join(kept)
    return f"## `{context.command_path}`\n\n```\n{text}\n```\n"


def _prose(docstring: str | None) -> str:
    return inspect.cleandoc(docstring or "")


if __name__ == "__main__":
    print(reference(), end="")
