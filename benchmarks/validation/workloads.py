"""What is checked: shapes and reports, both as N-Triples, the same for every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.validation import generate
from benchmarks.validation.roster import CHECKOUT, Peer
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

SH = "http://www.w3.org/ns/shacl#"
SPARQL, SELECT, MESSAGE = NamedNode(f"{SH}sparql"), NamedNode(f"{SH}select"), NamedNode(f"{SH}message")


@dataclass(frozen=True)
class Workload:
    """Shapes and reports. ``core`` is without the constraints in SPARQL."""

    name: str
    triples: tuple[Triple, ...]
    texts: tuple[bytes, ...]

    @property
    def shapes(self) -> bytes:
        return _n_triples(self.triples)

    def shapes_for(self, peer: Peer) -> bytes:
        """The shapes; for an engine that refuses two messages on a constraint in SPARQL, without the German ones."""
        if not peer.one_message:
            return self.shapes
        return _n_triples(
            t
            for t in self.triples
            if t.predicate != MESSAGE or not (isinstance(t.object, Literal) and t.object.language == "de")
        )


def full(count: int) -> Workload:
    """Generated reports, all shapes."""
    shapes = (Path(__file__).parent / "shapes.ttl").read_bytes()
    return Workload("full", _triples(shapes), tuple(generate.reports(count)))


def core(count: int) -> Workload:
    """The same reports, SHACL Core only."""
    work = full(count)
    constraints = {t.subject for t in work.triples if t.predicate == SELECT}
    kept = tuple(t for t in work.triples if t.predicate != SPARQL and t.subject not in constraints)
    return Workload("core", kept, work.texts)


def campaign() -> Workload:
    """The example campaign of this repository: its reports with what the registry says, and Etappe's own shapes."""
    from etappe.reading import read
    from etappe.registry import Registry
    from etappe.validation.graph import validation_graph
    from etappe.validation.shapes import shapes_graph

    examples = CHECKOUT / "examples"
    known = Registry(t for path in sorted((examples / "registry").glob("*.yaml")) for t in read(path).triples)
    reports = [read(path, registry=known) for path in sorted((examples / "tours").glob("*.yaml"))]
    texts = tuple(validation_graph(report, known).to_bytes(RdfFormat.N_TRIPLES) for report in reports)
    return Workload("campaign", _triples(shapes_graph()), texts)


WORKLOADS: dict[str, Callable[[int], Workload]] = {"full": full, "core": core}


def _triples(turtle: bytes) -> tuple[Triple, ...]:
    return tuple(quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE))


def _n_triples(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
