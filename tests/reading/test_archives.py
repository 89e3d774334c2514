from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import tarfile
import tracemalloc
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from conftest import MINIMAL
from etappe.errors import EtappeError, ReadingError, UsageError
from etappe.model import Source
from etappe.reading import archives, files, read_source
from etappe.reading.archives import Input, inputs, is_archive, members

ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
TARS = ENDINGS[1:]
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".tar": bytes,
    ".tar.gz": gzip.compress,
    ".tgz": gzip.compress,
    ".tar.bz2": bz2.compress,
    ".tar.xz": lzma.compress,
}
REPORT = b"report: x\n"
MIB = 2**20
UNCOMMON = Random(1).randbytes

Files = list[tuple[str, bytes]]


def tar_bytes(*entries: tuple[str | tarfile.TarInfo, bytes], format_: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=format_) as tar:
        for entry, data in entries:
            info = entry if isinstance(entry, tarfile.TarInfo) else tarfile.TarInfo(entry)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    def make(ending: str, *entries: tuple[str, bytes], name: str = "a") -> Path:
        path = tmp_path / (name + ending)
        if ending == ".zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for member, data in entries:
                    archive.writestr(member, data)
        else:
            path.write_bytes(PACKERS[ending](tar_bytes(*entries)))
        return path

    return make


Make = Callable[..., Path]


def told(path: Path) -> list[str]:
    """What became of each member: its name, or its error, both without the folder of the archive."""
    start = f"{path.parent}/"
    found = [item.name if isinstance(item, Source) else str(item) for item in members(path)]
    assert all(line.startswith(start) for line in found)
    return [line.removeprefix(start) for line in found]


def refused(path: Path) -> str:
    """The one error of an archive that is not read at all."""
    with pytest.raises(ReadingError) as caught:
        list(members(path))
    assert caught.value.file == str(path)
    assert "\n" not in str(caught.value)
    return caught.value.message


def data_of(path: Path) -> dict[str, bytes]:
    found = list(members(path))
    assert all(isinstance(item, Source) for item in found), found
    return {item.name.partition("!/")[2]: item.data for item in found if isinstance(item, Source)}


# --- what is read


