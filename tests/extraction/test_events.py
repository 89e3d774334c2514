from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest

from etappe.extraction.events import find_events
from etappe.extraction.model import (
    Block,
    BlockKind,
    DateMention,
    DateRole,
    Event,
    Organisation,
    Span,
    Status,
    Text,
)
from etappe.extraction.places import find_places
from etappe.extraction.status import is_cancelled, tense

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:–(\d{1,2})\.(\d{1,2})\.(\d{4}))?")


def dated(text: str) -> tuple[DateMention, ...]:
    def iso(day: str, month: str, year: str) -> str:
        return f"{year}-{int(month):02}-{int(day):02}"

    return tuple(
        DateMention(Span(*found.span()), iso(*found.groups()[:3]), iso(*found.groups()[3:]) if found[4] else None)
        for found in _DAY.finditer(text)
    )


def read(*blocks: tuple[BlockKind, str], published: str | None = None) -> Text:
    text, parts, sentences = "", [], []
    for kind, words in blocks:
        start = len(text)
        parts.append(Block(kind, Span(start, start + len(words))))
        ends = [found.end() for found in re.finditer(r"(?<=[a-zäöüß)])[.!?](?= |$)", words)]
        cuts = [0, *ends] if kind is BlockKind.PARAGRAPH and ends else [0, len(words)]
        if cuts[-1] != len(words):
            cuts.append(len(words))
        sentences += [Span(start + a, start + b) for a, b in pairwise(cuts)]
        text += words + "\n\n"
    return Text(text, "de", tuple(parts), tuple(sentences), published)


def events(
    *blocks: tuple[BlockKind, str], published: str | None = None, bodies: tuple[str, ...] = ()
) -> tuple[Event, ...]:
    source = read(*blocks, published=published)
    organisations = tuple(
        Organisation(body, tuple(Span(*found.span()) for found in re.finditer(re.escape(body), source.text)))
        for body in bodies
    )
    return find_events(source, dated(source.text), find_places(source), organisations)


