"""Signing through NCALayer, the program of НУЦ РК that stands between a key and whoever asks.

It listens on this PC alone (a WebSocket over TLS with a certificate that it made itself, hence not
checked; nothing but loopback is ever called), speaks first, and asks the person for the key.
"""

from __future__ import annotations

import base64
import binascii
import json
import ssl
from contextlib import closing
from typing import Any, cast
from urllib.parse import urlsplit

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, language
from taza_desktop.packages import limits

URL = "wss://127.0.0.1:13579/"
PATIENCE = 300.0  # seconds for a person to choose a key and to type its password
_CONNECTS = 5.0  # seconds
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SIGNING = "1.3.6.1.5.5.7.3.4"  # of the two certificates a person has, the one for signing
_SAYS = {
    "ECP-NO-NCALAYER": N_(
        "NCALayer does not answer on this PC. Start it, or install it from ncl.pki.gov.kz,"
        " then sign again."
    ),
    "ECP-CANCELLED": N_("Signing was cancelled in NCALayer. Nothing was sent."),
    "ECP-NCALAYER": N_(
        "NCALayer could not sign ({what}). Check the key in NCALayer, then sign again."
    ),
    "ECP-ANSWER": N_(
        "NCALayer answered with something that is no signature. Update NCALayer, then sign again."
    ),
}


def sign(content: bytes, url: str = URL, patience: float = PATIENCE) -> bytes:
    """A detached CMS signature over the content, DER, by the key that the person chooses.

    Refuses ECP-NO-NCALAYER, ECP-CANCELLED, ECP-NCALAYER, ECP-ANSWER.
    """
    import websocket

    if urlsplit(url).hostname not in _LOOPBACK:
        raise ValueError("NCALayer is on this PC or nowhere")
    try:
        with closing(_connect(url)) as line:
            line.recv()  # it says its version first
            line.settimeout(patience)
            line.send(json.dumps(_request(content)))
            answer = cast("str | bytes", line.recv())
    except (OSError, websocket.WebSocketException) as fault:
        raise _refusal("ECP-NO-NCALAYER") from fault
    return _signature(_result(answer))


def _connect(url: str) -> Any:
    import websocket

    return websocket.create_connection(
        url,
        timeout=_CONNECTS,
        sslopt={"cert_reqs": ssl.CERT_NONE, "check_hostname": False},
        http_no_proxy=list(_LOOPBACK),
        redirect_limit=0,
    )


def _request(content: bytes) -> dict[str, object]:
    """No `tsaProfile`: a time stamp would need a network."""
    arguments = {
        "allowedStorages": None,
        "format": "cms",
        "data": base64.b64encode(content).decode("ascii"),
        "signingParams": {"decode": True, "encapsulate": False, "digested": False},
        "signerParams": {"extKeyUsageOids": [_SIGNING]},
        "locale": language(),
    }
    return {"module": "kz.gov.pki.knca.basics", "method": "sign", "args": arguments}


def _result(answer: str | bytes) -> str:
    """What it signed: base64 or PEM, alone or as a list of one."""
    try:
        said: Any = json.loads(answer)
        if said["status"] is not True:
            raise _refusal("ECP-NCALAYER", what=str(said.get("message") or said.get("code"))[:120])
        result = said["body"].get("result")
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise _refusal("ECP-ANSWER") from fault
    if isinstance(result, list) and len(cast("list[object]", result)) == 1:
        result = cast("list[object]", result)[0]
    if result is None:
        raise _refusal("ECP-CANCELLED")
    if not isinstance(result, str) or len(result) > 2 * limits.SIGNATURE:
        raise _refusal("ECP-ANSWER")
    return result


def _signature(result: str) -> bytes:
    lines = [line for line in result.splitlines() if not line.startswith("-----")]
    try:
        return base64.b64decode("".join(lines), validate=True)
    except (ValueError, binascii.Error) as fault:
        raise _refusal("ECP-ANSWER") from fault


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)
