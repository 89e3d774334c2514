"""Checks that SHACL cannot say: quotes against the text (O1), its digest (O2), check digits of identifiers (O4)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Set

from pyoxigraph import Literal, NamedNode, Triple

from etappe.model import Document, Finding, Report, Severity, digest
from etappe.namespaces import ET, OA, SCHEMA, SHAPES, compact
from etappe.reading.evidence import occurrences

_PARTS = frozenset({OA.exact, OA.prefix, OA.start, OA.end})
_QUOTING = _PARTS | {OA.hasSelector}
_CODES = frozenset({SCHEMA.sameAs, SCHEMA.leiCode})
_GND = re.compile(r"https://d-nb\.info/gnd/(\d+-?[\dX])")
_ISIL = re.compile(r"https?://(?:lobid\.org|ld\.zdb-services\.de/resource)/organisations/([A-Za-z]+-.+)")


def checks(report: Report) -> Iterator[Finding]:
    """All findings of a report."""
    if report.document is Document.REPORT:
        yield from _quotes(report)
        yield from _digest(report)
    yield from _check_digits(report)


def _sorted(report: Report, predicates: Set[NamedNode]) -> list[Triple]:
    return sorted((triple for triple in report.triples if triple.predicate in predicates), key=str)


def _quotes(report: Report) -> Iterator[Finding]:
    """O1: every quote stands in the text, at its offsets where it has some."""
    parts: dict[NamedNode, dict[str, str]] = defaultdict(dict)
    selectors: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for triple in _sorted(report, _QUOTING):
        subject, value = triple.subject, triple.object
        if not isinstance(subject, NamedNode):
            continue
        if triple.predicate in _PARTS and isinstance(value, Literal):
            parts[subject][triple.predicate.value.rpartition("#")[2]] = value.value
        elif triple.predicate == OA.hasSelector and isinstance(value, NamedNode):
            selectors[subject].append(value)
    for triple in _sorted(report, {ET.evidence}):
        if not isinstance(triple.object, NamedNode):
            continue
        quote = {key: value for node in selectors[triple.object] for key, value in parts[node].items()}
        if "exact" in quote and (words := _objection(report.text, quote)):
            yield _finding(report, "O1", triple, *words, quote=quote["exact"])


def _objection(text: str | None, parts: dict[str, str]) -> tuple[str, str] | None:
    exact = unicodedata.normalize("NFC", parts["exact"])
    shown = " ".join(exact.split())
    if text is None:
        return (
            f"Das Zitat „{shown}“ lässt sich nicht prüfen: Der Text des Berichts fehlt; geben Sie ihn mit „text“ an.",
            f"The quote “{shown}” cannot be checked: the report has no text; give it with “text”.",
        )
    if "start" in parts and "end" in parts:
        start, end = (int(parts[k]) if parts[k].isdecimal() and len(parts[k]) < 10 else -1 for k in ("start", "end"))
        if 0 <= start < end and text[start:end] == exact:
            return None
        return (
            f"Das Zitat „{shown}“ steht nicht an der Stelle {parts['start']}–{parts['end']} des Texts.",
            f"The quote “{shown}” does not stand at offsets {parts['start']}-{parts['end']} of the text.",
        )
    count = len(occurrences(text, exact, parts.get("prefix", "")))
    if count == 0:
        return (
            f"Das Zitat „{shown}“ steht nicht im Text; übernehmen Sie die Wörter genau.",
            f"The quote “{shown}” does not stand in the text; take over the words exactly.",
        )
    if count > 1:
        return (
            f"Das Zitat „{shown}“ steht {count}-mal im Text; nehmen Sie mehr Wörter, oder geben Sie mit „prefix“ an, "
            "was davor steht.",
            f"The quote “{shown}” stands {count} times in the text; take more words, or say with “prefix” what stands "
            "before it.",
        )
    return None


def _digest(report: Report) -> Iterator[Finding]:
    """O2: the digest is that of the text."""
    for triple in report.triples:
        if triple.subject != report.iri or triple.predicate != ET.sourceDigest or report.text is None:
            continue
        if isinstance(triple.object, Literal) and triple.object.value != digest(report.text):
            yield _finding(
                report,
                "O2",
                triple,
                f"Die Prüfsumme {triple.object.value[:19]}… ist nicht die des Texts; lassen Sie sie weg, sie wird "
                "errechnet.",
                f"The digest {triple.object.value[:19]}… is not that of the text; leave it out, it is computed.",
            )


def _check_digits(report: Report) -> Iterator[Finding]:
    """O4, reported as C39: check digits of GND and LEI, form of an ISIL. Their other form is a matter of the shapes."""
    for triple in _sorted(report, _CODES):
        kind = _wrong(triple)
        if kind is not None:
            german, english, code = kind
            yield _finding(
                report,
                "C39",
                triple,
                f"„{code}“ ist {german}: ein Zeichen ist falsch oder vertauscht.",
                f"“{code}” is {english}: a character is wrong or out of place.",
            )


def _wrong(triple: Triple) -> tuple[str, str, str] | None:
    """What a code is not, in German and English, and the code; nothing where there is no objection."""
    value = triple.object
    if triple.predicate == SCHEMA.sameAs and isinstance(value, NamedNode):
        if (match := _GND.fullmatch(value.value)) and not is_gnd(match[1]):
            return "keine GND-Nummer", "not a GND number", match[1]
        if (match := _ISIL.fullmatch(value.value)) and not is_isil(match[1]):
            return "kein ISIL", "not an ISIL", match[1]
    if triple.predicate == SCHEMA.leiCode and isinstance(value, Literal):
        formed = re.fullmatch(r"[A-Z0-9]{18}\d\d", value.value)
        if formed and not is_lei(value.value):
            return "kein LEI", "not an LEI", value.value
    return None


def is_gnd(code: str) -> bool:
    """Whether the check digit of a GND number is right (modulus 11, weights from 2 upwards from the right).

    Numbers with a hyphen, from the former files of subjects and corporate bodies, carry the remainder itself; all
    others carry what it lacks to 11.
    """
    if not re.fullmatch(r"\d{1,10}-?[\dX]", code):
        return False
    *digits, check = list(code.replace("-", ""))
    remainder = sum(weight * int(digit) for weight, digit in enumerate(reversed(digits), 2)) % 11
    wanted = remainder if "-" in code else (11 - remainder) % 11
    return check == ("X" if wanted == 10 else str(wanted))


def is_isil(code: str) -> bool:
    """Whether a code has the form of an ISIL (ISO 15511): prefix, hyphen, at most eleven further characters."""
    return re.fullmatch(r"[A-Z]{1,4}-[A-Za-z0-9:/-]{1,11}", code) is not None


def is_lei(code: str) -> bool:
    """Whether a code is an LEI with the right check digits (ISO 17442; ISO 7064, MOD 97-10)."""
    if not re.fullmatch(r"[A-Z0-9]{18}\d\d", code):
        return False
    return int("".join(str(int(sign, 36)) for sign in code)) % 97 == 1


def _finding(report: Report, code: str, triple: Triple, de: str, en: str, *, quote: str | None = None) -> Finding:
    subject, value = triple.subject, triple.object
    assert isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal)
    keys = ((value.value, None), (subject.value, triple.predicate.value), (subject.value, None))
    return Finding(
        code,
        Severity.VIOLATION,
        {"de": de, "en": en},
        focus=subject,
        path=compact(triple.predicate.value),
        value=value,
        component=SHAPES[code if code.startswith("O") else "O4"].value,
        position=next((report.positions[key] for key in keys if key in report.positions), None),
        quote=quote,
    )
