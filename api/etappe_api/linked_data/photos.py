"""Photos: rights and credit come first, and where a picture may be seen only when nothing stands against it.

No page shows the picture itself: a page loads nothing from elsewhere, and pictures lie elsewhere.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from etappe.namespaces import DPV, ET, SCHEMA
from etappe.questions import ask, question
from etappe.store import Store
from etappe_api.linked_data.facts import Facts
from etappe_api.linked_data.sections import Row, Section, sources_shown
from etappe_api.linked_data.showing import Names, Shown

_RIGHTS = (
    ET.rightsStatus,
    SCHEMA.creditText,
    SCHEMA.creator,
    ET.creditedOrganization,
    SCHEMA.copyrightHolder,
    SCHEMA.license,
    SCHEMA.usageInfo,
)


def is_cleared(store: Store, base: str, photo: NamedNode, facts: Facts) -> bool:
    """Whether a picture may be shown to everybody: granted rights with their proof, and no consent that is missing.

    That is what CQ16 answers, over the reports that hold the photo.
    """
    reports = {s.subject for s in facts.statements if s.property == SCHEMA.associatedMedia.value and s.value == photo}
    known = (iri for iri in sorted(reports) if iri.startswith(f"{base}/id/report/"))
    tables = [ask(store, base, question("CQ16"), {"report": iri}) for iri in known]
    return any(photo in row.cells[0].terms for table in tables for row in table.rows)


def rights(facts: Facts, photo: str, names: Names) -> Section:
    """What is known of the rights in a photo and of consent, as pairs of name and value."""
    sources = sources_shown(facts.sources(photo), names)
    rows = [
        Row(((Shown(names.iri(name.value).text),), tuple(names.term(term) for term in terms)), sources)
        for name in _RIGHTS
        if (terms := facts.values(photo, name))
    ]
    for consent in facts.texts(photo, ET.consent):
        status = facts.values(consent, DPV.hasConsentStatus, DPV.hasDataSubject, ET.consentBy)
        shown = tuple(names.term(term) for term in status)
        rows.append(
            Row(((Shown(names.iri(ET.consent.value).text),), shown), sources_shown(facts.sources(consent), names))
        )
    return Section(tuple(rows), key="rights")
