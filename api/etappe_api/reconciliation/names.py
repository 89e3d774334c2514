"""Names made comparable, as the library does it (``etappe.identity.names``)."""

from __future__ import annotations

from etappe.identity.names import LONGEST, PersonName, fold, person, without_legal_form

__all__ = ["LONGEST", "PersonName", "fold", "person", "without_legal_form"]
