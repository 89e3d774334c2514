"""The commands of people who look after the data: revisions, retraction, identity, and who met whom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etappe.cli.choices import DEFAULT_BASE, NetworkFormat, NetworkOf, ProposalFormat, ProposalKind
from etappe.cli.options import DATA, Base, By, Data, Lang, Output, Paths, Quiet, Reason, Store, Warnings

_Old = Annotated[str, typer.Argument(metavar="THING", help="The thing that is replaced: IRI, slug or name.")]
_Kept = Annotated[str, typer.Argument(metavar="KEPT", help="The thing that stays.")]


def revise(
    paths: Paths,
    lang: Lang,
    by: By,
    reason: Reason,
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
    accept_warnings: Warnings = None,
) -> None:
    """Let corrected reports take the place of what was accepted under their ids."""
    from etappe.cli.deciding import revise_files

    raise typer.Exit(
        revise_files(paths, data, base, lang, store, by=by, reason=reason, accept_warnings=accept_warnings)
    )


def retract(
    name: Annotated[str, typer.Argument(metavar="ID", help="The accepted report.")],
    lang: Lang,
    by: By,
    reason: Reason,
    registry: Annotated[bool, typer.Option("--registry", help="ID is a registry document.")] = False,
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
) -> None:
    """Take an accepted report back: it leaves the answers and stays in the archive."""
    from etappe.cli.deciding import retract_document

    retract_document(name, data, base, lang, store, by=by, reason=reason, registry=registry)


def merge(
    old: _Old,
    kept: _Kept,
    lang: Lang,
    by: By,
    reason: Reason,
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
) -> None:
    """Decide that two things are one. Every answer follows; 'etappe unmerge' takes it back."""
    _decide("merge", old, kept, data, base, lang, store, by, reason)


def unmerge(
    old: _Old,
    kept: _Kept,
    lang: Lang,
    by: By,
    reason: Reason,
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
) -> None:
    """Take back what was decided about two things."""
    _decide("unmerge", old, kept, data, base, lang, store, by, reason)


def different(
    old: _Old,
    kept: _Kept,
    lang: Lang,
    by: By,
    reason: Reason,
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
) -> None:
    """Decide that two things are not the same, so that they are not proposed again."""
    _decide("different", old, kept, data, base, lang, store, by, reason)


def _decide(
    kind: str, old: str, kept: str, data: Path, base: str, lang: str, store: str | None, by: str, reason: str
) -> None:
    from etappe.cli.deciding import decide_identity
    from etappe.identity.decisions import Kind

    decide_identity(Kind(kind), old, kept, data, base, lang, store, by=by, reason=reason)


def match(
    lang: Lang,
    by: By,
    kind: Annotated[
        list[ProposalKind] | None, typer.Option(help="Only things of this kind; several times. Default: all.")
    ] = None,
    least: Annotated[float, typer.Option(min=0, max=1, help="The least score of a pair.")] = 0.75,
    limit: Annotated[int, typer.Option(min=1, help="The most pairs.")] = 100,
    review: Annotated[bool, typer.Option("--review", help="Decide about one pair after the other.")] = False,
    decided: Annotated[bool, typer.Option("--decided", help="List what was decided, instead of proposals.")] = False,
    format: Annotated[ProposalFormat, typer.Option(help="Form of the list.")] = ProposalFormat.TABLE,  # noqa: A002
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
) -> None:
    """Pairs of people, organizations, places and stops that may be one, with the reasons."""
    from etappe.cli import proposing

    kinds = [one.value for one in kind or list(ProposalKind)]
    if decided:
        proposing.list_decisions(data, base, lang, store)
    elif review:
        proposing.review_proposals(kinds, least, limit, data, base, lang, store, by=by)
    else:
        proposing.list_proposals(kinds, least, limit, format, data, base, lang, store)


def registry(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A list of office holders, CSV or XLSX.")],
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What its columns mean; known headings need none.")
    ] = None,
    output: Output = None,
    data: Data = DATA,
    base: Base = DEFAULT_BASE,
    store: Store = None,
    *,
    lang: Lang,
) -> None:
    """Make a registry document of a list of people in office. Read it, then ingest it."""
    from etappe.cli.proposing import draft_registry

    del store  # the registry is read from the archive in the data folder, wherever the graph is
    raise typer.Exit(draft_registry(path, mapping, data, base, output, lang))


def network(
    lang: Lang,
    of: Annotated[NetworkOf, typer.Option(help="What people are linked with.")] = NetworkOf.PEOPLE,
    format: Annotated[NetworkFormat, typer.Option(help="Form of the network.")] = NetworkFormat.TABLE,  # noqa: A002
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="degree, strength, pagerank, betweenness, core, community; several times."),
    ] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Only from this day on.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only up to this day.")] = None,
    least: Annotated[int, typer.Option(min=1, help="Distinct stops that a pair shares at least.")] = 1,
    basis: Annotated[
        tuple[str, str] | None, typer.Option(metavar="ONE OTHER", help="The programme items that a link rests on.")
    ] = None,
    output: Output = None,
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
    quiet: Quiet = False,
) -> None:
    """Who met whom: people who were present at the same programme items."""
    from etappe.cli.networks import Wanted, show_network

    wanted = Wanted(of.value, format.value, measure or [], start, end, least, basis, output)
    show_network(wanted, data, base, lang, store, quiet=quiet)
