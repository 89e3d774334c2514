"""Drafts are read by our own reader, pass the gate as drafts, and put nobody where the text does not say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting.texts import TOUR, span, text_of, tour
from etappe.drafting.draft import draft_of
from etappe.extraction import extract
from etappe.extraction.model import (
    Attendance,
    BlockKind,
    Event,
    Extraction,
    Organisation,
    Person,
    Photo,
    PlaceMention,
    Span,
    Status,
)
from etappe.model import Profile, Report, Severity, Source
from etappe.reading import read_source
from etappe.reading.tree import Mapping, Node, Scalar, Sequence, parse
from etappe.registry import Registry
from etappe.validation.reports import validate


def drafted(extraction: Extraction, registry: Registry | None = None, report_id: str = "halt") -> str:
    return draft_of(extraction, report_id=report_id, source_name="halt.txt", registry=registry or Registry())


def read_draft(yaml: str, registry: Registry | None = None) -> Report:
    return read_source(Source("halt.yaml", "application/yaml", yaml.encode()), registry=registry or Registry())


def violations(yaml: str, registry: Registry | None = None) -> list[str]:
    outcome = validate(read_draft(yaml, registry), registry or Registry(), Profile.DRAFT)
    return [f"{f.code} {f.messages['en']}" for f in outcome.findings if f.severity is Severity.VIOLATION]


def at(node: Node | None, *path: str | int) -> Node | None:
    for step in path:
        if isinstance(node, Mapping):
            node = node.get(str(step))
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
        else:
            return None
    return node


def value(node: Node | None, *path: str | int) -> str | None:
    found = at(node, *path)
    return found.value if isinstance(found, Scalar) else None


def who(node: Node | None) -> list[str | None]:
    return [value(item, "who") for item in node.items] if isinstance(node, Sequence) else []


def test_it_is_read_and_passes_the_gate(example_registry: Registry) -> None:
    for registry in (Registry(), example_registry):
        assert violations(drafted(tour(), registry), registry) == []


def test_nobody_can_take_in_a_draft_that_nobody_has_signed() -> None:
    report = read_draft(drafted(tour()))
    told = [f.messages["en"] for f in validate(report, Registry(), Profile.INGEST).findings if f.code == "C03"]
    assert any("who recorded it" in message for message in told)


def test_facts_stand_by_stop_with_their_words() -> None:
    tree = parse(drafted(tour()), "f")
    stop = at(tree, "stops", "stralsund-2017-07-27")
    assert value(stop, "date") == "2017-07-27/2017-07-28"
    assert value(stop, "weekday") == "thursday"
    assert value(stop, "programme", 1, "visited") == "moewenwerk-gmbh"
    assert (
        value(stop, "programme", 1, "quote")
        == "Am Freitag, 28.07.2017, besuchte das Team in Stralsund die Möwenwerk GmbH."
    )
    assert value(tree, "stops", "wismar-2017-08-03", "status") == "scheduled"
    assert who(at(tree, "stops", "wismar-2017-08-03", "programme", 0, "announced")) == ["frauke-lueders"]
    assert value(tree, "status") == "draft"


def test_a_minister_has_a_post_and_a_ministry_that_is_inferred() -> None:
    tree = parse(drafted(tour()), "f")
    post = value(tree, "people", "joerdis-kalk", "affiliation", "post") or ""
    assert value(tree, "posts", post, "role") == "minister"
    assert [item.value for item in at(tree, "posts", post, "portfolio").items] == ["energy", "transport"]  # type: ignore[union-attr]
    ministry = value(tree, "posts", post, "in") or ""
    assert value(tree, "organizations", ministry, "name") == "Ministerium für Energie und Verkehr"
    assert value(tree, "organizations", ministry, "certainty") == "inferred"
    assert value(tree, "stops", "stralsund-2017-07-27", "present", 0, "office") == post


def test_presence_without_an_item_stays_at_the_stop_and_is_asked() -> None:
    yaml = drafted(tour())
    tree = parse(yaml, "f")
    stop = at(tree, "stops", "stralsund-2017-07-27")
    assert who(at(stop, "present")) == ["joerdis-kalk", "enno-brandt", "tilda-sommer"]
    assert at(stop, "programme", 0, "present") is None
    assert who(at(stop, "programme", 1, "present")) == ["organization/moewenwerk-gmbh"]
    assert "# ? at which programme item of 2017-07-28" in yaml
    assert "- who: tilda-sommer  # ? role\n" in yaml


def test_whoever_is_visited_is_the_host_of_what_was_held() -> None:
    tree = parse(drafted(tour()), "f")
    host = at(tree, "stops", "stralsund-2017-07-27", "programme", 1, "present", 0)
    assert (value(host, "role"), value(host, "certainty")) == ("host", "stated")
    assert "die Möwenwerk GmbH" in (value(host, "quote") or "")
    events = tuple(replace(event, status=Status.ANNOUNCED) for event in tour().events)
    planned = drafted(replace(tour(), events=events))
    assert "visited: moewenwerk-gmbh" in planned
    assert "role: host" not in planned


def test_each_day_of_a_stop_has_its_weekday() -> None:
    stop = at(parse(drafted(tour()), "f"), "stops", "stralsund-2017-07-27")
    assert [value(stop, "programme", number, "weekday") for number in (0, 1)] == ["thursday", "friday"]
    wrong = TOUR.replace("Am Freitag, 28.07.2017", "Am Samstag, 28.07.2017")
    extraction = extract(wrong, {})
    assert "# ? the text says saturday, but 2017-07-28 is a friday" in drafted(extraction)


def test_the_land_is_printed_with_the_office_and_other_names_are_kept() -> None:
    source = (
        "Am 28.07.2017 besuchte Jördis Kalk, Ministerin für Energie und Verkehr des Landes Mecklenburg-Vorpommern, in Stralsund "
        "die Boje Datenhaus GmbH. Das Team des Datenhauses Boje zeigte ihr die Server.\n\n"
        "Foto unten: J. Kalk am 28.07.2017 in Stralsund"
    )
    at_name = span(source, "Boje Datenhaus GmbH")
    title = span(source, "Ministerin für Energie und Verkehr des Landes Mecklenburg-Vorpommern")
    caption = span(source, "J. Kalk am 28.07.2017 in Stralsund")
    event = span(source, source[: source.index(" Das Team")])
    extraction = Extraction(
        text_of(source, {"Foto": BlockKind.CAPTION}),
        events=(Event(event, span(source, "besuchte"), "2017-07-28", "Stralsund", hosts=("Boje Datenhaus GmbH",)),),
        people=(
            Person(
                "Jördis Kalk",
                (span(source, "Jördis Kalk"), span(source, "J. Kalk")),
                role="Ministerin für Energie und Verkehr",
                role_span=title,
                organisation="Mecklenburg-Vorpommern",
                minister=True,
                attendance=Attendance.PRESENT,
                cue=span(source, "besuchte Jördis Kalk"),
            ),
        ),
        organisations=(
            Organisation(
                "Boje Datenhaus GmbH", (at_name,), forms=("Datenhauses Boje", "Datenhaus Boje"), legal_form="GmbH"
            ),
        ),
        photos=(Photo(caption, ("Jördis Kalk",), (), "2017-07-28"),),
    )
    tree = parse(drafted(extraction), "f")
    assert value(tree, "people", "joerdis-kalk", "affiliation", "title") == title.of(source)
    assert value(tree, "posts", value(tree, "people", "joerdis-kalk", "affiliation", "post") or "", "name") == title.of(
        source
    )
    assert value(tree, "people", "joerdis-kalk", "also called", 0) == "J. Kalk"
    names = at(tree, "organizations", "boje-datenhaus-gmbh", "also called")
    assert isinstance(names, Sequence)
    assert [name.value for name in names.items if isinstance(name, Scalar)] == ["Datenhaus Boje"]
    assert value(tree, "photos", "p1", "placement") == "below"


def test_photos_have_unknown_rights_and_no_consent() -> None:
    tree = parse(drafted(tour()), "f")
    photo = at(tree, "photos", "p1")
    assert value(photo, "rights") == "unknown"
    assert value(photo, "photographer") == "piet-harms"
    assert value(photo, "credited") == "netzamt"
    assert value(photo, "during") == "stop/stralsund-2017-07-27"
    assert isinstance(photo, Mapping) and photo.get("consent") is None


def test_contact_data_are_normalised() -> None:
    tree = parse(drafted(tour()), "f")
    assert value(tree, "organizations", "netzamt", "phone") == "+493060400"
    assert value(tree, "organizations", "netzamt", "email") == "kontakt@netzamt.example"


def test_places_of_the_registry_are_taken_by_their_key(example_registry: Registry) -> None:
    tree = parse(drafted(tour(), example_registry), "f")
    assert at(tree, "places", "stralsund") is None  # 13073088 is in the registry
    assert value(tree, "places", "wismar", "in") == "mecklenburg-vorpommern"


def test_a_shared_name_is_never_taken_for_the_place_of_the_registry(example_registry: Registry) -> None:
    extraction = replace(tour(), places=(PlaceMention(span(TOUR, "Stralsund"), "Stralsund", ("13073088", "01000001")),))
    yaml = drafted(extraction, example_registry)
    assert value(parse(yaml, "f"), "places", "stralsund-halt", "name") == "Stralsund"
    assert "2 municipalities are called so; known as place/stralsund?" in yaml
    assert violations(yaml, example_registry) == []


def test_people_of_the_registry_are_asked_about_and_never_merged(example_registry: Registry) -> None:
    source = "Am 28.07.2017 war Christian Pegel in Stralsund Gast der Tour."
    extraction = Extraction(
        text_of(source),
        events=(Event(Span(0, len(source)), span(source, "Gast der Tour"), "2017-07-28", "Stralsund"),),
        people=(
            Person(
                "Christian Pegel",
                (span(source, "Christian Pegel"),),
                attendance=Attendance.PRESENT,
                cue=span(source, "war"),
            ),
        ),
    )
    yaml = drafted(extraction, example_registry)
    assert "known as person/christian-pegel?" in yaml
    assert who(at(parse(yaml, "f"), "stops", "stralsund-2017-07-28", "programme", 0, "present")) == [
        "christian-pegel-halt"
    ]
    iris = {str(triple.subject) for triple in read_draft(yaml, example_registry).triples}
    assert not any(iri.endswith("/person/christian-pegel>") for iri in iris)


def test_a_quote_that_stands_twice_says_which() -> None:
    source = "Der Bus kam. Der Bus fuhr. Ole Ahrens kam. Später ging Ole Ahrens."
    extraction = Extraction(
        text_of(source),
        events=(Event(span(source, "Der Bus kam."), span(source, "kam"), "2020-05-01", "Ahlbeck"),),
        people=(Person("Ole Ahrens", (span(source, "Ole Ahrens", 2), span(source, "Ole Ahrens"))),),
    )
    yaml = drafted(extraction)
    assert violations(yaml) == []
    assert value(parse(yaml, "f"), "people", "ole-ahrens", "quote", "prefix") == "ging"


def test_dates_without_a_year_are_asked_not_made_up() -> None:
    source = "Am 15. Juli machte der Bus in Aurich Station."
    extraction = Extraction(
        text_of(source, published="2024-07-18"),
        events=(Event(Span(0, len(source)), span(source, "machte"), "--07-15", "Aurich", basis="no-year"),),
    )
    yaml = drafted(extraction)
    assert "? date: the text gives no year (07-15)" in yaml
    assert "date:" not in [line.split("#")[0].strip() for line in yaml.splitlines()]
    assert "2024-07-15" not in yaml
    assert violations(yaml) == []


def test_relative_dates_say_what_they_rest_on() -> None:
    source = "Gestern war der Bus in Aurich."
    event = Event(Span(0, len(source)), span(source, "war"), "2024-07-14", "Aurich", basis="relative")
    tree = parse(drafted(Extraction(text_of(source, published="2024-07-15"), events=(event,))), "f")
    assert value(tree, "stops", "aurich-halt-2024-07-14", "date", "basis") == "inferred"


@pytest.mark.parametrize("status", [Status.ANNOUNCED, Status.CANCELLED])
def test_nobody_is_present_at_what_did_not_happen(status: Status) -> None:
    source = "Am 15. Juli 2024 kommt der Bus nach Aurich, Ole Ahrens ist da."
    event = Event(Span(0, len(source)), span(source, "kommt"), "2024-07-15", "Aurich", status=status)
    person = Person(
        "Ole Ahrens", (span(source, "Ole Ahrens"),), attendance=Attendance.PRESENT, cue=span(source, "ist da")
    )
    yaml = drafted(Extraction(text_of(source), events=(event,), people=(person,)))
    assert "present:" not in yaml
    assert "who: ole-ahrens" in yaml


def test_who_was_at_one_of_several_stops_is_only_asked_about() -> None:
    source = "Am 1. Mai 2020 war der Bus in Aurich.\nAm 8. Mai 2020 war der Bus in Leer.\nOle Ahrens war dabei."
    events = (
        Event(span(source, "Am 1. Mai 2020 war der Bus in Aurich."), span(source, "war"), "2020-05-01", "Aurich"),
        Event(span(source, "Am 8. Mai 2020 war der Bus in Leer."), span(source, "war", 2), "2020-05-08", "Leer"),
    )
    person = Person(
        "Ole Ahrens", (span(source, "Ole Ahrens"),), attendance=Attendance.PRESENT, cue=span(source, "war dabei")
    )
    yaml = drafted(Extraction(text_of(source), events=events, people=(person,)))
    assert "who:" not in yaml
    assert "? present, but at which stop is not clear: Ole Ahrens" in yaml
    assert violations(yaml) == []


def test_presence_is_not_carried_to_the_next_item() -> None:
    source = "Am 1. Mai 2020 kam Ole Ahrens zum Bus in Aurich. Danach besuchte das Team in Aurich die Werft, die Ole Ahrens lobte."
    one, two = span(source, source[: source.index(" Danach")]), span(source, source[source.index("Danach") :])
    events = (
        Event(one, span(source, "kam"), "2020-05-01", "Aurich"),
        Event(two, span(source, "besuchte"), "2020-05-01", "Aurich", basis="carried", hosts=("Werft",)),
    )
    mentions = (span(source, "Ole Ahrens"), span(source, "Ole Ahrens", 2))
    person = Person("Ole Ahrens", mentions, attendance=Attendance.PRESENT, cue=span(source, "kam"))
    yaml = drafted(Extraction(text_of(source), events=events, people=(person,)))
    tree = parse(yaml, "f")
    assert who(at(tree, "stops", "aurich-halt-2020-05-01", "programme", 0, "present")) == ["ole-ahrens"]
    assert who(at(tree, "stops", "aurich-halt-2020-05-01", "programme", 1, "present")) == ["organization/werft"]
    assert "? named here, which is no presence: Ole Ahrens" in yaml


def test_a_day_of_publication_before_the_stop_is_asked_about() -> None:
    extraction = tour()
    extraction = replace(extraction, text=replace(extraction.text, published="2017-07-20"))
    yaml = drafted(extraction)
    assert "# ? published: 2017-07-20" in yaml
    assert violations(yaml) == []


def test_a_weekday_that_does_not_fit_is_asked_about() -> None:
    source = TOUR.replace("Am Donnerstag, 27.07.2017", "Am Dienstag, 27.07.2017")
    assert source != TOUR
    stop = "Am Dienstag, 27.07.2017, öffnete das Mobil vor dem Markt in Stralsund."
    from etappe.extraction.model import DateMention

    extraction = Extraction(
        text_of(source),
        dates=(DateMention(span(source, "27.07.2017"), "2017-07-27"),),
        events=(Event(span(source, stop), span(source, "öffnete"), "2017-07-27", "Stralsund"),),
    )
    yaml = drafted(extraction)
    assert "? the text says tuesday, but 2017-07-27 is a thursday" in yaml
    assert violations(yaml) == []


def test_an_empty_extraction_is_a_draft_that_says_what_is_missing() -> None:
    yaml = drafted(Extraction(text_of("Nichts geschah.")))
    assert "? stops: no event was found" in yaml
    assert [found[:3] for found in violations(yaml)] == ["C04"]


def test_words_of_the_text_cannot_become_keys() -> None:
    source = "x\u2028status: reviewed\n# y: 'z' war am 1. Mai 2020 in Aurich."
    person = Person("O: #'\n- {x}", (Span(0, 1),), role="a: b # c", role_span=Span(0, 1), attendance=Attendance.PRESENT)
    extraction = Extraction(
        text_of(source, metadata={"title": "t: [\n", "publisher": "p\x00\n: x", "url": "javascript:alert(1)"}),
        events=(
            Event(Span(0, len(source)), Span(0, 1), "2020-05-01", "A: {b}\n", title="- x: y\n# z", hosts=("&a *b",)),
        ),
        people=(person,),
        organisations=(Organisation("&a *b", (Span(0, 1),), abbreviation="!x", legal_form="GmbH"),),
        photos=(Photo(Span(0, len(source)), ("nobody",), ("&a *b",), "not a day", "A: {b}\n", Span(0, 1)),),
        contact={"phone": Span(0, 1), "x\ny: z": Span(0, 3)},
    )
    yaml = drafted(extraction)
    tree = parse(yaml, "f")
    assert value(tree, "status") == "draft"
    assert "javascript" not in yaml
    read_draft(yaml)


def test_two_events_in_the_same_words_leave_open_which_one() -> None:
    source = "Gestern rollte der Bus in Aurich ein, heute öffneten wir die Türen, und Ole Ahrens kam."
    whole = Span(0, len(source))
    events = (
        Event(whole, span(source, "rollte"), "2020-05-01", "Aurich", basis="relative"),
        Event(whole, span(source, "öffneten"), "2020-05-02", "Aurich", basis="relative"),
    )
    person = Person("Ole Ahrens", (span(source, "Ole Ahrens"),), attendance=Attendance.PRESENT, cue=span(source, "kam"))
    tree = parse(drafted(Extraction(text_of(source), events=events, people=(person,))), "f")
    stop = at(tree, "stops", "aurich-halt-2020-05-01")
    assert who(at(stop, "present")) == ["ole-ahrens"]
    assert at(stop, "programme", 0, "present") is None
    assert at(stop, "programme", 1, "present") is None


def test_an_affiliation_rests_on_the_words_that_name_the_organisation() -> None:
    tree = parse(drafted(tour()), "f")
    assert value(tree, "people", "tilda-sommer", "affiliation", "quote") == "Tilda Sommer (Netzamt)"


def test_organisations_of_a_caption_are_not_shown() -> None:
    yaml = drafted(tour())
    shows = at(parse(yaml, "f"), "photos", "p1", "shows")
    assert isinstance(shows, Sequence) and len(shows.items) == 2
    assert "perhaps not shown: organization/moewenwerk-gmbh" in yaml


@pytest.mark.parametrize(
    ("title", "post"),
    [
        ("Umweltministerin", "umweltministerin-halt"),
        ("Umweltministerin in Hessen", "umweltministerin-in-hessen"),
        ("Bundesumweltministerin", "bundesumweltministerin"),
        ("Ministerin für Umwelt", "ministerin-fuer-umwelt-halt"),
    ],
)
def test_ministers_of_one_title_are_two_unless_the_land_is_known(title: str, post: str) -> None:
    source = f"Am 1. Mai 2020 kam {title} Ada Ohm nach Aurich."
    person = Person(
        "Ada Ohm",
        (span(source, "Ada Ohm"),),
        role=title,
        role_span=span(source, title),
        minister=True,
        attendance=Attendance.PRESENT,
        cue=span(source, "kam"),
    )
    event = Event(Span(0, len(source)), span(source, "kam"), "2020-05-01", "Aurich")
    yaml = drafted(Extraction(text_of(source), events=(event,), people=(person,)))
    tree = parse(yaml, "f")
    assert value(tree, "posts", post, "name") == title
    assert value(tree, "stops", "aurich-halt-2020-05-01", "programme", 0, "present", 0, "office") == post
    assert value(tree, "places", "aurich-halt", "name") == "Aurich"  # of no known key, so perhaps another one
    assert violations(yaml) == []


def test_doubts_of_a_model_are_told() -> None:
    doubts = {("person", "Piet Harms"): "found by the language model only", ("event", "2020-05-01 Leer"): "really?"}
    yaml = draft_of(tour(), report_id="halt", source_name="halt.txt", registry=Registry(), doubts=doubts)
    assert "# ? named in a credit line; ? found by the language model only" in yaml
    assert "# ? event 2020-05-01 Leer: really?" in yaml


def test_the_text_may_lie_beside() -> None:
    yaml = draft_of(tour(), report_id="halt", source_name="halt.txt", registry=Registry(), beside=True)
    assert value(parse(yaml, "f"), "text") == "halt.txt"


def test_a_text_of_five_megabytes_ends() -> None:
    line = "Am 1. Mai 2020 war Ole Ahrens in Aurich. "
    source = line * 120_000
    events = tuple(
        Event(Span(at, at + 40), Span(at + 15, at + 18), "2020-05-01", "Aurich") for at in range(0, 4100, 41)
    )
    people = tuple(
        Person(
            f"Ole Ahrens{n}",
            (Span(n * 41 + 19, n * 41 + 29),),
            attendance=Attendance.PRESENT,
            cue=Span(n * 41 + 15, n * 41 + 18),
        )
        for n in range(100)
    )
    text = text_of("x")
    from etappe.extraction.model import Block, Text

    text = Text(source, "de", (Block(BlockKind.PARAGRAPH, Span(0, len(source))),), (Span(0, len(source)),))
    assert len(drafted(Extraction(text, events=events, people=people))) > 4_000_000
