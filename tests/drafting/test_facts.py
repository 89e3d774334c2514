"""The facts are those that the scorer of the practice reports reads."""

from __future__ import annotations

import json

from drafting.texts import tour
from etappe.drafting.facts import facts_of


def test_the_facts_of_a_tour() -> None:
    facts = facts_of(tour())
    assert json.loads(json.dumps(facts)) == facts
    assert facts["events"][2] == {"date": "2017-08-03", "date_end": None, "place": "Wismar", "status": "announced"}
    people = {person["name"]: person for person in facts["persons"]}
    assert people["Jördis Kalk"]["attended"] == "true"
    assert people["Jördis Kalk"]["is_minister_on_that_day"] == "true"
    assert people["Frauke Lüders"]["attended"] == "announced"
    assert people["Enno Brandt"]["is_minister_on_that_day"] == "false"
    assert people["Tilda Sommer"]["is_minister_on_that_day"] == "unknown"
    assert people["Piet Harms"]["attended"] == "mentioned"
    assert facts["organisations"] == ["Möwenwerk GmbH", "Netzamt"]
