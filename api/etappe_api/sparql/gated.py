"""Writing through the gate (``writes=gated``): changed graphs of reports become new revisions, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pyoxigraph import DefaultGraph, NamedNode, Triple
from starlette.requests import Request
from starlette.responses import Response

from etappe.errors import UsageError
from etappe.namespaces import ET, RDF
from etappe.revising import NotConforming, Protected, graph_of, revise
from etappe.store.oxigraph import OxigraphStore
from etappe.store.rehearsal import Limits, Update, rehearse
from etappe.validation.formats import to_json
from etappe.workspace import Workspace
from etappe_api.keys import Client
from etappe_api.problems import problem
from etappe_api.service import service_of
from etappe_api.sparql.parameters import address

#: Header with the reason for which the warnings of what is written are accepted.
ACCEPT_WARNINGS = "Etappe-Accept-Warnings"
_LONGEST_REASON = 1000

Graphs = Mapping[str, Iterable[Triple]]


async def update(request: Request, client: Client, given: Update, limits: Limits) -> Response:
    """Carry out an update on a copy, and admit what the changed graphs hold then."""
    folder = service_of(request).settings.data

    def changed(workspace: Workspace) -> Graphs:
        store = workspace.store
        state = store if isinstance(store, OxigraphStore) else store.quads()
        return rehearse(state, given, folder, limits, changes=True)

    return await _admitted(request, client, changed)


async def put(request: Request, client: Client, graph: NamedNode | DefaultGraph, triples: list[Triple]) -> Response:
    """Let a graph hold these triples alone."""
    name = graph.value if isinstance(graph, NamedNode) else ""
    return await _admitted(request, client, lambda _: {name: triples}, created=name)


async def post(
    request: Request, client: Client, graph: NamedNode | DefaultGraph | None, triples: list[Triple]
) -> Response:
    """Add triples to a graph; without one, admit the report that they are."""
    base = service_of(request).settings.base
    if graph is None:
        graph = NamedNode(f"{base}/graph/report/{_slug(triples, base)}/1")
    name = graph.value if isinstance(graph, NamedNode) else ""

    def merged(workspace: Workspace) -> Graphs:
        return {name: [*(workspace.store.triples(NamedNode(name)) if name else ()), *triples]}

    return await _admitted(request, client, merged, created=name)


async def _admitted(
    request: Request, client: Client, changed: Callable[[Workspace], Graphs], *, created: str = ""
) -> Response:
    """Admit changed graphs. 201 where that makes the graph ``created``, else 204; ``Link`` names the new graphs."""
    reason = _reason(request)

    def work(workspace: Workspace) -> list[str]:
        events = revise(workspace, changed(workspace), by=client.name, accept_warnings=reason)
        return [graph_of(workspace, event).value for event in events]

    try:
        made = await service_of(request).write(work)
    except NotConforming as error:
        found = [to_json(outcome) for outcome in error.outcomes]
        return problem(error.http_status, error.message, kind="not-conforming", outcomes=found)
    response = Response(status_code=201 if created in made else 204)
    places = [address(name) for name in made]
    if places:
        response.headers["Link"] = ", ".join(f'<{place}>; rel="latest-version"' for place in places)
    if len(places) == 1:
        response.headers["Location"] = places[0]
    return response


def _reason(request: Request) -> str | None:
    """The reason in the header, which is UTF-8 whatever HTTP calls it.

    Raises:
        UsageError: it is empty, too long, or not one line of text.
    """
    given = request.headers.get(ACCEPT_WARNINGS)
    if given is None:
        return None
    raw = given.encode("latin-1")
    try:
        reason = raw.decode().strip()
    except UnicodeDecodeError:
        reason = raw.decode("latin-1").strip()
    if not reason or not reason.isprintable() or len(reason) > _LONGEST_REASON:
        raise UsageError(f"{ACCEPT_WARNINGS} is a reason in one line of at most {_LONGEST_REASON} characters")
    return reason


def _slug(triples: Iterable[Triple], base: str) -> str:
    """The id of the one report that the triples are.

    Raises:
        Protected: they are none, so there is no graph for them.
    """
    reports = {t.subject for t in triples if t.predicate == RDF.type and t.object == ET.Report}
    start = f"{base}/id/report/"
    if len(reports) == 1 and isinstance(report := reports.pop(), NamedNode) and report.value.startswith(start):
        return report.value.removeprefix(start)
    raise Protected(f"a new graph must hold one report, with an IRI such as {start}some-id")
