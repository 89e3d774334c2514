"""Random shapes on random graphs, and mutated reports on our shapes: the compiled engine, pySHACL and Jena side by side.

Both engines must find the same results, or every difference must have a name that ``docs/shacl.md`` explains
(``differences.py``). ``ETAPPE_FUZZ=10000`` tries so many new cases instead of the same 200, ``ETAPPE_FUZZ=long`` too.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from pyoxigraph import Triple

from etappe import resources
from etappe.errors import EtappeError
from etappe.model import Report
from etappe.reading import read
from etappe.registry import Registry
from etappe.validation.graph import trees, validated_triples
from etappe.validation.shacl import Graph, parse_graph
from etappe.validation.shapes import shapes_graph
from validation.shacl.differences import adjudicated, why_raised
from validation.shacl.generating import Case, cases, data_graphs, literals
from validation.shacl.support import Rows, compiled, graph, only_in, pyshacl
from validation.shacl.third_opinion import MISSING, jena

FUZZ = os.environ.get("ETAPPE_FUZZ", "")
EXAMPLES = {"": 200, "long": 10_000}.get(FUZZ) or int(FUZZ)
_often = settings(
    max_examples=EXAMPLES,
    derandomize=not FUZZ,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def reason(shapes: bytes, data: Graph) -> str:
    """Why the engines differ: "same" where they do not, else the names of the known reasons.

    Raises:
        AssertionError: they do, and no known reason explains it.
    """
    ours = compiled(shapes, data)
    try:
        theirs = pyshacl(shapes, data)
    except Exception as error:  # noqa: BLE001 - pySHACL raises whatever it likes
        known = why_raised(error)
        assert known, f"pySHACL raised {error!r}"
        return f"raises: {known}"
    if ours == theirs:
        return "same, with results" if ours else "same, without results"
    known_reasons = adjudicated(shapes, data, theirs)
    assert known_reasons, f"only Etappe:\n{only_in(ours, theirs)}\nonly pySHACL:\n{only_in(theirs, ours)}"
    return ", ".join(sorted(known_reasons))


@_often
@given(cases)
def test_random_shapes_have_the_same_results_or_a_known_difference(case: Case) -> None:
    found = reason(case.shapes_bytes, graph(case.data))
    event(found)
    if found == "raises: less-than-blank":  # it hides everything else, so once more without blank nodes
        event(reason(case.shapes_bytes, graph(case.data.replace("_:", "ex:"))))


# Reports


@cache
def reports() -> tuple[Report, ...]:
    """The reports of ``examples/``, the faulty ones too."""
    found = []
    for path in _files("stralsund", "tours", "bad"):
        with suppress(EtappeError):
            found.append(read(path, registry=registry()))
    return tuple(found)


@cache
def registry() -> Registry:
    return Registry(triple for path in _files("registry") for triple in read(path).triples)


def _files(*folders: str) -> list[Path]:
    examples = resources.folder("examples")
    return sorted(path for name in folders for path in (examples / name).iterdir() if path.suffix in (".yaml", ".ttl"))


@cache
def _stated(number: int) -> tuple[Triple, ...]:
    report = reports()[number % len(reports())]
    return tuple(sorted(validated_triples(report, registry()), key=str))


_values = st.one_of(literals, st.sampled_from(('"2018-05-14"', '"54.3"', "<urn:ex:none>", "_:b", '"Muster"@de')))
_mutations = st.lists(
    st.tuples(st.sampled_from(("drop", "change", "add", "predicate", "object")), st.integers(0, 2**20), _values),
    min_size=1,
    max_size=6,
)


def mutated(triples: tuple[Triple, ...], mutations: list[tuple[str, int, str]]) -> frozenset[Triple]:
    """The triples with some taken away, and some with another object or predicate."""
    found = list(triples)
    for kind, place, value in mutations:
        chosen, other = found[place % len(found)], found[place * 7919 % len(found)]
        if kind in ("drop", "change", "predicate"):
            found.remove(chosen)
        if kind in ("change", "add"):
            (given,) = graph(f"ex:a ex:p {value} .").triples()
            found.append(Triple(chosen.subject, chosen.predicate, given.object))
        elif kind == "predicate":
            found.append(Triple(chosen.subject, other.predicate, chosen.object))
        elif kind == "object":
            found.append(Triple(chosen.subject, chosen.predicate, other.object))
    return frozenset(found)


@settings(_often, max_examples=EXAMPLES // 20 if FUZZ else 30)
@given(st.integers(0, 10_000), _mutations)
def test_mutated_reports_have_the_same_findings_or_a_known_difference(
    number: int, mutations: list[tuple[str, int, str]]
) -> None:
    event(reason(shapes_graph(), Graph(mutated(_stated(number), mutations), trees())))


def test_the_reports_that_are_mutated_are_enough() -> None:
    assert len(reports()) > 30


# Jena


def batch(strategy: st.SearchStrategy[Case], size: int) -> list[Case]:
    """Some generated cases, always the same."""
    found: list[Case] = []

    @settings(_often, max_examples=size, derandomize=True, phases=[Phase.generate])
    @given(strategy)
    def collect(case: Case) -> None:
        found.append(case)

    collect()
    return found


#: Shapes of one constraint each, and values of one kind: there the engines are most likely to differ.
_SMALL = st.builds(
    "ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; {} ] .".format,
    st.one_of(
        st.builds(
            "sh:{} {}".format,
            st.sampled_from(("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")),
            literals,
        ),
        st.sampled_from(
            ("sh:lessThan ex:q", "sh:lessThanOrEquals ex:q", "sh:minLength 0", 'sh:languageIn ( "de-Latn" )')
        ),
    ),
)


@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_where_pyshacl_differs_jena_is_on_our_side(record_testsuite_property: Callable[[str, object], None]) -> None:
    sides: Counter[str] = Counter()
    asked = batch(st.builds(Case, _SMALL, data_graphs()), EXAMPLES)
    graphs = [graph(case.data) for case in asked]
    opinions = jena([(case.shapes_bytes, data) for case, data in zip(asked, graphs, strict=True)])
    for case, data, opinion in zip(asked, graphs, opinions, strict=True):
        ours = compiled(case.shapes_bytes, data)
        sides[_side(ours, _their(case.shapes_bytes, data), opinion)] += 1
    for side, count in sides.items():
        record_testsuite_property(f"jena: {side}", count)
    assert sides["ours, not pySHACL's"] >= 5 * (sides["pySHACL's"] + sides["none"]), dict(sides)


def _their(shapes: bytes, data: Graph) -> Rows | None:
    try:
        return pyshacl(shapes, data)
    except Exception as error:  # noqa: BLE001 - pySHACL raises whatever it likes
        assert why_raised(error), error
        return None


def _side(ours: Rows, theirs: Rows | None, opinion: Rows | str) -> str:
    if opinion == ours:
        return "everybody's" if ours == theirs else "ours, not pySHACL's"
    return "pySHACL's" if opinion == theirs else "none" if ours != theirs else "its own"


def test_shapes_are_read_alike_from_turtle_and_n_triples() -> None:
    for case in batch(cases, 20):
        again = parse_graph(case.shapes_bytes).to_bytes()
        assert compiled(again, graph(case.data)) == compiled(case.shapes_bytes, graph(case.data))
