"""Print docs/cli.md out of the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from taza_desktop.cli import sheet_json
from taza_desktop.cli.app import root

_WIDTH = 100
_HEAD = """# The command line

Printed by `make docs` out of the commands; a test compares. A round, once through:

```
export TAZA_PASSPHRASE=…                    # or --passphrase-file with each command
taza-desktop register new region.db --role region --territory 390000000 --name "М. Оспанов"
taza-desktop region create region.db        # prints the code, writes it and two backups
taza-desktop region card region.db --out 390000000.taza-card # to every clerk, by any way
taza-desktop register new clerk.db --role clerk --territory 393600000 --name "А. Сәрсен"
taza-desktop card clerk.db 390000000.taza-card --code "…"    # the code comes by letter or phone
taza-desktop request clerk.db --out asked.pem                # prints six groups to read by phone
taza-desktop region certify region.db asked.pem --territory 393600000 --name "А. Сәрсен" \\
    --code "…" --out answer.pem                              # the groups as they were heard
taza-desktop enrol clerk.db answer.pem
taza-desktop enter clerk.db sheets.json
taza-desktop export clerk.db --round 2024 --out stick
taza-desktop merge region.db stick/393600000-2024-1.taza.age
taza-desktop report region.db --round 2024 --lang kk --format docx --out report.docx
```
"""


def reference() -> str:
    """The whole page."""
    pages = [_section(one) for one in commands() if not _only_groups(one)]
    return "\n".join([_HEAD, *pages, f"## Sheets\n\n{_prose(sheet_json.__doc__)}\n"])


def commands() -> Iterator[click.Context]:
    """The root and all commands below it, in the order of the work."""
    yield from _below(root.make_context("taza-desktop", [], resilient_parsing=True))


def _below(context: click.Context) -> Iterator[click.Context]:
    yield context
    command = context.command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _below(below.make_context(name, [], context, resilient_parsing=True))


def _only_groups(context: click.Context) -> bool:
    """A group says nothing that its commands do not say."""
    return isinstance(context.command, click.Group) and context.command is not root


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
