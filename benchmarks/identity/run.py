"""Precision and recall of proposals on invented people, and how time grows with their number.

usage: python -m benchmarks.identity.run [--write docs/identity.md] [--people 20000] [--seed 2]
    [--sizes 1000 10000 …] [--store 100000]
"""

from __future__ import annotations

import argparse
import math
import resource
import time
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from benchmarks.identity.bodies import BODY_VARIATIONS, Bodies
from benchmarks.identity.generate import VARIATIONS, Labelled, generate
from pyoxigraph import Literal, NamedNode, Quad

from etappe.identity.blocking import Bounded
from etappe.identity.entities import gather
from etappe.identity.matching import LEAST, Proposal, propose, propose_among
from etappe.model import DEFAULT_BASE
from etappe.namespaces import CV, ET, FOAF, ORG, RDF, SCHEMA, SKOS, XSD
from etappe.store.oxigraph import OxigraphStore

THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95)
#: Weights were chosen on seed 1.
SEED = 2
START, END = "<!-- figures -->", "<!-- /figures -->"


def table(head: list[str], rows: list[list[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def is_true(labelled: Labelled, found: Proposal) -> bool:
    return labelled.person[found.one] == labelled.person[found.other]


def name_code(found: Proposal) -> str:
    return next((r.code for r in found.reasons if r.code.startswith("name-") and r.code != "name-common"), "")


def quality(labelled: Labelled, what: str = "people", variations: tuple[str, ...] = VARIATIONS) -> str:
    true = {frozenset(pair): labelled.kind(*pair) for pair in labelled.pairs()}
    found = list(propose_among(labelled.entities, called=labelled.called, least=min(THRESHOLDS)))
    people = len(set(labelled.person.values()))
    out = [f"{len(labelled.entities):,} records of {people:,} {what}; {len(true):,} pairs are one.\n"]
    rows: list[list[object]] = []
    for least in THRESHOLDS:
        kept = [p for p in found if p.score >= least]
        right = sum(is_true(labelled, p) for p in kept)
        rows.append(
            [f"**{least}**" if least == LEAST else least, len(kept), share(right, len(kept)), share(right, len(true))]
        )
    out.append(table(["score from", "proposals", "precision", "recall"], rows))
    kept = [p for p in found if p.score >= LEAST]
    got = {frozenset((p.one, p.other)): p for p in kept}
    low = {frozenset((p.one, p.other)) for p in found}
    kinds = Counter(true.values())
    order = [*variations, *(["several of these"] if kinds["several of these"] else [])]
    rows = []
    for kind in order:
        pairs = [pair for pair, told in true.items() if told == kind]
        rows.append(
            [
                kind,
                kinds[kind],
                share(sum(p in got for p in pairs), len(pairs)),
                share(sum(p in low for p in pairs), len(pairs)),
            ]
        )
    out.append(table(["kind of variation", "pairs", f"recall at {LEAST}", f"at {min(THRESHOLDS)}"], rows))
    by_code: dict[str, list[Proposal]] = defaultdict(list)
    for p in kept:
        by_code[name_code(p)].append(p)
    rows = [
        [code, len(ps), share(sum(is_true(labelled, p) for p in ps), len(ps))] for code, ps in sorted(by_code.items())
    ]
    out.append(table(["reason of the name", f"proposals at {LEAST}", "precision"], rows))
    wrong = Counter(
        labelled.alike.get(frozenset((labelled.person[p.one], labelled.person[p.other])), "by chance")
        for p in kept
        if not is_true(labelled, p)
    )
    all_alike = Counter(labelled.alike.values())
    rows = [[kind, all_alike.get(kind, "–"), wrong.get(kind, 0)] for kind in (*sorted(all_alike), "by chance")]
    out.append(
        table([f"two {what} that are easily taken for one", "pairs of them", f"wrong proposals at {LEAST}"], rows)
    )
    return "\n".join(out)


def scaling(sizes: list[int], seed: int) -> str:
    rows: list[list[object]] = []
    for size in sizes:
        labelled = generate(size, seed)
        bounded: list[Bounded] = []
        before = time.process_time()
        found = sum(1 for _ in propose_among(labelled.entities, called=labelled.called, told=bounded.append))
        spent = time.process_time() - before
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        unit = spent / (size * math.log2(size)) * 1e6
        rows.append(
            [f"{size:,}", f"{spent:.1f} s", f"{unit:.2f} µs", f"{found:,}", f"{len(bounded):,}", f"{memory:.1f} GB"]
        )
        print(rows[-1], flush=True)
    return table(
        ["records", "processor time", "÷ n·log₂ n", "proposals", "blocks bounded", "memory, set included"], rows
    )


def filled(labelled: Labelled) -> OxigraphStore:
    """A store that says of each record what reports would say: about a dozen triples for each."""
    base = f"{DEFAULT_BASE}/id/"
    quads = []

    def add(graph: NamedNode, subject: str, predicate: NamedNode, value: NamedNode | Literal | str) -> None:
        told = NamedNode(base + value) if isinstance(value, str) else value
        quads.append(Quad(NamedNode(base + subject), predicate, told, graph))

    def day(ordinal: int) -> Literal:
        return Literal(date.fromordinal(ordinal).isoformat(), datatype=XSD.date)

    registry = NamedNode(f"{DEFAULT_BASE}/graph/registry")
    for name, forms in labelled.called.items():
        kind = ORG.Organization if name.startswith("organization/") else SCHEMA.Place
        add(registry, name, RDF.type, kind)
        add(registry, name, SKOS.prefLabel, Literal(forms[0], language="de"))
    for number, entity in enumerate(labelled.entities):
        graph = NamedNode(f"{DEFAULT_BASE}/graph/report/{min(entity.reports)}/1")
        add(graph, entity.name, RDF.type, FOAF.Person)
        add(graph, entity.name, FOAF.name, Literal(entity.label))
        for authority, value in entity.ids:
            add(graph, entity.name, SCHEMA.sameAs, NamedNode(f"https://d-nb.info/{authority}/{value}"))
        for at, job in enumerate(sorted(entity.affiliations, key=str)):
            node = f"affiliation/r{number}.{at}"
            add(graph, node, ORG.member, entity.name)
            add(graph, node, ORG.organization, str(job.organization))
            if job.role:
                add(graph, node, ORG.role, NamedNode(f"https://w3id.org/etappe/vocab/{job.role}"))
            for known in {job.first, job.last} - {None}:
                add(graph, node, ET.attestedOn, day(known or 1))
        for at, (on, place) in enumerate(sorted(entity.seen)):
            stop, node = f"stop/s{number}-{at}", f"participation/r{number}.p{at}"
            add(graph, stop, RDF.type, ET.Stop)
            add(graph, stop, SCHEMA.startDate, day(on))
            add(graph, stop, SCHEMA.location, place)
            add(graph, stop, CV.hasParticipation, node)
            add(graph, node, CV.hasParticipant, entity.name)
    store = OxigraphStore()
    store.fill(quads)
    return store


def from_store(size: int, seed: int) -> str:
    """All proposals of a store, the gathering included."""
    labelled = generate(size, seed)
    store = filled(labelled)
    before = time.process_time()
    gather(store, DEFAULT_BASE, ["person"])
    gathered = time.process_time()
    found = list(propose(store, DEFAULT_BASE, ["person"]))
    done = time.process_time()
    right = sum(is_true(labelled, pair) for pair in found)
    return (
        f"From a store in memory with {size:,} people and {sum(1 for _ in store.quads()):,} triples: "
        f"{done - gathered:.0f} s "
        f"on one core for all {len(found):,} proposals (precision {right / len(found):.3f}), of which gathering takes "
        f"{gathered - before:.0f} s.\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--store", type=int, default=100_000)
    given = parser.parse_args()
    told = "### People\n\n" + quality(generate(given.people, given.seed))
    bodies = Bodies(given.people // 4, given.seed).run()
    told += "\n### Organisations\n\n" + quality(bodies, "organisations", BODY_VARIATIONS)
    print(told)
    if given.sizes:
        told += "\n### Time\n\n" + scaling(given.sizes, given.seed)
    if given.store:
        told += "\n" + from_store(given.store, given.seed)
        print(told.rsplit("\n\n", 1)[-1])
    if given.write:
        text = given.write.read_text("utf-8")
        head, rest = text.split(START)
        given.write.write_text(f"{head}{START}\n\n{told}\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    main()
