"""Checks that SHACL cannot say: quotes against the text (O1), its digest (O2), check digits of identifiers (O4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from etappe.model import Document, Finding, Report, Severity, digest
from etappe.namespaces import ET, OA, SCHEMA, SKOS, compact
from etappe.reading.evidence import occurrences

_GND = re.compile(r"https?://d-nb\.info/gnd/(.+)")
_ISIL = re.compile(r"DE-[A-Za-z0-9:/-]{1,11}")


def checks(report: Report) -> Iterator[Finding]:
    """All findings of a report."""
    if report.document is Document.REPORT:
        yield from _quotes(report)
        yield from _digest(report)
    yield from _check_digits(report)


def _quotes(report: Report) -> Iterator[Finding]:
    """O1: every quote stands in the text, at its offsets where it has some."""
    selectors: dict[str, dict[str, str]] = {}
    for triple in report.triples:
        if triple.predicate in (OA.exact, OA.start, OA.end, OA.prefix) and isinstance(triple.object, Literal):
            selectors.setdefault(triple.subject.value, {})[triple.predicate.value.rpartition("#")[2]] = triple.object.value
    for triple in sorted(report.triples, key=str):
        if triple.predicate != ET.evidence or not isinstance(triple.object, NamedNode):
            continue
        parts: dict[str, str] = {}
        for link in report.triples:
            if link.subject == triple.object and link.predicate == OA.hasSelector and isinstance(link.object, NamedNode):
                parts |= selectors.get(link.object.value, {})
        if "exact" in parts and (words := _objection(report.text, parts)):
            yield _finding(report, "O1", triple, *words, quote=parts["exact"], value=triple.object)


def _objection(text: str | None, parts: dict[str, str]) -> tuple[str, str] | None:
    exact = parts["exact"]
    shown = " ".join(exact.split())
    if text is None:
        return (
            f"Das Zitat „{shown}“ kann nicht geprüft werden: der Text des Berichts fehlt; geben Sie ihn mit „text:“ an.",
            f'The quote "{shown}" cannot be checked: the report has no text; give it with "text:".',
        )
    if "start" in parts and "end" in parts:
        start, end = (int(parts[k]) if parts[k].isdecimal() and len(parts[k]) < 10 else -1 for k in ("start", "end"))
        if 0 <= start < end and text[start:end] == exact:
            return None
        return (
            f"Das Zitat „{shown}“ steht nicht an der Stelle {parts['start']}–{parts['end']} des Texts.",
            f'The quote "{shown}" does not stand at offsets {parts["start"]}-{parts["end"]} of the text.',
        )
    count = len(occurrences(text, exact, parts.get("prefix", "")))
    if count == 0:
        return (
            f"Das Zitat „{shown}“ steht nicht im Text; übernehmen Sie die Wörter genau.",
            f'The quote "{shown}" does not stand in the text; take over the words exactly.',
        )
    if count > 1:
        return (
            f"Das Zitat „{shown}“ steht {count}-mal im Text; nehmen Sie mehr Wörter oder geben Sie mit „prefix“ an, was davor steht.",
            f'The quote "{shown}" stands {count} times in the text; take more words, or say with "prefix" what stands before it.',
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
                f"Die Prüfsumme {triple.object.value[:19]}… gehört nicht zu diesem Text; lassen Sie sie weg, sie wird errechnet.",
                f"The digest {triple.object.value[:19]}… is not that of this text; leave it out, it is computed.",
                value=triple.object,
            )


def _check_digits(report: Report) -> Iterator[Finding]:
    """O4, reported as C39: check digits of GND and LEI, form of an ISIL."""
    for triple in sorted(report.triples, key=str):
        value = triple.object
        wrong = None
        if triple.predicate == SCHEMA.sameAs and isinstance(value, NamedNode) and (match := _GND.fullmatch(value.value)):
            wrong = None if is_gnd(match[1]) else ("GND-Nummer", "GND number", match[1])
        elif triple.predicate == SCHEMA.leiCode and isinstance(value, Literal):
            wrong = None if is_lei(value.value) else ("LEI", "LEI", value.value)
        elif triple.predicate == SKOS.notation and isinstance(value, Literal) and value.value.startswith("DE-"):
            wrong = None if _ISIL.fullmatch(value.value) else ("ISIL", "ISIL", value.value)
        if wrong:
            german, english, code = wrong
            yield _finding(
                report,
                "C39",
                triple,
                f"{code} ist keine gültige {german}: Form oder Prüfziffer stimmt nicht.",
                f"{code} is not a valid {english}: its form or check digit is wrong.",
                value=value,
            )


def is_gnd(code: str) -> bool:
    """Whether a GND number has a right check digit (modulus 11).

    Numbers with a hyphen come from several older files that count in either direction; both are taken.
    """
    if not re.fullmatch(r"\d{1,10}-?[\dX]", code):
        return False
    *digits, check = code.replace("-", "")
    remainder = sum(weight * int(digit) for weight, digit in enumerate(reversed(digits), 2)) % 11
    right = {(11 - remainder) % 11} | ({remainder} if "-" in code else set())
    return check in {"X" if number == 10 else str(number) for number in right}


def is_lei(code: str) -> bool:
    """Whether a code is an LEI with the right check digits (ISO 17442; ISO 7064, MOD 97-10)."""
    if not re.fullmatch(r"[A-Z0-9]{18}\d\d", code):
        return False
    return int("".join(str(int(sign, 36)) for sign in code)) % 97 == 1


def _finding(report: Report, code: str, triple: Triple, de: str, en: str, *, value: NamedNode | Literal, quote: str | None = None) -> Finding:
    subject = triple.subject
    assert isinstance(subject, NamedNode)
    positions = report.positions
    place = positions.get((value.value, None)) or positions.get((subject.value, triple.predicate.value)) or positions.get((subject.value, None))
    return Finding(code, Severity.VIOLATION, {"de": de, "en": en}, subject, compact(triple.predicate.value), value, position=place, quote=quote)
