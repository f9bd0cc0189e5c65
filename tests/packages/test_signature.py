"""Signatures that are good, and what becomes of those that were touched."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.packages import certificates, container, der, signature
from taza_desktop.register.parcel import Signer
from tests.attacks.signatures import by_another_authority
from tests.packages.kit import CLERK, DISTRICT, Sample


def test_no_bit_of_a_signature_can_be_turned_to_make_it_somebody_elses(sample: Sample):
    """Bits that nothing covers, such as version numbers, may be turned and change nothing."""
    listed, made = (sample.parts[name] for name in (container.MANIFEST, container.SIGNATURE))
    trust = certificates.read_trust(sample.authority.trust)
    signer = Signer(CLERK.name, DISTRICT, f"{sample.certificate.serial_number:x}")
    believed = 0
    for at in range(0, len(made), 3):
        turned = bytearray(made)
        turned[at] ^= 1 << at % 8
        try:
            assert signature.verify(listed, bytes(turned), trust, sample.now, "x") == signer
            believed += 1
        except Refusal:
            continue
    assert believed < 5


def test_a_refusal_leaves_no_traceback_in_the_log(
    sample: Sample, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    with pytest.raises(Refusal):
        sample.verify(by_another_authority(sample), tmp_path)
    assert "Traceback" not in "".join(capfd.readouterr())
    assert not logging.getLogger("pyhanko").isEnabledFor(logging.WARNING)


@pytest.mark.parametrize("good", ["", "3000", "0500", "020101", "30030201ff", "a0020500"])
def test_der_is_der(good: str):
    der.check(bytes.fromhex(good))


@pytest.mark.parametrize(
    "bad",
    [
        "30", "3080", "30800000", "308100", "30810105", "3082000105", "30850000000000",
        "02", "0202", "240404020000", "1f810100", "3003020500", "30" + "84ffffffff",
    ],
)  # fmt: skip
def test_what_is_not_der_is_refused(bad: str):
    with pytest.raises(ValueError, match="DER"):
        der.check(bytes.fromhex(bad))


def test_der_nests_only_so_deep():
    with pytest.raises(ValueError, match="DER"):
        der.check(b"\x30\x80" * 10_000)
    deep = b""
    for _ in range(40):
        deep = b"\x30" + bytes([len(deep)]) + deep
    with pytest.raises(ValueError, match="DER"):
        der.check(deep)
