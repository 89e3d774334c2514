"""The source text of a report from a list: its rows as text, so that every quote leads back to a cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from etappe.tables.cells import clean
from etappe.tables.rows import Row


def scalar(text: str) -> str:
    """A text as a YAML scalar in double quotes; the text has no control characters and no line ends."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@dataclass
class SourceText:
    """Where the rows stand, what stands above them, their titles, and the rows themselves.

    ::

        calendar.csv, row 17
        Appointments of the minister, 2018
        Datum | Ort | Anlass
        14.05.2018 | Husum | Gespräch
    """

    rows: list[Row]
    title: str | None
    text: str = field(init=False)
    captions: list[tuple[int, int]] = field(init=False)  # of each line above the titles: start and end
    _flat: str = field(init=False)
    _cells: dict[tuple[int, int], int] = field(init=False)  # number of the row, place of the cell -> start

    def __post_init__(self) -> None:
        lines = [self._whence()]
        first = self.rows[0]
        self.captions = []
        at = len(lines[0]) + 1
        for line in dict.fromkeys(clean(line) for line in (self.title, *first.caption) if line):
            self.captions.append((at, at + len(line)))
            lines.append(line)
            at += len(line) + 1
        lines.append(_joined([cell.title for cell in first.cells])[0])
        at += len(lines[-1]) + 1
        self._cells = {}
        for row in self.rows:
            line, starts = _joined([cell.value.text for cell in row.cells])
            for place, start in enumerate(starts):
                self._cells[row.number, place] = at + start
            lines.append(line)
            at += len(line) + 1
        self.text = "\n".join(lines)
        self._flat = self.text.replace("\n", " ")

    def _whence(self) -> str:
        numbers = [row.number for row in self.rows]
        rows = f"row {numbers[0]}" if len(numbers) == 1 else f"rows {numbers[0]} to {numbers[-1]}"
        carried = {
            f"{cell.title} from row {cell.carried}": None
            for row in self.rows
            for cell in row.cells
            if cell.carried is not None and cell.value.text
        }
        told = f" ({', '.join(carried)})" if carried else ""
        return clean(f"{self.rows[0].file}, {rows}{told}")

    def cell(self, row: Row, place: int, words: str | None = None) -> str:
        """A quote, in YAML, of a cell or of words in it."""
        start = self._cells[row.number, place]
        whole = row.cells[place].value.text
        wanted = whole if words is None else words
        inner = whole.find(wanted)
        if inner < 0:
            inner, wanted = 0, whole
        return self.quote(start + inner, start + inner + len(wanted))

    def quote(self, start: int, end: int) -> str:
        """The quote of a part of the text, in YAML, with as many words before it as make it the only one."""
        words = self._flat[start:end]
        if self._only(words, ""):
            return scalar(words)
        length = 16
        while True:
            prefix = self._flat[max(0, start - length) : start].strip()
            if self._only(words, prefix) or length > start:
                return f"{{words: {scalar(words)}, prefix: {scalar(prefix)}}}"
            length *= 2

    def _only(self, words: str, prefix: str) -> bool:
        found, at = 0, self._flat.find(words)
        while at >= 0 and found < 2:
            before = self._flat[max(0, at - len(prefix) - 1) : at].rstrip()
            found += before.endswith(prefix)
            at = self._flat.find(words, at + 1)
        return found == 1

    def block(self) -> str:
        """The text as a YAML block."""
        return "text: |\n" + "".join(f"  {line}\n" for line in self.text.split("\n"))


def _joined(texts: list[str]) -> tuple[str, list[int]]:
    """The texts in one line with bars between them, and where each begins."""
    line, starts = "", list[int]()
    for number, text in enumerate(texts):
        if number:
            line += " |" if line else "|"
        if text and line:
            line += " "
        starts.append(len(line))
        line += text
    return line, starts
