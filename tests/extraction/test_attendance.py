"""Who was there: only with words that say so."""

import pytest

from etappe.extraction.attendance import attending
from etappe.extraction.model import Attendance, BlockKind, Event, Person, Span, Status, Text
from etappe.extraction.people import find_people
from extraction.test_people import source

THERE, GONE, STOOD_IN, COMING, ASKED, NAMED = (
    Attendance.PRESENT,
    Attendance.ABSENT,
    Attendance.REPRESENTED,
    Attendance.ANNOUNCED,
    Attendance.INVITED,
    Attendance.MENTIONED,
)


def judged(text: str, status: Status = Status.HELD, kind: BlockKind = BlockKind.PARAGRAPH) -> dict[str, Person]:
    read = source(text, kind)
    events = (Event(Span(0, len(text)), Span(0, 2), "2023-05-03", "Anklam", status=status),)
    return {person.name: person for person in attending(read, find_people(read, ()), events)}


def attendance(text: str, status: Status = Status.HELD) -> dict[str, Attendance]:
    return {name: person.attendance for name, person in judged(text, status).items()}


@pytest.mark.parametrize(
    "text",
    [
        "Am Montag besuchte Ministerin Ada Groth das Mobil.",
        "Ministerin Ada Groth war zu Gast am Mobil.",
        "Ada Groth, Ministerin für Energie, Verkehr und Bau des Landes Hessen, war Gast im Mobil.",
        "Ministerin Ada Groth übergab den Bescheid an Landrat Karl Rode.",
        "Ministerin Ada Groth nahm am Rundgang teil.",
        "Ministerin Ada Groth hat sich in Anklam über das Netz informiert.",
        "Ministerin Ada Groth tauschte sich mit dem Team aus.",
        "Ministerin Ada Groth ließ sich das Labor zeigen.",
        "Landrat Karl Rode begrüßte Ministerin Ada Groth am Mobil.",
        "Eröffnet wurde die Messe von Ministerin Ada Groth.",
        "Im Beisein von Ministerin Ada Groth wurde die Halle eingeweiht.",
        "Gekommen waren Landrat Karl Rode, Ministerin Ada Groth und viele Gäste.",
        "Unter den Gästen waren der Landrat Karl Rode, Ministerin Ada Groth und Thea Blank.",
        "„Gut so“, sagte Ministerin Ada Groth beim Rundgang.",
        "Ministerin Ada Groth hat, begleitet von vielen Gästen, das neue Labor eröffnet.",
        "Ministerin Ada Groth sprach vorab viel. Später besuchte die Ministerin das Mobil.",
        "Wirt Karl Rode konnte neben 90 Gästen auch Ministerin Ada Groth in Husum willkommen heißen.",
        "Der Vorstand hieß am Abend Ministerin Ada Groth willkommen.",
        "Bei der Übung griff auch Ministerin Ada Groth zum Ruder.",
        "Eine große Delegation um die estnische Ministerin Ada Groth hat den Hafen besucht.",
        "Ministerin Ada Groth, die den ganzen Weg mitfuhr, erklärte unterwegs vieles.",
        "Ministerin Ada Groth schnitt mit Landrat Karl Rode das Band durch.",
        "Gut 50 guests attended the opening, among them Minister Ada Groth and Mayor Karl Rode.",
        "Minister Ada Groth cut the ribbon together with Mayor Karl Rode.",
    ],
)
def test_a_minister_is_present_with_a_plain_cue(text: str) -> None:
    person = judged(text)["Ada Groth"]
    assert person.attendance is THERE
    assert person.cue is not None


