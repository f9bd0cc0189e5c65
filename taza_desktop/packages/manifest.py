"""The manifest of the container (ASiCManifest, ETSI EN 319 162): what is signed, file by file."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Protocol, cast
from xml.sax.saxutils import quoteattr

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import container, limits

_ASIC = "http://uri.etsi.org/02918/v1.2.1#"
_DS = "http://www.w3.org/2000/09/xmldsig#"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_P7S = "application/pkcs7-signature"
_TYPES = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "pem": "application/pem-certificate-chain",
}
_DIGEST = re.compile(r"[A-Za-z0-9+/]{43}=")


class _Element(Protocol):
    """As much of lxml's element as is used here."""

    @property
    def tag(self) -> object: ...
    @property
    def attrib(self) -> Mapping[str, str]: ...
    @property
    def text(self) -> str | None: ...
    @property
    def tail(self) -> str | None: ...
    def __iter__(self) -> Iterator[_Element]: ...


def media_type(name: str) -> str:
    """The media type of a file of the container, by the end of its name."""
    return _TYPES[name.rpartition(".")[2]]


def write(contents: Mapping[str, bytes]) -> bytes:
    """The manifest that refers to all these files."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<asic:ASiCManifest xmlns:asic="{_ASIC}" xmlns:ds="{_DS}">',
        f'<asic:SigReference URI="{container.SIGNATURE}" MimeType="{_P7S}"/>',
    ]
    for name in sorted(contents):
        digest = base64.b64encode(sha256(contents[name]).digest()).decode("ascii")
        kind = quoteattr(media_type(name))
        lines += [
            f"<asic:DataObjectReference URI={quoteattr(name)} MimeType={kind}>",
            f'<ds:DigestMethod Algorithm="{_SHA256}"/>',
            f"<ds:DigestValue>{digest}</ds:DigestValue>",
            "</asic:DataObjectReference>",
        ]
    return "\n".join([*lines, "</asic:ASiCManifest>", ""]).encode("ascii")


def read(data: bytes, file: str) -> dict[str, bytes]:
    """The sha256 (32 bytes) of every file that the manifest refers to. Refuses PKG-MANIFEST."""
    try:
        return _references(_parse(data))
    except ValueError as fault:
        says = N_("The list of contents of {file} is not in order ({what}). Do not use it.")
        raise Refusal("PKG-MANIFEST", says, file=file, what=str(fault)) from fault


def _parse(data: bytes) -> _Element:
    """The root element; ValueError for anything but plain elements."""
    import lxml.etree

    etree = cast(Any, lxml.etree)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise ValueError("not XML") from fault
    document = root.getroottree()
    if document.docinfo.internalDTD is not None or document.docinfo.doctype:
        raise ValueError("a document type")
    if any(not isinstance(node.tag, str) for node in document.iter()):
        raise ValueError("a comment, an instruction or an entity")
    return cast(_Element, root)


def _references(root: _Element) -> dict[str, bytes]:
    _expect(root, f"{{{_ASIC}}}ASiCManifest", ())
    children = list(root)
    if not children or len(children) > limits.ENTRIES:
        raise ValueError("number of references")
    signature = children[0]
    _expect(signature, f"{{{_ASIC}}}SigReference", ("URI", "MimeType"))
    if signature.attrib["URI"] != container.SIGNATURE or list(signature):
        raise ValueError("reference to the signature")
    found: dict[str, bytes] = {}
    for child in children[1:]:
        name, digest = _reference(child)
        if name in found:
            raise ValueError("a file stands twice")
        found[name] = digest
    return found


def _reference(element: _Element) -> tuple[str, bytes]:
    _expect(element, f"{{{_ASIC}}}DataObjectReference", ("URI", "MimeType"))
    parts = list(element)
    if len(parts) != 2:
        raise ValueError("a reference")
    _expect(parts[0], f"{{{_DS}}}DigestMethod", ("Algorithm",))
    _expect(parts[1], f"{{{_DS}}}DigestValue", (), text=True)
    digest = parts[1].text or ""
    if parts[0].attrib["Algorithm"] != _SHA256 or not _DIGEST.fullmatch(digest):
        raise ValueError("a digest")
    if any(list(part) for part in parts):
        raise ValueError("a reference")
    return element.attrib["URI"], base64.b64decode(digest)


def _expect(
    element: _Element, tag: str, attributes: tuple[str, ...], *, text: bool = False
) -> None:
    """Exactly this element with exactly these attributes, and no text where none belongs."""
    if element.tag != tag or set(element.attrib) != set(attributes):
        raise ValueError(str(element.tag)[-40:])
    if (not text and (element.text or "").strip()) or (element.tail or "").strip():
        raise ValueError("text between the references")
