from __future__ import annotations

import io
import os
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import MINIMAL
from etappe.errors import ReadingError, UsageError
from etappe.model import Source
from etappe.reading import read_source
from etappe.reading.files import MAX_BYTES, guess_media_type, load, load_bytes, stdin_source, text_beside

S, P, V, G = (f"<https://x.example/{name}>" for name in "spog")

FORMS = {
    "short form": (MINIMAL, "application/yaml"),
    "short form after a comment and a marker": ("# <a> {\n\n---\nreport: x\n", "application/yaml"),
    "registry in YAML": ("registry: x\n", "application/yaml"),
    "YAML keys in quotes": ("'report': x\n", "application/yaml"),
    "YAML on one line": ("{report: x, title: y}", "application/yaml"),
    "YAML-LD": ('"@context": https://w3id.org/etappe/context.jsonld\n', "application/yaml"),
    "JSON object": (' {\n "@context": "x"}', "application/ld+json"),
    "JSON array": ('[ {"@id": "x"}]', "application/ld+json"),
    "JSON, empty": ("{}", "application/ld+json"),
    "XML": ("<?xml version='1.0'?>\n<rdf:RDF/>", "application/rdf+xml"),
    "RDF without a declaration": ("<rdf:RDF xmlns:rdf='x'>", "application/rdf+xml"),
    "RDF with another prefix": ("<RDF xmlns='x'>", "application/rdf+xml"),
    "XML with a document type": ("<!DOCTYPE x>", "application/rdf+xml"),
    "Turtle": ("@prefix ex: <https://x.example/> .\nex:a a ex:B .", "text/turtle"),
    "Turtle with SPARQL words": ("prefix ex: <https://x.example/>\nex:a a ex:B .", "text/turtle"),
    "Turtle with the empty prefix": ("PREFIX : <https://x.example/>\n:a a :B .", "text/turtle"),
    "Turtle with a base": ("# says\n@base <https://x.example/> .", "text/turtle"),
    "Turtle without a prefix": (f"{S} a {V} .", "text/turtle"),
    "Turtle over two lines": (f"{S}\n  {P} {V} .", "text/turtle"),
    "Turtle that begins with a blank node": ("[] a <x> .", "text/turtle"),
    "Turtle with braces that are none": (
        f'@prefix ex: <https://x.example/> . # {{\n{S} {P} "{{", """ " {{ ""\\""" , \'{{\', \'\'\'\n{{\'\'\' .',
        "text/turtle",
    ),
    "TriG": (f"@prefix ex: <https://x.example/> .\n{G} {{ {S} {P} {V} }}", "application/trig"),
    "TriG with the word": (f"GRAPH {G} {{ {S} {P} {V} }}", "application/trig"),
    "TriG with no name": (f"{{ {S} {P} {V} }}", "application/trig"),
    "TriG after a text": (f'{S} {P} """{{""" . {G} {{ }}', "application/trig"),
    "N-Triples": (
        f'# one\n{S} {P} {V} .\n\n{S} {P} "a \\" {{"@de .\r\n_:b.c {P} "1"^^{V} . # end',
        "application/n-triples",
    ),
    "N-Triples in one line": (f"{S}{P}_:b.", "application/n-triples"),
    "N-Quads": (f'{S} {P} {V} .\n{S} {P} "x" {G} .\n', "application/n-quads"),
    "N-Quads with a blank graph": (f"{S} {P} _:o _:g .", "application/n-quads"),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_form_is_guessed(name: str) -> None:
    text, media_type = FORMS[name]
    assert guess_media_type(text.encode()) == media_type
    assert guess_media_type(b"\xef\xbb\xbf" + text.encode()) == media_type
    assert stdin_source(io.BytesIO(text.encode())).media_type == media_type


@pytest.mark.parametrize("text", ["Am Montag war nichts", "- a\n- b", "ex:a a ex:B .", "# nothing else", "\u20ac"])
def test_a_form_that_cannot_be_guessed(text: str) -> None:
    with pytest.raises(ReadingError, match=r"^<stdin>: begins like no form of a report"):
        stdin_source(io.BytesIO(text.encode()))
    assert stdin_source(io.BytesIO(text.encode()), media_type="text/turtle").media_type == "text/turtle"


@pytest.mark.parametrize(
    "piece", ['"""\\', '"', "'''", "<", "_:", "[", "{", " ", "#", f'{S} {P} "\\"', f"{S} {P} _:", "@base ", "a", "a:"]
)
def test_long_nonsense_is_guessed_at_once(piece: str) -> None:
    for start in ("", "@base <x> . ", f"{S} {P} _:a"):
        with suppress(ReadingError):
            guess_media_type((start + piece * (2**20 // len(piece))).encode())


def test_a_report_through_a_stream() -> None:
    source = stdin_source(io.BytesIO(MINIMAL.encode()))
    assert source == Source("<stdin>", "application/yaml", MINIMAL.encode())
    assert read_source(source).slug == "probe"
    assert stdin_source(io.BytesIO(b"report: x"), name="pipe").name == "pipe"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"\x00\x01", "holds binary data"),
        (b"report: \xfc", "is not UTF-8: line 1"),
        (b"#" * (MAX_BYTES + 1), "is larger than 20 MiB"),
    ],
)
def test_a_stream_that_holds_no_report(data: bytes, sentence: str) -> None:
    with pytest.raises(ReadingError, match=f"^<stdin>: {sentence}"):
        stdin_source(io.BytesIO(data))


def test_an_endless_stream_is_read_up_to_the_limit() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            return len(buffer)

    with pytest.raises(ReadingError, match="is larger than 20 MiB"):
        stdin_source(io.BufferedReader(Endless()))


def test_a_closed_stream_and_an_unknown_media_type() -> None:
    stream = io.BytesIO(b"report: x")
    with pytest.raises(UsageError, match="'text/html' is not the media type of a report; known are application/yaml"):
        stdin_source(stream, media_type="text/html")
    stream.close()
    with pytest.raises(ReadingError, match="cannot be read"):
        stdin_source(stream)


def test_a_stream_has_no_texts_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("worte.txt").write_text("geheim")
    Path("<stdin>.txt").write_text("geheim")
    with pytest.raises(ReadingError, match=r"^<stdin>: the text 'worte.txt' is not there"):
        text_beside(stdin_source(io.BytesIO(b"report: x")), "worte.txt")
    turtle = b"<https://etappe.example/id/report/r> a <https://w3id.org/etappe/ns#Report> ."
    assert read_source(stdin_source(io.BytesIO(turtle))).text is None


def test_a_text_that_came_with_the_report() -> None:
    source = Source("a.zip!/f/r.yaml", "application/yaml", b"", {"w.txt": b"Worte\r\n", "g/w.txt": b"tiefer"})
    assert text_beside(source, "w.txt") == text_beside(source, "./g/../w.txt") == "Worte\n"
    assert text_beside(source, "g/w.txt") == "tiefer"
    for name in ("../w.txt", "/w.txt", "g/../../w.txt", "..", "//w.txt"):
        with pytest.raises(ReadingError, match="lies outside the folder"):
            text_beside(source, name)


def grown(path: Path) -> None:
    with path.open("a") as file:
        file.write("# more\n")


def rewritten(path: Path) -> None:
    path.write_text("report: y")
    os.utime(path, ns=(1, 1))


def cut(path: Path) -> None:
    path.write_text("")


@pytest.mark.parametrize("change", [grown, rewritten, cut])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "r.yaml"
    path.write_text("report: x")
    real, calls = os.fstat, iter((False, True))

    def fstat(number: int) -> os.stat_result:
        if next(calls, False):
            change(path)
        return real(number)

    monkeypatch.setattr("etappe.reading.files.os", SimpleNamespace(fstat=fstat))
    with pytest.raises(ReadingError, match=r"changed while it was read; try again$") as caught:
        load_bytes(path)
    assert caught.value.file == str(path)
    monkeypatch.undo()
    if change is not cut:
        assert load_bytes(path)


def test_a_file_that_only_was_opened_meanwhile_is_read(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("report: x")
    with path.open("rb") as other:
        assert load(path).data == other.read()


def test_a_pipe_a_device_and_a_folder_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    for path in sorted(tmp_path.iterdir()):
        with pytest.raises(ReadingError, match="is not a file"):
            load(path)


def test_a_source_is_told_and_compared_without_its_texts() -> None:
    source = Source("r.yaml", "application/yaml", b"x", {"w.txt": b"geheim"})
    assert "geheim" not in repr(source)
    assert source == Source("r.yaml", "application/yaml", b"x")
    assert hash(source) == hash(Source("r.yaml", "application/yaml", b"x"))
