"""What click says of a command that was called wrongly, in the language in force."""

from __future__ import annotations

from typing import Final

from click import core, exceptions, formatting, parser, types

from taza_desktop.i18n import N_, gettext

# What click says, and what we say in its place; the fields are click's, not all of them are needed.
SAYS: Final[dict[str, str]] = {
    "Usage:": N_("Usage:"),
    "Error: {message}": N_("Error: {message}"),
    "Try '{command} {option}' for help.": N_("Try “{command} {option}” for help."),
    "Missing command.": N_("Say what is to be done: the command is missing."),
    "Missing argument": N_("Missing argument"),
    "Missing option": N_("Missing option"),
    "No such option {name!r}.": N_("There is no option “{name}”."),
    "No such command {name!r}.": N_("There is no command “{name}”."),
    "Did you mean {possibility}?": N_("Did you mean {possibility}?"),
    "(Did you mean one of: {possibilities}?)": N_("(Did you mean one of: {possibilities}?)"),
    "Got unexpected extra argument ({args})": N_("Too much was named: {args}"),
    "Got unexpected extra arguments ({args})": N_("Too much was named: {args}"),
    "Invalid value: {message}": N_("This cannot be: {message}"),
    "Invalid value for {param_hint}: {message}": N_("{param_hint} cannot be this: {message}"),
    "Choose from:\n\t{choices}": N_("Choose from:\n\t{choices}"),
    "{value!r} is not {choice}.": N_("“{value}” is not {choice}."),
    "{value!r} is not one of {choices}.": N_("“{value}” is none of {choices}."),
    "{value!r} is not a valid {number_type}.": N_("“{value}” is not a number that fits here."),
    "{value} is not in the range {range}.": N_("{value} is not in the range {range}."),
    "{value!r} does not match the format {format}.": N_(
        "“{value}” is not a day as the program reads it: 2025-01-31."
    ),
    "{name} {filename!r} is a directory.": N_("“{filename}” is a folder; a file is wanted."),
    "{name} {filename!r} is a file.": N_("“{filename}” is a file; a folder is wanted."),
    "{name} {filename!r} does not exist.": N_("“{filename}” is not there."),
    "{name} {filename!r} is not readable.": N_("“{filename}” may not be read."),
    "{name} {filename!r} is not writable.": N_("“{filename}” may not be written to."),
    "Option {name!r} does not take a value.": N_("The option “{name}” takes no value."),
    "Option {name!r} requires an argument.": N_("The option “{name}” wants a value."),
    "Option {name!r} requires {nargs} arguments.": N_("The option “{name}” wants {nargs} values."),
}


def say(message: str) -> str:
    """A message of click in our words; one that we do not know as click says it."""
    ours = SAYS.get(message)
    return gettext(ours) if ours is not None else message


def say_counted(one: str, many: str, count: int) -> str:
    """The same of a message that depends on a number."""
    return say(one if count == 1 else many)


def speak() -> None:
    """Let click say it our way. It asks gettext for every message, under these two names."""
    for module in (core, exceptions, formatting, parser, types):
        for name, ours in (("_", say), ("ngettext", say_counted)):
            if hasattr(module, name):
                setattr(module, name, ours)
