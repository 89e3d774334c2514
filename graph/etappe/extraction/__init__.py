"""From a press text to what it says: rules, offline, each finding with the words it rests on.

The rooms are called in this order, and each sees only what those before it found:
``structure`` (blocks, sentences, language) → ``dates`` → ``places`` → ``organisations`` → ``people`` → ``events`` →
``attendance`` → ``photos`` → ``campaigns``, ``groups``, ``exhibits``, ``exchanges``, ``spoken``. What is proposed is
never a fact before a person has accepted it.
"""

from __future__ import annotations

from collections.abc import Mapping

from etappe.extraction.model import Extraction

__all__ = ["Extraction", "extract"]


def extract(text: str, metadata: Mapping[str, str] | None = None) -> Extraction:
    """Everything that can be found in a text.

    Args:
        text: plain text, NFC, single line feeds; headings and list items on lines of their own.
        metadata: what the file says of it, such as ``published`` (ISO), ``title``, ``publisher``, ``language``.
    """
    from etappe.extraction.attendance import attending
    from etappe.extraction.campaigns import find_campaign
    from etappe.extraction.dates import find_dates
    from etappe.extraction.events import find_events
    from etappe.extraction.exchanges import find_exchanges
    from etappe.extraction.exhibits import find_exhibits, find_topics
    from etappe.extraction.groups import find_groups
    from etappe.extraction.organisations import find_organisations
    from etappe.extraction.people import find_people
    from etappe.extraction.photos import find_contact, find_photos
    from etappe.extraction.places import find_places
    from etappe.extraction.spoken import find_claims, find_funding, find_products
    from etappe.extraction.structure import structured

    source = structured(text, metadata or {})
    dates = find_dates(source)
    places = find_places(source)
    organisations = find_organisations(source)
    people = find_people(source, organisations)
    events = find_events(source, dates, places, organisations)
    people = attending(source, people, events)
    photos = find_photos(source, people, organisations, dates, places)
    groups = find_groups(source, organisations, photos)
    return Extraction(
        source,
        dates,
        places,
        events,
        people,
        organisations,
        photos,
        find_contact(source),
        find_campaign(source),
        groups,
        find_exhibits(source, photos),
        find_topics(source),
        find_exchanges(source, people, groups, organisations, photos, events),
        find_products(source),
        find_funding(source),
        find_claims(source),
    )
