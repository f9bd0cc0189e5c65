"""One target under atheris, in a process of its own; `tests.fuzz.run` starts it.

The options behind the target are libFuzzer's. Only our own modules are instrumented: coverage of
the libraries would drown it.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["taza_desktop"]):
    from tests.fuzz import targets


def main() -> None:
    """Run until the options say stop, or until something escapes."""
    name, arguments = sys.argv[1], sys.argv[2:]  # of these the first is how to start it again
    targets.sample()
    atheris.Setup(arguments, lambda data: targets.run(name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
