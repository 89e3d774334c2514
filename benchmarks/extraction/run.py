"""Score the extraction on a folder of practice reports, and again with one family of rules switched off at a time.

usage: python -m benchmarks.extraction.run FOLDER [--write docs/extraction.md]

FOLDER holds ``reports/``, ``gold/`` and ``score.py``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from etappe import extraction
from etappe.drafting.facts import facts_of
from etappe.extraction import dates, events, structure
from etappe.extraction.model import Block, BlockKind, Span, Status
from etappe.sources import SourceText, load_text

FIELDS = ("person", "role", "affiliation", "attended", "organisation", "date", "place", "stop", "event", "minister")
GOALS = {
    "person": 0.92,
    "role": 0.88,
    "organisation": 0.72,
    "date": 0.90,
    "place": 0.88,
    "stop": 0.75,
    "minister": 0.93,
}


def _paragraphs(text: str, _: str) -> tuple[Block, ...]:
    """Blocks as they would be if the structure of a text were not read."""
    blocks, start = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            lead = len(part) - len(part.lstrip())
            blocks.append(Block(BlockKind.PARAGRAPH, Span(start + lead, start + len(part.rstrip()))))
        start += len(part) + 2
    return tuple(blocks)


def _only_explicit(found: Callable[..., Any]) -> Callable[..., Any]:
    return lambda source: tuple(d for d in found(source) if d.basis in ("explicit", "no-year"))


def _all_held(found: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *given: tuple(replace(event, status=Status.HELD) for event in found(*given))


@contextlib.contextmanager
def _without(family: str) -> Iterator[None]:
    """Switches one family of rules off."""
    nothing: Callable[..., Any] = lambda *_: ()  # noqa: E731
    base = "etappe.extraction"
    patches = {
        "structure of the text (captions, schedules, headings)": (structure, "blocks_of", _paragraphs),
        "dates by anchor (relative, weekday, carried over)": (dates, "find_dates", _only_explicit(dates.find_dates)),
        "places by gazetteer": (sys.modules[f"{base}.places"], "find_places", nothing),
        "organisations": (sys.modules[f"{base}.organisations"], "find_organisations", nothing),
        "whether events were held": (events, "find_events", _all_held(events.find_events)),
        "attendance": (sys.modules[f"{base}.attendance"], "attending", lambda _, people, __: people),
    }
    module, name, other = patches[family]
    with patch.object(module, name, other):
        yield


FAMILIES = (
    "structure of the text (captions, schedules, headings)",
    "dates by anchor (relative, weekday, carried over)",
    "places by gazetteer",
    "organisations",
    "whether events were held",
    "attendance",
)


def _scores(texts: dict[str, SourceText], folder: Path) -> tuple[dict[str, Any], str]:
    with tempfile.TemporaryDirectory() as place:
        for name, source in texts.items():
            facts = facts_of(extraction.extract(source.text, source.metadata))
            Path(place, f"{name}.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        out = Path(place, "scores.json")
        command = [sys.executable, str(folder / "score.py"), place, str(folder / "gold"), "--json", str(out)]
        table = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return json.loads(out.read_text(encoding="utf-8")), table


def _f1(scores: dict[str, Any], field: str) -> float:
    found = scores.get("fields", scores)[field]
    return float(found.get("F1", found.get("f1")))


def main() -> None:
    """Print the figures, or write them into a page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    reports = sorted((arguments.folder / "reports").iterdir())
    texts = {path.stem: load_text(path) for path in reports}
    extraction.extract("Am 3. Mai 2018 war die Tour in Husum.")  # reads the gazetteer
    start = time.process_time()
    for source in texts.values():
        extraction.extract(source.text, source.metadata)
    seconds = time.process_time() - start
    words = sum(len(source.text.split()) for source in texts.values())
    whole, table = _scores(texts, arguments.folder)
    rows = []
    for family in FAMILIES:
        with _without(family):
            less, _ = _scores(texts, arguments.folder)
        rows.append((family, [_f1(less, field) - _f1(whole, field) for field in FIELDS]))
    page = _page(table, rows, words / seconds / 300)
    if arguments.write:
        text = arguments.write.read_text(encoding="utf-8")
        head, _, _ = text.partition("<!-- figures -->")
        arguments.write.write_text(head + "<!-- figures -->\n\n" + page, encoding="utf-8")
    else:
        print(page)


def _page(table: str, rows: list[tuple[str, list[float]]], speed: float) -> str:
    lines = ["On the practice reports, by their scorer (95 % intervals by bootstrap over reports):", "", "```text"]
    lines += [table.rstrip(), "```", "", "Goals (F1, also for texts that nobody has seen): "]
    lines[-1] += ", ".join(f"{field} {goal:.2f}" for field, goal in GOALS.items()) + "; no minister wrongly present."
    lines += ["", f"One core reads {speed:.0f} reports of 300 words a second.", ""]
    lines += ["What each family of rules brings: the change of F1 when it is switched off.", ""]
    lines += ["| without | " + " | ".join(FIELDS) + " |", "| --- |" + " --- |" * len(FIELDS)]
    for family, changes in rows:
        cells = (f"{change:+.2f}" if abs(change) >= 0.005 else "·" for change in changes)
        lines.append(f"| {family} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
