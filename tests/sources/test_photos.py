"""Photos: EXIF, IPTC and XMP, their order of precedence; hostile metadata and files that are no photos."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from etappe.errors import ReadingError
from etappe.model import digest
from etappe.sources import read_photos
from etappe.sources.photos import read_photo
from sources.fixtures import jpeg, xmp

PEOPLE = (
    "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Annelie Brook</rdf:li><rdf:li>Marten Fehling</rdf:li></rdf:Bag>"
    "</Iptc4xmpExt:PersonInImage>"
)


def alt(name: str, **texts: str) -> str:
    items = "".join(f'<rdf:li xml:lang="{key.replace("_", "-")}">{text}</rdf:li>' for key, text in texts.items())
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def refused(data: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        read_photo("a.jpg", data)
    assert caught.value.file == "a.jpg"
    return caught.value.message


def test_xmp():
    packet = xmp(
        PEOPLE
        + alt("dc:description", x_default="Visit", de_DE="Besuch in der Halle")
        + alt("dc:rights", x_default="© Landkreis Uelzen")
        + alt("xmpRights:UsageTerms", x_default="Abdruck frei")
        + "<dc:creator><rdf:Seq><rdf:li>Uta Licht</rdf:li></rdf:Seq></dc:creator>",
        'photoshop:City="Uelzen" photoshop:Credit="Landkreis Uelzen/Licht" photoshop:DateCreated="2024-05-03T10:11:12+02:00" '
        'Iptc4xmpCore:Location="Holzbau Fehling" photoshop:Country="Deutschland" photoshop:Headline="Besuch"',
    )
    photo = read_photo("a.jpg", jpeg(packet=packet))
    assert photo.caption == "Besuch in der Halle"
    assert photo.headline == "Besuch"
    assert photo.rights == "© Landkreis Uelzen"
    assert photo.usage_terms == "Abdruck frei"
    assert photo.creators == ("Uta Licht",)
    assert photo.people == ("Annelie Brook", "Marten Fehling")
    assert photo.credit == "Landkreis Uelzen/Licht"
    assert photo.taken == "2024-05-03T10:11:12"
    assert (photo.place, photo.venue, photo.country) == ("Uelzen", "Holzbau Fehling", "Deutschland")
    assert set(photo.origins.values()) == {"XMP"}
    assert (photo.media_type, photo.width, photo.height, photo.notes) == ("image/jpeg", 8, 6, ())


def test_iptc_in_two_encodings():
    fields = [
        (2, 120, "Brücke in Uelzen"),
        (2, 110, "Foto: Licht"),
        (2, 80, "Uta Licht"),
        (2, 80, "Ole Grün"),
        (2, 90, "Uelzen"),
        (2, 116, "©"),
    ]
    for encoding in ("utf-8", "cp1252"):
        photo = read_photo(
            "a.jpg",
            jpeg(
                iptc=[(r, n, t.encode(encoding)) for r, n, t in fields]
                + [(2, 55, b"20240503"), (2, 60, b"101112+0200")]
            ),
        )
        assert photo.caption == "Brücke in Uelzen"
        assert photo.creators == ("Uta Licht", "Ole Grün")
        assert photo.taken == "2024-05-03T10:11:12"
        assert photo.place == "Uelzen"
        assert photo.rights == "©"
        assert photo.origins["credit"] == "IPTC"


def test_exif():
    photo = read_photo(
        "a.jpg",
        jpeg(
            {
                0x010E: "Brücke",
                0x013B: "Uta Licht; Ole Grün",
                0x8298: "Landkreis",
                0x9003: "2024:05:03 10:11:12",
                0x0132: "2025:01:01 00:00:00",
            }
        ),
    )
    assert (photo.caption, photo.creators, photo.rights, photo.taken) == (
        "Brücke",
        ("Uta Licht", "Ole Grün"),
        "Landkreis",
        "2024-05-03T10:11:12",
    )


@pytest.mark.parametrize("caption", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "DSC_0123", "IMG_4711", "  "])
def test_what_cameras_write_is_no_caption(caption: str):
    assert read_photo("a.jpg", jpeg({0x010E: caption})).caption is None


def test_a_caption_about_a_camera_is_one():
    assert read_photo("a.jpg", jpeg({0x010E: "Digital unterwegs: die neue Kamera der Feuerwehr"})).caption


@pytest.mark.parametrize("moment", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2024:13:01 00:00:00", "x" * 1000])
def test_clocks_that_were_never_set(moment: str):
    assert read_photo("a.jpg", jpeg({0x9003: moment})).taken is None


def test_when_a_file_was_changed_is_not_when_it_was_taken():
    assert read_photo("a.jpg", jpeg({0x0132: "2024:05:03 10:11:12"})).taken is None


def test_xmp_goes_first_and_a_contradiction_is_told():
    data = jpeg({0x010E: "Aus EXIF"}, xmp(alt("dc:description", x_default="Aus XMP und mehr")), [(2, 120, b"Aus XMP")])
    photo = read_photo("a.jpg", data)
    assert photo.caption == "Aus XMP und mehr"
    assert photo.notes == ("XMP and EXIF differ about caption; XMP was taken.",)


def test_of_several_places_shown_none_is_the_place():
    def shown(*towns: str) -> bytes:
        items = "".join(
            f'<rdf:li rdf:parseType="Resource"><Iptc4xmpExt:City>{town}</Iptc4xmpExt:City></rdf:li>' for town in towns
        )
        return xmp(f"<Iptc4xmpExt:LocationShown><rdf:Bag>{items}</rdf:Bag></Iptc4xmpExt:LocationShown>")

    assert read_photo("a.jpg", jpeg(packet=shown("Uelzen"))).place == "Uelzen"
    assert read_photo("a.jpg", jpeg(packet=shown("Uelzen", "Celle"))).place is None


def test_hostile_values_are_cleaned_and_bounded():
    packet = xmp(
        alt("dc:description", x_default="A &lt;script&gt;alert(1)&lt;/script&gt;\u202e" + "x" * 100_000),
        'photoshop:City="Uel&#10;zen"',
    )
    many = "".join(f"<rdf:li>Person {number}</rdf:li>" for number in range(1000))
    photo = read_photo("a.jpg", jpeg({0x013B: "Uta\x07 Licht"}, packet[:60_000] if len(packet) < 60_000 else None))
    assert photo.creators == ("Uta Licht",)
    out = io.BytesIO()
    image = Image.new("L", (1, 1))
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt(
        "XML:com.adobe.xmp",
        packet.decode().replace(
            "</rdf:Description>",
            f"<Iptc4xmpExt:PersonInImage><rdf:Bag>{many}</rdf:Bag></Iptc4xmpExt:PersonInImage></rdf:Description>",
        ),
    )
    image.save(out, "PNG", pnginfo=info)
    photo = read_photo("a.png", out.getvalue())
    assert photo.caption is not None
    assert photo.caption.startswith("A alert(1) xxx")
    assert len(photo.caption) == 5000
    assert photo.place == "Uel zen"
    assert len(photo.people) == 100


@pytest.mark.parametrize(
    ("packet", "sentence"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + xmp(PEOPLE), "declares XML entities"),
        (xmp(PEOPLE)[:-80], "is broken"),
        (b"\xff\xfe\x00", "is broken"),
    ],
)
def test_bad_xmp_is_left_out_and_told(packet: bytes, sentence: str):
    photo = read_photo("a.jpg", jpeg({0x013B: "Uta Licht"}, packet))
    assert photo.people == ()
    assert photo.creators == ("Uta Licht",)
    assert sentence in photo.notes[0]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_xmp_and_iptc_end_well(data: bytes):
    read_photo("a.jpg", jpeg(packet=data or None, iptc=[(2, 120, data), (2, 55, data), (1, 90, b"\x1b%G")]))


@settings(deadline=None)
@given(st.data())
def test_damaged_photos_end_in_a_sentence(data: st.DataObject):
    broken = bytearray(jpeg({0x010E: "Halle", 0x9003: "2024:05:03 10:11:12"}, xmp(PEOPLE), [(2, 120, b"Halle")]))
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_photo("a.jpg", bytes(broken))
    except ReadingError as error:
        assert error.file == "a.jpg"


def test_no_photos(tmp_path: Path):
    assert "is no photo" in refused(b"Das ist ein Text.")
    assert "is broken" in refused(jpeg()[:10])
    empty = tmp_path / "a.jpg"
    empty.write_bytes(b"")
    with pytest.raises(ReadingError, match="is empty"):
        read_photos([empty])


@pytest.mark.parametrize("size", [(20_000, 15_001), (60_000, 60_000)])
def test_a_bomb_is_refused(size: tuple[int, int]):
    data = bytearray(jpeg())
    start = data.index(b"\xff\xc0")
    data[start + 5 : start + 9] = size[1].to_bytes(2, "big") + size[0].to_bytes(2, "big")
    assert "million pixels" in refused(bytes(data))


def test_files(tmp_path: Path):
    path = tmp_path / "a.png"
    path.write_bytes(jpeg())
    (photo,) = read_photos([path])
    assert photo.digest == digest(path.read_bytes())
    assert photo.notes == ("The name ends otherwise, but the file is image/jpeg.",)
    assert read_photos([]) == ()


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch):
    data = jpeg()
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert refused(data) == "reading photos needs Pillow: pip install 'etappe[sources]'"
