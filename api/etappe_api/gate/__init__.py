"""The gate over HTTP: reports are checked, submitted, looked at and decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from etappe_api.gate.routes import router

__all__ = ["router"]


def __getattr__(name: str) -> Any:
    # Child processes import this package for the checks alone; the service is not loaded into each of them.
    if name == "router":
        from etappe_api.gate.routes import router

        return router
    raise AttributeError(name)
