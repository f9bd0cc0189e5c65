"""Pictures of the neutral report in a Word document: drawings as vectors, photos as they are."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from taza_desktop.reports.neutral import Photo, Picture

EMU = 36_000  # a millimetre
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_PLACE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Pictures:
    """Puts the bytes of pictures into the document and gives back what stands in its text."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._count = 0

    def xml(self, picture: Picture) -> str:
        """A centred paragraph with the picture."""
        self._count += 1
        relation = self._relation(picture)
        return (
            f'<w:p><w:pPr><w:pStyle w:val="TazaPicture"/></w:pPr>'
            f"<w:r><w:drawing>{_inline(picture, self._count, relation)}</w:drawing></w:r></w:p>"
        )

    def _relation(self, picture: Picture) -> str:
        """The name under which the text finds the bytes."""
        if isinstance(picture.image, Photo):
            ending = picture.image.type.removeprefix("image/")
            return self._put(picture.image.data, picture.image.type, ending)
        from taza_desktop.reports.drawing_emf import emf

        return self._put(emf(picture.image), "image/x-emf", "emf")

    def _put(self, data: bytes, kind: str, ending: str) -> str:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        name = PackURI(f"/word/media/picture{self._count}.{ending}")
        part: Any = Part(name, kind, data, self._document.part.package)
        return self._document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)


def _inline(picture: Picture, number: int, relation: str) -> str:
    size = f'cx="{round(picture.width * EMU)}" cy="{round(picture.height * EMU)}"'
    names = f'id="{number}" name="picture{number}" descr={quoteattr(picture.alt)}'
    return (
        f'<wp:inline xmlns:wp="{_PLACE}" distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {size}/><wp:docPr {names}/>"
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_MAIN}" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_PICTURE}">'
        f'<pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr><pic:cNvPr {names}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{_RELATIONS}" r:embed="{relation}"/>'
        f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
    )
