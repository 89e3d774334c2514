"""The reference pages in ``docs/``, made from the tables they describe: keys, constraints, questions.

``python -m etappe.reference --write`` makes them, ``--check`` says whether they are up to date (status 1 when not).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from etappe import resources, vocabulary
from etappe.namespaces import SHAPES
from etappe.questions import catalogue
from etappe.reading import keys
from etappe.reading.keys import Form, Key, Kind
from etappe.validation.shapes import Shape
from etappe.validation.shapes import catalogue as shapes

_MADE = "<!-- made by `python -m etappe.reference --write` -->"


def keys_page() -> str:
    """Every key of the short form, by kind of thing."""
    lines = [
        "# Keys of a report",
        _MADE,
        "",
        "How a file is built is said in [report-format.md](report-format.md). A key marked * takes a list as well.",
        "",
    ]
    for kind, sections in ((keys.REPORT, keys.REPORT_SECTIONS), (keys.REGISTRY, keys.REGISTRY_SECTIONS)):
        names = ", ".join(f"`{section.name}`" for section in sections)
        lines += [f"## {kind.name}", "", f"Sections: {names}.", "", *_key_table(kind)]
    for kind in keys.KINDS.values():
        lines += [f"## {kind.name}", ""]
        if kind.variants:
            variants = ", ".join(f"`{word}` ({', '.join(types)})" for word, types in kind.variants.items())
            lines += [f"`kind`: {variants}.", ""]
        lines += _key_table(kind)
    lines += ["## Closed words", ""]
    for scheme in vocabulary.schemes():
        labels = map(vocabulary.labels, (iri.value for iri in vocabulary.concepts(scheme)))
        lines += [f"- **{scheme}**: " + "; ".join(f"{label['de']} / {label['en']}" for label in labels)]
    return "\n".join(lines) + "\n"


def _key_table(kind: Kind) -> list[str]:
    rows = ((f"`{key.name}`{'*' if key.many else ''}", _value(key), key.de, f"`{key.property}`") for key in kind.keys)
    return [*_table(("key", "value", "German", "property"), rows), ""]


def _value(key: Key) -> str:
    if key.choices:
        return ", ".join(key.choices)
    if key.form is Form.CONCEPT:
        return f"a word of *{key.scheme}*"
    if key.form in (Form.REFERENCE, Form.NODE):
        return " or ".join(key.kinds)
    return str(key.form.value)


def constraints_page() -> str:
    """Every constraint: how grave, why, what people are told, and how they mend it."""
    lines = [
        "# Constraints",
        _MADE,
        "",
        "What a report must satisfy. A *violation* keeps it out, a *warning* must be accepted by a person with a",
        "reason. In the profile *draft*, missing facts are warnings. `{$this}` is the thing a sentence is about,",
        "`{?value}` the value that disturbs. Keys are those of [report-keys.md](report-keys.md); names, dates and",
        "quotes in the YAML are examples. What the text does not say is never made up.",
        "",
    ]
    for code in sorted({shape.code for shape in shapes().values()}):
        lines += _constraint(code)
    lines += [
        "## Checked in code",
        "",
        "With the same kind of finding: **O1** every quote stands in the text at its place; **O2** the digest is that",
        "of the text; **O4** check digits of GND and LEI, form of ISIL (told as C39); **O6** the same report or text",
        "is there already; **O7** what a report says it revises is known, does not revise it in turn, and is of the",
        "same publisher (else a warning, which a person may accept).",
        "",
    ]
    return "\n".join(lines)


def _constraint(code: str) -> list[str]:
    """The section of one constraint. A shape that only gathers others is the source of no result and tells nothing."""
    whole = shapes()[SHAPES + code]
    told = [shape for _, shape in sorted(shapes().items()) if shape.code == code and not shape.only_gathers]
    rows = dict.fromkeys((_both(shape.messages), _both(shape.remedies)) for shape in told)
    return [
        f"## {code} {whole.labels['en']}",
        "",
        f"{_severity(whole, told)} {whole.reasons['en']}",
        "",
        f"*{whole.labels['de']}: {whole.reasons['de']}*",
        "",
        *_table(("told", "how to mend it"), rows),
        "",
        *_snippets(told),
    ]


def _severity(whole: Shape, told: Iterable[Shape]) -> str:
    """How grave a breach is, and where a draft is forgiven."""
    severity, drafts = whole.severity, {shape.draft for shape in told}
    if drafts == {severity}:
        return f"**{severity.name.capitalize()}.**"
    missing = " where a fact is missing" if severity in drafts else ""
    return f"**{severity.name.capitalize()}**, in a draft **{min(drafts).name.lower()}**{missing}."


def _both(texts: Mapping[str, str]) -> str:
    return f"{texts['en']}<br>*{texts['de']}*"


def _snippets(told: Iterable[Shape]) -> list[str]:
    """What to add where a fact is missing, as one block of YAML."""
    found = [f"# {shape.labels['en']}\n{shape.snippet}" for shape in told if shape.snippet]
    return ["```yaml", "\n\n".join(found), "```", ""] if found else []


def questions_page() -> str:
    """Every question with its parameters and columns."""
    lines = [
        "# Questions",
        _MADE,
        "",
        "`etappe ask NAME --parameter value`; `--explain` adds report, certainty and quote to each row, `--sparql`",
        "shows the query.",
        "",
    ]
    for entry in catalogue():
        parameters = ", ".join(f"`--{p.name}` ({p.type}{', required' if p.required else ''})" for p in entry.parameters)
        lines += [
            f"## {entry.id} {entry.titles['en']}",
            "",
            f"*{entry.titles['de']}* For: {', '.join(entry.users)}. Name: `{entry.name}`.",
            "",
            f"Parameters: {parameters}. Columns: {', '.join(column.labels['en'] for column in entry.columns)}.",
            "",
        ]
    return "\n".join(lines)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    lines = [list(heads)]
    lines.append(["---"] * len(lines[0]))
    lines += [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


PAGES = {"report-keys.md": keys_page, "constraints.md": constraints_page, "questions.md": questions_page}


def main(arguments: list[str]) -> int:
    """Write or check the pages of a checkout."""
    docs = resources.folder("ontology").parent / "docs"
    stale = [name for name, page in PAGES.items() if not _is(docs / name, page())]
    for name in stale:
        if "--write" in arguments:
            (docs / name).write_text(PAGES[name](), encoding="utf-8")
        else:
            print(f"docs/{name} is not up to date: python -m etappe.reference --write")  # noqa: T201
    return int(bool(stale) and "--write" not in arguments)


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
