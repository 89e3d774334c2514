"""Ready-made questions: a catalogue of SPARQL files, typed parameters, answers with labels and reasons."""

from etappe.questions.asking import (
    Cell,
    Explanation,
    Row,
    Table,
    ask,
    best_label,
    bound_query,
    explained,
    table_of,
    terms_of,
)
from etappe.questions.catalogue import Column, Parameter, Question, catalogue, question
from etappe.questions.words import word

__all__ = [
    "Cell",
    "Column",
    "Explanation",
    "Parameter",
    "Question",
    "Row",
    "Table",
    "ask",
    "best_label",
    "bound_query",
    "catalogue",
    "explained",
    "question",
    "table_of",
    "terms_of",
    "word",
]
