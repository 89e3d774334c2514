"""What the service says of itself (specification, section 3.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from etappe import __version__
from etappe.namespaces import ET
from etappe_api.reconciliation.index import Entity
from etappe_api.reconciliation.queries import MOST_QUERIES
from etappe_api.reconciliation.vocabulary import DEFAULT_TYPES, PROPERTIES, TYPES, Property, Type, Values

_TEXTS = {
    "limit": {"en": "At most", "de": "Höchstens"},
    "limit_help": {
        "en": "Number of values for each thing; 0 for all of them",
        "de": "Zahl der Werte für jedes Ding; 0 für alle",
    },
}
#: Width and height of a preview in pixels.
PREVIEW_SIZE = (420, 240)


def manifest(origin: str, base: str, language: str) -> dict[str, Any]:
    """The service manifest. ``origin``: scheme, host and port under which the client reached us."""
    width, height = PREVIEW_SIZE

    def suggest(what: str) -> dict[str, str]:
        return {"service_url": origin, "service_path": f"/reconcile/suggest/{what}"}

    return {
        "versions": ["0.1", "0.2"],
        "name": "Etappe",
        "identifierSpace": f"{base}/id/",
        "schemaSpace": str(ET),
        "documentation": f"{origin}/docs",
        "serviceVersion": __version__,
        "defaultTypes": [type_record(TYPES[name], language) for name in DEFAULT_TYPES],
        "batchSize": MOST_QUERIES,
        "view": {"url": f"{origin}/id/{{{{id}}}}"},
        "preview": {"url": f"{origin}/reconcile/preview?id={{{{id}}}}", "width": width, "height": height},
        "suggest": {what: suggest(what) for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": origin, "service_path": "/reconcile/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": _TEXTS["limit"][language],
                    "type": "number",
                    "default": 0,
                    "help_text": _TEXTS["limit_help"][language],
                }
            ],
        },
    }


def type_record(kind: Type, language: str) -> dict[str, Any]:
    """A type as the API gives it."""
    record: dict[str, Any] = {"id": kind.id, "name": kind.names[language]}
    if kind.broader:
        record["broader"] = [type_record(TYPES[kind.broader], language)]
    return record


def types_of(entity: Entity, language: str) -> list[dict[str, str]]:
    """The types of a thing, the narrowest first."""
    narrow = sorted(entity.types, key=lambda name: TYPES[name].broader is None)
    return [{"id": name, "name": TYPES[name].names[language]} for name in narrow]


def property_record(property_: Property, language: str) -> dict[str, str]:
    """A property as the API gives it."""
    return {"id": property_.id, "name": property_.names[language]}


def described(entity: Entity, facts: Mapping[str, Sequence[str]], language: str) -> str:
    """What tells a thing from its namesakes: its type, and of each of two facts the first value."""
    kind = next((kind["name"] for kind in types_of(entity, language)), "")
    told = []
    for name, values in facts.items():
        if values and PROPERTIES[name].values is Values.DATES:
            told.append("–".join(dict.fromkeys((min(values), max(values)))))
        elif values:
            told.append(values[0] + (f" (+{len(values) - 1})" if len(values) > 1 else ""))
    return "; ".join([kind, *told[:2]])


def facts_of(entity: Entity) -> tuple[str, ...]:
    """The properties that tell a thing of its types apart."""
    wanted = dict.fromkeys(name for kind in reversed(entity.types) for name in TYPES[kind].facts)
    assert all(name in PROPERTIES for name in wanted)
    return tuple(wanted)
