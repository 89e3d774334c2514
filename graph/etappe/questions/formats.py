"""Answers as CSV, TSV, SPARQL JSON, SPARQL XML, Turtle and Markdown.

The machine formats follow the SPARQL 1.1 results recommendations; Turtle uses the result set vocabulary of the W3C's
SPARQL tests.
Beside a column of IRIs such as ``minister`` stands
``ministerLabel`` with its label; explanations, where they were asked for, are ``basisReport``, ``basisCertainty`` and
``basisQuote``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from etappe.model import Term
from etappe.namespaces import RDF, XSD, Namespace
from etappe.questions.asking import Row, Table

_RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_XML = "http://www.w3.org/2005/sparql-results#"


def serialise(table: Table, form: str) -> str:
    """The table in a form: ``csv``, ``tsv``, ``json``, ``xml``, ``turtle`` or ``markdown``."""
    return _FORMS[form](table)


def heads_and_texts(table: Table, explanation_heads: tuple[str, str, str]) -> tuple[list[str], list[list[str]]]:
    """What a person reads: heads, and labels instead of IRIs; explanations as further columns where there are some."""
    explained = any(row.explanations for row in table.rows)
    heads = [*table.heads, *(explanation_heads if explained else ())]
    rows = [[*(cell.text for cell in row.cells), *(_explanation_texts(row) if explained else ())] for row in table.rows]
    return heads, rows


def _explanation_texts(row: Row) -> list[str]:
    return [
        "; ".join(dict.fromkeys(reason.title for reason in row.explanations)),
        "; ".join(dict.fromkeys(reason.certainty for reason in row.explanations if reason.certainty)),
        "; ".join(
            dict.fromkeys(f"„{' '.join(quote.split())}“" for reason in row.explanations for quote in reason.quotes)
        ),
    ]


def _bindings(table: Table) -> tuple[list[str], list[dict[str, Term]]]:
    """Variables and bindings: the terms, a label beside each column of IRIs, the explanations."""
    labelled = {
        name
        for index, name in enumerate(table.names)
        if any(isinstance(term, NamedNode) for row in table.rows for term in row.cells[index].terms)
    }
    names = [part for name in table.names for part in ((name, f"{name}Label") if name in labelled else (name,))]
    explained = any(row.explanations for row in table.rows)
    rows = []
    for row in table.rows:
        values: dict[str, Term] = {}
        for name, cell in zip(table.names, row.cells, strict=True):
            if cell.terms:
                joined = Literal(" ".join(term.value for term in cell.terms))
                values[name] = cell.terms[0] if len(cell.terms) == 1 else joined
                if name in labelled:
                    values[f"{name}Label"] = Literal(cell.text)
        if explained:
            texts = (
                " ".join(dict.fromkeys(reason.report for reason in row.explanations)),
                "; ".join(dict.fromkeys(reason.certainty for reason in row.explanations if reason.certainty)),
                " | ".join(dict.fromkeys(quote for reason in row.explanations for quote in reason.quotes)),
            )
            values |= {name: Literal(text) for name, text in zip(_EXPLANATION, texts, strict=True) if text}
        rows.append(values)
    return names + (list(_EXPLANATION) if explained else []), rows


_EXPLANATION = ("basisReport", "basisCertainty", "basisQuote")


def _csv(table: Table) -> str:
    """SPARQL 1.1 Query Results CSV: plain values."""
    names, rows = _bindings(table)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([row[name].value if name in row else "" for name in names] for row in rows)
    return buffer.getvalue()


def _tsv(table: Table) -> str:
    """SPARQL 1.1 Query Results TSV: terms in Turtle notation."""
    names, rows = _bindings(table)
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join(str(row[name]).replace("\t", "\\t") if name in row else "" for name in names) for row in rows]
    return "\n".join(lines) + "\n"


def _json(table: Table) -> str:
    """SPARQL 1.1 Query Results JSON."""
    names, rows = _bindings(table)
    bindings = [{name: _json_term(term) for name, term in row.items()} for row in rows]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=2) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"type": "uri" if isinstance(term, NamedNode) else "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype != XSD.string:
        found["datatype"] = term.datatype.value
    return found


def _xml(table: Table) -> str:
    """SPARQL Query Results XML."""
    names, rows = _bindings(table)
    root = Element("sparql", xmlns=_XML)
    head = SubElement(root, "head")
    for name in names:
        SubElement(head, "variable", name=name)
    results = SubElement(root, "results")
    for row in rows:
        result = SubElement(results, "result")
        for name, term in row.items():
            _xml_term(SubElement(result, "binding", name=name), term)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _xml_term(binding: Element, term: Term) -> None:
    if not isinstance(term, Literal):
        SubElement(binding, "uri" if isinstance(term, NamedNode) else "bnode").text = term.value
        return
    literal = SubElement(binding, "literal")
    literal.text = "".join(sign for sign in term.value if sign in "\t\n\r" or sign >= " ")
    if term.language:
        literal.set("xml:lang", term.language)
    elif term.datatype != XSD.string:
        literal.set("datatype", term.datatype.value)


def _turtle(table: Table) -> str:
    """A ``rs:ResultSet``: its ``rs:resultVariable``s, and an ``rs:solution`` with ``rs:index`` from 1 for each row."""
    names, rows = _bindings(table)
    whole = BlankNode("answer")
    triples = [Triple(whole, RDF.type, _RS.ResultSet)]
    triples += [Triple(whole, _RS.resultVariable, Literal(name)) for name in names]
    for number, row in enumerate(rows, 1):
        solution = BlankNode(f"row{number}")
        triples += [
            Triple(whole, _RS.solution, solution),
            Triple(solution, _RS["index"], Literal(str(number), datatype=XSD.integer)),
        ]
        for name, term in row.items():
            binding = BlankNode(f"row{number}{name}")
            triples += [
                Triple(solution, _RS.binding, binding),
                Triple(binding, _RS.variable, Literal(name)),
                Triple(binding, _RS.value, term),
            ]
    prefixes = {"rs": str(_RS), "xsd": str(XSD)}
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()


def _markdown(table: Table) -> str:
    heads, rows = heads_and_texts(table, _EXPLANATION)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(_markdown_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _markdown_cell(text: str) -> str:
    for sign in ("\\", "|", "`", "*", "_", "[", "]", "<", ">"):
        text = text.replace(sign, "\\" + sign if sign not in "<>" else {"<": "&lt;", ">": "&gt;"}[sign])
    return " ".join(text.split())


_FORMS: dict[str, Callable[[Table], str]] = {
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "xml": _xml,
    "turtle": _turtle,
    "markdown": _markdown,
}
