"""Lists of revoked certificates on the move: a package that goes down brings its office's newest.

A list is signed by the authority itself, so it is good or not whoever brings it. A newer one is
used at once for the package that brings it, and kept once that package is merged.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import certificates, credentials
from taza_desktop.packages.certificates import Trust

if TYPE_CHECKING:
    from cryptography import x509

    from taza_desktop.register.parcel import Opened
    from taza_desktop.register.register import Register

_KEEPERS = ("person", "operator")  # credentials that hold what they trust


def newest(believed: Trust, brought: bytes, file: str) -> Trust:
    """The newer of the list that is believed and the one that `file` brings (PEM).

    Refuses PKG-TRUST when that is not a list of the same authority.
    """
    try:
        offered = certificates.read_trust(brought)
    except Refusal as fault:
        raise _refusal(file) from fault
    if offered.authority != believed.authority:
        raise _refusal(file)
    return offered if _number(offered.crl) > _number(believed.crl) else believed


def keep(register: Register, opened: Opened) -> None:
    """Take the newer list of a package that was verified into use; nothing when it has none."""
    if not opened.trust:
        return
    offered = certificates.read_trust(opened.trust)
    for name in _KEEPERS:
        stored = register.credential(name)
        if "trust" not in stored:
            continue
        held = certificates.read_trust(stored["trust"])
        if held.authority == offered.authority and _number(offered.crl) > _number(held.crl):
            register.put_credential(name, **{**stored, "trust": opened.trust})


def revoked(register: Register) -> dict[str, date]:
    """Since when which certificates are taken back, by their serials (hex), as far as known here.

    Refuses CRED-NO-PERSON when this register believes nobody.
    """
    lists = [certificates.read_trust(pem).crl for pem in credentials.trusted(register)]
    return {
        f"{one.serial_number:x}": one.revocation_date_utc.date() for crl in lists for one in crl
    }


def _number(crl: x509.CertificateRevocationList) -> int:
    from cryptography import x509

    return crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def _refusal(file: str) -> Refusal:
    says = N_(
        "The list of revoked certificates that comes with {file} is not that of the office that"
        " signed it. Do not use it; ask the sender."
    )
    return Refusal("PKG-TRUST", says, file=file)
