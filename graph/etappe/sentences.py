"""The sentences of errors in German.

Errors are written in English where they are raised. ``sentences.txt`` holds each of them with ``{}`` for what is filled
in, and below it the German one; a test sees to it that none is missing. A finished sentence is recognised by its fixed
parts, so that nobody who raises an error has to think of languages.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

#: Characters of a sentence that is looked at, fixed ones of a sentence that stands within another, and how deep.
_LONGEST, _LEAST, _DEPTH = 20_000, 10, 3
_GAP = "{}"

Template = tuple[tuple[str, ...], str]


def in_language(sentence: str, language: str) -> str:
    """The sentence of an error in ``de`` or ``en``. One that is not known stays English."""
    return _german(sentence, 0) if language == "de" else sentence


@cache
def templates() -> dict[str, str]:
    """The English sentences and their German ones, both with ``{}`` in the same order."""
    blocks = (Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")).split("\n\n")
    pairs = (block.strip("\n").split("\n") for block in blocks)
    return {pair[0]: pair[1] for pair in pairs}


@cache
def _by_weight() -> tuple[Template, ...]:
    """What is most particular comes first: the most fixed characters."""
    parted = ((tuple(english.split(_GAP)), german) for english, german in templates().items())
    return tuple(sorted(parted, key=lambda template: -sum(map(len, template[0]))))


def _german(sentence: str, depth: int) -> str:
    if len(sentence) > _LONGEST or depth > _DEPTH:
        return sentence
    for fixed, german in _by_weight():
        if depth and sum(map(len, fixed)) < _LEAST:
            break
        values = _values(sentence, fixed)
        if values is not None:
            filled = iter([value.replace(bare := value.strip(), _german(bare, depth + 1)) for value in values])
            first, *rest = german.split(_GAP)
            return first + "".join(next(filled) + part for part in rest)
    return sentence


def _values(sentence: str, fixed: tuple[str, ...]) -> list[str] | None:
    """What fills the gaps between the fixed parts, each as short as can be; nothing where they do not fit."""
    first, *rest = fixed
    if not rest:
        return [] if sentence == first else None
    last = rest.pop()
    if not sentence.startswith(first) or not sentence.endswith(last) or len(sentence) < len(first) + len(last):
        return None
    values, at, end = [], len(first), len(sentence) - len(last)
    for part in rest:
        found = sentence.find(part, at, end)
        if found < 0:
            return None
        values.append(sentence[at:found])
        at = found + len(part)
    return [*values, sentence[at:end]]
