"""Which engine decides, and the process it may run in: a failure is an error and never a verdict."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from pyoxigraph import RdfFormat

from etappe.errors import EngineError
from etappe.messages import receive, send
from etappe.validation import engine, process
from etappe.validation.serving import serve
from etappe.validation.shacl import Graph, Shapes, parse_graph, read_report
from validation.shacl.support import Rows, component_names, graph, rows, turtle

PLAIN = turtle("ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 2 ] .")
#: A shape that only pySHACL takes: XPath has no lookahead.
FOREIGN = turtle('ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:pattern "^(?=a)(a+)+$" ] .')
DATA = graph("ex:a ex:p 'aaab' .")


def asked(*questions: tuple[bytes, bytes, bytes]) -> list[list[bytes]]:
    """What the child would answer, in this process."""
    written, answers = BytesIO(), BytesIO()
    for question in questions:
        send(written, *question)
    written.seek(0)
    serve(written, answers)
    answers.seek(0)
    return [receive(answers) for _ in questions]


def found(report: bytes) -> Rows:
    return rows(read_report(parse_graph(report, RdfFormat.N_TRIPLES)).results)


def test_both_engines_answer_with_their_names() -> None:
    data, shapes = DATA.to_bytes(RdfFormat.N_TRIPLES), parse_graph(PLAIN).to_bytes(RdfFormat.N_TRIPLES)
    ours, theirs = asked((b"compiled", data, shapes), (b"pyshacl", data, shapes))
    assert ours[:2] == [b"done", engine.NAME.encode()]
    assert theirs[0] == b"done"
    assert theirs[1].startswith(b"pySHACL ")
    assert found(ours[2]) == found(theirs[2])
    assert component_names(found(ours[2])) == {"MinCount"}


def test_failures_are_told_in_one_line_and_the_next_question_is_answered() -> None:
    data = DATA.to_bytes()
    failed, broken, foreign, fine = asked(
        (b"compiled", data, FOREIGN),
        (b"compiled", b"<<", PLAIN),
        (b"pyshacl", data, b"@garbage"),
        (b"compiled", data, PLAIN),
    )
    assert failed[:2] == [b"failed", engine.NAME.encode()]
    assert b"not one of XPath" in failed[2]
    assert broken[0] == b"failed"
    assert foreign[:2] == [b"failed", b"pySHACL"]
    assert b"\n" not in failed[2] + broken[2] + foreign[2]
    assert fine[0] == b"done"


def test_an_error_without_words_is_called_by_its_name() -> None:
    assert engine.reason(RecursionError()) == "RecursionError"
    assert engine.reason(ValueError("  one\ntwo")) == "one"


def test_messages_are_read_as_they_were_sent() -> None:
    stream = BytesIO()
    send(stream, b"", b"x" * 100_000, b"\x00\n")
    send(stream)
    stream.seek(0)
    assert receive(stream) == [b"", b"x" * 100_000, b"\x00\n"]
    assert receive(stream) == []


@pytest.mark.parametrize(
    "broken", [b"", b"\x00", b"\x00" * 7 + b"\x01", b"\x00" * 7 + b"\x01" + b"\x00" * 7 + b"\x02x", b"\xff" * 8]
)
def test_half_a_message_is_the_end(broken: bytes) -> None:
    with pytest.raises(EOFError):
        receive(BytesIO(broken))


# The choice


def test_shapes_that_are_proved_are_decided_here() -> None:
    report, name = engine.check(DATA, PLAIN)
    assert (name, report.conforms) == (engine.NAME, False)


def test_other_shapes_are_decided_by_pyshacl() -> None:
    report, name = engine.check(DATA, FOREIGN, deadline=30)
    assert name.startswith("pySHACL ")
    assert component_names(rows(report.results)) == {"Pattern"}


def test_a_large_graph_is_checked_in_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LARGE", 1)
    here, there = (
        graph("ex:a ex:p [ ex:q 'Wort'@de, 007 ] ."),
        turtle("ex:s sh:targetObjectsOf ex:p ; sh:closed true ."),
    )
    report, name = engine.check(here, there, deadline=30)
    assert name == engine.NAME
    assert rows(report.results) == rows(engine.compiled(there).validate(here).results)  # type: ignore[union-attr]


def test_garbage_is_a_syntax_error() -> None:
    with pytest.raises(SyntaxError):
        engine.check(DATA, b"garbage {")


@pytest.mark.parametrize("error", [RuntimeError("boom\nsecond line"), RecursionError(), MemoryError()])
def test_whatever_goes_wrong_is_no_verdict(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(self: Shapes, graph: Graph) -> None:
        raise error

    monkeypatch.setattr(Shapes, "validate", fail)
    with pytest.raises(EngineError, match=f"was not checked, because {engine.NAME} failed") as caught:
        engine.check(DATA, PLAIN)
    assert caught.value.__cause__ is error
    assert "second line" not in str(caught.value)


@pytest.mark.parametrize("answer", [b"", b"garbage", b"<urn:a> <urn:b> <urn:c> .\n"])
def test_an_answer_that_is_no_report_is_no_verdict(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    monkeypatch.setattr(process, "ask", lambda *_: ("pySHACL", answer))
    with pytest.raises(EngineError, match="because pySHACL answered"):
        engine.check(DATA, FOREIGN)


REFUSED = {
    "scripts": ("ex:s sh:targetNode ex:a ; sh:js [ sh:jsFunctionName 'f' ] .", "SHACL-JS"),
    "service": (
        "ex:s sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this { $this ?p ?o . SERVICE <http://127.0.0.1:9/> { } }' ] .",
        "SERVICE",
    ),
    "service in a target": (
        "ex:s sh:target [ sh:select 'SELECT ?this { SERVICE <http://127.0.0.1:9/> { } }' ] .",
        "SERVICE",
    ),
    "two counts": (
        "ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:maxCount 1, 2 ] .",
        "at most one sh:maxCount",
    ),
    "the shapes graph": (
        "ex:s sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this { GRAPH $shapesGraph { $this ?p ?o } }' ] .",
        "shapesGraph",
    ),
}


@pytest.mark.parametrize(("shapes", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_nobody_may_decide_is_an_error_with_a_reason(shapes: str, reason: str) -> None:
    with pytest.raises(EngineError, match=f"was not checked, because pySHACL failed: .*{reason}"):
        engine.check(DATA, turtle(shapes), deadline=30)


# The process


def check_foreign() -> None:
    report, name = engine.check(DATA, FOREIGN, deadline=60)
    assert name.startswith("pySHACL ")
    assert not report.conforms


def test_a_question_that_takes_too_long_ends_and_the_next_one_is_answered() -> None:
    check_foreign()
    with pytest.raises(EngineError, match="longer than 1 seconds"):
        engine.check(graph(f"ex:a ex:p '{'a' * 60}b' ."), FOREIGN, deadline=1)
    check_foreign()


def test_a_child_that_died_is_replaced_and_its_pipes_are_closed() -> None:
    check_foreign()
    child = process._process._child
    assert child is not None
    assert child.stdin is not None
    assert child.stdout is not None
    child.kill()
    child.wait()
    try:
        check_foreign()
        assert process._process._child is not child
        assert child.stdin.closed
        assert child.stdout.closed
    finally:
        child.stdin.close()
        child.stdout.close()


def test_the_child_is_started_once_and_ends_when_it_is_closed() -> None:
    check_foreign()
    child = process._process._child
    check_foreign()
    assert process._process._child is child is not None
    process._process.close()
    process._process.close()
    assert child.poll() is not None
    assert process._process._child is None


def test_questions_from_threads_are_answered_one_after_another() -> None:
    with ThreadPoolExecutor(4) as pool:
        texts = [f"ex:a ex:p '{'a' * (number % 3)}', 'b{number}' ." for number in range(12)]
        reports = list(pool.map(lambda text: engine.check(graph(text), FOREIGN, deadline=60)[0], texts))
    values = [{row[2] for row in rows(report.results)} for report in reports]
    assert all(f'"b{number}"' in found for number, found in enumerate(values))


def test_what_a_library_prints_does_not_come_between_the_answers() -> None:
    loud = turtle('ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:pattern "(?=a)", "c" ] .')
    for _ in range(2):
        assert not engine.check(DATA, loud, deadline=60)[0].conforms


AS_WRITTEN: dict[str, tuple[str, str, Callable[[Rows], bool]]] = {
    "data that begins with a blank node": ("", "_:x ex:p 'b' .", lambda found: found == Rows()),
    "no data": ("", "", lambda found: found == Rows()),
    "numbers as they are written": (
        "ex:n sh:targetObjectsOf ex:p ; sh:in ( 7 ) .",
        "ex:b ex:p 007 .",
        lambda found: found.total() == 1,
    ),
    "strings with their datatype": (
        "ex:n sh:targetObjectsOf ex:p ; sh:in ( 'x'^^xsd:string ) .",
        "ex:b ex:p 'x' .",
        lambda found: found == Rows(),
    ),
}


@pytest.mark.parametrize(("shapes", "data", "right"), AS_WRITTEN.values(), ids=AS_WRITTEN)
def test_pyshacl_gets_the_terms_as_they_are_written(shapes: str, data: str, right: Callable[[Rows], bool]) -> None:
    report, name = engine.check(graph(data), FOREIGN + turtle(shapes), deadline=60)
    assert name.startswith("pySHACL ")
    assert right(rows([result for result in report.results if str(result.constraint.shape) == "<urn:ex:n>"]))


def test_entailment_that_nobody_does_is_an_error() -> None:
    shapes = PLAIN + b"<urn:x> sh:entailment <http://www.w3.org/ns/entailment/RDFS> ."
    with pytest.raises(EngineError, match="entailment"):
        engine.check(DATA, shapes, deadline=60)
