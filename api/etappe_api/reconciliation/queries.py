"""What a client asks, checked: query batches and data extension queries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from etappe.errors import EtappeError, UsageError
from etappe_api.reconciliation.vocabulary import PROPERTIES

#: Queries in one batch, things and properties in one extension, candidates of one query, characters of a value.
MOST_QUERIES, MOST_THINGS, MOST_PROPERTIES, MOST_CANDIDATES, MOST_CHARACTERS = 100, 1000, 30, 100, 1000
#: Candidates where the client does not say.
CANDIDATES = 10
#: Characters of a whole batch.
LARGEST = 2**20


class BatchTooLarge(EtappeError):
    """More queries than the manifest allows (``batchSize``)."""

    http_status = 413


@dataclass(frozen=True)
class Wanted:
    """A value that a property should have: text, or the id of a thing."""

    text: str
    id: str | None = None


@dataclass(frozen=True)
class Query:
    """One reconciliation query (specification, section 4.1). ``properties``: id of ours, and what it may be."""

    text: str
    types: tuple[str, ...] = ()
    strict: str = "any"
    limit: int = CANDIDATES
    properties: tuple[tuple[str, tuple[Wanted, ...]], ...] = ()


@dataclass(frozen=True)
class Extension:
    """A data extension query (section 7.3). ``most``: by property, the number of values wanted; 0 for all."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]
    most: Mapping[str, int]


def batch_of(text: str) -> dict[str, Query]:
    """The queries of a batch by their keys.

    Raises:
        UsageError: it is no batch; the sentence says where.
        BatchTooLarge: too many queries, or too long.
    """
    document = _object(text, "'queries'")
    if len(document) > MOST_QUERIES:
        raise BatchTooLarge(f"a batch has at most {MOST_QUERIES} queries; this one has {len(document)}")
    return {key: _query(value, f"query {key!r}") for key, value in document.items()}


def extension_of(text: str) -> Extension:
    """A data extension query.

    Raises:
        UsageError: it is none; the sentence says where.
        BatchTooLarge: too many things or properties, or too long.
    """
    document = _object(text, "'extend'")
    ids = document.get("ids")
    wanted = document.get("properties")
    if not isinstance(ids, list) or not all(isinstance(id_, str) for id_ in ids):
        raise UsageError("'ids' of 'extend' must be a list of texts")
    if not isinstance(wanted, list) or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in wanted
    ):
        raise UsageError("'properties' of 'extend' must be a list of objects with an 'id'")
    if len(ids) > MOST_THINGS or len(wanted) > MOST_PROPERTIES:
        raise BatchTooLarge(f"at most {MOST_THINGS} things and {MOST_PROPERTIES} properties can be asked for at once")
    most = {one["id"]: _most(one) for one in wanted}
    return Extension(tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(one["id"] for one in wanted)), most)


def _most(wanted: dict[str, Any]) -> int:
    """How many values of a property are wanted, as its settings say; 0 for all."""
    _known_property(wanted["id"])
    settings = wanted.get("settings") or {}
    if not isinstance(settings, dict):
        raise UsageError(f"'settings' of {wanted['id']} must be an object")
    return _number(settings.get("limit") or 0, f"'limit' of {wanted['id']}", 0)


def _object(text: str, where: str) -> dict[str, Any]:
    if len(text) > LARGEST:
        raise BatchTooLarge(f"{where} is longer than {LARGEST} characters; send smaller batches")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{where} is not JSON") from error
    if not isinstance(document, dict):
        raise UsageError(f"{where} must be a JSON object")
    return document


def _query(value: object, where: str) -> Query:
    if not isinstance(value, dict):
        raise UsageError(f"{where} must be an object")
    text = value.get("query", "")
    if not isinstance(text, str):
        raise UsageError(f"'query' of {where} must be text")
    properties = value.get("properties") or []
    if not isinstance(properties, list) or len(properties) > MOST_PROPERTIES:
        raise UsageError(f"'properties' of {where} must be a list of at most {MOST_PROPERTIES}")
    strict = value.get("type_strict", "any")
    if strict not in ("any", "all", "should"):
        raise UsageError(f"'type_strict' of {where} must be 'any', 'all' or 'should'")
    if not text.strip() and not properties:
        raise UsageError(f"{where} has neither 'query' nor 'properties'")
    limit = min(_number(value.get("limit", CANDIDATES), f"'limit' of {where}", 1), MOST_CANDIDATES)
    wanted = tuple(_property(one, where) for one in properties)
    return Query(_cut(text.strip()), _types(value.get("type"), where), strict, limit, wanted)


def _types(value: object, where: str) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value] if value else []
    ids = [one.get("id") if isinstance(one, dict) else one for one in listed]
    if not all(isinstance(id_, str) for id_ in ids):
        raise UsageError(f"'type' of {where} must be the id of a type, or a list of them")
    return tuple(str(id_) for id_ in ids if id_)


def _property(value: object, where: str) -> tuple[str, tuple[Wanted, ...]]:
    if not isinstance(value, dict) or not isinstance(value.get("pid"), str) or "v" not in value:
        raise UsageError(f"each of the 'properties' of {where} must be an object with 'pid' and 'v'")
    _known_property(value["pid"])
    listed = value["v"] if isinstance(value["v"], list) else [value["v"]]
    return value["pid"], tuple(_wanted(one, where) for one in listed[:MOST_CANDIDATES])


def _wanted(value: object, where: str) -> Wanted:
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return Wanted(_cut(str(value.get("name", ""))), value["id"])
    if isinstance(value, bool):
        return Wanted("true" if value else "false")
    if isinstance(value, str | int | float):
        return Wanted(_cut(str(value).strip()))
    raise UsageError(f"'v' of a property of {where} must be text, a number, true, false, or an object with 'id'")


def _known_property(identifier: str) -> None:
    if identifier not in PROPERTIES:
        raise UsageError(f"there is no property {identifier!r}; there are: {', '.join(PROPERTIES)}")


def _number(value: object, where: str, least: int) -> int:
    try:
        number = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError) as error:
        raise UsageError(f"{where} must be a whole number") from error
    if isinstance(value, bool) or number < least or (isinstance(value, float) and number != value):
        raise UsageError(f"{where} must be a whole number, {least} or more")
    return int(number)


def _cut(text: str) -> str:
    return text[:MOST_CHARACTERS]
