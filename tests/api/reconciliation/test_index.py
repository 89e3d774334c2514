import random

from etappe_api.reconciliation.index import MOST_SCORED, Entity, Kind, NameIndex


def entity(slug, name):
    return Entity(f"person/{slug}", ("person",), {"": name}, {name: Kind.PREFERRED})


def many(number):
    chance = random.Random(1)
    syllables = [
        "ber",
        "mann",
        "hof",
        "stein",
        "wald",
        "bach",
        "feld",
        "dorf",
        "horn",
        "lin",
        "sen",
        "schm",
        "grab",
        "kol",
        "tre",
        "ost",
        "wes",
        "nor",
        "al",
        "bu",
        "ka",
        "ro",
    ]
    surnames = sorted({"".join(chance.sample(syllables, 3)).capitalize() for _ in range(number // 5)})
    given = ("Anna", "Bernd", "Clara", "Dieter", "Emma", "Fritz", "Greta", "Hans")
    return [entity(i, f"{chance.choice(given)} {chance.choice(surnames)}") for i in range(number)]


def test_a_query_leads_to_few_of_many_names_and_the_right_one_is_among_them():
    people = many(5_000)
    index = NameIndex([*people, entity("x", "Wilhelmine Quastenberg")])
    for text in ("wilhelmine quastenberg", "wilhelmine quastenburg", "wilhelmin quastenberg", "w quastenberg"):
        near = index.near(text)
        assert "Wilhelmine Quastenberg" in [name.text for name in near]
        assert len(near) <= MOST_SCORED + 1


def test_every_name_finds_itself():
    index = NameIndex(many(2_000))
    for name in index.names[::50]:
        assert name in index.near(name.folded)


def test_suggestions_begin_with_whole_names_and_go_on_with_words():
    index = NameIndex([entity(1, "Stein Müller"), entity(2, "Anna Steinwald"), entity(3, "Anna Bach")])
    assert [one.id for one in index.beginning_with("stein", 10)] == ["person/1", "person/2"]
    assert [one.id for one in index.beginning_with("stein", 1)] == ["person/1"]
    assert index.beginning_with("zz", 10) == []
