"""What all commands share: exit codes, languages, streams, passphrases, faults."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from taza_desktop.cli import call
from taza_desktop.errors import Refusal
from tests.running import Taza


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program as it is started by a shell."""
    return subprocess.run(
        [sys.executable, "-m", "taza_desktop", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def test_kazakh_comes_out_in_a_locale_that_knows_none() -> None:
    done = process(
        "--lang", "kk", "plan", "measures", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert done.returncode == 0, done.stderr
    assert "Экологиялық" in done.stdout.decode("utf-8")


def test_the_commands_load_neither_qt_nor_what_they_do_not_need() -> None:
    program = (
        "import sys; from taza_desktop.cli.app import run;"
        "code = run(['plan', 'measures', '--json'], lambda report, path: None);"
        "heavy = {'PySide6', 'openpyxl', 'docx', 'lxml', 'babel', 'pyhanko', 'cryptography'};"
        "print(code, sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "0 []"


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    command = f"{sys.executable} -m taza_desktop plan territories --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_refusals_are_said_in_the_language_asked_for(taza: Taza, tmp_path: Path) -> None:
    said = {lang: taza("--lang", lang, "plan", "form", "61").err for lang in ("kk", "ru", "en")}
    assert len(set(said.values())) == 3
    assert all(text.startswith("PLAN-NO-FORM: ") for text in said.values())


def test_a_fault_of_the_program_is_one_sentence_and_a_log(
    taza: Taza, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("taza_desktop.cli.plan.load_plan", broken)
    outcome = taza("plan", "measures", "--json")
    assert outcome.code == 1
    assert outcome.json["code"] == "APP-FAULT"
    assert "Traceback" not in outcome.err + outcome.out
    log = Path(os.environ["TAZA_HOME"]) / "logs" / "fault.txt"
    assert "ZeroDivisionError: inside" in log.read_text(encoding="utf-8")


def test_the_passphrase_comes_from_its_file_else_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    file.write_text("\ufeffқұпия сөз\r\n", encoding="utf-8")
    monkeypatch.setenv("TAZA_PASSPHRASE", "other")
    assert call.passphrase(file).text() == "құпия сөз"
    assert call.passphrase(None).text() == "other"
    monkeypatch.delenv("TAZA_PASSPHRASE")
    with pytest.raises(Refusal, match="CLI-NO-PASSPHRASE"):
        call.passphrase(None)
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(Refusal, match="CLI-NO-PASSPHRASE"):
        call.passphrase(file)


def test_no_command_takes_a_passphrase_as_an_argument() -> None:
    from installer.cli_reference import commands

    names = {
        option
        for context in commands()
        for parameter in context.command.params
        for option in parameter.opts
    }
    said = {name for name in names if "pass" in name or "secret" in name}
    assert all(name.endswith(("passphrase-file", "--secret-file")) for name in said), said


def test_the_reference_is_fresh() -> None:
    from installer.cli_reference import reference

    page = Path(__file__).parent.parent.parent / "docs" / "cli.md"
    assert page.read_text(encoding="utf-8") == reference(), "run `make docs`"
