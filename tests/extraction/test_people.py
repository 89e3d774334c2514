"""Who is named, and as what."""

import pytest

from etappe.extraction.model import Block, BlockKind, Organisation, Person, Span, Text
from etappe.extraction.people import find_people


def source(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Text:
    """One block per line, one sentence per full stop that a capital follows."""
    blocks: list[Block] = []
    sentences: list[Span] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        blocks.append(Block(kind, Span(start, end)))
        begin = start
        for at in range(start, end - 2):
            if (
                text[at] == "."
                and text[at + 1] == " "
                and text[at + 2].isupper()
                and text[at - 2 : at] not in ("Dr", "of")
            ):
                sentences.append(Span(begin, at + 1))
                begin = at + 2
        sentences.append(Span(begin, end))
        start = end + 1
    return Text(text, "de", tuple(blocks), tuple(sentences))


def people(text: str, *organisations: Organisation, kind: BlockKind = BlockKind.PARAGRAPH) -> dict[str, Person]:
    return {person.name: person for person in find_people(source(text, kind), organisations)}


def body(text: str, name: str) -> Organisation:
    at = text.index(name)
    return Organisation(name, (Span(at, at + len(name)),))


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Prokuristin Wiebke Harmsdorf führte durch die Halle.", "Wiebke Harmsdorf", "Prokuristin"),
        ("Gekommen war Landrat Dr. Jens Uhlmann.", "Jens Uhlmann", "Landrat"),
        (
            "Die Wirtschafts- und Verkehrsministerin Anke Brode kam.",
            "Anke Brode",
            "Wirtschafts- und Verkehrsministerin",
        ),
        ("Sie sprachen mit dem Geschäftsführer der Stadtwerke, Holger Trapp.", "Holger Trapp", "Geschäftsführer"),
        ("Der Präsident der Handwerkskammer Uwe Lantz dankte.", "Uwe Lantz", "Präsident"),
        ("Rita Solms, Leiterin der Bauaufsicht, erklärte den Plan.", "Rita Solms", "Leiterin"),
        ("Rita Solms (Leiterin der Bauaufsicht) erklärte den Plan.", "Rita Solms", "Leiterin"),
        ("Er dankte der Parlamentarischen Staatssekretärin Eva Rust.", "Eva Rust", "Parlamentarische Staatssekretärin"),
        ("Wir trafen den Ärztlichen Direktor Prof. Dr. Samuel Ganter.", "Samuel Ganter", "Ärztlicher Direktor"),
        ("Da war die CDU-Landtagsabgeordnete Ida Kross.", "Ida Kross", "Landtagsabgeordnete"),
        ("Auch Kapitän a. D. Momme Feddersen war da.", "Momme Feddersen", "Kapitän a. D."),
        ("Plant manager Oliver Grant and mayor Anne Hill came.", "Oliver Grant", "Plant manager"),
        ("Lord Mayor Dr. Oliver Grant came.", "Oliver Grant", "Lord Mayor"),
        ("Research Minister Ada Groth came.", "Ada Groth", "Research Minister"),
        ("Oliver Grant, managing director of Nordkai Metals, came.", "Oliver Grant", "managing director"),
        ("Pflegedirektorin Schwester Rita Solms dankte.", "Rita Solms", "Pflegedirektorin"),
        ("Der Ärztliche Direktor, Privatdozent Dr. Udo Kern, dankte.", "Udo Kern", "Ärztlicher Direktor"),
        ("Der Erste Kreisbeigeordnete Dr. Udo Kern kam.", "Udo Kern", "Erster Kreisbeigeordneter"),
        ("Der Vorsitzende des Bürgervereins, Udo Kern, kam.", "Udo Kern", "Vorsitzender"),
        ("Woiwode Karol Nowak kam.", "Karol Nowak", "Woiwode"),
        ("Werftbesitzerin Xilli Brand kam.", "Xilli Brand", "Werftbesitzerin"),
        ("„Gut so“, sagte Feuerwehrmann Enrico Sand.", "Enrico Sand", "Feuerwehrmann"),
        (
            "Udo Kern, Geschäftsführendes Vorstandsmitglied des Bundes, kam.",
            "Udo Kern",
            "Geschäftsführendes Vorstandsmitglied",
        ),
    ],
)
def test_a_role_is_read_before_and_after_the_name(text: str, name: str, role: str) -> None:
    assert people(text)[name].role == role