def told(text: str, **more: str) -> list[tuple[str | None, str | None, str]]:
    return [(each.date, each.place, each.status.value) for each in events((BlockKind.PARAGRAPH, text), **more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am 06.05.2019 machte das Mobil in Celle Station.", [("2019-05-06", "Celle", "held")]),
        ("Am 06.05.2019 wird die Ministerin in Celle eine Halle eröffnen.", [("2019-05-06", "Celle", "announced")]),
        ("Die Messe am 06.05.2019 in Celle ist abgesagt.", [("2019-05-06", "Celle", "cancelled")]),
        ("Am Montag war das Team in Celle zu Gast.", [(None, "Celle", "held")]),
        (
            "Halte waren Celle (06.05.2019) und Soltau (07.05.2019).",
            [("2019-05-06", "Celle", "held"), ("2019-05-07", "Soltau", "held")],
        ),
        (
            "Am 06.05.2019 stand der Bus in Celle, am 07.05.2019 in Soltau.",
            [("2019-05-06", "Celle", "held"), ("2019-05-07", "Soltau", "held")],
        ),
        (
            "Am 06.05.2019 besuchte sie in Celle eine Schule. Anschließend fuhr sie nach Soltau weiter.",
            [("2019-05-06", "Celle", "held"), ("2019-05-06", "Soltau", "held")],
        ),
        ("Am 06.05.2019 wurde in der Calwer Aula getagt.", [("2019-05-06", "Calw", "held")]),
        ("Celle (kt). Am 06.05.2019 eröffnete der Landrat die Wache.", [("2019-05-06", "Celle", "held")]),
    ],
)
def test_sentences_give_events(text: str, expected: list[tuple[str | None, str | None, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Die Firma stammt aus Celle.",
        "In Celle liegt die Quote bei drei Prozent.",
        "Die Gäste kamen aus Celle und Soltau.",
        "Der Verein mit Sitz in Celle wächst.",
        "„Wir waren gestern in Celle zu Besuch und haben dort sehr viel gelernt“, sagte er.",
        "Sie dankte allen, die in Celle geholfen hatten.",
    ],
)
def test_places_in_passing_give_none(text: str) -> None:
    assert told(text) == []


def test_dates_that_are_of_no_event_do_not_count() -> None:
    source = read((BlockKind.PARAGRAPH, "Gegründet wurde der Verein am 06.05.2019 in Celle."))
    other = tuple(DateMention(one.span, one.start, role=DateRole.OTHER) for one in dated(source.text))
    assert all(event.date is None for event in find_events(source, other, find_places(source), ()))


def test_a_way_back_is_no_stop() -> None:
    found = told("Am 06.05.2019 besuchte er Betriebe in Celle. Abends ging es zurück nach Berlin.")
    assert [place for _, place, _ in found] == ["Celle"]


def test_an_office_elsewhere_is_no_stop() -> None:
    found = told("Am 06.05.2019 kam Ida Brandt aus dem Ministerium in Hannover zu einem Gespräch nach Celle.")
    assert [place for _, place, _ in found] == ["Celle"]


def test_publication_decides_what_has_been() -> None:
    (event,) = events((BlockKind.PARAGRAPH, "Am 06.05.2019 besucht sie Betriebe in Celle."), published="2019-05-09")
    assert event.status is Status.HELD


def test_a_heading_names_the_town() -> None:
    found = events(
        (BlockKind.HEADING, "Besuch in Celle"),
        (BlockKind.PARAGRAPH, "Am 06.05.2019 standen Schüler vor dem Bus und tauschten sich aus."),
    )
    assert [(each.date, each.place) for each in found] == [("2019-05-06", "Celle")]


def test_the_day_of_a_schedule_holds_for_its_lines() -> None:
    found = events(
        (BlockKind.HEADING, "Termine"),
        (BlockKind.DATE_HEADING, "Montag, 06.05.2019"),
        (BlockKind.SCHEDULE, "- Celle (10 Uhr): Besuch bei der Molkerei Heideblick"),
        (BlockKind.SCHEDULE, "- Leer (15 Uhr): Gespräch im Rathaus"),
        (BlockKind.DATE_HEADING, "Dienstag, 07.05.2019"),
        (BlockKind.SCHEDULE, "9.30 Soltau. Rundgang"),
        bodies=("Molkerei Heideblick",),
    )
    assert [(each.date, each.place, each.status, each.basis) for each in found] == [
        ("2019-05-06", "Celle", Status.ANNOUNCED, "carried"),
        ("2019-05-06", "Leer", Status.ANNOUNCED, "carried"),
        ("2019-05-07", "Soltau", Status.ANNOUNCED, "carried"),
    ]
    assert found[0].hosts == ("Molkerei Heideblick",)


def test_rows_are_read_one_by_one() -> None:
    found = events(
        (
            BlockKind.ROW,
            "Mo, 06.05.2019 | Heide | Markt\nDi, 07.05.2019 | Meldorf | abgesagt\nMi, 08.05.2019 | Husum | Hafen",
        ),
    )
    assert [(each.date, each.place, each.status.value) for each in found] == [
        ("2019-05-06", "Heide", "announced"),
        ("2019-05-07", "Meldorf", "cancelled"),
        ("2019-05-08", "Husum", "announced"),
    ]


def test_lines_after_what_was_held_are_still_to_come() -> None:
    found = events(
        (
            BlockKind.PARAGRAPH,
            "Zum Auftakt kamen am 06.05.2019 in Celle viele Gäste. Sie wurden bewirtet. Alle lachten.",
        ),
        (BlockKind.SCHEDULE, "06.05.2019 Celle, Markt"),
        (BlockKind.SCHEDULE, "07.05.2019 Soltau, Markt"),
    )
    assert [each.status for each in found] == [Status.HELD, Status.ANNOUNCED]


def test_a_stop_of_several_days_is_one_event() -> None:
    (event,) = events((BlockKind.PARAGRAPH, "Vom 06.05.2019–08.05.2019 stand der Bus in Celle."))
    assert (event.date, event.date_end) == ("2019-05-06", "2019-05-08")


def test_a_tour_of_several_days_gives_its_towns_no_day() -> None:
    found = told("Vom 06.05.2019–10.05.2019 war der Bus auf Tour. Angesteuert wurden Celle, Soltau und Uelzen.")
    assert found == [(None, "Celle", "held"), (None, "Soltau", "held"), (None, "Uelzen", "held")]


def test_bodies_visited_are_events_of_their_own() -> None:
    found = events(
        (
            BlockKind.PARAGRAPH,
            "Am 06.05.2019 besuchte das Team in Celle die Molkerei Heidewerk. "
            "Am Nachmittag besichtigte es die Ziegelei Sandbau. Der Leiter der Moorbank war da.",
        ),
        bodies=("Molkerei Heidewerk", "Ziegelei Sandbau", "Moorbank"),
    )
    assert [(each.place, each.hosts) for each in found] == [
        ("Celle", ("Molkerei Heidewerk",)),
        ("Celle", ("Ziegelei Sandbau",)),
    ]


def test_an_event_without_a_day_gives_way_to_the_dated_one() -> None:
    found = told("Zum Auftakt machte das Mobil in Celle Station. Am 06.05.2019 besuchten es in Celle 80 Menschen.")
    assert found == [("2019-05-06", "Celle", "held")]


def test_the_next_one_of_its_kind_may_be_elsewhere() -> None:
    found = told("Am 06.05.2019 fand in Celle das Forum statt. Das nächste Forum findet am 06.05.2020 statt.")
    assert found[1][:2] == ("2020-05-06", None)


def test_what_goes_on_at_a_body_is_an_event_of_the_day() -> None:
    found = events(
        (
            BlockKind.PARAGRAPH,
            "Am 06.05.2019 war das Team in Celle zu Gast. Am Abend gab es bei der Molkerei Heidewerk Käse. "
            "Der Käse der Ziegelei Sandbau war aus.",
        ),
        bodies=("Molkerei Heidewerk", "Ziegelei Sandbau"),
    )
    assert [(each.date, each.place, each.hosts) for each in found] == [
        ("2019-05-06", "Celle", ()),
        ("2019-05-06", "Celle", ("Molkerei Heidewerk",)),
    ]


def test_a_body_of_a_larger_area_forbids_to_assume_the_last_town() -> None:
    found = told("Am 06.05.2019 war sie in Celle zu Gast. Am 07.05.2019 besucht sie die Handwerkskammer Braunschweig.")
    assert found[1][:2] == ("2019-05-07", None)


def test_where_a_ministry_writes_is_no_stop() -> None:
    assert told("Potsdam, 6. Mai 2019 – Am 06.05.2019 eröffnete die Ministerin eine Schule.") == [
        ("2019-05-06", None, "held")
    ]


def test_captions_tell_where_nothing_else_does() -> None:
    found = events((BlockKind.CAPTION, "Ida Brandt bei der Eröffnung der Schleuse in Celle am 06.05.2019."))
    assert [(each.date, each.place) for each in found] == [("2019-05-06", "Celle")]


def test_every_event_has_the_words_it_rests_on() -> None:
    source = read((BlockKind.PARAGRAPH, "Am 06.05.2019 war der Spatenstich in Celle."))
    (event,) = find_events(source, dated(source.text), find_places(source), ())
    assert event.cue.of(source.text) == "Spatenstich"
    assert event.title == "Spatenstich"
    assert event.cue.within(event.span)


def test_noise_and_imprint_tell_of_no_event() -> None:
    line = "06.05.2019 Eröffnung in Celle"
    assert events((BlockKind.NOISE, line), (BlockKind.IMPRINT, line)) == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sie besuchte die Schule.", Status.HELD),
        ("Sie hat die Schule besucht.", Status.HELD),
        ("Eröffnet wurde die Schule von ihr.", Status.HELD),
        ("Gestern Abend in der Schule", Status.HELD),
        ("Sie wird die Schule besuchen.", Status.ANNOUNCED),
        ("Wir starten dann in die zweite Runde.", Status.ANNOUNCED),
        ("Das nächste Forum findet in Celle statt.", Status.ANNOUNCED),
        ("Für Mai ist sie nach Celle eingeladen.", Status.ANNOUNCED),
        ("Rundgang durch die Schule", None),
    ],
)
def test_the_tense_tells(words: str, expected: Status | None) -> None:
    assert tense(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Die Messe fällt in diesem Jahr aus.", True),
        ("Soltau (entfällt)", True),
        ("Die Ministerin ließ sich vertreten.", False),
    ],
)
def test_cancelled_is_only_what_does_not_take_place(words: str, expected: bool) -> None:
    assert is_cancelled(words) is expected


def test_long_texts_end() -> None:
    start = time.process_time()
    for piece in ("Am 06.05.2019 in Celle, ", "die a, ", "„a", "Besuch in Celle "):
        source = read((BlockKind.PARAGRAPH, piece * (100_000 // len(piece))))
        find_events(source, dated(source.text), find_places(source), ())
    assert time.process_time() - start < 20
