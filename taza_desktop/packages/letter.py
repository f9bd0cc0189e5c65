"""The sheet with the code of an office, to print, sign and send by another way than the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taza_desktop.i18n import Text, _, language
from taza_desktop.packages import card, code
from taza_desktop.packages.authority import authority_of
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.form import Figure
from taza_desktop.plan.kinds import say

if TYPE_CHECKING:
    from taza_desktop.register.register import Register

_DATE = Figure("date", "date", Text("", "", ""))
_LINE = "_" * 20  # to sign on


def lines(register: Register) -> list[str]:
    """The paragraphs of the sheet, in the language in force; the third one is the code.

    They are for those below the office; what the coordinator is to do is said elsewhere. Refuses
    CRED-NO-AUTHORITY.
    """
    trust, _stored = authority_of(register)
    office = load_plan().territories[trust.territory].name
    until = trust.authority.not_valid_after_utc.date().isoformat()
    return [
        _("Code of the office: {office}").format(office=office),
        _("«Таза Қазақстан» reporting, valid until {day}").format(
            day=say(_DATE, until, language())
        ),
        code.say(card.digits(register)),
        _(
            "To everybody who reports to this office: open its card ({file}) in the program and"
            " type these six groups. If the program does not accept them, the card is not ours:"
            " do not use it, and call the coordinator at a number that you know yourself."
        ).format(file=card.file_name(trust.territory)),
        _(
            "The code is not secret, but it must reach you by another way than the card: in an"
            " official letter or by phone. A code that came together with the card proves nothing."
        ),
        _("Coordinator: {name} {line}").format(name=register.office.name, line=_LINE),
    ]


def text(register: Register) -> str:
    """The sheet as plain text. Refuses CRED-NO-AUTHORITY."""
    return "\n\n".join(lines(register)) + "\n"
