"""What is peculiar to a kind of server: its paths, its limits, what it gets wrong. Nobody else asks which one it is.

docs/stores.md tells the same to people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from etappe.errors import QueryError
from etappe.model import Term
from etappe.namespaces import XSD
from etappe.store.address import Auth
from etappe.store.text import unquoted

_STANDARD = frozenset(
    {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
    }
)


@dataclass(frozen=True)
class Dataset:
    """The dataset that a request of the protocol names (SPARQL 1.1 Protocol, section 2.1.4)."""

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


#: No dataset named: the union of all graphs, and all graphs.
WHOLE = Dataset()


@dataclass(frozen=True)
class Profile:
    """A server that does what the standards say.

    Attributes:
        name: as ``profile=`` names it.
        query, update, graphs: paths of its endpoints where an address does not name them; ``None``: it has no such.
        auth: how it learns who asks, where an address gives a user.
        atomic: whether the operations of one update request happen all or not at all.
        exact: whether it answers every query as SPARQL 1.1 says, or refuses it.
        union: the graph in which the union of all graphs stands; ``None``: the default graph.
        index: the graph that lists our graphs; ``None``: all graphs of the server are ours.
        most_triples: triples that one INSERT DATA can hold; 0 for no limit.
        media_types: the forms that it writes as their standards say; others are made from these.
        cut_short: the header of an answer that says that rows were left out.
    """

    name: str = "generic"
    query: str = "/sparql"
    update: str | None = None
    graphs: str | None = None
    auth: Auth = Auth.BASIC
    atomic: bool = True
    exact: bool = True
    union: NamedNode | None = None
    index: NamedNode | None = None
    most_triples: int = 0
    media_types: frozenset[str] = _STANDARD
    cut_short: str = ""

    def update_path(self, query: str) -> str:
        """The path of the update endpoint, beside the query endpoint where the profile names none."""
        if self.update is not None:
            return self.update
        folder, _, last = query.rpartition("/")
        return f"{folder}/update" if last in ("query", "sparql") else query

    def over_union(self, sparql: str, _foreign: tuple[str, ...]) -> str:
        """The query, so that it is answered over our union and our graphs, and does not see those that are foreign."""
        return sparql

    def over_dataset(self, _sparql: str, dataset: Dataset) -> Dataset:
        """What the protocol sends for a dataset that somebody named.

        Raises:
            QueryError: the server would answer wrongly.
        """
        return dataset

    def refusal(self, _term: object) -> str | None:
        """Why the server cannot keep a term as it is; nothing where it can."""
        return None

    def received(self, term: Term) -> Term:
        """The term that the server means."""
        return term

    def blames_query(self, status: int, _said: str) -> bool:
        """Whether an error is the query's, not the server's."""
        return status == 400

    def gave_up(self, _said: str) -> bool:
        """Whether the server stopped a query that took too long."""
        return False


class _Virtuoso(Profile):
    """OpenLink Virtuoso 7. What it gets wrong is measured in tests/store/test_virtuoso.py."""

    def over_union(self, sparql: str, _foreign: tuple[str, ...]) -> str:
        """See ``Profile.over_union``. Graphs beside ours are always there, its own at least."""
        assert self.union is not None
        if _FROM.search(unquoted(sparql)):
            return sparql
        pragmas = [f"define input:default-graph-uri {self.union}"]
        named, ranging = _graphs_in(sparql)
        if named and ranging:
            raise QueryError(
                "Virtuoso cannot answer GRAPH with a name beside GRAPH with a variable; use FILTER(?graph = <name>)"
            )
        pragmas += [f"define input:named-graph-uri {graph}" for graph in named]
        if not named:  # otherwise it would see no graph but those that are listed
            pragmas += [f"define input:named-graph-exclude <{graph}>" for graph in _foreign]
        return "\n".join([*pragmas, _typed(_without(sparql, self.union))])

    def over_dataset(self, _sparql: str, dataset: Dataset) -> Dataset:
        """See ``Profile.over_dataset``. Without named graphs it would take all for named."""
        if len(dataset.default_graphs) > 1:
            raise QueryError(
                "Virtuoso counts a triple that stands in several default graphs more than once; name one, or none"
            )
        if _FROM.search(unquoted(_sparql)):
            raise QueryError("Virtuoso mixes FROM with the dataset of the request; use one of them")
        return Dataset(dataset.default_graphs or (_NOTHING,), dataset.named_graphs or (_NOTHING,))

    def refusal(self, _term: object) -> str | None:
        """See ``Profile.refusal``."""
        term = _term
        if isinstance(term, BlankNode):
            return "Virtuoso takes no blank nodes"
        if not isinstance(term, Literal):
            return None
        if term.datatype in _CHANGED:
            return f"Virtuoso cannot keep values of {term.datatype.value} as they are"
        if term.datatype in _INTEGERS and not -(2**63) <= _number(term.value) < 2**63:
            return "Virtuoso cannot keep integers of more than 64 bits"
        return None

    def received(self, term: Term) -> Term:
        """See ``Profile.received``."""
        if isinstance(term, Literal) and term.datatype == XSD.boolean:
            return Literal({"1": "true", "0": "false"}.get(term.value, term.value), datatype=XSD.boolean)
        return term

    def blames_query(self, status: int, _said: str) -> bool:
        """See ``Profile.blames_query``. It answers 500 for most queries that it cannot compile."""
        return status == 400 or (status == 500 and re.match(r"Virtuoso (22|37|42)", _said) is not None)

    def gave_up(self, _said: str) -> bool:
        """See ``Profile.gave_up``."""
        return "S1T00" in _said or "exceeds the limit" in _said


_NOTHING = "urn:etappe:nothing"
_FROM = re.compile(r"(?<![:?$\w-])FROM\b(?!:)", re.IGNORECASE)
_GRAPH = re.compile(r"(?<![:?$\w-])GRAPH\b(?!:)([^{}]*)\{", re.IGNORECASE)
_RANGING = re.compile(r"(?<![:?$\w-])GRAPH\s*([?$]\w+)\s*\{", re.IGNORECASE)
_BOUND = re.compile(r"(?<![:?$\w-])BIND\s*\(\s*(true|false)\s+AS\b", re.IGNORECASE)
_CHANGED = frozenset(
    {
        XSD.duration,
        XSD.dayTimeDuration,
        XSD.yearMonthDuration,
        NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral"),
    }
)
_INTEGERS = frozenset({XSD.integer, XSD.nonNegativeInteger, XSD.positiveInteger, XSD.nonPositiveInteger, XSD.long})


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0


def _graphs_in(sparql: str) -> tuple[list[str], bool]:
    """The graphs that a query names, and whether it has ``GRAPH`` with a variable.

    Raises:
        QueryError: a name is not written in full.
    """
    named: dict[str, None] = {}
    ranging = False
    for match in _GRAPH.finditer(unquoted(sparql)):
        name = sparql[match.start(1) : match.end(1)].strip()
        if name.startswith(("?", "$")):
            ranging = True
        elif re.fullmatch(r"<[a-zA-Z][\w+.-]*:[^<>\\]*>", name):
            named[name] = None
        else:
            raise QueryError(f"Virtuoso needs the name of a graph in full, such as GRAPH <https://…>, not {name}")
    return list(named), ranging


def _without(sparql: str, graph: NamedNode) -> str:
    """The query, with ``GRAPH ?g { … }`` ranging over all named graphs but that one."""
    bare = unquoted(sparql)
    added: list[tuple[int, str]] = []
    for match in _RANGING.finditer(bare):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(bare[end], 0)
            end += 1
        added.append((end, f" FILTER({match[1]} != {graph})"))
    for end, words in sorted(added, reverse=True):
        sparql = sparql[:end] + words + sparql[end:]
    return sparql


def _typed(sparql: str) -> str:
    """The query with the truth values that it binds written at length: the short ones come back as integers."""
    bare = unquoted(sparql)
    for match in reversed(list(_BOUND.finditer(bare))):
        long = f'STRDT("{match[1].lower()}", {XSD.boolean})'
        sparql = sparql[: match.start(1)] + long + sparql[match.end(1) :]
    return sparql


GENERIC = Profile()
OXIGRAPH = Profile("oxigraph", query="/query", update="/update", graphs="/store")
VIRTUOSO = _Virtuoso(
    "virtuoso",
    query="/sparql",
    update="/sparql-auth",
    graphs="/sparql-graph-crud-auth",
    auth=Auth.DIGEST,
    atomic=False,
    exact=False,
    union=NamedNode("urn:etappe:union"),
    index=NamedNode("urn:etappe:graphs"),
    most_triples=1000,
    media_types=frozenset({"application/sparql-results+xml", "text/csv", "application/n-triples"}),
    cut_short="x-sparql-maxrows",
)
_BY_NAME = {profile.name: profile for profile in (GENERIC, OXIGRAPH, VIRTUOSO)}


def profile_named(name: str) -> Profile:
    """The profile of that name. An unknown one is a ``KeyError``."""
    return _BY_NAME[name]


def profile_of(server: str) -> Profile:
    """The profile that fits what a server calls itself in the header ``Server``."""
    word = server.partition("/")[0].strip().lower()
    return _BY_NAME.get(word, GENERIC)
