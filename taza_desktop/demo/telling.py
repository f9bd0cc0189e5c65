"""What the example says of itself when it is done."""

from __future__ import annotations

from taza_desktop.demo.example import Made
from taza_desktop.demo.offices import PASSPHRASE
from taza_desktop.i18n import _


def lines(made: Made, seconds: float) -> list[str]:
    """Ten lines: what was made, where it lies, what to open first."""
    facts = made.facts
    from_districts, from_regions = made.packages
    said = [
        _("The example of 2024 is ready in {folder} ({seconds} s)."),
        _("Registers: {registers} — {regions} regions, {districts} districts, the Ministry."),
        _("Facts entered: {entered} of {facts}, in {sheets} sheets, as they were published."),
        _("Facts that wait for the form of their measure: {waiting}."),
        _("Questions of the checks: {remarks}; the published data do not explain them."),
        _("Keys: every office has its own; the passphrase of all is {passphrase}."),
        _("Packages: {up} from districts, {top} from regions, {down} answers, in {packages}."),
        _("Verified and merged: {records} records; whom to trust lies in {trust}."),
        _("Reports in Kazakh and Russian: {reports}, in {folder_of_reports}."),
        _("Open it: taza-desktop {ministry}"),
    ]
    fields = {
        "folder": made.folder,
        "seconds": round(seconds),
        "registers": made.regions + made.districts + 1,
        "regions": made.regions,
        "districts": made.districts,
        "entered": len(facts.entered),
        "facts": len(facts.entered) + len(facts.waiting),
        "sheets": len(facts.sheets),
        "waiting": len(facts.waiting),
        "remarks": facts.remarks,
        "passphrase": PASSPHRASE,
        "up": len(from_districts),
        "top": len(from_regions),
        "down": len(made.answers),
        "packages": made.folder / "packages",
        "records": made.records,
        "trust": made.folder / "trust",
        "reports": len(made.reports),
        "folder_of_reports": made.folder / "reports",
        "ministry": made.ministry,
    }
    return [line.format(**fields) for line in said]