def test_the_ending_tells_an_archive() -> None:
    assert all(is_archive(f"x{ending}") and is_archive(Path(f"folder/X{ending.upper()}")) for ending in ENDINGS)
    assert not any(is_archive(name) for name in ("x.yaml", "x.gz", "x.zip.yaml", "zip", "x.7z", "x.yaml.gz"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_reports_in_order_of_name(make: Make, ending: str) -> None:
    path = make(
        ending,
        ("b.yaml", b"report: b"),
        ("./a/z.TTL", b"z"),
        ("photo.jpg", b"\xff"),
        ("README", b""),
        ("a.yaml", b"report: a"),
        ("a/b/c.jsonld", b"{}"),
        ("__MACOSX/._a.yaml", b"\x00"),
        (".git/config.yaml", b"x: 1"),
    )
    found = list(members(path))
    assert [item for item in found if not isinstance(item, Source)] == []
    assert found == [
        Source(f"{path}!/a/b/c.jsonld", "application/ld+json", b"{}"),
        Source(f"{path}!/a/z.TTL", "text/turtle", b"z"),
        Source(f"{path}!/a.yaml", "application/yaml", b"report: a"),
        Source(f"{path}!/b.yaml", "application/yaml", b"report: b"),
    ]


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_archive_without_a_report(make: Make, ending: str) -> None:
    assert told(make(ending, ("photo.jpg", b"x"))) == []
    assert told(make(ending)) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_names_in_any_script(make: Make, ending: str) -> None:
    decomposed = unicodedata.normalize("NFD", "Küste")
    path = make(ending, (f"{decomposed}/日本語 🎪.yaml", REPORT), ("n" * 150 + "/" + "ö" * 60 + ".yaml", REPORT))
    assert told(path) == [f"a{ending}!/Küste/日本語 🎪.yaml", f"a{ending}!/{'n' * 150}/{'ö' * 60}.yaml"]


@pytest.mark.parametrize("format_", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_form_of_tar(tmp_path: Path, format_: int) -> None:
    names = [f"{'d' * 80}/{'e' * 80}.yaml", "a.yaml"]
    if format_ != tarfile.USTAR_FORMAT:
        names.append("x" * 300 + ".yaml")
    path = tmp_path / "a.tar"
    path.write_bytes(tar_bytes(*((name, REPORT * 100) for name in names), format_=format_))
    assert data_of(path) == dict.fromkeys(names, REPORT * 100)
    with path.open("rb") as file, tarfile.open(fileobj=file) as other:
        assert sorted(other.getnames()) == sorted(names)


def test_a_global_header_and_extended_attributes_are_passed_over(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", pax_headers={"comment": "of git"}) as tar:
        info = tarfile.TarInfo("a.yaml")
        info.size, info.pax_headers = len(REPORT), {"SCHILY.xattr.user.note": "a=b\nc", "mtime": "1.5"}
        tar.addfile(info, io.BytesIO(REPORT))
        tar.addfile(tarfile.TarInfo("b.jpg"))
    path = tmp_path / "a.tar"
    path.write_bytes(buffer.getvalue())
    assert data_of(path) == {"a.yaml": REPORT}


def test_packed_in_several_pieces(tmp_path: Path) -> None:
    data = tar_bytes(("a.yaml", REPORT), ("b.yaml", REPORT))
    for ending in (".tar.gz", ".tar.bz2", ".tar.xz"):
        path = tmp_path / f"a{ending}"
        path.write_bytes(PACKERS[ending](data[:700]) + PACKERS[ending](data[700:]))
        assert data_of(path) == {"a.yaml": REPORT, "b.yaml": REPORT}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_way_to_pack_a_zip(tmp_path: Path, method: int) -> None:
    path = tmp_path / "a.ZIP"
    path.write_bytes(b"#!/bin/sh\n")  # as archives that unpack themselves begin
    with zipfile.ZipFile(path, "a", method) as archive:
        archive.mkdir("folder.yaml")
        archive.writestr("folder\\a.yaml", REPORT)
    assert data_of(path) == {"folder/a.yaml": REPORT}


@pytest.mark.parametrize("ending", ENDINGS)
def test_ten_thousand_small_members(make: Make, tmp_path: Path, ending: str) -> None:
    path = make(ending, *((f"{number:05}.yaml", b"report: r-%d\n" % number) for number in range(10_000)))
    assert len(told(path)) == 10_000
    loaded = [item.load() for item in inputs([path]) for _ in range(2)]
    assert [source.data for source in loaded[::2]] == [b"report: r-%d\n" % number for number in range(10_000)]


# --- texts beside reports


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_text_beside_the_report_in_the_archive(make: Make, ending: str) -> None:
    yaml = MINIMAL.partition("text: |")[0].encode()
    decomposed = unicodedata.normalize("NFD", "wörte.txt")
    path = make(
        ending,
        ("f/a.yaml", yaml + "text: wörte.txt\n".encode()),
        ("f/b.yaml", yaml + b"text: g/tief.md\n"),
        ("f/c.yaml", yaml + b"text: fehlt.txt\n"),
        ("f/d.yaml", yaml + b"text: ../oben.txt\n"),
        ("f/e.yaml", yaml + b"text: leer.txt\n"),
        ("f/r.ttl", b"<https://etappe.example/id/report/r> a <https://w3id.org/etappe/ns#Report> ."),
        ("f/s.ttl", b"<https://etappe.example/id/report/s> a <https://w3id.org/etappe/ns#Report> ."),
        (f"f/{decomposed}", b"Worte\r\n"),
        ("f/g/tief.md", b"Tiefe"),
        ("f/r.txt", b"Die Worte daneben"),
        ("f/leer.txt", b""),
        ("oben.txt", b"oben"),
    )
    (path.parent / "fehlt.txt").write_text("geheim")
    a, b, c, d, e, r, s = [item for item in members(path) if isinstance(item, Source)]
    assert read_source(a).text == "Worte\n"
    assert read_source(b).text == "Tiefe"
    assert read_source(r).text == "Die Worte daneben"
    assert read_source(s).text is None
    for source, sentence in ((c, r"'fehlt\.txt' is not there"), (d, "lies outside"), (e, r"f/leer\.txt: is empty")):
        with pytest.raises(ReadingError, match=sentence):
            read_source(source)
    assert a.beside is not None
    assert len(a.beside) == 4
    assert sorted(a.beside) == ["g/tief.md", "leer.txt", "r.txt", "wörte.txt"]
    assert decomposed in a.beside
    assert 1 not in a.beside


def test_a_text_never_comes_from_the_disk(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(
        ".zip",
        ("r.yaml", b"report: x\ntext: w.txt\n"),
        ("r.ttl", b"<https://etappe.example/id/report/r> a <https://w3id.org/etappe/ns#Report> ."),
    )
    monkeypatch.chdir(path.parent)
    folder = Path("a.zip!")
    folder.mkdir()
    (folder / "w.txt").write_text("geheim")
    (folder / "r.txt").write_text("geheim")
    turtle, yaml = [item for item in members(Path("a.zip")) if isinstance(item, Source)]
    assert read_source(turtle).text is None
    with pytest.raises(ReadingError, match=r"'w\.txt' is not there"):
        read_source(yaml)


def test_a_text_that_is_refused_is_told_when_a_report_names_it(tmp_path: Path) -> None:
    link = tarfile.TarInfo("w.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    path = tmp_path / "a.tar"
    path.write_bytes(tar_bytes(("r.yaml", b"report: x\ntext: w.txt\n"), (link, b""), ("v.txt", b"")))
    (source,) = members(path)
    assert isinstance(source, Source)
    with pytest.raises(ReadingError, match=r"a\.tar!/w\.txt: is a link or a device"):
        read_source(source)


# --- members that are refused, while the others are read

EVIL = [
    "../evil.yaml",
    "a/../../evil.yaml",
    "/etc/evil.yaml",
    "..\\evil.yaml",
    "C:\\evil.yaml",
    "a/../b.yaml",
    "../x.sh",
    "../w.txt",
]


@pytest.mark.parametrize("name", EVIL)
@pytest.mark.parametrize("ending", [".zip", ".tar.gz"])
def test_names_that_lead_out(make: Make, ending: str, name: str) -> None:
    path = make(ending, (name, REPORT), ("good.yaml", REPORT))
    shown = name.replace("\\", "/")
    found = told(path)
    assert f"a{ending}!/{shown}: leads out of the archive; names there are relative and hold no '..'" in found
    assert f"a{ending}!/good.yaml" in found
    assert len(found) == 2
    assert sorted(p.name for p in path.parent.iterdir()) == [f"a{ending}"]


@pytest.mark.parametrize("ending", [".zip", ".tar"])
def test_control_characters_in_names(make: Make, ending: str) -> None:
    path = make(ending, ("a\x1b[2J.yaml", REPORT), ("b\n.yaml", REPORT))
    assert told(path) == [
        f"a{ending}!/{n}.yaml: has control characters in its name; rename it" for n in ("a�[2J", "b�")
    ]


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(tar_bytes(("\udcfc.yaml", REPORT), format_=tarfile.GNU_FORMAT))
    assert told(path) == ["a.tar!/?.yaml"]


@pytest.mark.parametrize(
    "type_", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"Z"]
)
def test_links_and_devices_in_a_tar(tmp_path: Path, type_: bytes) -> None:
    info = tarfile.TarInfo("a.yaml")
    info.type, info.linkname = type_, "/etc/passwd"
    other = tarfile.TarInfo("current")
    other.type, other.linkname = tarfile.SYMTYPE, "2018"
    path = tmp_path / "a.tar"
    path.write_bytes(tar_bytes((info, b""), (other, b""), ("b.yaml", REPORT)))
    assert told(path) == ["a.tar!/a.yaml: is a link or a device, not a file; pack the file itself", "a.tar!/b.yaml"]


def test_sparse_files_in_a_tar(tmp_path: Path) -> None:
    new = tarfile.TarInfo("new.yaml")
    new.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(2**40)}
    old = bytearray(tarfile.TarInfo("old.yaml").tobuf(tarfile.GNU_FORMAT))
    old[156:157], old[482] = tarfile.GNUTYPE_SPARSE, 1
    old[148:156] = b"%06o\0 " % tarfile.calc_chksums(bytes(old))[0]  # type: ignore[attr-defined]
    more = bytes(504) + b"\x01" + bytes(7)
    data = tar_bytes((new, b"0\n" * 256), ("z.yaml", REPORT))
    path = tmp_path / "a.tar"
    path.write_bytes(bytes(old) + more + more + bytes(512) + data)
    sentence = "is packed as a sparse file; pack it without that"
    assert told(path) == [f"a.tar!/new.yaml: {sentence}", f"a.tar!/old.yaml: {sentence}", "a.tar!/z.yaml"]


def test_links_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, kind in (("link", stat.S_IFLNK), ("device", stat.S_IFBLK), ("file", stat.S_IFREG)):
            info = zipfile.ZipInfo(f"{name}.yaml")
            info.external_attr = (kind | 0o644) << 16
            archive.writestr(info, b"/etc/passwd")
    sentence = "is a link or a device, not a file; pack the file itself"
    assert told(path) == [f"a.zip!/device.yaml: {sentence}", "a.zip!/file.yaml", f"a.zip!/link.yaml: {sentence}"]


def central(data: bytes, number: int = 0) -> int:
    """Where the entry of a member begins in the list of members at the end of a zip archive."""
    place = -1
    for _ in range(number + 1):
        place = data.index(b"PK\x01\x02", place + 1)
    return place


@pytest.mark.parametrize("flag", [0x1, 0x41, 0x2000])
def test_encrypted_members(make: Make, flag: int) -> None:
    path = make(".zip", ("a.yaml", REPORT), ("b.yaml", REPORT))
    data = bytearray(path.read_bytes())
    for place in (central(data) + 8, 6):
        struct.pack_into("<H", data, place, flag)
    path.write_bytes(data)
    assert told(path) == ["a.zip!/a.yaml: is encrypted; pack it without a password", "a.zip!/b.yaml"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_archives_in_archives_are_not_opened(make: Make, ending: str) -> None:
    layer = b"PK"
    for _ in range(6):  # as 42.zip: archives in archives in archives
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(16):
                archive.writestr(f"lib {number}.zip", layer)
        layer = buffer.getvalue()
    path = make(ending, ("b.yaml", REPORT), *((f"inner{inner}", layer) for inner in ENDINGS))
    sentence = "is an archive within an archive, which is not opened; put its reports beside it"
    assert told(path) == [
        f"a{ending}!/b.yaml",
        *(f"a{ending}!/inner{inner}: {sentence}" for inner in sorted(ENDINGS)),
    ]


@pytest.mark.parametrize("ending", [".zip", ".tar.gz"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice(make: Make, ending: str) -> None:
    path = make(
        ending,
        ("a.yaml", b"report: first"),
        ("b.yaml", REPORT + b"text: w.txt\n"),
        ("./a.yaml", b"report: second"),
        ("a.yaml", b"report: third"),
        ("w.txt", b"one"),
        ("w.txt", b"two"),
    )
    twice = "is in the archive more than once, so that nobody knows which is meant; leave one"
    assert told(path) == [f"a{ending}!/a.yaml: {twice}", f"a{ending}!/b.yaml"]
    source = list(members(path))[1]
    assert isinstance(source, Source)
    with pytest.raises(ReadingError, match=r"w\.txt: is in the archive more than once"):
        read_source(source)


@pytest.mark.parametrize("ending", ENDINGS)
def test_members_of_the_wrong_size(make: Make, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    for module in (archives, files):
        monkeypatch.setattr(module, "MAX_BYTES", MIB)
    path = make(
        ending,
        ("a.yaml", b" \n"),
        ("b.yaml", b""),
        ("c.yaml", UNCOMMON(MIB) + b"x"),
        ("d.yaml", UNCOMMON(MIB)),
        ("e.yaml", REPORT),
    )
    empty, large = "is empty; a report begins with the line 'report: some-id'", "is larger than 1 MiB; a report is far"
    found = told(path)
    assert found[0] == f"a{ending}!/a.yaml: {empty}"
    assert found[1] == f"a{ending}!/b.yaml: {empty}"
    assert found[2].startswith(f"a{ending}!/c.yaml: {large}")
    assert found[3:] == [f"a{ending}!/d.yaml", f"a{ending}!/e.yaml"]


def test_a_damaged_member_of_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(path, "w", method) as archive:
            archive.writestr("a.yaml", b"report: " + UNCOMMON(2000))
            archive.writestr("b.yaml", REPORT)
        data = bytearray(path.read_bytes())
        data[500:700] = bytes(200)
        path.write_bytes(data)
        bad, good = told(path)
        assert bad.startswith("a.zip!/a.yaml: is damaged (")
        assert good == "a.zip!/b.yaml"


def test_a_method_that_nobody_knows(make: Make) -> None:
    path = make(".zip", ("a.yaml", REPORT), ("b.yaml", REPORT))
    data = bytearray(path.read_bytes())
    for place in (central(data) + 10, 8):
        struct.pack_into("<H", data, place, 99)
    path.write_bytes(data)
    bad, good = told(path)
    assert bad == "a.zip!/a.yaml: is damaged (That compression method is not supported)"
    assert good == "a.zip!/b.yaml"


# --- bombs


def peak(action: Callable[[], object]) -> int:
    """The most memory that something takes."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"{number:02}.yaml", bytes(10 * MIB))
        archive.writestr("good.yaml", REPORT)
    assert path.stat().st_size < 250_000
    found: list[str] = []
    assert peak(lambda: found.extend(told(path))) < 8 * MIB
    assert found[:2] == [
        f"a.zip!/0{n}.yaml: unpacks to more than 200 times its size; a report does not" for n in (0, 1)
    ]
    assert found[20:] == ["a.zip!/good.yaml"]


def test_a_long_report_that_repeats_itself_is_no_bomb(make: Make) -> None:
    for ending in ENDINGS:
        assert len(data_of(make(ending, ("a.yaml", bytes(MIB - 20_000) + b"x"), name="small"))) == 1
        line = b"  - name: Halt %d in Musterstadt\n"
        assert len(data_of(make(ending, ("a.yaml", b"".join(line % n for n in range(200_000)))))) == 1


@pytest.mark.parametrize("ending", [".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"])
@pytest.mark.parametrize("inside", ["a.yaml", "photo.jpg"])
def test_a_tar_bomb(make: Make, ending: str, inside: str) -> None:
    path = make(ending, ("0.yaml", REPORT), (inside, bytes(64 * MIB)), ("z.yaml", REPORT))
    sentence = "unpacks to more than 200 times its size; an archive of reports does not"
    found: list[str] = []
    assert peak(lambda: found.append(refused(path))) < 16 * MIB
    assert found == [sentence]


def test_a_tar_whose_end_is_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    path.write_bytes(gzip.compress(tar_bytes(("a.yaml", REPORT)) + bytes(64 * MIB)))
    assert "200 times" in refused(path)


def test_sizes_in_a_zip_that_lie(make: Make) -> None:
    path = make(".zip", ("a.yaml", b"report: x" + b"#" * 50_000), ("b.yaml", REPORT))
    whole = path.read_bytes()
    for lie in (10, 49_000, 60_000, 2**31):
        data = bytearray(whole)
        struct.pack_into("<I", data, central(data) + 24, lie)
        path.write_bytes(data)
        bad, good = told(path)
        assert bad.startswith("a.zip!/a.yaml: is damaged")
        assert good == "a.zip!/b.yaml"


def test_members_that_share_their_bytes(make: Make) -> None:
    """Overlapping entries: a small file whose list names one large member many times."""
    path = make(".zip", *((f"{n:03}.yaml", REPORT) for n in range(200)), ("kernel.yaml", bytes(8 * MIB)))
    data = bytearray(path.read_bytes())
    last = central(data, 200)
    sizes, offset = data[last + 16 : last + 28], data[last + 42 : last + 46]
    for number in range(200):
        place = central(data, number)
        data[place + 16 : place + 28], data[place + 42 : place + 46] = sizes, offset
    path.write_bytes(data)
    assert "unpacks to more than 1,024 MiB; split it" in refused(path)


def test_an_archive_of_too_much(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED", 3 * MIB)
    reports = [(f"{n}.yaml", UNCOMMON(MIB)) for n in range(3)]
    for ending in ENDINGS:
        path = make(ending, *reports, ("w.txt", b"w" * 20))
        assert refused(path) == "unpacks to more than 3 MiB; split it"
    assert len(told(make(".zip", *reports, ("photo.jpg", UNCOMMON(5 * MIB))))) == 3  # photos are not unpacked


def test_a_tar_that_cannot_be_kept(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_HELD", MIB)
    sentence = "holds more than 1 MiB of reports even when packed; split it, or make it a .zip"
    assert refused(make(".tar", ("a.yaml", UNCOMMON(2 * MIB)))) == sentence
    assert len(told(make(".tar", ("a.yaml", bytes(MIB) + b"x" * MIB), ("b.jpg", UNCOMMON(2 * MIB))))) == 1


@pytest.mark.parametrize("ending", [".zip", ".tar", ".tar.gz"])
def test_too_many_members(make: Make, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 50)
    assert len(told(make(ending, *((f"{n}.yaml", REPORT) for n in range(50))))) == 50
    assert refused(make(ending, *((f"{n}.jpg", b"") for n in range(51)))) == "holds more than 50 members; split it"


def test_a_list_of_members_without_end_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    for count, at_most in ((300_000, 64 * MIB), (1_500_000, 8 * MIB)):
        size = len(entry) * count
        path.write_bytes(entry * count + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, size, 0, 0))
        found: list[str] = []
        assert peak(lambda: found.append(refused(path))) < at_most  # noqa: B023
        assert found == ["holds more than 100,000 members; split it"]


# --- archives that are broken


@pytest.mark.parametrize("ending", ENDINGS)
def test_archives_that_are_cut_off(make: Make, ending: str) -> None:
    path = make(ending, *((f"{n}.yaml", REPORT + UNCOMMON(700)) for n in range(10)))
    whole = path.read_bytes()
    end = len(whole) if ending != ".tar" else whole.rindex(b"9.yaml") + 512 + 1024
    for length in sorted({0, 1, 100, 511, 512, 513, 1000, 1536, 2560, end // 2, end - 10, end - 1}):
        path.write_bytes(whole[:length])
        assert refused(path).startswith("is damaged, cut off, or not an archive of the kind " + ending)
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", ENDINGS)
def test_files_that_are_no_archive(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    for data in (b"", REPORT, b"PK\x05\x06", b"PK\x05\x06" + b"\xff" * 18, b"\x1f\x8b", UNCOMMON(5000)):
        path.write_bytes(data)
        assert "is damaged, cut off, or not an archive" in refused(path)


def test_a_tar_that_is_damaged_in_the_middle_is_no_shorter_tar(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    whole = tar_bytes(*((f"{n}.yaml", REPORT) for n in range(5)))
    path.write_bytes(whole[:2048] + b"x" + whole[2049:])
    assert refused(path) == "is damaged, cut off, or not an archive of the kind .tar (bad checksum)"


def test_a_packed_tar_with_a_wrong_checksum(make: Make) -> None:
    path = make(".tar.gz", ("a.yaml", REPORT))
    data = bytearray(path.read_bytes())
    data[-6] ^= 1
    path.write_bytes(data)
    assert "CRC check failed" in refused(path)


def header(type_: bytes, size: int | bytes, data: bytes = b"") -> bytes:
    block = bytearray(tarfile.TarInfo("h").tobuf(tarfile.GNU_FORMAT))
    block[156:157] = type_
    block[124:136] = size if isinstance(size, bytes) else b"%011o\0" % size
    block[148:156] = b"%06o\0 " % tarfile.calc_chksums(bytes(block))[0]  # type: ignore[attr-defined]
    return bytes(block) + data.ljust(-(-len(data) // 512) * 512, b"\0")


HEADERS = {
    "a size below zero": header(b"0", b"\xff" * 12),
    "a size beyond all": header(b"0", b"\x80" + b"\xff" * 11),
    "an extended size below zero": header(b"x", 13, b"13 size=-512\n") + header(b"0", 0),
    "an extended size that is none": header(b"x", 11, b"11 size=ab\n") + header(b"0", 0),
    "an extended size of many digits": header(b"x", 60_000, b"60000 size=" + b"9" * 59_988 + b"\n") + header(b"0", 0),
    "a long header": header(b"x", 70_000, bytes(70_000)),
    "a long name": header(b"L", 2**33),
    "digits without end": header(b"x", 60_000, b"1" * 60_000),
    "a length of nothing": header(b"x", 5, b"0 a=\n"),
    "a length too long": header(b"x", 5, b"9 a=\n"),
    "a length that is no number": header(b"x", 5, b"x a=\n"),
    "a length within itself": header(b"x", 5, b"1 a=\n"),
    "a size in letters": header(b"0", b"letters.....")[:512],
}


@pytest.mark.parametrize("name", HEADERS)
def test_headers_of_a_tar_that_lie(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(HEADERS[name] + tar_bytes(("a.yaml", REPORT)))
    assert refused(path).startswith("is damaged, cut off, or not an archive of the kind .tar (")


def test_any_flipped_byte_is_told_or_harmless(make: Make) -> None:
    random = Random(7)
    for ending in ENDINGS:
        path = make(ending, ("f/a.yaml", REPORT), ("f/w.txt", b"Worte"), ("b.ttl", b"x"))
        whole = path.read_bytes()
        for _ in range(300):
            data = bytearray(whole)
            for _ in range(random.choice((1, 1, 2, 8))):
                data[random.randrange(len(data))] = random.randrange(256)
            path.write_bytes(data)
            try:
                found = list(members(path))
            except ReadingError as error:
                assert error.file == str(path)
            else:
                assert all(isinstance(item, Source | ReadingError) for item in found)


def test_an_archive_that_is_gone_or_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.zip") == "cannot be read (no such file or directory)"
    os.mkfifo(tmp_path / "pipe.tar")
    assert refused(tmp_path / "pipe.tar") == "is not a file"


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_archive_that_changes_while_it_is_read(make: Make, ending: str) -> None:
    path = make(ending, ("a.yaml", REPORT), ("b.yaml", REPORT))
    other = make(ending, ("c.yaml", REPORT), name="other")
    one, two, three = inputs([path, other])
    source = one.load()
    with path.open("ab") as file:
        file.write(b"\0" * 512)
    if ending == ".zip":  # open still, so that it is seen at once; a tar was read as a whole
        with pytest.raises(ReadingError, match=r"changed while it was read; try again"):
            two.load()
    else:
        assert two.load().data == REPORT
    assert three.load().data == REPORT
    make(ending, ("a.yaml", REPORT), ("x.txt", b"x" * 5000))
    with pytest.raises(ReadingError, match=r"changed while it was read; try again"):
        one.load()
    assert source.beside is not None
    with pytest.raises(ReadingError, match=r"changed while it was read; try again"):
        len(source.beside)
    assert next(iter(inputs([path]))).load().data == REPORT


def test_a_tar_that_changes_while_it_is_read(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(".tar", ("a.yaml", REPORT))
    real = archives._tar_members

    def slow(stream: archives._Unpacked) -> object:
        yield from real(stream)
        os.utime(path, ns=(1, 1))

    monkeypatch.setattr(archives, "_tar_members", slow)
    assert refused(path) == "changed while it was read; try again"


# --- where reports come from


def names(found: list[Input], start: Path) -> list[str]:
    return [item.name.removeprefix(f"{start}/") for item in found]


def test_files_folders_archives_and_patterns(make: Make, tmp_path: Path) -> None:
    make(".zip", ("in.yaml", REPORT), ("w.txt", b"w"))
    (tmp_path / "sub").mkdir()
    make(".tar.gz", ("f/in.ttl", b"x"), name="sub/b")
    (tmp_path / "sub" / "c.yaml").write_bytes(REPORT)
    (tmp_path / "sub" / "notes.txt").write_bytes(b"x")
    (tmp_path / "z.zip").mkdir()
    (tmp_path / "z.zip" / "d.yaml").write_bytes(REPORT)
    for hidden in (".git", "sub/.cache"):
        (tmp_path / hidden).mkdir()
        (tmp_path / hidden / "e.yaml").write_bytes(REPORT)
    (tmp_path / ".hidden.yaml").write_bytes(REPORT)
    everything = ["a.zip!/in.yaml", "sub/b.tar.gz!/f/in.ttl", "sub/c.yaml", "z.zip/d.yaml"]
    found = list(inputs([tmp_path]))
    assert names(found, tmp_path) == everything
    assert [item.load().name for item in reversed(found)] == [f"{tmp_path}/{name}" for name in reversed(everything)]
    assert names(list(inputs([tmp_path / "a.zip", tmp_path / "sub" / "c.yaml"])), tmp_path) == [
        everything[0],
        everything[2],
    ]
    assert names(list(inputs([f"{tmp_path}/sub/*.*"])), tmp_path) == [*everything[1:3], "sub/notes.txt"]
    assert names(list(inputs([tmp_path / ".git"])), tmp_path) == [".git/e.yaml"]


def test_paths_that_lead_to_nothing(make: Make, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path in ("gone.yaml", "empty", "*.nq", make(".zip", ("photo.jpg", b"x")).name):
        with pytest.raises(UsageError, match=r"no report is there; name a file, an archive or folder"):
            list(inputs([tmp_path / path]))


def test_a_pattern_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def glob(self: Path, pattern: str) -> list[Path]:  # what pathlib takes for a pattern changes with its version
        raise ValueError("Invalid pattern")

    monkeypatch.setattr(Path, "glob", glob)
    with pytest.raises(UsageError, match=r"a: is no pattern \(Invalid pattern\)"):
        list(inputs([f"{tmp_path}/**a"]))


def test_errors_come_up_when_loaded(make: Make, tmp_path: Path) -> None:
    make(".zip", ("../a.yaml", REPORT), ("b.yaml", REPORT))
    make(".tar", name="broken").write_bytes(b"x")
    (tmp_path / "c.yaml").write_bytes(b"")
    (tmp_path / "d.yaml").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "e.yaml")
    (tmp_path / "f.docx").write_bytes(b"x")
    found = list(inputs([tmp_path, tmp_path / "f.docx"]))
    told = []
    for item in found:
        for _ in range(2):
            try:
                told.append(item.load().name)
            except EtappeError as error:
                assert error.file == item.name
                told.append(error.message.split(" (")[0].split(";")[0])
    assert (
        told[::2]
        == told[1::2]
        == [
            "leads out of the archive",
            f"{tmp_path}/a.zip!/b.yaml",
            "is damaged, cut off, or not an archive of the kind .tar",
            "is empty",
            "cannot be read",
            "is not a file",
            "the ending '.docx' is not one of a report file",
        ]
    )


def test_links_in_folders(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    (folder / "sub").mkdir(parents=True)
    (outside / "a.yaml").write_bytes(REPORT)
    (folder / "link.yaml").symlink_to(outside / "a.yaml")
    (folder / "loop").symlink_to(folder)
    (folder / "sub" / "up").symlink_to("..")
    (folder / "self.yaml").symlink_to("self.yaml")
    (folder / "elsewhere").symlink_to(outside)
    link, self = inputs([folder])
    assert link.load().data == REPORT
    with pytest.raises(ReadingError, match="cannot be read"):
        self.load()
    assert len(list(inputs([folder / "elsewhere"]))) == 1  # one that is named is searched


def test_a_folder_that_cannot_be_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_bytes(REPORT)
    (tmp_path / "closed").mkdir()
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    good, bad = inputs([tmp_path])
    assert good.load().data == REPORT
    with pytest.raises(ReadingError, match=r"closed: cannot be searched \(permission denied\)"):
        bad.load()


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    (item,) = inputs(["-"], stdin=io.BytesIO(b"report: x"))
    assert item.name == "<stdin>"
    assert item.load() == item.load() == Source("<stdin>", "application/yaml", b"report: x")
    (item,) = inputs([Path("-")], stdin=io.BytesIO(b"report: x"), media_type="text/turtle")
    assert item.load().media_type == "text/turtle"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"{}")))
    (item,) = inputs(["-"])
    assert item.load().media_type == "application/ld+json"
    with pytest.raises(UsageError, match="can be read only once"):
        list(inputs(["-", "-"], stdin=io.BytesIO(b"x")))
    (item,) = inputs(["-"], stdin=io.BytesIO(b"\xff"))
    for _ in range(2):
        with pytest.raises(ReadingError, match=r"^<stdin>: is not UTF-8"):
            item.load()


def test_a_file_called_like_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").write_bytes(REPORT)
    assert [item.name for item in inputs(["./-", "-"], stdin=io.BytesIO(b"x: 1"))] == ["-", "<stdin>"]


def test_many_archives_need_few_handles(make: Make, tmp_path: Path) -> None:
    for number in range(40):
        make(".zip" if number % 2 else ".tar", ("a.yaml", b"report: r-%d" % number), name=f"{number:02}")
        (tmp_path / f"{number:02}-broken.zip").write_bytes(b"PK")
    before = len(list(Path("/proc/self/fd").iterdir()))
    found = list(inputs([tmp_path]))
    assert len(found) == 80
    sources = [item.load() for item in found if "broken" not in item.name]
    assert [source.data for source in sources] == [b"report: r-%d" % number for number in range(40)]
    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 1


def test_ten_thousand_files_are_not_held(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number}.yaml").write_bytes(b"x" * 100_000)
    assert peak(lambda: list(inputs([tmp_path]))) < 2 * MIB
