"""What the columns of a list of office holders mean: known headings, or a mapping as for other lists."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as Keys
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, NoReturn

from etappe import vocabulary
from etappe.errors import ReadingError
from etappe.model import Source
from etappe.reading import values
from etappe.reading.files import text_of
from etappe.reading.values import is_document_id, is_id, slug
from etappe.tables.dates import WrongDate, check_format
from etappe.tables.mapping import Column, Mapping

#: What a column may mean, as the last part of its ``propertyUrl``, and the headings that are known without a mapping:
#: those of EveryPolitician's cabinet tables, and others in English and German.
HEADINGS: dict[str, str] = {
    "id": "id|wikidata|wikidata id|person id|Kennung|Personen-ID",
    "person": "name|person|office holder|Name|Person|Amtsinhaber|Amtsinhaberin|Amtsinhaber/in",
    "post": "position|post|office|title|Amt|Position|Funktion|Posten",
    "organisation": "ministry|department|organisation|organization|Ministerium|Behörde|Ressort|Organisation",
    "area": "area|state|jurisdiction|country|Land|Bundesland|Gebiet",
    "start": "start_date|start|from|since|start date|von|seit|ab|Beginn|Amtsantritt",
    "end": "end_date|end|until|to|end date|bis|Ende|Amtsende",
    "type": "type|Typ|Art",
}
_NEEDED = ("person", "post", "start")
_OPEN = ("heute", "today", "present", "current", "now", "im Amt", "amtierend", "offen", "laufend", "…", "...")
_SETTINGS = ("id", "title", "language", "source", "license", "posts", "types", "sheet")


@dataclass(frozen=True)
class HolderMapping:
    """What the columns mean, and what the registry document says of itself.

    Attributes:
        table: columns and form of the file.
        id, title, language, source, license: of the document.
        posts: printed posts by the post that is meant: an id or a name of the registry, or the post described.
        types: which kinds of row are taken; all, where none is named.
    """

    table: Mapping
    id: str | None = None
    title: str | None = None
    language: str = "de"
    source: str | None = None
    license: str | None = None
    posts: Keys[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    types: frozenset[str] = frozenset()


def _table(source: str, columns: tuple[Column, ...], **how: Any) -> Mapping:
    return Mapping(
        source=source,
        columns=columns,
        title=None,
        id=None,
        unit="row",
        held=True,
        settings=MappingProxyType({}),
        minister=None,
        office=None,
        place=None,
        event="",
        places=MappingProxyType({}),
        roles=MappingProxyType({}),
        sheets=how.get("sheets", ()),
        delimiter=how.get("delimiter"),
        encoding=how.get("encoding"),
        quote=how.get("quote", '"'),
        skip=how.get("skip", 0),
    )


def known_headings(name: str) -> HolderMapping:
    """The mapping of a list whose headings are known ones. ``name`` is that of the list, for errors."""
    columns = [
        Column(
            name=meaning,
            titles=tuple(dict.fromkeys(titles.split("|"))),
            meaning=meaning,
            nulls=_nulls(meaning),
            required=meaning in _NEEDED,
        )
        for meaning, titles in HEADINGS.items()
    ]
    return HolderMapping(_table(name, tuple(columns)))


def _nulls(meaning: str, more: tuple[str, ...] = ()) -> frozenset[str]:
    return frozenset(text.casefold() for text in (*more, *(_OPEN if meaning == "end" else ())))


def read_holder_mapping(source: Source) -> HolderMapping:
    """The mapping in a JSON file, in the style of CSV on the Web.

    Raises:
        ReadingError: not JSON, an unknown key, a value of the wrong form, or a column that is missing.
    """
    try:
        data = json.loads(text_of(source))
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"is not a mapping in JSON: {error}", file=source.name) from error
    return _Reader(source.name).mapping(data)


class _Reader:
    """One mapping on its way from JSON."""

    def __init__(self, file: str) -> None:
        self._file = file

    def mapping(self, data: object) -> HolderMapping:
        table = self._object(data, "the mapping")
        listed = self._object(table.get("tableSchema"), "'tableSchema'").get("columns")
        if not isinstance(listed, list) or not listed:
            self._fail("'tableSchema' needs 'columns', a list with one entry for each column")
        columns = tuple(self._column(item, number) for number, item in enumerate(listed, 1))
        meanings = [column.meaning for column in columns if column.meaning]
        for needed in ("person", "post"):
            if needed not in meanings:
                self._fail(f"no column means {needed!r}; without it there is no tenure")
        for meaning in meanings:
            if meanings.count(meaning) > 1:
                self._fail(f"two columns mean {meaning!r}; keep one")
        dialect = self._object(table.get("dialect", {}), "'dialect'")
        own = self._object(table.get("etappe", {}), "'etappe'")
        for key in own:
            if key not in _SETTINGS:
                self._fail(f"'etappe' has no key {key!r}; known are {', '.join(_SETTINGS)}")
        return HolderMapping(
            _table(
                self._file,
                columns,
                sheets=self._texts(own.get("sheet", []), "'sheet'"),
                delimiter=self._text(dialect, "delimiter"),
                encoding=self._text(dialect, "encoding"),
                quote=self._text(dialect, "quoteChar") or '"',
                skip=self._skip(dialect),
            ),
            id=self._id(own),
            title=self._text(own, "title"),
            language=self._checked(values.language, self._text(own, "language") or "de"),
            source=self._text(own, "source"),
            license=self._checked(values.web_link, self._text(own, "license")) if own.get("license") else None,
            posts=MappingProxyType(self._posts(own.get("posts", {}))),
            types=frozenset(vocabulary.key(text) for text in self._texts(own.get("types", []), "'types'")),
        )

    def _column(self, item: object, number: int) -> Column:
        where = f"column {number} of the mapping"
        data = self._object(item, where)
        titles = self._texts(data.get("titles", []), f"'titles' of {where}")
        name = self._text(data, "name") or (titles[0] if titles else None)
        if name is None:
            self._fail(f"{where} needs a 'name' or 'titles'")
        meaning = re.split(r"[#/:]", self._text(data, "propertyUrl") or "")[-1] or None
        if meaning is not None and meaning not in HEADINGS:
            self._fail(f"'propertyUrl' of {where} takes one of {', '.join(HEADINGS)}, not {meaning!r}")
        datatype = data.get("datatype", {})
        formats = self._texts(datatype.get("format", []), "'format'") if isinstance(datatype, dict) else ()
        for pattern in formats if meaning in ("start", "end") else ():
            try:
                check_format(pattern)
            except WrongDate as error:
                self._fail(str(error))
        return Column(
            name=name,
            titles=titles or (name,),
            meaning=meaning,
            formats=formats,
            nulls=_nulls(meaning or "", self._texts(data.get("null", []), f"'null' of {where}")),
            required=data.get("required", meaning in _NEEDED) is not False,
            fill_down=data.get("fillDown", False) is True,
        )

    def _id(self, own: Keys[str, Any]) -> str | None:
        value = self._text(own, "id")
        if value is not None and not is_document_id(value):
            self._fail(f"{value!r} cannot be the id of a registry document; use small letters, digits and hyphens")
        return value

    def _posts(self, value: object) -> dict[str, Any]:
        found = dict[str, Any]()
        for printed, meant in self._object(value, "'posts'").items():
            described = isinstance(meant, dict) and is_id(str(meant.get("id", ""))) and meant.get("name")
            if not described and not (isinstance(meant, str) and meant):
                self._fail(
                    f"the post {printed!r} takes an id or a name of the registry, or 'id' and 'name' of a new post"
                )
            found[vocabulary.key(printed)] = meant
        return found

    # --- small tools

    def _skip(self, dialect: Keys[str, Any]) -> int:
        skip = dialect.get("skipRows", 0)
        if not isinstance(skip, int) or not 0 <= skip <= 1000:
            self._fail("'skipRows' takes the number of rows above the heading")
        return skip

    def _checked(self, reader: Any, text: str | None) -> str:
        try:
            reader(text)
        except values.WrongValue as error:
            self._fail(str(error))
        return str(text)

    def _object(self, value: object, what: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._fail(f"{what} takes keys with values, in braces")
        return value

    def _text(self, data: Keys[str, Any], key: str) -> str | None:
        value = data.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            self._fail(f"{key!r} takes a text")
        return value

    def _texts(self, value: object, what: str) -> tuple[str, ...]:
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) and item for item in items):
            self._fail(f"{what} takes a text or a list of texts")
        return tuple(items)

    def _fail(self, message: str) -> NoReturn:
        raise ReadingError(message, file=self._file)


def document_id(mapping: HolderMapping, name: str) -> str:
    """The id of the registry document that a list becomes."""
    return mapping.id or slug(PurePath(name).stem)
