"""What a client is told of its submission: the status, where the report is now, and the findings in its form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from etappe.admission import Admission, State
from etappe.errors import EtappeError
from etappe.model import Outcome
from etappe_api.gate.checking import Validated, photo_values, result_values
from etappe_api.gate.forms import JSON, findings
from etappe_api.gate.gatekeeper import Admitted, Gatekeeper, Results
from etappe_api.gate.showing import path_of
from etappe_api.problems import problem, problem_of

_CONTRADICTS = "O6"


def of_validation(found: Validated, form: str) -> Response:
    """The findings of a check: 200 whether they are good or bad, 422 where a file could not be read."""
    if found.error is not None and form in (JSON, "turtle", "json-ld"):
        return problem_of(found.error)
    return findings(found.body, form, 200 if found.readable else _unreadable(found.error))


def _unreadable(error: EtappeError | None) -> int:
    return error.http_status if error is not None else 422


async def of_submission(gatekeeper: Gatekeeper, admitted: Admitted, form: str, language: str) -> Response:
    """What became of a submission: 201, 200, 409 or 422, with ``Location`` where it was one report."""
    results = admitted.results
    status = status_of(results)
    headers = {}
    if len(results) == 1 and isinstance(results[0][1], Admission):
        report = results[0][1].report
        headers["Location"] = path_of(report.document.value, report.slug)
    if len(results) == 1 and isinstance(results[0][1], EtappeError) and form in (JSON, "turtle", "json-ld"):
        return problem_of(results[0][1])
    if form != JSON:
        pairs = [(name, _result(result)) for name, result in results]
        return findings(await gatekeeper.write_down(pairs, form, language), form, status, headers)
    values: dict[str, Any] = {
        "reports": [_values(name, result) for name, result in results],
        "photos": [photo_values(photo) for photo in admitted.photos],
    }
    if status >= 400:
        return problem(status, _sentence(results), kind=_kind(status), headers=headers, **values)
    return findings(json.dumps(values, ensure_ascii=False), form, status, headers)


def status_of(results: Results) -> int:
    """The status for all of them: the gravest counts; 201 where something new was accepted."""
    statuses = {_status(result) for _, result in results}
    return next((status for status in (500, 422, 409, 201) if status in statuses), 200)


def _status(result: Admission | EtappeError) -> int:
    if isinstance(result, EtappeError):
        return 500 if result.http_status >= 500 else 422
    if result.state is State.ACCEPTED:
        return 201
    if result.state is State.KNOWN:
        return 200
    contradicts = any(finding.code == _CONTRADICTS for finding in result.outcome.findings)
    return 409 if contradicts or state_of(result) == "rejected" else 422


def state_of(admission: Admission) -> str:
    """``accepted``, ``known``, ``waiting``; ``rejected`` where a person has decided against this version before."""
    rejected = admission.event is not None and admission.event.kind == "rejected"
    return "rejected" if rejected else admission.state.value


def _result(result: Admission | EtappeError) -> Outcome | EtappeError:
    return result.outcome if isinstance(result, Admission) else result


def _values(name: str, result: Admission | EtappeError) -> dict[str, Any]:
    values = result_values(name, _result(result))
    if isinstance(result, EtappeError):
        return {"state": "unreadable", **values}
    report, event = result.report, result.event
    return {
        "state": state_of(result),
        "document": report.document.value,
        "id": report.slug,
        "revision": event.revision if event else None,
        "digest": report.source.digest,
        "href": path_of(report.document.value, report.slug),
        **({"reason": event.reason} if event and state_of(result) == "rejected" else {}),
        **values,
    }


def _sentence(results: Sequence[tuple[str, Admission | EtappeError]]) -> str:
    said = []
    for name, result in results:
        if isinstance(result, EtappeError):
            said.append(f"{name} cannot be read: {result.message}")
        elif result.state is State.WAITING:
            codes = ", ".join(dict.fromkeys(finding.code for finding in result.outcome.findings)) or "no findings"
            verb = "was rejected before" if state_of(result) == "rejected" else "waits for a decision"
            said.append(f"{result.report.slug} {verb} ({codes})")
    return "; ".join(said)


def _kind(status: int) -> str:
    return "report-contradicts" if status == 409 else "report-refused"
