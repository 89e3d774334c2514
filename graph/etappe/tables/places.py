"""Printed places: what they are in the registry, or which site of which municipality."""

from __future__ import annotations

import re

from etappe import vocabulary
from etappe.tables.errors import TableError
from etappe.tables.mapping import Mapping
from etappe.tables.names import Known, WrongName, new_id
from etappe.tables.texts import scalar

_PIECES = re.compile(r"\s*[,;()/|]\s*|\s+[–-]\s+")


class Places:
    """The places of one table. ``default`` is where everything was of which no column says so."""

    def __init__(self, mapping: Mapping, known: Known) -> None:
        self._mapping = mapping
        self._known = known
        self._found: dict[str, tuple[str | None, str | None]] = {}
        self.default = self._meant(mapping.place) if mapping.place else None
        for meant in mapping.places.values():
            if meant is not None:
                self._meant(meant)

    def _meant(self, name: str) -> str:
        """The id of a place that the mapping names."""
        try:
            found = self._known.id("place", name)
        except WrongName as error:
            raise TableError(str(error), file=self._mapping.source) from error
        if found is None:
            raise TableError(
                f"names the place {name!r}, which the registry does not know; add it there", file=self._mapping.source
            )
        return found

    def printed(self, text: str) -> tuple[str | None, str | None]:
        """The id of a printed place, and its entry in YAML where the report has to describe it.

        Raises:
            WrongName: the registry knows neither it nor a municipality named in it, or several.
        """
        if text not in self._found:
            self._found[text] = self._looked_up(text)
        return self._found[text]

    def _looked_up(self, text: str) -> tuple[str | None, str | None]:
        key = vocabulary.key(text)
        if key in self._mapping.places:
            meant = self._mapping.places[key]
            return (self._meant(meant) if meant is not None else None), None
        if found := self._known.id("place", text):
            return found, None
        towns = {town for piece in _PIECES.split(text) if (town := self._town(piece))}
        if len(towns) != 1:
            several = f"may lie in {' or '.join(sorted(towns))}" if towns else "is not known"
            raise WrongName(
                f"the place {text[:80]!r} {several}; add it to the registry, or say under 'places' of the mapping "
                "what it is"
            )
        town = towns.pop()
        identifier = new_id(text, scope=town if "/" not in town else "")
        return identifier, f"{{kind: site, name: {scalar(text)}, in: {scalar(town)}}}"

    def _town(self, piece: str) -> str | None:
        meant = self._mapping.places.get(vocabulary.key(piece))
        found = self._meant(meant) if meant else self._known.id("place", piece)
        return found if found and self._known.in_municipality(found) else None
