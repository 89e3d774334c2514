"""The vocabulary, its concept schemes, its rules and its JSON-LD context, each with its version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fastapi import APIRouter
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from starlette.requests import Request
from starlette.responses import Response

from etappe import vocabulary as words
from etappe.errors import NotFound
from etappe.model import Profile, Severity
from etappe.namespaces import ET, ETV, OWL, RDF, RDFS, SKOS
from etappe.ontology import ONTOLOGY, VERSION, context_text
from etappe.resources import folder
from etappe.validation.shapes import Shape, shapes_graph
from etappe.validation.shapes import catalogue as shapes
from etappe_api.caching import cacheable
from etappe_api.linked_data import forms
from etappe_api.linked_data.forms import Form
from etappe_api.negotiation import language_of
from etappe_api.pages import render

router = APIRouter(tags=["vocabulary"])

_CLASSES = (OWL.Class, RDFS.Class)
_SEVERITIES = {Severity.VIOLATION: "violation", Severity.WARNING: "warning", Severity.INFO: "info"}


@dataclass(frozen=True)
class TermEntry:
    """A term or concept for people: what follows ``#`` in its address, label, definition, note, what it is."""

    anchor: str
    iri: str
    label: str
    definition: str
    note: str
    kind: str


@dataclass(frozen=True)
class Rule:
    """One message of a constraint for people."""

    code: str
    anchor: str
    label: str
    messages: Mapping[str, str]
    severity: str
    draft: str


@cache
def _turtle(name: str) -> bytes:
    """The Turtle of ``ontology``, ``vocab`` or ``shapes``."""
    home = folder("ontology")
    if name == "ontology":
        return (home / "etappe.ttl").read_bytes()
    if name == "vocab":
        return b"\n".join(path.read_bytes() for path in sorted((home / "concepts").glob("*.ttl")))
    return shapes_graph()


@cache
def _triples(name: str) -> tuple[Triple, ...]:
    return tuple(quad.triple for quad in parse(_turtle(name), format=RdfFormat.TURTLE, base_iri=ONTOLOGY.value))


@cache
def _serialised(name: str, form: Form) -> bytes:
    return _turtle(name) if form is forms.TURTLE else forms.written(_triples(name), form)


@cache
def _texts(name: str) -> Mapping[str, Mapping[NamedNode, Mapping[str, str]]]:
    found: dict[str, dict[NamedNode, dict[str, str]]] = {}
    for triple in _triples(name):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
            languages = found.setdefault(triple.subject.value, {}).setdefault(triple.predicate, {})
            languages.setdefault(triple.object.language or "", triple.object.value)
    return found


def _entry(name: str, iri: str, anchor: str, kind: str, language: str) -> TermEntry:
    texts = _texts(name).get(iri, {})

    def text(*properties: NamedNode) -> str:
        return next((texts[p][language] for p in properties if language in texts.get(p, {})), "")

    label = text(RDFS.label, SKOS.prefLabel) or anchor
    return TermEntry(anchor, iri, label, text(SKOS.definition, RDFS.comment), text(SKOS.scopeNote), kind)


def ontology_entries(language: str) -> list[TermEntry]:
    """The terms of the ontology, classes first, then by name."""
    kinds: dict[str, str] = {}
    for triple in _triples("ontology"):
        subject = triple.subject
        if triple.predicate == RDF.type and isinstance(subject, NamedNode) and subject.value.startswith(ET):
            kind = (
                "class" if triple.object in _CLASSES else "datatype" if triple.object == RDFS.Datatype else "property"
            )
            if kinds.get(subject.value, "property") == "property":
                kinds[subject.value] = kind
    order = ("class", "property", "datatype")
    names = sorted(kinds, key=lambda iri: (order.index(kinds[iri]), iri))
    return [_entry("ontology", iri, iri.removeprefix(ET), kinds[iri], language) for iri in names]


