"""How well a thing fits a query, and why: name first, then properties. The features add up to the score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from etappe_api.reconciliation.index import Entity, Kind, Name
from etappe_api.reconciliation.names import PersonName, fold, person, without_legal_form
from etappe_api.reconciliation.queries import Wanted
from etappe_api.reconciliation.values import Value

#: Points for a name, of 100.
PREFERRED, ALTERNATIVE, LEGAL_FORM_ASIDE, INITIALS, NEAR = 100.0, 98.0, 95.0, 85.0, 90.0
#: Fewer points are no candidate.
LEAST = 50.0
#: What the properties weigh beside the name, and from which agreement on they agree.
WEIGHT, AGREES = 0.3, 0.85


@dataclass(frozen=True)
class Likeness:
    """How a name fits.

    Attributes:
        points: 0 to 100.
        exact: the names are the same, but for case, accents, umlaut spelling, titles and legal form.
        initials: they agree as far as initials go.
        features: what explains the points (specification, section 4.2).
    """

    points: float
    exact: bool = False
    initials: bool = False
    features: Mapping[str, bool | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """The text of a query, made comparable once."""

    text: str
    folded: str
    bare: str
    person: PersonName


def asked(text: str) -> Asked:
    """A query's text in all forms that names are compared in."""
    folded = fold(text)
    return Asked(text, folded, without_legal_form(folded), person(text))


def likeness(query: Asked, name: Name, *, is_person: bool) -> Likeness:
    """How well a name fits the text of a query."""
    compare = _of_people if is_person else _of_others
    found = compare(query, name)
    features = {
        "name_similarity": round(found.points, 1),
        "name_exact": found.exact,
        "initials": found.initials,
        "alternative_name": name.kind is Kind.ALTERNATIVE,
        "abbreviation": name.kind is Kind.ABBREVIATION,
        **found.features,
    }
    return Likeness(found.points, found.exact, found.initials, features)


def _of_people(query: Asked, name: Name) -> Likeness:
    known = person(name.text)
    if query.person.whole == known.whole:
        return Likeness(_whole(name), exact=True)
    if query.person.may_be(known):
        return Likeness(INITIALS, initials=True)
    return Likeness(fuzz.token_sort_ratio(query.person.whole, known.whole) * NEAR / 100)


def _of_others(query: Asked, name: Name) -> Likeness:
    if query.folded == name.folded:
        return Likeness(_whole(name), exact=True, features={"legal_form_aside": False})
    # A legal form that one side lacks is passed over; two different ones are two companies.
    if name.bare == query.folded or query.bare == name.folded:
        return Likeness(LEGAL_FORM_ASIDE, exact=True, features={"legal_form_aside": True})
    if name.kind is Kind.ABBREVIATION:
        return Likeness(fuzz.ratio(query.folded, name.folded) * NEAR / 100)
    whole = fuzz.token_sort_ratio(query.folded, name.folded)
    part = fuzz.token_set_ratio(query.bare, name.bare) * 0.9
    return Likeness(max(whole, part) * NEAR / 100, features={"legal_form_aside": False})


def _whole(name: Name) -> float:
    return PREFERRED if name.kind is Kind.PREFERRED else ALTERNATIVE


def agreement(wanted: Sequence[Wanted], values: Sequence[Value], names: Mapping[str, Entity | None]) -> float | None:
    """How well the best of some values fits what is wanted, 0 to 1; nothing where no value is known.

    Args:
        names: the things that the values name, by id.
    """
    if not values:
        return None
    days = [value.text for value in values]
    return max((_fits(one, value, names, days) for one in wanted for value in values), default=None)


def _fits(wanted: Wanted, value: Value, names: Mapping[str, Entity | None], days: Sequence[str]) -> float:
    if wanted.id is not None:
        return float(wanted.id in (value.id, value.text))
    if value.id is None and _is_day(wanted.text) and _is_day(value.text):
        return float(min(days) <= wanted.text <= max(days))
    entity = names.get(value.id) if value.id else None
    forms = [*entity.names, value.text] if entity else [value.text]
    folded = without_legal_form(fold(wanted.text))
    likes = (fuzz.token_sort_ratio(folded, without_legal_form(fold(form))) / 100 for form in forms)
    best = max(likes, default=0.0)
    return best if best >= AGREES else 0.0


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()


def combined(points: float | None, agreements: Mapping[str, float | None]) -> float:
    """Points of the name and agreement of the properties as one score, 0 to 100. What is not known counts half."""
    if not agreements:
        return points or 0.0
    share = sum(0.5 if found is None else found for found in agreements.values()) / len(agreements)
    if points is None:
        return 100 * share
    return (1 - WEIGHT) * points + WEIGHT * 100 * share
