"""The command ``validate``: its options, and whether reports or a graph of any kind are checked.

Hooks and pipelines call it once a file, so it parses its options itself: the library that does so for the other
commands takes longer to load than a file takes to check.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Sequence

from etappe.cli.choices import DEFAULT_BASE, Language, base_iri, default_language, store_address
from etappe.errors import UsageError

FORMATS = ("text", "html", "json", "turtle", "json-ld", "sarif", "junit")


def run(arguments: Sequence[str]) -> int:
    """Run the command. Returns the exit code."""
    options = _parser().parse_args(arguments)
    options.base, options.store = base_iri(options.base), store_address(options.store)
    if options.lang not in tuple(Language):  # argparse does not look at what ETAPPE_LANG says
        raise UsageError(f"{options.lang!r} is not a language of Etappe; there are de and en")
    if options.workers < 1 or options.deadline <= 0:
        raise UsageError("--workers and --deadline must be greater than 0")
    if options.output is not None and options.format == "text":
        raise UsageError("--output needs a --format other than text")
    if options.shapes:
        from etappe.cli.graphs import validate_graphs

        return validate_graphs(options)
    from etappe.cli.gate import validate_reports

    options.data = options.data or os.environ.get("ETAPPE_DATA") or "etappe-data"
    if not options.paths:
        raise UsageError("etappe validate needs files, folders, archives or patterns; - is standard input")
    return validate_reports(options)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        "etappe validate",
        description="Check reports and store nothing. The registry of the data folder is used, and registry files "
        "among PATHS. With --shapes, check any RDF against any SHACL shapes.",
    )
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files, folders, archives or patterns; - is standard input")
    add("--profile", choices=("ingest", "draft"), default="ingest", help="in a draft, missing facts are warnings")
    add("--format", choices=FORMATS, default="text", help="form of the findings (default: text)")
    add("--output", "-o", metavar="FILE", help="write there instead of stdout")
    add(
        "--fail-on",
        choices=("violation", "warning", "info"),
        help="from which severity on the exit code is 1 (default: violation; with --shapes info, as SHACL has it)",
    )
    add("--accept-warnings", metavar="REASON", help="warnings fail nothing, for this reason, which is kept with them")
    add("--strict", metavar="FILE", help="which warnings are violations, everywhere or in a campaign (YAML)")
    add("--workers", type=int, default=1, metavar="N", help="processes that share the work (default: 1)")
    add("--watch", action="store_true", help="check again whenever something changes")
    add("--shapes", action="append", metavar="FILE", help="SHACL shapes; may be given several times")
    add("--data", metavar="DIR", help="the data folder; with --shapes, the file with the graph to check")
    add(
        "--store",
        default=os.environ.get("ETAPPE_STORE"),
        metavar="URL",
        help="known as everywhere; the registry is read from the archive",
    )
    add("--base", default=os.environ.get("ETAPPE_BASE", DEFAULT_BASE), metavar="IRI", help="base of all IRIs")
    language = os.environ.get("ETAPPE_LANG") or default_language()
    add("--lang", choices=tuple(Language), default=language, help="language of the findings")
    add("--deadline", type=float, default=60.0, metavar="SECONDS", help="after which a large graph is given up")
    add("--quiet", "-q", action="store_true", help="no progress, no summary")
    return parser