def test_a_minister_with_a_long_title_is_read_whole() -> None:
    text = "Nils Tamm, Minister für Energie, Verkehr und Bau des Landes Hessen, war da."
    person = people(text)["Nils Tamm"]
    assert (person.role, person.organisation) == ("Minister für Energie, Verkehr und Bau", "Hessen")
    assert person.minister


def test_a_state_in_front_is_the_organisation() -> None:
    found = people("Der niedersächsische Umweltminister Nils Tamm und Hessens Kultusministerin Ada Groth kamen.")
    assert found["Nils Tamm"].organisation == "Niedersachsen"
    assert found["Ada Groth"].organisation == "Hessen"


@pytest.mark.parametrize(
    "text",
    [
        "Staatssekretärin im Wirtschaftsministerium Ada Groth kam.",
        "Die Parlamentarische Staatssekretärin beim Bundesminister für Verkehr, Ada Groth, kam.",
        "Ministerialrätin Ada Groth kam.",
        "Ministerialdirigentin Ada Groth kam.",
        "Landesrätin Ada Groth kam.",
        "Regierungsrätin Ada Groth kam.",
        "Die frühere Umweltministerin Ada Groth kam.",
        "Ex-Umweltministerin Ada Groth kam.",
        "Umweltministerin a. D. Ada Groth kam.",
        "Ada Groth, bis 2021 Umweltministerin, kam.",
        "Ada Groth, Umweltministerin a. D., kam.",
        "Ada Groth, Umweltministerin von 2009 bis 2017, kam.",
        "Die damalige Umweltministerin Ada Groth kam.",
        "Die designierte Umweltministerin Ada Groth kam.",
        "Altministerpräsidentin Ada Groth kam.",
        "Former Minister Ada Groth came.",
    ],
)
def test_who_is_no_minister_now_is_not_called_one(text: str) -> None:
    assert not people(text)["Ada Groth"].minister


@pytest.mark.parametrize(
    "role", ["Ministerpräsidentin", "Staatsministerin", "Bundesverkehrsministerin", "Digitalministerin"]
)
def test_ministers_are_ministers(role: str) -> None:
    assert people(f"Auch {role} Ada Groth kam.")["Ada Groth"].minister


def test_a_former_minister_with_a_post_of_today_has_that() -> None:
    person = people("Ole Brand, bis 2021 Digitalminister und heute Vorstand der Stiftung Küste, kam.")["Ole Brand"]
    assert person.role == "Vorstand"
    assert not person.minister


def test_two_people_with_one_surname() -> None:
    assert list(people("Dabei waren Elke und Bruno Sand vom Bürgerverein.")) == ["Elke Sand", "Bruno Sand"]
    assert list(people("Die Eheleute Elke und Bruno Sand kamen.")) == ["Elke Sand", "Bruno Sand"]


def test_a_plural_office_holds_for_the_list() -> None:
    found = people("Es kamen die Landtagsabgeordneten Thea Blank (SPD) und Dr. Karl Rode (Grüne).")
    assert found["Thea Blank"].role == "Landtagsabgeordnete"
    assert found["Karl Rode"].role == "Landtagsabgeordneter"
    assert (found["Thea Blank"].party, found["Karl Rode"].party) == ("SPD", "Grüne")


def test_one_bearer_of_an_office_does_not_share_it() -> None:
    found = people("Es kamen der Technische Beigeordnete Karl Rode und Thea Blank, Leiterin der Werft.")
    assert found["Karl Rode"].role == "Technischer Beigeordneter"
    assert found["Thea Blank"].role == "Leiterin"


def test_the_head_of_a_state_government_is_a_minister_in_english() -> None:
    assert people("Minister-President Ada Groth came.")["Ada Groth"].minister
    assert not people("Minister-Counsellor Ada Groth came.")["Ada Groth"].minister


def test_a_state_of_two_words_is_the_organisation() -> None:
    assert people("Lower Saxony's Minister Ada Groth came.")["Ada Groth"].organisation == "Lower Saxony"


