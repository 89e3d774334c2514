"""The mapping of a table: which column means what, in the style of CSV on the Web (W3C metadata vocabulary, JSON).

Read is the part of that vocabulary that lists need: ``dialect`` and ``tableSchema.columns`` with ``name``, ``titles``,
``datatype``, ``separator``, ``null``, ``required`` and ``propertyUrl``. What belongs to the reports made of
the rows stands under ``etappe``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, NoReturn, cast

from etappe import vocabulary
from etappe.errors import ReadingError
from etappe.model import Source
from etappe.reading import values
from etappe.reading.files import text_of
from etappe.reading.values import is_document_id, is_id
from etappe.tables.cells import clean
from etappe.tables.dates import WrongDate, check_format

#: What a column may mean, as the last part of its ``propertyUrl``.
MEANINGS = (
    "date",
    "end",
    "event",
    "purpose",
    "place",
    "minister",
    "office",
    "organisations",
    "persons",
    "participants",
)
#: Meanings of which several columns may tell.
MANY = frozenset({"organisations", "persons", "participants"})
STATUSES = ("held", "scheduled")
UNITS = ("row", "meeting", "day")

_TABLE_KEYS = ("dialect", "tableSchema", "etappe", "dc:title", "url")
_COLUMN_KEYS = ("name", "titles", "datatype", "separator", "null", "required", "propertyUrl", "fillDown")
_DIALECT_KEYS = ("delimiter", "encoding", "quoteChar", "skipRows")
_IGNORED = re.compile(r"@\w+|notes|description|dc:.+|dcterms:.+|schema:.+|rdfs:.+|lang|headerRowCount|header|trim")
_SETTINGS = (
    "id",
    "report",
    "status",
    "language",
    "publisher",
    "published",
    "url",
    "campaign",
    "recorded",
    "minister",
    "office",
    "place",
    "places",
    "event",
    "roles",
    "sheet",
)


@dataclass(frozen=True)
class Column:
    """One column of the table.

    Attributes:
        name: how the mapping calls it; titles: the forms its heading may have, the first being the usual one.
        meaning: one of ``MEANINGS``, or nothing where it is only kept as text.
        formats: of dates; separators: between the parts of a list.
        nulls: texts that say as much as an empty cell.
        required: whether the column must be there; fill_down: whether an empty cell repeats the one above.
    """

    name: str
    titles: tuple[str, ...]
    meaning: str | None = None
    formats: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()
    nulls: frozenset[str] = frozenset()
    required: bool = True
    fill_down: bool = False


@dataclass(frozen=True)
class Mapping:
    """What the columns of a table mean, and what its reports have in common.

    Attributes:
        source: name of the mapping file.
        title: the heading under which the table was published, word for word; it becomes part of each source text.
        id: beginning of the ids of all reports; nothing where the name of the table serves.
        unit: whether a report tells of a ``row``, of the rows of one ``meeting``, or of one ``day``.
        held: whether what is listed took place; otherwise it is only announced.
        settings: language, publisher, published, url, campaign and recorded, as the report form has them.
        minister, office, place, event: what holds where no column says so.
        places: printed places by what they mean in the registry; nothing for a place that is none.
        roles: role by meaning of the column.
        sheets: names of the sheets of a workbook; all, where none is named.
        delimiter, encoding, quote, skip: how a text file is written, where it is not found out.
    """

    source: str
    columns: tuple[Column, ...]
    title: str | None
    id: str | None
    unit: str
    held: bool
    settings: MappingProxyType[str, Any]
    minister: str | None
    office: str | None
    place: str | None
    event: str
    places: MappingProxyType[str, str | None]
    roles: MappingProxyType[str, str]
    sheets: tuple[str, ...]
    delimiter: str | None
    encoding: str | None
    quote: str
    skip: int

    def column(self, meaning: str) -> Column | None:
        """The column of that meaning, or nothing."""
        return next((column for column in self.columns if column.meaning == meaning), None)


def read_mapping(source: Source) -> Mapping:
    """The mapping in a JSON file.

    Raises:
        ReadingError: not JSON, an unknown key, a value of the wrong form, or something needed that is missing.
    """
    try:
        data = json.loads(text_of(source), object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise ReadingError(
            f"is not JSON: {error.msg.lower()} (line {error.lineno}, column {error.colno})", file=source.name
        ) from error
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"is not a mapping: {error}", file=source.name) from error
    return _Reader(source.name).mapping(data)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice; keep one")
        found[key] = value
    return found


class _Reader:
    """One mapping on its way from JSON."""

    def __init__(self, file: str) -> None:
        self._file = file

    def mapping(self, data: object) -> Mapping:
        table = self._object(data, "the mapping")
        self._known(table, _TABLE_KEYS, "the mapping")
        dialect = self._object(table.get("dialect", {}), "'dialect'")
        self._known(dialect, _DIALECT_KEYS, "'dialect'")
        own = self._object(table.get("etappe", {}), "'etappe'")
        self._known(own, _SETTINGS, "'etappe'")
        skip = dialect.get("skipRows", 0)
        if not isinstance(skip, int) or not 0 <= skip <= 1000:
            self._fail("'skipRows' takes the number of rows above the heading")
        title = table.get("dc:title")
        return Mapping(
            source=self._file,
            columns=self._columns(table),
            title=self._text(title, "'dc:title'") if title is not None else None,
            id=self._id(own),
            unit=self._choice(own.get("report", "row"), "'report'", UNITS),
            held=self._held(own),
            settings=MappingProxyType(self._settings(own)),
            minister=self._optional(own, "minister"),
            office=self._optional(own, "office"),
            place=self._optional(own, "place"),
            event=self._optional(own, "event") or ("Termin" if own.get("language") == "de" else "Meeting"),
            places=MappingProxyType(self._places(own.get("places", {}))),
            roles=MappingProxyType(self._roles(own.get("roles", {}))),
            sheets=self._texts(own.get("sheet", []), "'sheet'"),
            delimiter=self._one_sign(dialect, "delimiter"),
            encoding=self._optional(dialect, "encoding"),
            quote=self._one_sign(dialect, "quoteChar") or '"',
            skip=skip,
        )

    # --- columns

    def _columns(self, table: dict[str, Any]) -> tuple[Column, ...]:
        schema = self._object(table.get("tableSchema"), "'tableSchema'")
        self._known(schema, ("columns",), "'tableSchema'")
        listed = schema.get("columns")
        if not isinstance(listed, list) or not listed:
            self._fail("'tableSchema' needs 'columns', a list with one entry for each column")
        columns = tuple(self._column(item, number) for number, item in enumerate(listed, 1))
        self._distinct(columns)
        return columns

    def _distinct(self, columns: tuple[Column, ...]) -> None:
        names, meanings, titles = set[str](), set[str](), set[str]()
        for column in columns:
            own = {vocabulary.key(title) for title in column.titles}
            if column.name in names or own & titles:
                self._fail(f"two columns are called {column.name!r} or have a title in common; keep one")
            if column.meaning in meanings and column.meaning not in MANY:
                self._fail(f"two columns mean {column.meaning!r}; keep one")
            names.add(column.name)
            titles |= own
            meanings.add(column.meaning or "")
        if "date" not in meanings:
            self._fail("no column means 'date'; without a day there is no report")

    def _column(self, item: object, number: int) -> Column:
        where = f"column {number} of the mapping"
        data = self._object(item, where)
        self._known(data, _COLUMN_KEYS, where)
        titles = data.get("titles", [])
        if isinstance(titles, dict):  # titles by language
            titles = [title for value in titles.values() for title in self._texts(value, f"'titles' of {where}")]
        titles = self._texts(titles, f"'titles' of {where}")
        name = self._text(data.get("name", titles[0] if titles else None), f"'name' of {where}")
        datatype = data.get("datatype", {})
        formats = self._texts(datatype.get("format", []), "'format'") if isinstance(datatype, dict) else ()
        meaning = self._meaning(data.get("propertyUrl"), where)
        if meaning in ("date", "end"):
            self._check_formats(formats)
        return Column(
            name=name,
            titles=titles or (name,),
            meaning=meaning,
            formats=formats,
            separators=self._texts(data.get("separator") or [], f"'separator' of {where}"),
            nulls=frozenset(text.casefold() for text in self._texts(data.get("null", []), f"'null' of {where}")),
            required=self._yes(data.get("required", True), f"'required' of {where}"),
            fill_down=self._yes(data.get("fillDown", False), f"'fillDown' of {where}"),
        )

    def _check_formats(self, formats: tuple[str, ...]) -> None:
        for pattern in formats:
            try:
                check_format(pattern)
            except WrongDate as error:
                self._fail(str(error))

    def _meaning(self, value: object, where: str) -> str | None:
        if value is None:
            return None
        word = re.split(r"[#/:]", self._text(value, f"'propertyUrl' of {where}"))[-1]
        return self._choice(word, f"'propertyUrl' of {where}", MEANINGS)

    # --- what the reports have in common

    def _id(self, own: dict[str, Any]) -> str | None:
        value = self._optional(own, "id")
        if value is not None and (not is_document_id(value) or len(value) > 80):
            self._fail(f"{value!r} cannot be the beginning of ids; use small letters, digits and hyphens")
        return value

    def _held(self, own: dict[str, Any]) -> bool:
        if "status" not in own:
            self._fail("'etappe' needs 'status': 'held' if what is listed took place, 'scheduled' if it was planned")
        return self._choice(own["status"], "'status'", STATUSES) == "held"

    def _settings(self, own: dict[str, Any]) -> dict[str, Any]:
        for key, example in (
            ("language", '"de"'),
            ("publisher", '{"id": "beispielamt", "name": "Beispielamt"}'),
            ("published", '"2018-05-20"'),
            ("recorded", '{"by": {"id": "redaktion", "name": "Redaktion"}, "on": "2018-05-21"}'),
        ):
            if not own.get(key):
                self._fail(f"'etappe' needs {key!r}, such as {example}; every report says it")
        for key in ("publisher", "campaign"):
            if isinstance(own.get(key), dict):
                self._named(own[key], key)
        recorded = self._object(own["recorded"], "'recorded'")
        self._named(self._object(recorded.get("by"), "'by' of 'recorded'"), "by")
        if set(recorded) - {"by", "on"}:
            self._fail("'recorded' has the keys 'by' and 'on'")
        self._checked(values.language, self._text(own["language"], "'language'"))
        published = own["published"]
        days = published if isinstance(published, dict) else {"on": published}
        for key in ("on", "not before", "not after"):
            if key in days:
                self._checked(values.day, self._text(days[key], f"'published' ({key})"))
        if "on" in recorded:
            self._checked(values.day, self._text(recorded["on"], "'on' of 'recorded'"))
        if own.get("url"):
            self._checked(values.web_link, self._text(own["url"], "'url'"))
        kept = ("language", "publisher", "published", "url", "campaign", "recorded")
        return {key: own[key] for key in kept if own.get(key)}

    def _checked(self, reader: Callable[[str], object], text: str) -> None:
        try:
            reader(text)
        except values.WrongValue as error:
            self._fail(str(error))

    def _named(self, value: dict[str, Any], key: str) -> None:
        if not is_id(self._text(value.get("id"), f"'id' of {key!r}")):
            self._fail(f"the 'id' of {key!r} takes small letters, digits and hyphens")
        self._text(value.get("name"), f"'name' of {key!r}")

    def _places(self, value: object) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for printed, meant in self._object(value, "'places'").items():
            found[vocabulary.key(printed)] = self._text(meant, f"the place {printed!r}") if meant is not None else None
        return found

    def _roles(self, value: object) -> dict[str, str]:
        roles = dict.fromkeys(("minister", *sorted(MANY)), "interlocutor")
        for meaning, word in self._object(value, "'roles'").items():
            self._choice(meaning, "'roles'", tuple(roles))
            role = self._text(word, f"the role of {meaning!r}")
            if vocabulary.concept("roles", role) is None:
                near = ", ".join(vocabulary.suggestions("roles", role))
                self._fail(f"{role!r} is not a role of the list; nearest are: {near}")
            roles[meaning] = role
        return roles

    # --- small tools

    def _known(self, data: dict[str, Any], keys: tuple[str, ...], where: str) -> None:
        for key in data:
            if key in keys or (_IGNORED.fullmatch(key) and where != "'etappe'"):
                continue
            near = get_close_matches(key, keys, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(keys)}"
            self._fail(f"{where} has no key {key!r}; {hint}")

    def _object(self, value: object, what: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._fail(f"{what} takes keys with values, in braces")
        return cast("dict[str, Any]", value)

    def _text(self, value: object, what: str) -> str:
        text = clean(value) if isinstance(value, str) else ""
        if not text:
            self._fail(f"{what} takes a text")
        return text

    def _texts(self, value: object, what: str) -> tuple[str, ...]:
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) and item for item in items):
            self._fail(f"{what} takes a text or a list of texts")
        return tuple(items)

    def _optional(self, data: dict[str, Any], key: str) -> str | None:
        return self._text(data[key], f"{key!r}") if data.get(key) is not None else None

    def _one_sign(self, data: dict[str, Any], key: str) -> str | None:
        value = data.get(key)
        if value is not None and (not isinstance(value, str) or len(value) != 1 or value in "\r\n"):
            self._fail(f"{key!r} takes a single character")
        return value

    def _yes(self, value: object, what: str) -> bool:
        if not isinstance(value, bool):
            self._fail(f"{what} takes true or false")
        return value

    def _choice(self, value: object, what: str, known: tuple[str, ...]) -> str:
        if not isinstance(value, str) or value not in known:
            self._fail(f"{what} takes one of {', '.join(known)}, not {value!r}")
        return value

    def _fail(self, message: str) -> NoReturn:
        raise ReadingError(message, file=self._file)
