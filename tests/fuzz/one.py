"""One target under atheris, in a process of its own: `python -m tests.fuzz.one TARGET [options]`.

The options are libFuzzer's. Only our own modules are instrumented: coverage of the libraries would
drown it.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["taza_desktop"]):
    from tests.fuzz import targets


def main() -> None:
    """Run until the options say stop, or until something escapes."""
    name = sys.argv.pop(1)
    targets.sample()
    atheris.Setup(sys.argv, lambda data: targets.run(name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
