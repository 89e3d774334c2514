"""Etappe from Python: questions and SPARQL from a notebook, as data frames, over a data folder or a service."""

from etappe.analysis.answers import Answer
from etappe.analysis.opening import KnowledgeGraph, open_graph

__all__ = ["Answer", "KnowledgeGraph", "open_graph"]