@pytest.mark.parametrize(
    "text",
    [
        "„Gut so“, sagte Ministerin Ada Groth.",
        "Ministerin Ada Groth begrüßte den Ausbau.",
        "Den Ausbau begrüßte Ministerin Ada Groth.",
        "Ministerin Ada Groth sprach von einem Erfolg.",
        "Landrat Karl Rode begrüßte die Gäste und lobte Ministerin Ada Groth.",
        "Landrat Karl Rode besuchte das von Ministerin Ada Groth geförderte Werk.",
        "Landrat Karl Rode besuchte den Wahlkreis von Ministerin Ada Groth.",
        "Landrat Karl Rode verlas ein Grußwort der Ministerin Ada Groth.",
        "Dank Ministerin Ada Groth kam das Geld.",
        "Ministerin Ada Groth schickte eine Videobotschaft und eröffnete so die Messe per Video.",
        "Vor zwei Jahren besuchte Ministerin Ada Groth das Mobil.",
        "Ministerin Ada Groth eröffnete 2019 das Labor.",
        "Das Labor hatte Ministerin Ada Groth im Herbst eröffnet.",
        "Ministerin Ada Groth wollte das Mobil besuchen.",
        "Landrat Karl Rode kam, um das Thema mit Ministerin Ada Groth zu besprechen.",
        "Ministerin Ada Groth habe das Mobil besucht, hieß es.",
        "Gäste diskutierten über die Pläne von Ministerin Ada Groth.",
        "„Ministerin Ada Groth besuchte uns“, sagte Landrat Karl Rode.",
        "Ministerin Ada Groth traf eine Entscheidung.",
        "Ministerin Ada Groth kam zu dem Schluss, dass es reicht.",
        "Das Projekt wurde von Ministerin Ada Groth begleitet.",
        "Ministerin Ada Groth gab die Mittel frei.",
        "Landrat Karl Rode eröffnete die Messe, deren Idee von Ministerin Ada Groth stammt.",
        "Am Stand lag ein Brief an Ministerin Ada Groth.",
        "Landrat Karl Rode eröffnete für Ministerin Ada Groth die Messe.",
        "Ministerin Ada Groth, deren Sprecher mitfuhr, lobte vieles.",
        "Das Land schnitt unter Ministerin Ada Groth durch die Reform gut ab.",
        "Landrat Karl Rode konnte viele Gäste begrüßen, nicht aber Ministerin Ada Groth.",
        "Gekommen waren viele Gäste, darunter Freunde von Ministerin Ada Groth.",
        "Gut 50 guests attended the opening, among them friends of Minister Ada Groth.",
        "Ministerin Ada Groth, die nicht mitfuhr, lobte vieles.",
        "Ministerin Ada Groth, die gern mitgefahren wäre, lobte vieles.",
        "Ministerin Ada Groth griff zum Telefon und gratulierte.",
        "Ministerin Ada Groth hieß die Pläne willkommen.",
        "Landrat Karl Rode konnte Ministerin Ada Groth nicht begrüßen.",
        "Gern hätte der Verein Ministerin Ada Groth willkommen heißen wollen.",
        "Viele erinnerten sich beim Fest an Ministerin Ada Groth.",
        "Gut 50 guests attended the opening; among the sponsors is Minister Ada Groth.",
        "Minister Ada Groth cut the funding.",
        "Ministerin Ada Groth erklärte auf Anfrage, sie sei beim Rundgang gewesen.",
    ],
)
def test_a_minister_is_not_made_present(text: str) -> None:
    assert attendance(text)["Ada Groth"] is not THERE


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Ministerin Ada Groth musste kurzfristig absagen.", GONE),
        ("Ministerin Ada Groth war verhindert.", GONE),
        ("Ministerin Ada Groth stand im Stau.", GONE),
        ("Ministerin Ada Groth konnte nicht teilnehmen.", GONE),
        ("Ministerin Ada Groth, die nicht zugegen war, hatte geschrieben.", GONE),
        ("Ohne Ministerin Ada Groth ist die Wache eingeweiht worden.", GONE),
        ("Nicht dabei sein konnte Ministerin Ada Groth.", GONE),
        ("Ministerin Ada Groth ließ sich durch Staatssekretär Karl Rode vertreten.", STOOD_IN),
        ("Staatssekretär Karl Rode übergab in Vertretung von Ministerin Ada Groth den Bescheid.", STOOD_IN),
        ("Für die erkrankte Ministerin Ada Groth sprach Staatssekretär Karl Rode.", STOOD_IN),
        ("Staatssekretär Karl Rode kam anstelle von Ministerin Ada Groth.", STOOD_IN),
        ("Zur Messe wird Ministerin Ada Groth erwartet.", COMING),
        ("Ministerin Ada Groth wird das Mobil besuchen.", COMING),
        ("Eingeladen war auch Ministerin Ada Groth.", ASKED),
    ],
)
def test_absent_represented_and_expected(text: str, how: Attendance) -> None:
    found = attendance(text)
    assert found["Ada Groth"] is how
    assert found.get("Karl Rode", THERE) is THERE