def vocab_entries(language: str) -> list[tuple[TermEntry, list[TermEntry]]]:
    """The concept schemes, each with its concepts."""
    found = []
    for scheme in words.schemes():
        concepts = [iri.value for iri in words.concepts(scheme)]
        head = _entry("vocab", ETV[scheme].value, scheme, "scheme", language)
        found.append((head, [_entry("vocab", iri, iri.removeprefix(ETV), "concept", language) for iri in concepts]))
    return found


def rules(language: str) -> list[tuple[str, str, str, list[Rule]]]:
    """The rules by code: code, label, reason, messages in both languages."""
    by_code: dict[str, list[Shape]] = {}
    for shape in shapes().values():
        by_code.setdefault(shape.code, []).append(shape)
    found = []
    for code, members in sorted(by_code.items()):
        label = next((shape.labels[language] for shape in members if language in shape.labels), code)
        reason = next((shape.reasons[language] for shape in members if language in shape.reasons), "")
        told = [_rule(shape, language) for shape in members if shape.messages]
        found.append((code, label, reason, told))
    return found


def _rule(shape: Shape, language: str) -> Rule:
    return Rule(
        shape.code,
        shape.iri.partition("#")[2],
        shape.labels.get(language, ""),
        shape.messages,
        _SEVERITIES[shape.severity],
        _SEVERITIES[shape.severity_in(Profile.DRAFT)],
    )


def _answer(request: Request, name: str, offered: Sequence[Form], form: Form | None) -> Response:
    form = form or forms.negotiated(request, offered)
    cacheable(request)
    headers = {"Vary": "Accept, Accept-Language", "Link": ", ".join(forms.alternates(f"/{name}", offered))}
    if form is not forms.HTML:
        return forms.answer(_serialised(name, form), form, headers)
    language = language_of(request)
    entries: Mapping[str, object] = {
        "ontology": ontology_entries(language) if name == "ontology" else (),
        "vocab": vocab_entries(language) if name == "vocab" else (),
        "shapes": rules(language) if name == "shapes" else (),
    }
    response = render(request, f"{name}.html", entries=entries[name], version=VERSION, forms=offered)
    response.headers.update(headers)
    return response


@router.get("/ontology", response_class=Response, responses={406: {}})
async def ontology(request: Request) -> Response:
    """The classes and properties of Etappe."""
    return _answer(request, "ontology", forms.DESCRIPTION, None)


@router.get("/vocab", response_class=Response, responses={406: {}})
async def vocab(request: Request) -> Response:
    """The concept schemes: roles, presence, certainty, rights and more."""
    return _answer(request, "vocab", forms.DESCRIPTION, None)


@router.get("/shapes", response_class=Response, responses={406: {}})
async def shapes_document(request: Request) -> Response:
    """The rules that a report must satisfy, as SHACL."""
    return _answer(request, "shapes", forms.DESCRIPTION, None)


@router.get("/ontology.{suffix}", response_class=Response, responses={404: {}})
async def ontology_form(request: Request, suffix: str) -> Response:
    """The ontology in one form."""
    return _answer(request, "ontology", forms.DESCRIPTION, _form(suffix))


@router.get("/vocab.{suffix}", response_class=Response, responses={404: {}})
async def vocab_form(request: Request, suffix: str) -> Response:
    """The concept schemes in one form."""
    return _answer(request, "vocab", forms.DESCRIPTION, _form(suffix))


@router.get("/shapes.{suffix}", response_class=Response, responses={404: {}})
async def shapes_form(request: Request, suffix: str) -> Response:
    """The rules in one form."""
    return _answer(request, "shapes", forms.DESCRIPTION, _form(suffix))


def _form(suffix: str) -> Form:
    form = next((form for form in forms.DESCRIPTION if form.suffix == suffix), None)
    if form is None:
        raise NotFound(
            f"there is no form .{suffix[:20]}; there are {', '.join('.' + f.suffix for f in forms.DESCRIPTION)}"
        )
    return form


@router.get("/context.jsonld", response_class=Response)
async def context(request: Request) -> Response:
    """The JSON-LD context, which reports and answers share."""
    cacheable(request)
    return forms.answer(context_text(), forms.JSON_LD)
