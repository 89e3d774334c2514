"""YAML with comments, as a person would write it. Values come from press texts, so nothing in them may end a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_WIDTH = 118
_COMMENT = 240
_UNPRINTABLE = re.compile("[^\t\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_PLAIN = re.compile(r"[A-Za-z0-9ÄÖÜäöüß][^\n\t]*")
_IN_FLOW = re.compile(r"[,\[\]{}:]")
_NOT_PLAIN = re.compile(r": | #|:$")
_NOTHING = frozenset({"null", "Null", "NULL"})


@dataclass(frozen=True)
class Block:
    """Text of several lines."""

    text: str


@dataclass
class Entry:
    """A key with its value and what is remarked at the end of its line; without a key, a line of remarks alone."""

    key: str
    value: Value
    remark: str = ""


@dataclass
class Keys:
    """Keys and values in the order in which they are written. What is nothing or empty is not written."""

    entries: list[Entry] = field(default_factory=list)

    def put(self, key: str, value: Value | None, remark: str = "") -> Keys:
        """Add a key. A value that is nothing leaves only its remark."""
        if value is None or value == "" or value == [] or (isinstance(value, Keys) and not value.entries):
            return self.note(remark)
        self.entries.append(Entry(key, value, remark))
        return self

    def note(self, remark: str) -> Keys:
        """Add a line of remarks."""
        if remark:
            self.entries.append(Entry("", "", remark))
        return self


Value = str | Block | Keys | Sequence["Value"]


def written(document: Keys) -> str:
    """The document."""
    return "\n".join(_keys(document, 0)) + "\n"


def comment(text: str) -> str:
    """A remark: one line, of bounded length, that cannot be read as anything else."""
    line = " ".join(_UNPRINTABLE.sub(" ", text).split())
    return "# " + (line if len(line) <= _COMMENT else line[: _COMMENT - 1] + "…")


def scalar(text: str, *, flow: bool = False) -> str:
    """A text of one line: plain where that reads the same, otherwise in quotes."""
    text = " ".join(text.split())
    if _UNPRINTABLE.search(text) or "\t" in text:
        return '"' + "".join(_escaped(sign) for sign in text) + '"'
    plain = _PLAIN.fullmatch(text) and text not in _NOTHING and not text.isdigit() and not _NOT_PLAIN.search(text)
    if plain and not (flow and _IN_FLOW.search(text)):
        return text
    return "'" + text.replace("'", "''") + "'"


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if not _UNPRINTABLE.match(sign):
        return sign
    code = ord(sign)
    if 0xD800 <= code <= 0xDFFF:
        code = 0xFFFD  # half a character cannot be written
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _keys(keys: Keys, indent: int) -> Iterator[str]:
    space = " " * indent
    for entry in keys.entries:
        tail = f"  {comment(entry.remark)}" if entry.remark else ""
        if not entry.key:
            yield space + comment(entry.remark)
        elif isinstance(entry.value, Block):
            yield from _block(entry, indent)
        elif isinstance(entry.value, str):
            yield f"{space}{entry.key}: {scalar(entry.value)}{tail}"
        elif (line := _flow(entry.value)) and len(space) + len(entry.key) + len(line) + 2 <= _WIDTH:
            yield f"{space}{entry.key}: {line}{tail}"
        else:
            yield f"{space}{entry.key}:{tail}"
            yield from _nested(entry.value, indent + 2)


def _nested(value: Value, indent: int) -> Iterator[str]:
    if isinstance(value, Keys):
        yield from _keys(value, indent)
        return
    space = " " * indent
    for item in value if isinstance(value, Sequence) else ():
        line = scalar(item) if isinstance(item, str) else _flow(item)
        if line and (isinstance(item, str) or indent + len(line) + 2 <= _WIDTH):
            yield f"{space}- {line}"
            continue
        lines = list(_nested(item, indent + 2))
        first = next((number for number, text in enumerate(lines) if not text.lstrip().startswith("#")), 0)
        lines[first] = f"{space}- {lines[first][indent + 2 :]}"
        yield from lines


def _flow(value: Value) -> str:
    """The value on one line; nothing where it has remarks or does not fit."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Block):
        return ""
    parts = []
    if isinstance(value, Keys):
        if any(entry.remark for entry in value.entries):
            return ""
        for entry in value.entries:
            inner = _flow(entry.value)
            if not inner:
                return ""
            parts.append(f"{entry.key}: {inner}")
        return "{" + ", ".join(parts) + "}"
    if any(isinstance(item, Keys) for item in value):
        return ""
    return "[" + ", ".join(_flow(item) for item in value) + "]"


def _block(entry: Entry, indent: int) -> Iterator[str]:
    assert isinstance(entry.value, Block)
    text, space = entry.value.text, " " * (indent + 2)
    if _UNPRINTABLE.search(text) or not text.strip():
        escaped = "".join({"\n": "\\n", "\t": "\\t"}.get(sign) or _escaped(sign) for sign in text)
        yield f'{" " * indent}{entry.key}: "{escaped}"'
        return
    indicator = "2" if text[0].isspace() else ""
    yield f"{' ' * indent}{entry.key}: |{indicator}"
    for line in text.rstrip("\n").split("\n"):
        yield space + line if line else ""