def test_absence_wins_over_presence_for_a_minister() -> None:
    text = "Ministerin Ada Groth besuchte das Mobil. Ministerin Ada Groth war verhindert."
    assert attendance(text)["Ada Groth"] is GONE


def test_illness_in_the_next_sentence() -> None:
    text = "Vermittelt hatte den Besuch Konsul Karl Rode. Er selbst lag mit Grippe im Bett."
    assert attendance(text)["Karl Rode"] is GONE


def test_nobody_is_present_at_what_is_announced() -> None:
    found = attendance("Ministerin Ada Groth besucht das Mobil. Landrat Karl Rode begleitet sie.", Status.ANNOUNCED)
    assert set(found.values()) == {COMING}


def test_a_programme_announces() -> None:
    found = judged("10 Uhr: Rundgang mit Ministerin Ada Groth", Status.ANNOUNCED, BlockKind.SCHEDULE)
    assert found["Ada Groth"].attendance is COMING


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Geschäftsführer Karl Rode führte durch die Halle.", THERE),
        ("Geschäftsführer Karl Rode zeigte die Anlage.", THERE),
        ("„Es läuft“, sagte Geschäftsführer Karl Rode.", THERE),
        ("Mit dabei: Geschäftsführer Karl Rode.", THERE),
        ("Ansprechpartner: Karl Rode, Telefon 000", NAMED),
        ("Das Haus trägt den Namen des Dichters Karl Rode (1841–1907).", NAMED),
        ("Sein Vorgänger Karl Rode wurde gelobt.", NAMED),
        ("Auf dem Podium: Karl Rode, Referent im Ministerium, und Thea Blank.", THERE),
        ("Die Mutter von Firmengründer Karl Rode war noch Köchin.", NAMED),
        ("Dass es leiser geht, bewies Karl Rode, Inhaber der Werft.", THERE),
        ("Neben ihm: Karl Rode, Landrat des Kreises Husum.", THERE),
        ("Sprecher Karl Rode erklärte auf Nachfrage, der Besuch werde nachgeholt.", NAMED),
        ("Viele erinnerten sich an den früheren Ministerpräsidenten Karl Rode, der hier gewohnt haben soll.", NAMED),
        ("Kritik kam von Karl Rode: Der Fraktionschef nannte den Besuch am Dienstag in Kiel überflüssig.", NAMED),
        ("Am Deich habe ich mit Bürgermeister Karl Rode gesprochen.", THERE),
        ("Resi Blank bought the first loaf from manager Karl Rode.", THERE),
    ],
)
def test_others(text: str, how: Attendance) -> None:
    assert attendance(text)["Karl Rode"] is how


def test_nobody_is_present_where_all_is_cancelled() -> None:
    found = attendance("Der Besuch entfällt. „Schade“, sagte Leiter Karl Rode beim Rundgang.", Status.CANCELLED)
    assert found["Karl Rode"] is NAMED


def test_who_will_welcome_somebody_is_expected() -> None:
    assert attendance("Begrüßt wird sie von Landrat Karl Rode.")["Karl Rode"] is COMING


@pytest.mark.parametrize(
    ("lead", "how"),
    [
        ("Am Tisch saßen:", THERE),
        ("Mit dabei waren:", THERE),
        ("Nicht gekommen waren:", GONE),
        ("Anwesend waren unter anderem:", THERE),
        ("Auf die Frage nach dem Netz kamen Antworten von:", NAMED),
        ("Eingeladen hatten:", NAMED),
        ("Förderer des Hauses:", NAMED),
    ],
)
def test_a_list_goes_on_from_the_line_above_it(lead: str, how: Attendance) -> None:
    found = attendance(f"{lead}\n* Karl Rode, Landrat\n* Ada Groth, Ministerin")
    assert found["Karl Rode"] is how
    assert found["Ada Groth"] is how


