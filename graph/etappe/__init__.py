"""Etappe: a knowledge graph of stakeholders and events that can be trusted."""

__version__ = "0.1.0"
