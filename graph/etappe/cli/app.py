"""The commands of ``etappe``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etappe import __version__
from etappe.cli import curating
from etappe.cli.choices import DEFAULT_BASE, DraftFormat, ExportFormat, ReportState, TableFormat
from etappe.cli.options import DATA, Base, By, Data, Lang, Output, Paths, Quiet, Store, Warnings
from etappe.cli.serving import keys, serve

app = typer.Typer(
    name="etappe",
    help="Field reports become linked data that can be trusted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for command in (
    curating.revise,
    curating.retract,
    curating.merge,
    curating.unmerge,
    curating.different,
    curating.match,
    curating.registry,
    curating.network,
):
    app.command()(command)
app.command()(serve)
app.add_typer(keys, name="keys")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"etappe {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    del version


@app.command()
def demo(
    lang: Lang,
    data: Data = Path("etappe-demo"),
    store: Store = None,
    base: Base = DEFAULT_BASE,
    quiet: Quiet = False,
) -> None:
    """Ingest the example campaign into a folder of its own and answer three questions."""
    from etappe.cli.demo import run

    run(data, base, lang, store, quiet=quiet)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True}, add_help_option=False)
def validate(context: typer.Context) -> None:
    """Check reports and store nothing; with --shapes, any RDF against any SHACL shapes."""
    from etappe.cli.validating import run

    raise typer.Exit(run(context.args))


@app.command()
def draft(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="Sources or folders of them.", show_default=False)
    ],
    lang: Lang,
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR", help="Folder for the drafts.")] = None,
    format: Annotated[DraftFormat, typer.Option(help="json gives the bare facts.")] = DraftFormat.YAML,  # noqa: A002
    diff: Annotated[
        Path | None, typer.Option(metavar="REVIEWED", help="Compare drafts with what a reviewer made of them.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="URL", help="Also ask a language model (OpenAI-compatible); never by default.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What the columns of a table (CSV, XLSX) mean.")
    ] = None,
    model_name: Annotated[str, typer.Option(metavar="NAME", help="Which model is asked.")] = "default",
    quiet: Quiet = False,
) -> None:
    """Propose a report for each press text, web page, Word or PDF file, photo folder or row of a table.

    A person corrects it before it is a fact.
    """
    from etappe.cli.drafting import Drafting, show_difference

    del store  # the registry is read from the archive in the data folder, wherever the graph is
    if diff is not None:
        raise typer.Exit(max(show_difference(Path(path), diff, lang) for path in paths))
    asked = (model, model_name) if model is not None else None
    drafting = Drafting(data, base, lang, output, format.value, asked, mapping, quiet)
    raise typer.Exit(drafting.run(paths))


@app.command()
def ingest(
    paths: Paths,
    lang: Lang,
    by: By,
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
    accept_warnings: Warnings = None,
    quiet: Quiet = False,
) -> None:
    """Take reports through the gate into archive and graph. What does not pass waits with its findings."""
    from etappe.cli.gate import ingest_files

    raise typer.Exit(ingest_files(paths, data, base, lang, by, accept_warnings, store, quiet=quiet))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def ask(
    context: typer.Context,
    lang: Lang,
    question: Annotated[str | None, typer.Argument(help="Name or number, such as CQ01.", show_default=False)] = None,
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
    format: Annotated[TableFormat, typer.Option(help="Form of the answer.")] = TableFormat.TABLE,  # noqa: A002
    sparql: Annotated[bool, typer.Option("--sparql", help="Show the query instead of the answer.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Add report, quote and certainty to each row.")] = False,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The answer as it was at the end of that day.")
    ] = None,
    compare: Annotated[
        str | None, typer.Option(metavar="DATE", help="What changed in the answer since then, and why.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """List the questions, or answer one. Its parameters are options: --person christian-pegel."""
    from etappe.cli.asking import Asked, answer_question, list_questions

    if question is None:
        list_questions(lang)
    else:
        wanted = Asked(lang, format, sparql=sparql, explain=explain, as_of=as_of, compare=compare, quiet=quiet)
        answer_question(question, context.args, wanted, data, base, store)


@app.command()
def query(
    lang: Lang,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file with SPARQL; - is standard input.")] = "-",
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
    format: Annotated[TableFormat, typer.Option(help="Form of the answer.")] = TableFormat.TABLE,  # noqa: A002
    timeout: Annotated[float, typer.Option(min=0.001, help="Seconds after which the query is given up.")] = 30.0,
) -> None:
    """Answer a read-only SPARQL query."""
    from etappe.cli.asking import answer_sparql

    answer_sparql(file, data, base, lang, format, timeout, store)


@app.command()
def show(
    thing: Annotated[str, typer.Argument(help="IRI, slug or name.", show_default=False)],
    lang: Lang,
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
) -> None:
    """What is known of a person, organisation, stop or other thing, and from which reports."""
    from etappe.cli.screen import out
    from etappe.cli.sheet import show_thing
    from etappe.things import describe, find
    from etappe.workspace import open_workspace

    with open_workspace(data, base=base, store=store) as workspace:
        show_thing(out(), describe(workspace.store, find(workspace.store, base, thing)), lang)


@app.command()
def reports(
    lang: Lang,
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
    state: Annotated[ReportState | None, typer.Option(help="Only reports in this state.", show_default=False)] = None,
) -> None:
    """List reports and registry documents with their state."""
    from etappe.cli.holdings import list_reports

    list_reports(data, base, lang, state, store)


@app.command()
def export(
    report: Annotated[str | None, typer.Argument(help="One accepted report; without it, everything.")] = None,
    data: Data = DATA,
    store: Store = None,
    base: Base = DEFAULT_BASE,
    format: Annotated[ExportFormat, typer.Option(help="yaml needs a REPORT.")] = ExportFormat.NQUADS,  # noqa: A002
    output: Output = None,
) -> None:
    """Write the whole data set, or one report, in a standard form."""
    from etappe.cli.holdings import export_data

    export_data(report, data, base, format, output, store)


@app.command()
def rebuild(
    lang: Lang, data: Data = DATA, store: Store = None, base: Base = DEFAULT_BASE, quiet: Quiet = False
) -> None:
    """Make the graph store anew from the archive. With another --base, all IRIs move there."""
    from etappe.cli.texts import say
    from etappe.workspace import rebuild as make_anew

    count = make_anew(data, base=base, store=store)
    if not quiet:
        typer.echo(say(lang, "rebuilt", n=count), err=True)


@app.command()
def check(lang: Lang, data: Data = DATA, store: Store = None, base: Base = DEFAULT_BASE, quiet: Quiet = False) -> None:
    """Compare archive and graph. Status 1 when they differ."""
    from etappe.cli.texts import say
    from etappe.workspace import open_workspace

    with open_workspace(data, base=base, store=store) as workspace:
        differences = list(workspace.differences())
        for sentence in differences:
            typer.echo(sentence)
        if differences:
            raise typer.Exit(1)
        if not quiet:
            typer.echo(say(lang, "agree", n=len(workspace.archive.current())), err=True)
