import xml.etree.ElementTree as ElementTree
from datetime import datetime

import pytest

from etappe.archive import Archive, Event
from etappe_api.feeds.changes import change_of, moment, page_of

BASE = "https://etappe.example"

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(client, address="/changes"):
    answer = client.get(address, headers={"Accept": "application/atom+xml"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml"
    return ElementTree.fromstring(answer.content)


def pages(client, address):
    """All changes from an address on, as a client follows them."""
    found = []
    while address:
        document = client.get(address, headers={"Accept": "application/json"}).json()
        found += document["changes"]
        address = document["next"]
    return found


def check_atom(feed):
    """The rules of RFC 4287 that a schema of its grammar states."""
    for element, needed in [
        (feed, ("id", "title", "updated")),
        *((e, ("id", "title", "updated")) for e in feed.iter(f"{ATOM}entry")),
    ]:
        for name in needed:
            (one,) = element.findall(f"{ATOM}{name}")
            assert one.text
    assert feed.findall(f"{ATOM}author/{ATOM}name")  # section 4.1.1: at the feed, or at every entry
    selves = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert len(selves) == 1
    ids = [one.text for one in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    assert all(id_.startswith("https://etappe.example/changes") for id_ in ids)  # absolute, section 4.2.6
    for at in [*feed.iter(f"{ATOM}updated"), *feed.iter(f"{ATOM}published")]:
        assert datetime.fromisoformat(at.text).tzinfo  # RFC 3339, section 3.3
        assert "T" in at.text
    for entry in feed.iter(f"{ATOM}entry"):
        alternates = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert alternates  # section 4.1.2: an entry without content
        assert not entry.findall(f"{ATOM}author")


def test_the_feed_is_atom(client):
    feed = feed_of(client)
    check_atom(feed)
    titles = [one.text for one in feed.findall(f"{ATOM}entry/{ATOM}title")]
    assert "Breitband@Mittelstand zu Gast bei Unternehmen in Stralsund (accepted)" in titles


def test_newest_first_or_oldest_first_all_changes_are_told_once(client):
    archive = client.app.state.service.state.archive
    numbers = [event.number for event in archive.events]
    backward = [one["number"] for one in pages(client, "/changes?limit=4")]
    forward = [one["number"] for one in pages(client, "/changes?after=0&limit=4")]
    assert backward == numbers[::-1]
    assert forward == numbers


def test_atom_and_json_tell_the_same_and_link_headers_lead_on(client):
    told, address = [], "/changes?limit=5"
    while address:
        answer = client.get(address, headers={"Accept": "application/atom+xml"})
        feed = ElementTree.fromstring(answer.content)
        check_atom(feed)
        told += [one.text for one in feed.findall(f"{ATOM}entry/{ATOM}id")]
        following = answer.links.get("next", {}).get("url")
        in_feed = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "next"]
        assert in_feed == ([following] if following else [])
        address = following
    assert told == [one["id"] for one in pages(client, "/changes")]


def test_since_a_day_or_a_moment(client):
    assert len(pages(client, "/changes?since=2000-01-01")) == len(pages(client, "/changes"))
    assert pages(client, "/changes?since=2999-01-01T00:00:00Z") == []
    last = pages(client, "/changes")[0]
    at = last["at"].replace("+", "%2B")
    assert last in pages(client, f"/changes?since={at}")


def test_changes_name_no_people_but_those_of_a_title(serving, submit):
    client = serving(empty=True)
    submit(client, "  halt: {name: Halt, date: 2020-01-30, tour: probe, place: stralsund}")
    for accept in ("application/json", "application/atom+xml"):
        assert "a person's name" not in client.get("/changes", headers={"Accept": accept}).text


def test_a_revision_supersedes_the_one_before(tmp_path):
    archive = Archive(tmp_path, writable=True)

    def accept(revision, title, at):
        iri = "https://etappe.example/id/report/probe"
        graph = archive.put(f'<{iri}> <http://purl.org/dc/terms/title> "{title}"@de .\n'.encode())
        event = Event(
            "accepted", "report", "probe", revision, "f", "text/turtle", graph, graph, None, graph, BASE, at, "x"
        )
        archive.append(event)

    accept(1, "Probe", "2020-01-01T10:00:00+00:00")
    accept(2, "Berichtigt", "2020-01-02T10:00:00+00:00")
    newest, first = page_of(archive, since=None, after=None, before=None, limit=10).changes
    assert (first.revision, first.supersedes, first.current, first.title) == (1, None, False, "Probe")
    assert (newest.revision, newest.supersedes, newest.current, newest.title) == (2, 1, True, "Berichtigt")
    only = page_of(archive, since=moment("2020-01-02"), after=None, before=None, limit=10)
    assert [change.number for change in only.changes] == [2]


def test_an_erased_report_keeps_its_event_without_its_title(tmp_path):
    archive = Archive(tmp_path, writable=True)
    gone = "sha256:" + "1" * 64
    archive.append(
        Event(
            "accepted", "report", "probe", 1, "f", "x", gone, gone, None, gone, BASE, "2020-01-01T10:00:00+00:00", "x"
        )
    )
    assert change_of(archive, 1).title == "probe"


def test_what_is_new_is_told_at_once(serving, submit):
    client = serving(empty=True)
    before = client.get("/changes.json")
    submit(client, "  halt: {name: Halt, date: 2020-01-30, tour: probe, place: stralsund}")
    after = client.get("/changes.json", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert [one["title"] for one in after.json()["changes"]] == ["Probe"]


def test_what_the_gate_refused_is_told_without_its_words(serving, submit):
    client = serving(empty=True)
    assert (
        submit(client, "  halt: {name: Halt, tour: probe, date: 2020-01-30, place: nirgends}", title="Geheim")
        != "ACCEPTED"
    )
    answer = client.get("/changes.json")
    (change,) = answer.json()["changes"]
    assert (change["kind"], change["id"], change["title"]) == ("refused", "https://etappe.example/changes/1", "probe")
    assert "Geheim" not in answer.text
    check_atom(feed_of(client))


def test_each_change_can_be_fetched_by_its_address(client):
    for change in pages(client, "/changes?limit=3")[:3]:
        path = change["id"].removeprefix("https://etappe.example")
        assert client.get(path).json() == change
    assert client.get("/changes/1000000").status_code == 404
    assert client.get("/changes/0").status_code == 422


def test_titles_with_markup_and_control_characters_are_text(serving, submit):
    client = serving(empty=True)
    title = '"<b>Probe</b> & ]]> \\x07\\r\\nX"'
    submit(client, "  halt: {name: Halt, date: 2020-01-30, tour: probe, place: stralsund}", title=title)
    feed = feed_of(client)
    check_atom(feed)
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "<b>Probe</b> & ]]> X (accepted)"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("since=yesterday", 400),
        ("since=2017-13-01", 400),
        ("before=5&after=1", 400),
        ("limit=0", 422),
        ("limit=100000", 422),
        ("after=-1", 422),
        ("since=" + "9" * 50, 422),
    ],
)
def test_what_is_wrongly_asked_is_a_problem(client, query, status):
    assert client.get(f"/changes?{query}").status_code == status


def test_forms_are_negotiated(client):
    assert client.get("/changes", headers={"Accept": "text/turtle"}).status_code == 406
    assert client.get("/changes.json", headers={"Accept": "text/turtle"}).status_code == 200
    assert (
        client.get("/changes.atom", headers={"Accept": "application/json"}).headers["content-type"]
        == "application/atom+xml"
    )


def test_a_query_string_cannot_add_a_header(client):
    answer = client.get("/changes?limit=2&x=%0d%0aSet-Cookie:%20a=b&y=%3E;%20rel=evil")
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert set(answer.links) == {"self", "next"}


def test_a_scratch_store_has_no_changes(serving):
    client = serving(empty=True, writes="open")
    assert client.get("/changes").status_code == 404


def test_an_empty_archive_is_a_valid_feed(serving):
    check_atom(feed_of(serving(empty=True)))