@pytest.mark.parametrize(
    "item",
    [
        "per Video: Ministerin Ada Groth",
        "Ministerin Ada Groth (entschuldigt)",
        "Ministerin Ada Groth, vertreten durch Karl Rode",
        "der Sprecher von Ministerin Ada Groth",
        "Karl Rode für Ministerin Ada Groth",
    ],
)
def test_in_a_list_of_guests_not_everybody_named_was_there(item: str) -> None:
    assert attendance(f"Mit dabei waren:\n- Thea Blank, Leiterin\n- {item}")["Ada Groth"] is not THERE


def test_in_a_caption_people_are_present() -> None:
    text = "Foto: Ministerin Ada Groth (r.) im Gespräch mit Thea Blank (Büro Nord)."
    found = judged(text, kind=BlockKind.CAPTION)
    assert {person.attendance for person in found.values()} == {THERE}


def test_an_archive_picture_shows_nobody_at_the_event() -> None:
    found = judged("Foto: Ministerin Ada Groth (r.) im Gespräch mit Gästen (Archivbild).", kind=BlockKind.CAPTION)
    assert found["Ada Groth"].attendance is not THERE


def test_photographers_are_named_only() -> None:
    text = "Landrat Karl Rode kam.\nFoto: Peer Lund"
    assert attendance(text) == {"Karl Rode": THERE, "Peer Lund": NAMED}


def test_an_endless_sentence_tells_nothing() -> None:
    text = "Ministerin Ada Groth besuchte das Mobil und " * 5_000
    whole = Span(0, len(text))
    read = Text(text, "de", source("x").blocks, (whole,))
    (person,) = attending(read, find_people(read, ()), ())
    assert person.attendance is NAMED


@pytest.mark.parametrize(
    "text",
    [
        "Minister Karl Groth versprach schnelle Hilfe. „Ich komme wieder“, sagte er zum Abschied.",
        "Ministerin Ada Groth lobte den Ausbau. Am Ende übergab sie einen Bescheid.",
        "Zum Auftakt sprach Minister Karl Groth.",
        "Eine Delegation um den lettischen Minister für Häfen, Karl Groth, hat Husum besucht.",
        "Minister Karl Groth hat am 5. und 6. 5. den Hafen besucht.",
    ],
)
def test_a_minister_is_present_by_a_pronoun_or_another_order_of_words(text: str) -> None:
    (person,) = judged(text).values()
    assert person.attendance is THERE


@pytest.mark.parametrize(
    "text",
    [
        "Minister Karl Groth dankte dem Landrat. „Ich komme wieder“, sagte er zum Abschied.",
        "Minister Karl Groth versprach Hilfe. Bürgermeister Jan Rode freute sich. Er kam mit dem Rad.",
        "Für Minister Karl Groth war das Thema neu. Er kam mit dem Rad.",
        "Minister Karl Groth versprach Hilfe. Der Wirt staunte, als er kam.",
        "Minister Karl Groth lobte den Bus. Er kam aus Husum.",
        "Minister Karl Groth lobte den Verein. Am Abend überreichte er einen Preis.",
        "Minister Karl Groth versprach Hilfe. Bald wird er das Mobil besuchen.",
        "Es kam ein Brief an den Minister für Häfen, Karl Groth, den alle kennen.",
        "Landrat Jan Rode hatte sich abgemeldet, Minister Karl Groth versprach Hilfe.",
    ],
)
def test_a_pronoun_that_may_mean_another_says_nothing(text: str) -> None:
    assert judged(text)["Karl Groth"].attendance is not THERE


def test_who_stands_in_is_there() -> None:
    found = attendance("Landrat Jan Rode konnte nicht kommen. Ihn vertrat seine Stellvertreterin Ulla Blank.")
    assert found == {"Jan Rode": GONE, "Ulla Blank": THERE}


def test_who_did_something_years_ago_is_not_there_for_it() -> None:
    found = attendance("Den Antrag hatte 2011 die damalige Landrätin Ulla Blank gestellt. Landrat Jan Rode dankte ihr.")
    assert found["Ulla Blank"] is not THERE


def test_who_signed_off_is_absent() -> None:
    assert attendance("Landrat Jan Rode hatte sich wegen Urlaubs abgemeldet.") == {"Jan Rode": GONE}
