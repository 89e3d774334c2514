"""The gate over HTTP: reports are checked, submitted, looked at and decided on."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from etappe_api.gate.routes import lifespan, router

__all__ = ["lifespan", "router"]


def __getattr__(name: str) -> Any:
    # Child processes import this package for the checks alone; the service is not loaded into each of them.
    if name in __all__:
        return getattr(import_module("etappe_api.gate.routes"), name)
    raise AttributeError(name)
