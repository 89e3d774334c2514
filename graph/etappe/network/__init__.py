"""Who met whom: networks of people, organizations and topics, with measures and exports.

Two people are linked by the programme items at which both were present, never by a stop alone; unnamed groups are no
people. Needs the extra ``network`` (numpy, rustworkx).
"""

from etappe.network.attendance import Attendance, from_columns, from_store
from etappe.network.building import Network, Selection, organizations, people, topics
from etappe.network.exports import FORMS, export
from etappe.network.measures import MEASURES, brokers, measure

__all__ = [
    "FORMS",
    "MEASURES",
    "Attendance",
    "Network",
    "Selection",
    "brokers",
    "export",
    "from_columns",
    "from_store",
    "measure",
    "organizations",
    "people",
    "topics",
]
