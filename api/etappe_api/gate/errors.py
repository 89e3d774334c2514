"""What the gate over HTTP refuses, beside what the library does."""

from __future__ import annotations

from etappe.errors import EngineError, EtappeError


class UnknownMediaType(EtappeError):
    """A body of a kind that holds no report."""

    http_status = 415


class TooLarge(EtappeError):
    """More than one request may bring."""

    http_status = 413


class CheckTooLong(EngineError):
    """A check that took too long or too much memory. It was stopped; nothing is known about the report."""

    http_status = 422


class KeyReused(EtappeError):
    """An ``Idempotency-Key`` that came with another request before."""

    http_status = 422


class PreconditionFailed(EtappeError):
    """``If-Match`` names another version than the one that waits (RFC 9110, section 13.1.1)."""

    http_status = 412
