from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etappe import gazetteer
from etappe.resources import folder


def keys(name: str) -> set[str]:
    return {place.key for place in gazetteer.named(name)}


def test_a_town_has_its_key_district_land_and_region() -> None:
    (place,) = gazetteer.named("Stralsund")
    assert (place.key, place.district, place.land.name, place.nuts3) == (
        "13073088",
        "Vorpommern-Rügen",
        "Mecklenburg-Vorpommern",
        "DE80L",
    )
    assert place.town
    assert place.latitude == pytest.approx(54.3, abs=0.1)
    assert place.longitude == pytest.approx(13.07, abs=0.1)


@pytest.mark.parametrize("name", ["Frankfurt (Oder)", "Frankfurt/Oder", "Frankfurt an der Oder"])
def test_a_qualifier_may_be_tied_to_its_name_in_several_ways(name: str) -> None:
    assert keys(name) == {"12053000"}


def test_without_its_qualifier_a_name_is_several_places() -> None:
    assert keys("Frankfurt") == {"06412000", "12053000"}
    assert keys("Frankfurt am Main") == {"06412000"}


def test_a_land_tells_places_apart() -> None:
    assert {place.land.name for place in gazetteer.named("Neustadt (Hessen)")} == {"Hessen"}


@pytest.mark.parametrize(
    "name",
    [
        "Lohr am Main",
        "Rothenburg ob der Tauber",
        "Sankt Goar",
        "St. Goar",
        "Hannoversch Münden",
        "Bad Doberan",
        "Wittstock",
    ],
)
def test_names_are_found_as_people_write_them(name: str) -> None:
    assert gazetteer.named(name)


def test_what_is_no_place_is_none() -> None:
    assert gazetteer.named("Nirgendsheim") == ()
    assert gazetteer.by_key("99999999") is None
    assert gazetteer.land_named("Preußen") is None


def test_there_are_sixteen_laender() -> None:
    assert len(gazetteer.LAENDER) == 16
    land = gazetteer.land_named("Sachsen")
    assert land is not None
    assert (land.key, land.iso, land.adjective) == ("14", "DE-SN", "sächsisch")


def test_every_municipality_is_whole() -> None:
    places = list(gazetteer.municipalities())
    assert len(places) > 11_000
    assert len({place.key for place in places}) == len(places)
    for place in places:
        assert place.key.isdigit()
        assert len(place.key) == 8
        assert place.nuts3.startswith("DE")
        assert 47 < place.latitude < 56
        assert 5 < place.longitude < 16
        assert place.district
        assert place.land


def test_the_longest_name_wins() -> None:
    assert gazetteer.longest_name(["Bad", "Doberan", "hat"]) == "Bad Doberan"
    assert gazetteer.longest_name(["Celle", "hat"]) == "Celle"
    assert gazetteer.longest_name(["Nirgendsheim"]) is None
    assert gazetteer.begins_a_longer_name("Bad")
    assert not gazetteer.begins_a_longer_name("Celle")


def test_loading_is_fast() -> None:
    code = "import time; from etappe import gazetteer; t = time.process_time(); gazetteer.named('Celle'); print(time.process_time() - t)"
    spent = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )
    assert spent < 0.5


def test_importing_reads_nothing() -> None:
    start = time.process_time()
    subprocess.run(
        [sys.executable, "-c", "import etappe.gazetteer as g; assert not g._lines.cache_info().currsize"], check=True
    )
    assert time.process_time() - start < 5


def test_files_are_small() -> None:
    assert sum(path.stat().st_size for path in folder("gazetteer").iterdir()) < 1_500_000


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Lohr a. Main", "Lohr am Main"),
        ("Weiden i.d. OPf.", "Weiden in der Oberpfalz"),
        ("Neustadt a.d. Donau", "Neustadt an der Donau"),
        ("Königsberg i. Bay.", "Königsberg in Bayern"),
        ("Lugau/Erzgeb.", "Lugau/Erzgebirge"),
        ("Altdorf b. Nürnberg", "Altdorf bei Nürnberg"),
        ("Haag i. OB", "Haag in Oberbayern"),
    ],
)
def test_abbreviations_are_written_out(short: str, long: str) -> None:
    assert gazetteer.written_out(short) == long


def feature(name: str, key: str, designation: str, ring: list[list[float]], land: int = 4) -> dict[str, object]:
    told = {"GEN": name, "AGS": key, "BEZ": designation, "NUTS": "DE999", "GF": land}
    return {"type": "Feature", "properties": told, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_the_files_are_made_from_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    square = [[10.0, 50.0], [12.0, 50.0], [12.0, 52.0], [10.0, 52.0]]
    package, made = tmp_path / "package", tmp_path / "made"
    package.mkdir()
    made.mkdir()
    lake = feature("Adorf", "01002003", "Stadt", square, land=2)
    several = {"type": "FeatureCollection", "features": [lake, feature("Adorf a. See", "01002003", "Stadt", square)]}
    forest = feature("Bforst", "01002004", "Gemeindefreies Gebiet", square)
    (package / "gemeinden.geo.json").write_text(json.dumps([several, forest]), "utf-8")
    (package / "kreise.geo.json").write_text(json.dumps([feature("Adorf", "01002", "Kreis", square)]), "utf-8")
    monkeypatch.setattr(gazetteer, "folder", lambda name: made)
    assert gazetteer.main(["--write", str(package)]) == 0
    header, columns, *lines = (made / gazetteer.MUNICIPALITIES).read_text("utf-8").splitlines()
    assert "BKG" in header
    assert columns == "# key\tname\tdesignation\tnuts3\tlatitude\tlongitude"
    assert lines == ["01002003\tAdorf am See\tStadt\tDE999\t51.0000\t11.0000"]
    assert (made / gazetteer.DISTRICTS).read_text("utf-8").splitlines()[2:] == ["01002\tAdorf\tKreis"]


def test_the_largest_part_has_the_centre() -> None:
    small, large = (
        [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]],
        [[10.0, 0.0], [14.0, 0.0], [14.0, 4.0], [10.0, 4.0]],
    )
    assert gazetteer.centre({"type": "MultiPolygon", "coordinates": [[small], [large]]}) == pytest.approx((2.0, 12.0))


def test_a_line_has_a_centre() -> None:
    assert gazetteer.centre({"type": "Polygon", "coordinates": [[[3.0, 4.0], [3.0, 4.0]]]}) == (4.0, 3.0)
