"""``validate --shapes``: any RDF against any SHACL shapes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, serialize

from etappe.cli.screen import err
from etappe.cli.telling import fails, tell, write
from etappe.cli.texts import say
from etappe.errors import EtappeError, UsageError
from etappe.namespaces import SH, XSD
from etappe.reading.archives import Input, inputs
from etappe.reading.files import load
from etappe.validation.formats.results import Result
from etappe.validation.general import check_graph, has_targets, read_shapes

#: Options that would do nothing here, with what they are when nobody gives them.
_FOR_REPORTS = {"strict": None, "watch": False, "workers": 1, "profile": "ingest"}


def validate_graphs(options: Namespace) -> int:
    """Check graphs and tell what was found. Returns the exit code: pySHACL's 0 and 1, and 2 for its 2 and 3."""
    for name, unset in _FOR_REPORTS.items():
        if getattr(options, name) != unset:
            raise UsageError(f"--{name} is for reports; it does nothing with --shapes")
    shapes = read_shapes([load(Path(path)) for path in options.shapes])
    if not has_targets(shapes) and not options.quiet:
        err().print(f"etappe: {say(options.lang, 'no-targets')}", markup=False, soft_wrap=True)
    given = [*options.paths, *([options.data] if options.data else [])]
    if not given:
        raise UsageError("etappe validate --shapes needs a graph: --data FILE, or files, folders or patterns")
    files = list(inputs(given))
    options.fail_on = options.fail_on or "info"  # for SHACL, a graph with any result does not conform
    if options.format == "turtle":
        return _standard(files, shapes, options)
    return tell(_results(files, shapes, options), options)


def _results(files: list[Input], shapes: bytes, options: Namespace) -> Iterator[Result]:
    for item in files:
        try:
            yield item.name, check_graph(item.load(), shapes, deadline=options.deadline)[0]
        except EtappeError as error:
            yield item.name, error


def _standard(files: list[Input], shapes: bytes, options: Namespace) -> int:
    """The validation reports of the engine itself, with everything that the recommendation wants in them."""
    triples: list[Triple] = []
    status = 0
    for item in files:
        try:
            outcome, report = check_graph(item.load(), shapes, deadline=options.deadline)
        except EtappeError as error:
            err().print(f"etappe: {error.said(options.lang)}", markup=False, soft_wrap=True)
            status = 2
            continue
        triples.extend(report.triples())
        status = max(status, int(fails(outcome, options.fail_on)))
    prefixes = {"sh": str(SH), "xsd": str(XSD)}
    write((serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode(), options.output)
    return status
