"""Reconciliation Service API 0.2: names of a table find their things here, for OpenRefine and its like.

The specification: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from etappe_api.reconciliation.routes import router

__all__ = ["router"]