@pytest.mark.parametrize(
    ("text", "name", "organisation"),
    [
        ("Gebaut wird von der Ortnetz GmbH. Deren Geschäftsführerin Ada Groth kam.", "Ada Groth", "Ortnetz GmbH"),
        ("Ada Groth, Inhaberin der Ortnetz Technik in Husum, kam.", "Ada Groth", "Ortnetz Technik"),
        ("Es kamen die Auszubildenden Thea Blank und Karl Rode von der Ortnetz GmbH.", "Thea Blank", "Ortnetz GmbH"),
        ("Karl Rode, Betriebsratsvorsitzender, Ortnetz GmbH", "Karl Rode", "Ortnetz GmbH"),
    ],
)
def test_whose_somebody_is(text: str, name: str, organisation: str) -> None:
    bodies = (body(text, "Ortnetz GmbH"),) if "GmbH" in text else ()
    assert people(text, *bodies)[name].organisation == organisation


def test_an_office_named_after_an_abbreviation_is_of_the_body_that_it_stands_for() -> None:
    text = "Geladen hatte die IHK Ostküste. IHK-Präsidentin Ada Groth kam."
    assert people(text, body(text, "IHK Ostküste"))["Ada Groth"].organisation == "IHK Ostküste"


def test_an_initial_is_the_same_person() -> None:
    text = "Foto: Thea Blank (Büro Nord) mit Gästen; T. Blank (BN) am Stand."
    found = find_people(source(text), ())
    assert [person.name for person in found] == ["Thea Blank"]
    assert len(found[0].mentions) == 2


def test_later_mentions_by_surname_are_joined() -> None:
    text = "Thea Blank kam. Blank sagte viel. Frau Blank lachte. Das war Blanks Idee."
    (person,) = find_people(source(text), ())
    assert [span.of(text) for span in person.mentions] == ["Thea Blank", "Blank", "Blank", "Blanks"]


def test_shared_surnames_stay_apart() -> None:
    text = "Landrat Karl Rode und Ministerin Ada Rode kamen. Rode schwieg. Ministerin Rode sprach."
    found = people(text)
    assert set(found) == {"Karl Rode", "Ada Rode"}
    assert len(found["Karl Rode"].mentions) == 1
    assert len(found["Ada Rode"].mentions) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Die Käthe-Paulus-Schule und die Ernst-Abbe-Universität kamen.",
        "Das Haus „Wilhelm Brause“ wurde saniert.",
        "Die Karl Meyer GmbH und die Stiftung Hans Wolter kamen.",
        "Wir standen bei Familie Anna Rode am Hof.",
        "Das Technische Rathaus steht in der Otto Lilienthal Straße.",
        "Am Montag öffnete Bad Muster seine Türen für Alte und Junge.",
    ],
)
def test_names_of_houses_are_no_persons(text: str) -> None:
    assert people(text) == {}


def test_a_name_within_an_organisation_is_none() -> None:
    text = "Wir besuchten Paul Lorenz Feinmechanik in Rostock."
    assert people(text, body(text, "Paul Lorenz Feinmechanik")) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Geschäftsführer Jost van Eyken kam.", "Jost van Eyken"),
        ("Direktorin Sabine te Water kam.", "Sabine te Water"),
        ("Dr. Karl-Heinz von der Aue kam.", "Karl-Heinz von der Aue"),
        ("Stadtbibliothekar Joachim „Jojo“ Rehm kam.", "Joachim Rehm"),
        ("Anna-Lena Groß-Petersen kam.", "Anna-Lena Groß-Petersen"),
        ("Hafenkapitän Xorbert Qualm kam.", "Xorbert Qualm"),
        ("Frau Schulz vom Bauamt kam.", "Schulz"),
        ("Landwirt Heinrich Meyer zu Nordhof kam.", "Heinrich Meyer zu Nordhof"),
        ("Karl Rode zu Gast in Husum.", "Karl Rode"),
        ("Schirmherr Abt Benedikt Kling kam.", "Benedikt Kling"),
        ("Bürgermeisterin Mechthild Schulze-Kock-Neuhaus kam.", "Mechthild Schulze-Kock-Neuhaus"),
        ("Der Leiter der Baubehörde, Geschäftsbereich Husum, Udo Kern, kam.", "Udo Kern"),
    ],
)
def test_forms_of_names(text: str, name: str) -> None:
    assert list(people(text)) == [name]


