"""Every sentence of an error has a German one, and the German one holds the same values."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from error_sentences import Source
from etappe.errors import Position, ReadingError
from etappe.sentences import in_language, templates

#: Said elsewhere than in an error class of ours.
OTHERS = {
    "column {}: {}",  # TableError puts it before its sentence
    "nearest is {};",  # hints that functions return
    "search with 'etappe query', or list people with 'etappe ask'",
    "is a link or a device, not a file; pack the file itself",  # a function of archives.py finds it
    "Not Found",  # Starlette
    "Method Not Allowed",
    "a fault in the service itself; the log has the details under this request's id",
}


def test_every_sentence_has_a_german_one_and_none_is_left_over() -> None:
    found = Source().templates()
    missing = {sentence: place for sentence, place in found.items() if sentence not in templates()}
    assert missing == {}, "write the German below each of them in sentences.txt"
    assert set(templates()) - set(found) - OTHERS == set()


def test_the_german_has_as_many_gaps() -> None:
    assert [en for en, de in templates().items() if en.count("{}") != de.count("{}")] == []


@pytest.mark.parametrize("english", templates())
def test_values_stand_in_the_german_as_they_were(english: str) -> None:
    values = [f"⟨{number}⟩" for number in range(english.count("{}"))]
    assert in_language(filled(english, values), "de") == filled(templates()[english], values)
    assert in_language(filled(english, values), "en") == filled(english, values)


def filled(template: str, values: list[str]) -> str:
    for value in values:
        template = template.replace("{}", value, 1)
    return template


def test_a_sentence_within_another_is_german_too() -> None:
    inner = "the query took longer than 2 seconds and was stopped; narrow it, or add LIMIT"
    said = in_language(f"the report was not checked, because pySHACL failed: {inner}", "de")
    assert said.startswith("der Bericht wurde nicht geprüft, weil pySHACL misslang: die Abfrage dauerte länger als 2")


def test_what_is_not_known_stays_and_a_hostile_value_costs_nothing() -> None:
    assert in_language("no such sentence", "de") == "no such sentence"
    hostile = "has no column " + "; its heading has " * 900
    assert in_language(hostile, "de") == hostile


def test_places_are_german_too() -> None:
    error = ReadingError("is empty", position=Position(3, 4))
    assert (str(error), error.said("de")) == ("line 3, column 4: is empty", "Zeile 3, Spalte 4: ist leer")


@pytest.mark.parametrize(
    ("words", "environment", "sentence"),
    [
        (["--lang", "de"], {}, "eine Frage CQ99 gibt es nicht"),
        (["--lang=de"], {}, "eine Frage CQ99 gibt es nicht"),
        ([], {"ETAPPE_LANG": "de"}, "eine Frage CQ99 gibt es nicht"),
        ([], {"LANG": "de_DE.UTF-8"}, "eine Frage CQ99 gibt es nicht"),
        (["--lang", "en"], {"LANG": "de_DE.UTF-8"}, "there is no question CQ99"),
        ([], {}, "there is no question CQ99"),
    ],
)
def test_the_command_line_speaks_as_it_is_asked_to(
    tmp_path: Path, words: list[str], environment: dict[str, str], sentence: str
) -> None:
    command = [sys.executable, "-m", "etappe", "ask", "CQ99", "--data", str(tmp_path), *words]
    done = subprocess.run(
        command, capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path), **environment}
    )
    assert done.returncode == 2
    assert sentence in done.stderr.replace("'", "")
