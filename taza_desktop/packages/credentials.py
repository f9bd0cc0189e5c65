"""Trust in one place: what the rest of the program calls to certify, to ask and to sign."""

from __future__ import annotations

from taza_desktop.packages.authority import create_authority, operator, trust_pem, trusted
from taza_desktop.packages.enrolment import enrol, phone_code, renewal_request, request
from taza_desktop.packages.issuing import (
    Issued,
    Reissued,
    certify,
    issued,
    renew,
    renew_crl,
    replace_authority,
    revoke,
)
from taza_desktop.packages.people import Person, person

__all__ = (
    "Issued",
    "Person",
    "Reissued",
    "certify",
    "create_authority",
    "enrol",
    "issued",
    "operator",
    "person",
    "phone_code",
    "renew",
    "renew_crl",
    "renewal_request",
    "replace_authority",
    "request",
    "revoke",
    "trust_pem",
    "trusted",
)
