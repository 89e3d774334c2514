"""Do the engines say the same? Read from the validation reports that they wrote."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

SH = "http://www.w3.org/ns/shacl#"
CONFORMS, RESULT = NamedNode(f"{SH}conforms"), NamedNode(f"{SH}result")
TOLD = ("focusNode", "value", "sourceConstraintComponent", "resultSeverity")

Result = tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What a validation report says: its verdict and its results."""

    conforms: bool | None
    results: Counter[Result]


@dataclass(frozen=True)
class Difference:
    """In how many of the reports two engines differ."""

    verdicts: int
    results: int
    of: int


def read(written: str) -> Said:
    """A validation report. Blank nodes are all alike, for every engine names them anew."""
    facts: dict[object, dict[str, str]] = {}
    verdict: bool | None = None
    results = []
    for quad in parse(written, format=RdfFormat.N_TRIPLES):
        if quad.predicate == CONFORMS:
            verdict = quad.object.value in ("true", "1")
        elif quad.predicate == RESULT:
            results.append(quad.object)
        else:
            term = "_:" if isinstance(quad.object, BlankNode) else str(quad.object)
            facts.setdefault(quad.subject, {})[quad.predicate.value.removeprefix(SH)] = term
    told = [facts.get(result, {}) for result in results]
    return Said(verdict, Counter(tuple(one.get(name, "") for name in TOLD) for one in told))


def compare(reference: list[Said], others: list[Said]) -> Difference:
    """Reference and other, report by report."""
    pairs = list(zip(reference, others, strict=True))
    return Difference(
        verdicts=sum(a.conforms is not b.conforms for a, b in pairs),
        results=sum(a.results != b.results for a, b in pairs),
        of=len(pairs),
    )
