"""Stops as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from etappe_api.feeds.stops import Stop

MEDIA_TYPE = "application/geo+json"


def as_geojson(stops: Iterable[Stop]) -> bytes:
    """A feature collection; a stop whose position nobody knows has no geometry (section 3.2)."""
    document = {"type": "FeatureCollection", "features": [_feature(stop) for stop in stops]}
    return json.dumps(document, ensure_ascii=False).encode()


def _feature(stop: Stop) -> dict[str, Any]:
    position = stop.position
    # Longitude comes first (section 3.1.1).
    point = {"type": "Point", "coordinates": [position.longitude, position.latitude]} if position else None
    return {
        "type": "Feature",
        "id": stop.iri,
        "geometry": point,
        "properties": {
            "name": stop.label,
            "start": stop.start.isoformat() if stop.start else None,
            "end": stop.end.isoformat() if stop.end else None,
            "status": stop.status.value.lower(),
            "place": stop.place,
            "placeName": stop.place_label,
            "ags": stop.municipality,
            "land": stop.land.iso if stop.land else None,
            "tour": stop.tour,
            "tourName": stop.tour_label,
            "positionFrom": position.source if position else None,
        },
    }
