"""The W3C test suites of SPARQL 1.1 over HTTP, read from their own manifests.

They are not part of this project: https://github.com/w3c/rdf-tests, folders ``sparql/sparql11/protocol``,
``http-rdf-update`` and ``service-description``. Every entry is a list of requests and of what each must be answered.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from etappe.namespaces import RDF, RDFS, Namespace

FOLDER = Path(os.environ.get("ETAPPE_W3C", Path(__file__).parents[4] / "shared/w3c")) / "sparql11"
MISSING = f"no W3C test suite at {FOLDER}; ETAPPE_W3C may name another folder that holds sparql11"

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_CODES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}


@dataclass(frozen=True)
class Step:
    """One request and its answer. ``statuses`` holds codes such as ``204`` and classes such as ``4xx``."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: tuple[str, ...]
    boolean: bool | None
    form: str | None
    location: str | None
    content_type: str | None
    graph: str | None

    def meets(self, status: int) -> bool:
        return str(status) in self.statuses or f"{status // 100}xx" in self.statuses


@dataclass(frozen=True)
class Entry:
    """One test: graphs that are there before (name, file), and its steps."""

    id: str
    name: str
    data: tuple[tuple[str, Path], ...]
    steps: tuple[Step, ...]


class _Manifest:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.quads: dict[object, list[Quad]] = {}
        for quad in parse(path.read_bytes(), RdfFormat.TURTLE, base_iri=path.as_uri()):
            self.quads.setdefault(quad.subject, []).append(quad)

    def all(self, subject: object, predicate: NamedNode) -> list[object]:
        return [quad.object for quad in self.quads.get(subject, []) if quad.predicate == predicate]

    def one(self, subject: object, predicate: NamedNode) -> object | None:
        found = self.all(subject, predicate)
        assert len(found) < 2, (subject, predicate)
        return found[0] if found else None

    def text(self, subject: object, predicate: NamedNode) -> str | None:
        value = self.one(subject, predicate)
        return value.value if isinstance(value, Literal) else None

    def items(self, head: object | None) -> list[object]:
        found: list[object] = []
        while isinstance(head, BlankNode):
            found.append(self.one(head, RDF.first))
            head = self.one(head, RDF.rest)
        return found

    def tests(self) -> list[object]:
        kinds = (MF.ProtocolTest, MF.GraphStoreProtocolTest, MF.ServiceDescriptionTest)
        return [s for s in self.quads if any(kind in self.all(s, RDF.type) for kind in kinds)]

    def listed(self) -> set[object]:
        return {item for s in list(self.quads) for head in self.all(s, MF.entries) for item in self.items(head)}


def _headers(manifest: _Manifest, node: object) -> dict[str, str]:
    found = {}
    for item in manifest.items(manifest.one(node, HT.headers)):
        name, value = manifest.text(item, HT.fieldName), manifest.text(item, HT.fieldValue)
        assert name is not None and value is not None
        found[name.lower()] = value
    return found


def _step(manifest: _Manifest, node: object) -> Step:
    answer, body = manifest.one(node, HT.resp), manifest.one(node, HT.body)
    statuses = tuple(s.value.rpartition("#")[2] for s in manifest.all(answer, MF.expectedStatus))  # type: ignore[attr-defined]
    headers, content = _headers(manifest, node), b""
    if body is not None:
        chars = manifest.text(body, CNT.chars) or ""
        if headers.get("content-type", "").startswith("multipart/"):  # the lines of its frame end in CR LF
            chars = chars.replace("\r", "").replace("\n", "\r\n")
        content = chars.encode(manifest.text(body, CNT.characterEncoding) or "UTF-8")
    expected = manifest.one(answer, HT.body)
    method, path = manifest.text(node, HT.methodName), manifest.text(node, HT.absolutePath)
    assert method is not None and path is not None and statuses
    boolean = manifest.text(answer, MF.expectedBoolean)
    return Step(
        method,
        path,
        headers,
        content,
        tuple(str(_CODES[s]) if s in _CODES else s.removeprefix("StatusCode") for s in statuses),
        None if boolean is None else boolean == "true",
        manifest.text(answer, MF.expectedFormat),
        manifest.text(answer, MF.expectedLocation),
        _headers(manifest, answer).get("content-type"),
        manifest.text(expected, CNT.chars) if expected is not None else None,
    )


def _entry(manifest: _Manifest, node: object) -> Entry:
    data = tuple(
        (
            manifest.text(d, RDFS.label) or "",
            manifest.path.parent / Path(urlsplit(manifest.one(d, UT.graph).value).path).name,
        )  # type: ignore[union-attr]
        for d in manifest.all(node, UT.graphData)
    )
    action = manifest.one(node, MF.action)
    requests = manifest.items(manifest.one(action, HT.requests)) if action is not None else []
    assert isinstance(node, NamedNode)
    name = manifest.text(node, MF.name) or ""
    return Entry(node.value.rpartition("#")[2], name, data, tuple(_step(manifest, r) for r in requests))


@cache
def entries(path: str) -> tuple[Entry, ...]:
    """The entries of a manifest, also those that its list forgets; none where the suite is missing."""
    file = FOLDER / path
    if not file.is_file():
        return ()
    manifest = _Manifest(file)
    tests = manifest.tests()
    assert manifest.listed() <= set(tests)
    return tuple(_entry(manifest, node) for node in tests)
