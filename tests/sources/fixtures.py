"""Files made by hand: a PDF with a text layer, a Word document, photos with metadata. All people are invented."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import Any

from docx import Document
from PIL import Image

GERMAN = (
    "Die Landrätin Annelie Brook hat am Dienstag das neue Werkstattgebäude der Holzbau Fehling GmbH in Uelzen besucht. "
    "Geschäftsführer Marten Fehling führte die Gäste durch die Halle und zeigte, wie aus jungen Stämmen Balken werden."
)
ENGLISH = (
    "The mayor of the town, Clara Whitby, visited the new workshop of the company on Tuesday and was shown around by its "
    "director. In the afternoon the team met with students of the local school and talked about training."
)


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], info: str = "", size: float = 11) -> bytes:
    """A PDF; of each page the lines with their place (x, y)."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for page in pages:
        commands = "".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET\n" for x, y, text in page)
        stream = commands.encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
        content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % content
        )
        kids.append(len(objects))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>".encode()
    objects.append(f"<< {info} >>".encode("cp1252"))
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(
        b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, len(objects), start)
    )
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def page(lines: Sequence[str], top: float = 780, gap: float = 14) -> list[tuple[float, float, str]]:
    """Lines one below the other; an empty one leaves a gap."""
    return [(72, top - index * gap, line) for index, line in enumerate(lines) if line]


def docx(build: Any = None) -> bytes:
    """A Word document; ``build`` fills it, else it holds one German paragraph."""
    document = Document()
    if build:
        build(document)
    else:
        document.add_paragraph(GERMAN)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def html(body: str, head: str = "<title>Meldung</title>") -> bytes:
    return (
        f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()
    )


def xmp(properties: str, attributes: str = "") -> bytes:
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" {attributes}>{properties}</rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def jpeg(
    exif: dict[int, str] | None = None, packet: bytes | None = None, iptc: Sequence[tuple[int, int, bytes]] = ()
) -> bytes:
    """A small photo. EXIF by tag, ``0x9003`` (taken) in its own directory; IPTC by record, data set, value."""
    image = Image.new("RGB", (8, 6), "gray")
    tags = Image.Exif()
    for tag, value in (exif or {}).items():
        if tag == 0x9003:
            tags.get_ifd(0x8769)[tag] = value
        else:
            tags[tag] = value.encode()
    out = io.BytesIO()
    image.save(out, "JPEG", exif=tags, **({"xmp": packet} if packet else {}))
    data = out.getvalue()
    if not iptc:
        return data
    block = b"".join(
        b"\x1c" + bytes((record, number)) + struct.pack(">H", len(value)) + value for record, number, value in iptc
    )
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(block)) + block + b"\x00" * (len(block) % 2)
    content = b"Photoshop 3.0\x00" + resource
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(content) + 2) + content + data[2:]
