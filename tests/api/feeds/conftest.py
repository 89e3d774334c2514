"""A small report of invented stops, for what the campaign does not have: hostile names, no place, called off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from etappe.admission import State, admit_all
from etappe.reading.archives import inputs

REPORT = """
report: {id}
title: {title}
language: de
text: {id}.txt
publisher: {{id: amt, name: Amt}}
published: 2020-02-01
status: reviewed
certainty: stated
quote: Ein Halt
recorded: {{by: {{id: tester, name: Tester}}, on: 2020-02-02}}
places:
  stralsund: {{kind: city, name: Stralsund, in: musterland}}
  musterland: {{kind: state, name: Mecklenburg-Vorpommern}}
tours:
  probe: {{name: Probefahrt}}
stops:
{stops}
"""


@pytest.fixture
def submit(tmp_path: Path) -> Callable[..., str]:
    """``submit(client, stops, id=…, title=…)``: hand in a report with these stops; returns its state."""

    def hand_in(client: TestClient, stops: str, *, id: str = "probe", title: str = "Probe") -> str:  # noqa: A002
        path = tmp_path / f"{id}.yaml"
        path.with_suffix(".txt").write_text(f"Ein Halt, von dem {id} erzählt. {title}", "utf-8")
        path.write_text(REPORT.format(id=id, title=title, stops=stops), "utf-8")

        def work(workspace: object) -> str:
            ((_, admission),) = admit_all(workspace, inputs([str(path)]), by="a person's name")
            if isinstance(admission, Exception):
                raise admission
            return State(admission.state).name + "".join(
                f" {finding.code} {finding.messages['en']}"
                for finding in admission.outcome.findings
                if admission.state is not State.ACCEPTED
            )

        return client.portal.call(client.app.state.service.write, work)

    return hand_in
