"""Who met whom: networks of people, organizations and topics, with measures and exports.

Two people are linked by the programme items at which both were present, never by a stop alone; unnamed groups are no
people. Needs the extra ``network`` (numpy, rustworkx).
"""

from etappe.network.attendance import Attendance, Selection, from_columns, from_store
from etappe.network.building import Network, organizations, people, topics
from etappe.network.exports import FORMS, export
from etappe.network.measures import MEASURES, brokers, measure
from etappe.network.questions import SUMS, solutions
from etappe.network.sums import Shared, most_shared, people_by_organization, people_with_people

__all__ = [
    "FORMS",
    "MEASURES",
    "SUMS",
    "Attendance",
    "Network",
    "Selection",
    "Shared",
    "brokers",
    "export",
    "from_columns",
    "from_store",
    "measure",
    "most_shared",
    "organizations",
    "people",
    "people_by_organization",
    "people_with_people",
    "solutions",
    "topics",
]
