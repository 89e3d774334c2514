"""What is told of each rule that was broken: what it demands, why, and how to mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etappe.model import Finding, Outcome, Severity
from etappe.validation.formats.results import Results, told
from etappe.validation.shapes import catalogue

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        code: its name in findings: one of ours, or whatever a foreign shapes graph calls it.
        labels: what it demands; ``reasons``: why. By language; of a foreign rule, nothing is known.
        remedies: the ways to mend a breach, each by language, without repetitions.
        severity: how grave a breach is at most.
        in_code: it is checked by a program and not by a shape.
    """

    code: str
    severity: Severity
    labels: Texts
    reasons: Texts
    remedies: tuple[Texts, ...] = ()
    in_code: bool = False


def rules_of(results: Results) -> dict[str, Rule]:
    """The rules that the findings name, by code, in the order of their codes."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for _, outcome in results:
        if isinstance(outcome, Outcome):
            for finding in outcome.findings:
                found[finding.code].append(finding)
    return {code: _rule(code, found[code]) for code in sorted(found)}


def remedy_of(finding: Finding, rules: Mapping[str, Rule], language: str) -> str:
    """How to mend a finding: what it says itself, else the one way that its rule knows."""
    ways = rules[finding.code].remedies
    return told(finding.remedies, language) or (told(ways[0], language) if len(ways) == 1 else "")


def _rule(code: str, findings: list[Finding]) -> Rule:
    known = _CHECKS.get(code)
    shapes = [shape for shape in catalogue().values() if shape.code == code]
    if known is not None:
        return known
    if not shapes:
        gravest = max(finding.severity for finding in findings)
        return Rule(code, gravest, {"de": code, "en": code}, {}, _distinct(f.remedies for f in findings))
    first = next((shape for shape in shapes if shape.reasons), shapes[0])
    return Rule(
        code,
        max(shape.severity for shape in shapes),
        first.labels,
        first.reasons,
        _distinct([*(shape.remedies for shape in shapes), *(finding.remedies for finding in findings)]),
    )


def _distinct(texts: Iterable[Texts]) -> tuple[Texts, ...]:
    return tuple({tuple(sorted(text.items())): text for text in texts if text}.values())


def _check(code: str, labels: tuple[str, str], reasons: tuple[str, str], remedies: tuple[str, str]) -> Rule:
    def texts(pair: tuple[str, str]) -> Texts:
        return dict(zip(("de", "en"), pair, strict=True))

    return Rule(code, Severity.VIOLATION, texts(labels), texts(reasons), (texts(remedies),), in_code=True)


#: Checks in code have no shape that could say this.
_CHECKS: Mapping[str, Rule] = {
    rule.code: rule
    for rule in (
        _check(
            "O1",
            ("jedes Zitat steht im Text, an seiner Stelle", "every quote stands in the text, at its place"),
            (
                "Ein Zitat belegt eine Angabe. Was nicht im Text steht, belegt nichts.",
                "A quote is the evidence of a fact. Words that do not stand in the text are evidence of nothing.",
            ),
            (
                "Übernehmen Sie die Wörter genau aus dem Text. Kommen sie mehrmals vor, nehmen Sie mehr davon. Gibt es "
                "keine passenden Wörter, ist die Angabe höchstens erschlossen.",
                "Take the words over from the text exactly. Where they occur more than once, take more of them. If no "
                "words fit, the fact is implied at best.",
            ),
        ),
        _check(
            "O2",
            ("die Prüfsumme ist die des Texts", "the digest is that of the text"),
            (
                "An der Prüfsumme zeigt sich, ob der Text noch der ist, auf den sich die Zitate beziehen.",
                "The digest shows whether the text is still the one that the quotes refer to.",
            ),
            (
                "Lassen Sie die Prüfsumme weg; sie wird errechnet. Ist sie richtig, so ist der Text nicht mehr der "
                "ursprüngliche: legen Sie diesen bei.",
                "Leave the digest out; it is computed. If it is right, the text is no longer the original one: enclose "
                "that.",
            ),
        ),
        _check(
            "O4",
            (
                "die Prüfziffern von GND-Nummer und LEI stimmen, und ein ISIL hat seine Form",
                "the check digits of GND number and LEI are right, and an ISIL has its form",
            ),
            (
                "Mit einem falschen Schlüssel wird still das Falsche verknüpft.",
                "A wrong key silently links to the wrong thing.",
            ),
            (
                "Vergleichen Sie die Kennung mit ihrem Verzeichnis; ein Zeichen ist falsch, vertauscht oder fehlt.",
                "Compare the identifier with its register; a character is wrong, out of place or missing.",
            ),
        ),
        _check(
            "O6",
            (
                "derselbe Bericht oder derselbe Text ist noch nicht mit anderen Angaben da",
                "the same report or text is not there already with other facts",
            ),
            (
                "Zwei Fassungen nebeneinander würden doppelt zählen, und niemand wüsste, welche gilt.",
                "Two versions side by side would count twice, and nobody would know which one holds.",
            ),
            (
                "Ist es ein anderer Bericht, geben Sie ihm eine eigene Kennung. Berichtigt er den vorhandenen, so "
                "ersetzen Sie diesen durch eine neue Fassung.",
                "If it is another report, give it an id of its own. If it corrects the one that is there, replace that "
                "one by a new revision.",
            ),
        ),
        _check(
            "O7",
            (
                "ein Bericht berichtigt nur bekannte Berichte desselben Herausgebers, und nie im Kreis",
                "a report revises only known reports of the same publisher, and never in a circle",
            ),
            (
                "Was berichtigt wird, verschwindet aus den Antworten; das darf kein Versehen sein.",
                "What is revised leaves the answers; that must not happen by mistake.",
            ),
            (
                "Nehmen Sie den berichtigten Bericht zuerst auf, oder lassen Sie „revises“ weg. Gehört er einem "
                "anderen Herausgeber, so nimmt ein Mensch die Warnung mit Grund an.",
                "Ingest the report that is revised first, or leave 'revises' out. If it is of another publisher, a "
                "person accepts the warning with a reason.",
            ),
        ),
    )
}
