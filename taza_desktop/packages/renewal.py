"""A request for a new certificate, signed with the key in use: no phone call is needed for it.

A text file: the request (PKCS#10), then a detached CAdES signature over it, both in PEM.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, _
from taza_desktop.packages import armour, certificates, encoding, signature
from taza_desktop.packages.certificates import Trust
from taza_desktop.packages.keys import Keyring
from taza_desktop.packages.people import Person
from taza_desktop.register.parcel import Signer

if TYPE_CHECKING:
    from cryptography import x509

_ASKED, _SIGNED = "CERTIFICATE REQUEST", "CMS"


def write(request_pem: bytes, by: Person, ring: Keyring, moment: datetime) -> bytes:
    """The file, signed by whose certificate is to be renewed. Refuses CRED-PASSPHRASE."""
    asked = encoding.to_der(certificates.read_request(request_pem))
    certificate = encoding.to_der(by.certificate)
    signed = signature.sign(asked, certificate, ring.unlock_der(by.key), moment)
    return armour.write((_ASKED, asked), (_SIGNED, signed))


def read(
    data: bytes, trust: Trust, moment: datetime
) -> tuple[x509.CertificateSigningRequest, Signer]:
    """The request and whose certificate it renews.

    Refuses CRED-RENEWAL, and PKG-STRANGER, PKG-EXPIRED, PKG-REVOKED, PKG-CRL, PKG-SIGNATURE…
    """
    try:
        asked, signed = armour.read(data, _ASKED, _SIGNED)
    except (ValueError, TypeError) as fault:
        raise Refusal(
            "CRED-RENEWAL",
            N_("This is not a request for renewal. Ask for it to be made and sent again."),
        ) from fault
    request = certificates.read_request(armour.write((_ASKED, asked)))
    return request, signature.verify(asked, signed, trust, moment, _("the request for renewal"))
