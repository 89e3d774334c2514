"""Repairs that are certain: invisible characters, and UTF-8 that was once read as Windows-1252 (``fÃ¼r``)."""

from __future__ import annotations

import re
from html import unescape

from etappe.reading.files import normal

#: Bytes that Windows-1252 leaves open; programs pass them through as control characters.
_OPEN = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
_AS_BYTE = {chr(byte) if byte in _OPEN else bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0x100)}
_TAIL = "[" + "".join(re.escape(char) for char, byte in _AS_BYTE.items() if byte < 0xC0) + "]"
#: What UTF-8 of Latin letters, punctuation and symbols looks like in Windows-1252. No word of either language holds it.
_MOJIBAKE = re.compile(rf"[ÂÃ]{_TAIL}|â{_TAIL}{{2}}")
#: The same of rarer letters, such as "Ä…" for "ą". Repaired only beside the former: "Ä“" may end a quotation.
_RARER = re.compile(rf"[ÂÃÄÅ]{_TAIL}|â{_TAIL}{{2}}")
#: What a repair may lead to: letters, quotation marks, dashes and signs that press texts use.
_PLAUSIBLE = re.compile(r"[ -¿À-ſ‐-‧‰‹›€™−]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\U000e0000-\U000e007f]")
_LINE_END = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_WIDE_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def mended(text: str) -> tuple[str, list[str]]:
    """The text in NFC without what nobody can see, and a sentence for each kind of repair."""
    notes: list[str] = []
    text, count = _decoded_again(text)
    if count:
        notes.append(f"Characters put right that were UTF-8 read as Windows-1252: {count}.")
    steps: tuple[tuple[re.Pattern[str], str, str], ...] = (
        (_SURROGATE, "\ufffd", "Halves of characters replaced"),
        (_INVISIBLE, "", "Invisible characters removed"),
        (_CONTROL, "", "Control characters removed"),
    )
    for pattern, by, what in steps:
        text, count = pattern.subn(by, text)
        if count:
            notes.append(f"{what}: {count}.")
    text = _LINE_END.sub("\n", text)
    return normal(_WIDE_BLANK.sub(" ", text)), notes


def _decoded_again(text: str) -> tuple[str, int]:
    count = 0

    def decode(match: re.Match[str]) -> str:
        nonlocal count
        right = bytes(_AS_BYTE[char] for char in match[0]).decode("utf-8", "replace")
        if not _PLAUSIBLE.fullmatch(right):
            return match[0]
        count += 1
        return right

    for _ in range(2):  # some texts went wrong twice
        before = text
        if not _MOJIBAKE.search(text):
            break
        text = _RARER.sub(decode, text)
        if text == before:
            break
    return text, count


def has_mojibake(text: str) -> bool:
    """Whether it holds UTF-8 that was read as Windows-1252."""
    return _decoded_again(text)[1] > 0


_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--[^<>]{0,500}-->")


def cleaned(value: str, limit: int) -> str:
    """A statement of a file, such as its title: one line of plain text of bounded length, without tags."""
    value = unescape(_TAG.sub(" ", unescape(value[: limit * 4])))
    value = " ".join(mended(_TAG.sub(" ", value))[0].split())
    if len(value) <= limit:
        return value
    return value[: limit - 1].rstrip() + "…"
