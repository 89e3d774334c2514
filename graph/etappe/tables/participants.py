"""Who a row names: looked up in the registry, else described by the report, else left out and told."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from etappe.tables.errors import Note, TableError
from etappe.tables.mapping import Mapping
from etappe.tables.names import (
    Known,
    WrongName,
    doubt,
    is_body,
    is_function,
    is_many,
    is_personal,
    is_titled,
    legal_form,
    new_id,
    parts,
    printed,
    without_degrees,
)
from etappe.tables.rows import Row
from etappe.tables.texts import SourceText, scalar

_KEPT = re.compile(r"(?P<head>[^()]+?)\s*\((?P<inner>[^()]+)\)")
_SECTIONS = {"person": "people", "organization": "organizations", "group": "groups"}


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody that a cell names.

    Attributes:
        kind: person, organization or group; id: as the report names it; name: where the report describes it.
        words: the words of the cell; title: what is printed behind the name; on_behalf: for which organisation.
    """

    kind: str
    id: str
    name: str | None
    words: str
    title: str | None = None
    on_behalf: str | None = None
    office: str | None = None


class Attendance:
    """Who takes part in the meetings of one table."""

    def __init__(self, mapping: Mapping, known: Known, scope: str) -> None:
        self._mapping = mapping
        self._known = known
        self._scope = scope
        self._office = self._post(mapping.office) if mapping.office else None
        self._minister = self._default(mapping.minister) if mapping.minister else None
        self._patterns = self._searched(self._minister) if self._minister else []

    def _default(self, name: str) -> Who:
        """The person whose list it is."""
        try:
            found = self._person(name, name)
        except WrongName as error:
            raise TableError(str(error), file=self._mapping.source) from error
        if found is None:
            raise TableError(
                f"names the minister {name!r}, who is no person of the registry", file=self._mapping.source
            )
        return found

    def _searched(self, who: Who) -> list[re.Pattern[str]]:
        """What shows that a line names somebody: a name, or at least the family name."""
        names = [who.name] if who.name else self._known.names("person", who.id)
        words = [*names, *(name.split()[-1] for name in names)]
        return [re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in words]

    def new_topic(self, text: str) -> str:
        """The id of a topic."""
        return new_id(text)

    def of(
        self, rows: list[Row], text: SourceText, sections: dict[str, dict[str, str]], notes: list[Note]
    ) -> list[str]:
        """The entries of the list of participants, in YAML; who is described by the report goes into ``sections``.

        Raises:
            TableError: the minister is not named, or a name may mean several.
        """
        entries = dict[tuple[str, str], str]()
        self._ministers(rows[0], text, sections, entries)
        for row in rows:
            for meaning in ("organisations", "persons", "participants"):
                for column, place in row.of(meaning):
                    for part in parts(row.cells[place].text, column.separators):
                        for who in self._listed(row, place, meaning, part, notes):
                            quote = text.cell(row, place, who.words)
                            self._enter(who, self._mapping.roles[meaning], quote, sections, entries)
        return list(entries.values())

    # --- the minister

    def _ministers(
        self, row: Row, text: SourceText, sections: dict[str, dict[str, str]], entries: dict[tuple[str, str], str]
    ) -> None:
        role = self._mapping.roles["minister"]
        for column, place in row.of("minister"):
            for part in parts(row.cells[place].text, column.separators):
                who = self._named_minister(row, place, part)
                self._enter(who, role, text.cell(row, place, part), sections, entries)
            if entries:
                return
            if self._minister is None:
                raise row.error("is empty; name the minister, or say 'fillDown' where the name stands only once", place)
        if self._minister is not None:
            who = replace(self._minister, office=self._minister.office or self._office)
            self._enter(who, role, self._caption(text), sections, entries)

    def _named_minister(self, row: Row, place: int, part: str) -> Who:
        try:
            who = self._person(part, part)
        except WrongName as error:
            raise row.error(str(error), place) from error
        if who is None:
            raise row.error(f"{part[:60]!r} is not the name of a person; add it to the registry", place)
        title, office = who.title, who.office or self._office
        for _, at in row.of("office"):
            if row.cells[at].text:
                title = row.cells[at].text
                try:
                    office = self._known.id("post", title)
                except WrongName as error:
                    raise row.error(str(error), at) from error
        return replace(who, title=title, office=office)

    def _caption(self, text: SourceText) -> str:
        """The quote of the line above the table that says whose diary it is."""
        for pattern in self._patterns:
            for start, end in text.captions:
                if pattern.search(text.text, start, end):
                    return text.quote(start, end)
        raise TableError(
            f"says nowhere above its rows that it is the list of {self._mapping.minister}; give the heading "
            "under which it was published as 'dc:title' of the mapping, word for word",
            file=text.rows[0].file,
        )

    def _post(self, name: str) -> str:
        try:
            found = self._known.id("post", name)
        except WrongName as error:
            raise TableError(str(error), file=self._mapping.source) from error
        if found is None:
            raise TableError(
                f"names the office {name!r}, which the registry does not know; add it there", file=self._mapping.source
            )
        return found

    # --- the lists

    def _listed(self, row: Row, place: int, meaning: str, part: str, notes: list[Note]) -> list[Who]:
        if words := doubt(part):
            notes.append(row.note(f"says {words!r} of {part[:60]!r}, who was left out", place))
            return []
        try:
            found = self._understood(meaning, part)
        except WrongName as error:
            raise row.error(str(error), place) from error
        if not found:
            notes.append(row.note(f"{part[:60]!r} may be a person or an organisation, and was left out", place))
        return found

    def _understood(self, meaning: str, part: str) -> list[Who]:
        if organisation := self._known.id("organization", part):
            return [Who("organization", organisation, None, part)]
        if is_many(part):
            return [Who("group", new_id(part), part, part)]
        if meaning == "organisations":
            return self._organisations(part)
        if person := self._person(part, part, only_known=meaning == "participants"):
            return [person]
        if meaning == "persons":
            if legal_form(part):
                return self._organisations(part)
            return [] if is_function(part) else [Who("group", new_id(part), part, part)]
        if is_function(part):
            return []
        return self._organisations(part) if is_body(part) else []

    def _organisations(self, part: str) -> list[Who]:
        """An organisation, and the person in brackets behind its name, if there is one."""
        match = _KEPT.fullmatch(part)
        if match:
            head, inner = match["head"].strip(), match["inner"].strip()
            known = self._known.id("organization", head)
            person = self._person(inner, inner) if known or is_body(head) else None
            if person is not None:
                body = Who("organization", known or self._new("organization", head), None if known else head, head)
                return [body, Who("person", person.id, person.name, inner, person.title, body.id)]
            if known:
                return [Who("organization", known, None, part)]
        return [Who("organization", self._new("organization", part), part, part)]

    def _person(self, text: str, words: str, *, only_known: bool = False) -> Who | None:
        """The person that a text names, with what is printed behind the name; nothing where it names none.

        Args:
            only_known: whether the form of the name alone does not make a person of it.
        """
        told = printed(text)
        for name, rest in ((text, None), (told.name, told.rest), (without_degrees(told.name), told.rest)):
            if name and (known := self._known.id("person", name)):
                return self._with_rest(Who("person", known, None, words), rest)
        if told.rest and (known := self._known.id("person", printed(told.rest).name)):  # "Minister, Name"
            return self._with_rest(Who("person", known, None, words), told.name)
        name = without_degrees(told.name)
        if not is_personal(name) or is_function(name) or (only_known and not (is_titled(text) or told.rest)):
            return None
        return self._with_rest(Who("person", self._new("person", name), name, words), told.rest)

    def _with_rest(self, who: Who, rest: str | None) -> Who:
        if not rest:
            return who
        if post := self._known.id("post", rest):
            return replace(who, title=rest, office=post)
        if body := self._known.id("organization", rest):
            return replace(who, on_behalf=body)
        return replace(who, title=rest)

    def _new(self, kind: str, name: str) -> str:
        """An id for what the registry does not know: shared by name for bodies, kept to the table for people."""
        identifier = new_id(name, scope=self._scope if kind == "person" else "")
        while self._known.taken(kind, identifier):
            identifier += "-x"
        return identifier

    # --- YAML

    def _enter(
        self,
        who: Who,
        role: str,
        quote: str,
        sections: dict[str, dict[str, str]],
        entries: dict[tuple[str, str], str],
    ) -> None:
        if who.name is not None:
            described = f"name: {scalar(who.name)}, "
            if who.kind == "organization" and (form := legal_form(who.name)):
                described += f"legal form: {scalar(form)}, "
            sections[_SECTIONS[who.kind]].setdefault(who.id, f"{{{described}certainty: stated, quote: {quote}}}")
        said = [f"who: {scalar(f'{who.kind}/{who.id}' if '/' not in who.id else who.id)}", f"role: {scalar(role)}"]
        if who.office:
            said.append(f"office: {scalar(who.office)}")
        if who.title:
            said.append(f"title: {scalar(who.title)}")
        if who.on_behalf:
            target = who.on_behalf
            said.append(f"for: {scalar(f'organization/{target}' if '/' not in target else target)}")
        entries.setdefault((who.kind, who.id), f"{{{', '.join(said)}, certainty: stated, quote: {quote}}}")
