"""What SHACL cannot say: quotes against the text, the digest of the text, check digits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etappe.model import Document, Finding, Report, Severity, digest
from etappe.validation.checks import checks, is_gnd, is_isil, is_lei
from etappe.validation.reports import validate
from validation.support import Case, registry_with, report_of

QUOTED = "<evidence/probe.73-108#quote>"
PLACED = "<evidence/probe.73-108#position>"
TEAM = "<participation/probe.besuch.group-team.visitor>"


def found(report: Report, code: str) -> list[Finding]:
    return [finding for finding in checks(report) if finding.code == code]


def test_quotes_of_the_good_report_stand_at_their_offsets() -> None:
    report = report_of(Case("good"))
    assert list(checks(report)) == []
    assert report.text is not None
    assert report.text[73:108] == "besuchte das Team die Netzwerk GmbH"


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (
            Case("other-words", drop=(f"{QUOTED} oa:exact",), add=f'{QUOTED} oa:exact "besuchte der Minister" .'),
            "73–108",
        ),
        (Case("moved", drop=(f"{PLACED} oa:start",), add=f"{PLACED} oa:start 72 ."), "72–108"),
        (Case("negative", drop=(f"{PLACED} oa:start",), add=f"{PLACED} oa:start -3 ."), "-3–108"),
        (Case("no-number", drop=(f"{PLACED} oa:end",), add=f'{PLACED} oa:end "Ende" .'), "73–Ende"),
        (Case("empty", drop=(f"{PLACED} oa:end",), add=f"{PLACED} oa:end 73 ."), "73–73"),
        (Case("beyond", drop=(f"{PLACED} oa:end",), add=f"{PLACED} oa:end 99999999999 ."), "73–99999999999"),
    ],
    ids=lambda value: value.name if isinstance(value, Case) else "",
)
def test_quote_that_is_not_at_its_offsets(case: Case, told: str) -> None:
    findings = found(report_of(case), "O1")
    assert {finding.focus.value.rpartition("/")[2] for finding in findings if finding.focus} == {
        "probe.besuch.group-team.visitor",
        "probe.besuch.netzwerk.host",
    }
    assert all(told in finding.messages["de"] for finding in findings)
    assert all(finding.severity is Severity.VIOLATION and finding.path == "et:evidence" for finding in findings)
    assert all(told.replace("–", "-") in finding.messages["en"] for finding in findings)


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("{words: steht nirgends}", "„steht nirgends“ steht nicht im Text"),
        ("Mara Muster", "2-mal"),
        ('{words: "Mara Muster", prefix: "nirgends "}', "steht nicht im Text"),
    ],
)
def test_quote_without_offsets_says_whether_it_is_missing_or_ambiguous(quote: str, told: str) -> None:
    case = Case("quote", edit=(("quote: Otto Probe empfing die Gäste", f"quote: {quote}"),))
    (finding,) = found(report_of(case), "O1")
    assert told in finding.messages["de"]
    assert finding.quote in ("steht nirgends", "Mara Muster")
    assert finding.position is not None


def test_quote_without_offsets_that_occurs_once_is_fine() -> None:
    case = Case(
        "rdf",
        drop=("<evidence/probe.73-108> oa:hasSelector",),
        add=f"<evidence/probe.73-108> oa:hasSelector {QUOTED} .",
    )
    assert found(report_of(case), "O1") == []


def test_quote_is_compared_in_one_normal_form() -> None:
    case = Case(
        "nfd",
        drop=("<evidence/probe.126-154#quote> oa:exact",),
        add='<evidence/probe.126-154#quote> oa:exact "Otto Probe empfing die Ga\u0308ste" .',
    )
    assert found(report_of(case), "O1") == []


def test_evidence_without_words_is_no_quote() -> None:
    case = Case("wordless", drop=(f"{QUOTED} oa:exact",))
    assert found(report_of(case), "O1") == []


def test_without_a_text_quotes_cannot_be_checked() -> None:
    report = replace(report_of(Case("good")), text=None)
    findings = found(report, "O1")
    assert findings
    assert all("fehlt" in finding.messages["de"] and "no text" in finding.messages["en"] for finding in findings)
    assert found(report, "O2") == []


def test_digest_of_another_text() -> None:
    report = report_of(Case("good"))
    assert report.text is not None
    changed = replace(report, text=report.text.replace("Montag", "Freitag"))
    (finding,) = found(changed, "O2")
    assert digest(report.text)[:19] in finding.messages["de"]
    assert digest(report.text)[:19] in finding.messages["en"]
    assert finding.focus == report.iri


def test_registry_documents_have_neither_quotes_nor_digest() -> None:
    registry = replace(report_of(Case("good")), document=Document.REGISTRY, text="Ein anderer Text.")
    assert list(checks(registry)) == []


@pytest.mark.parametrize("code", ["118540238", "11850553X", "4005728-8", "4127793-4", "2022139-3", "5-X"])
def test_gnd_numbers(code: str) -> None:
    assert is_gnd(code)
    others = set("0123456789X") - {code[-1]}
    assert not [other for other in others if is_gnd(code[:-1] + other)], "one check digit is right, no other"


@pytest.mark.parametrize("code", ["", "x", "12345678901234", "118540238X", "11854-0238", "118540283"])
def test_what_is_no_gnd_number(code: str) -> None:
    assert not is_gnd(code)


def test_lei() -> None:
    assert is_lei("529900T8BM49AURSDO55")
    assert not is_lei("529900T8BM49AURSDO56")
    assert not is_lei("529900T8MB49AURSDO55"), "two characters swapped"
    assert not is_lei("529900t8bm49aursdo55")
    assert not is_lei("")


def test_isil() -> None:
    assert is_isil("DE-605")
    assert is_isil("DE-Ki95a")
    assert not is_isil("DE-605 Köln")
    assert not is_isil("605")


@pytest.mark.parametrize(
    ("add", "told"),
    [
        ("<person/otto-probe> schema:sameAs <https://d-nb.info/gnd/118540283> .", "118540283"),
        ('<organization/netzwerk> schema:leiCode "529900T8BM49AURSDO56" .', "529900T8BM49AURSDO56"),
        (
            "<organization/netzwerk> schema:sameAs <https://lobid.org/organisations/DE-ABCDEFGHIJKLM> .",
            "DE-ABCDEFGHIJKLM",
        ),
    ],
)
def test_wrong_check_digits_are_told_as_c39(add: str, told: str) -> None:
    (finding,) = checks(report_of(Case("digits", add=add)))
    assert (finding.code, finding.severity) == ("C39", Severity.VIOLATION)
    assert all(told in text for text in finding.messages.values())
    assert set(finding.messages) == {"de", "en"}


def test_what_the_shapes_already_say_is_not_said_twice() -> None:
    add = '<organization/netzwerk> schema:leiCode "kurz" ; schema:sameAs <http://d-nb.info/gnd/0> .'
    assert list(checks(report_of(Case("form", add=add)))) == []


def test_checks_are_part_of_the_verdict() -> None:
    report = report_of(Case("good"))
    outcome = validate(replace(report, text="Ein anderer Text."), registry_with(()))
    assert not outcome.conforms
    assert {finding.code for finding in outcome.findings} == {"O1", "O2"}