def test_titles_are_kept_apart() -> None:
    assert people("Es kam Prof. Dr.-Ing. Udo Kern.")["Udo Kern"].titles == ("Prof.", "Dr.-Ing.")


def test_a_caption_gives_roles_within_its_segments_only() -> None:
    text = "Foto oben (v.l.): Olaf Sand (Geschäftsführer Muster GmbH), Ylvi Dorst (Büro Nord), Ministerin Ada Groth und Kai Lenz."
    found = people(text, kind=BlockKind.CAPTION)
    assert {name: person.role for name, person in found.items()} == {
        "Olaf Sand": "Geschäftsführer",
        "Ylvi Dorst": None,
        "Ada Groth": "Ministerin",
        "Kai Lenz": None,
    }
    assert found["Olaf Sand"].organisation == "Muster GmbH"
    assert found["Ylvi Dorst"].organisation == "Büro Nord"
    assert all(person.depicted for person in found.values())


def test_a_photographer_is_only_credited() -> None:
    person = people("Viele kamen.\nFoto: Muster GmbH/Peer Lund")["Peer Lund"]
    assert (person.role, person.organisation) == (None, None)
    assert person.credited == person.mentions
    assert not person.depicted


def test_long_lines_end() -> None:
    text = "Anna Berg, die Leiterin der Bank, " * 3_000
    assert (
        len(find_people(Text(text, "de", (Block(BlockKind.PARAGRAPH, Span(0, len(text))),), (Span(0, len(text)),)), ()))
        == 1
    )


def test_a_firm_after_the_word_for_its_trade_is_nobody() -> None:
    text = "Mit dem Netzbetreiber Dornsee Netze kam Wiebke Harmsdorf."
    assert list(people(text, body(text, "Dornsee Netze"))) == ["Wiebke Harmsdorf"]


def test_a_given_name_as_a_surname_before_where_somebody_is_from() -> None:
    text = "Es moderierte Anke Ludwig vom Sender Dornwelle."
    assert people(text, body(text, "Dornwelle"))["Anke Ludwig"].organisation == "Dornwelle"


def test_what_an_office_is_for_is_no_name() -> None:
    text = "Es kamen Anke Brode, Leiterin Netzbau bei der Dornnetz, und Jens Uhlmann."
    found = people(text, body(text, "Dornnetz"))
    assert list(found) == ["Anke Brode", "Jens Uhlmann"]
    assert (found["Anke Brode"].role, found["Anke Brode"].organisation) == ("Leiterin Netzbau", "Dornnetz")


def test_whose_an_office_is_that_deren_points_to() -> None:
    text = "Es hilft die Hochschule Dornsee. Deren Präsident, Prof. Dr. Jens Uhlmann, kam."
    assert people(text, body(text, "Hochschule Dornsee"))["Jens Uhlmann"].organisation == "Hochschule Dornsee"


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("In der Dornklinik traf ich Chefarzt Dr. Jens Uhlmann und Verwaltungsleiterin Anke Brode.", "Dornklinik"),
        ("In der Dornklinik traf ich Bürgermeister Jens Uhlmann und Landrätin Anke Brode.", None),
        ("Aus der Dornklinik kam, am Ende, Geschäftsführer Jens Uhlmann mit Inhaberin Anke Brode.", None),
    ],
)
def test_whose_head_somebody_is(text: str, organisation: str | None) -> None:
    found = people(text, body(text, "Dornklinik"))
    assert [person.organisation for person in found.values()] == [organisation, organisation]


def test_a_professor_without_another_office() -> None:
    assert people("Den Vortrag hielt Professorin Anke Brode.")["Anke Brode"].role == "Professorin"


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("We met Anke Brode, chief executive of Moor Fibre.", "chief executive", "Moor Fibre"),
        ("Then came the Danish ambassador, Anke Brode.", "Danish ambassador", None),
        ("Dr Anke Brode of the Dutch energy company Moor Fibre came.", None, "Moor Fibre"),
    ],
)
def test_english_offices(text: str, role: str | None, organisation: str | None) -> None:
    person = people(text, *([body(text, "Moor Fibre")] if "Moor" in text else []))["Anke Brode"]
    assert (person.role, person.organisation) == (role, organisation)
