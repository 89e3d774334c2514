"""Web pages: main text, tables, captions, statements; cookie walls and other pages without a report."""

from __future__ import annotations

import json
import socket
import sys

import pytest

from etappe.errors import ReadingError
from etappe.model import Source
from etappe.sources import SourceText, read_text
from sources.fixtures import ENGLISH, GERMAN, html

ARTICLE = f"<article><h1>Landrätin bei Holzbau Fehling</h1><p>{GERMAN}</p><p>{GERMAN.replace('Dienstag', 'Mittwoch')}</p></article>"


def read(data: bytes, name: str = "a.html") -> SourceText:
    return read_text(Source(name, "", data))


def refused(data: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        read(data)
    return caught.value.message


def ld(*nodes: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


def test_main_text_without_navigation():
    page = read(
        html(
            "<nav><ul><li><a href=/>Start</a></li></ul></nav><aside class=teaser><h3>Termine</h3><p>Am 5. Mai kommt der Minister nach Celle.</p></aside>"
            f"{ARTICLE}<div class=related><ul><li><a href=/x>Minister Bark in Gifhorn (2.5.2024)</a></li></ul></div>"
            "<footer><p>Landkreis Uelzen, 29525 Uelzen, Tel. 0581 000-1</p><p><a href=/i>Impressum</a></p></footer>"
        )
    )
    assert page.text == (
        f"Landrätin bei Holzbau Fehling\n\n{GERMAN}\n\n{GERMAN.replace('Dienstag', 'Mittwoch')}\n\n"
        "Landkreis Uelzen, 29525 Uelzen, Tel. 0581 000-1\n"
    )
    assert page.metadata == {"title": "Landrätin bei Holzbau Fehling", "language": "de"}


def test_captions_and_datelines_are_kept():
    page = read(
        html(
            f'<div class="text"><h2>Besuch</h2><p>{GERMAN}</p><p>{GERMAN}</p><figure><img src=a.jpg><figcaption>Brook (l.), Fehling. '
            'Foto: Licht</figcaption></figure><p class="bildunterschrift">Bild: Halle</p></div><div class="meta">Veröffentlicht: 3. Mai 2024</div>'
        )
    )
    assert "\n\nBrook (l.), Fehling. Foto: Licht\n\nBild: Halle\n\nVeröffentlicht: 3. Mai 2024\n" in page.text


def test_tables_are_rows():
    page = read(
        html(
            f"<main><h1>Termine</h1><p>{GERMAN}</p><table><tr><th>Tag<th>Zeit<th>Wer</tr><tr><td rowspan=2>Montag,<br>3.5.<td>10 | 11"
            "<td>Landrätin Anne Brook<br>Bürgermeister Jan Weil</tr><tr><td colspan=2>Pause</tr></table></main>"
        )
    )
    assert (
        "| Tag | Zeit | Wer |\n| Montag, 3.5. | 10 / 11 | Landrätin Anne Brook; Bürgermeister Jan Weil |\n| Montag, 3.5. | Pause | |\n"
        in page.text.replace("|  |", "| |")
    )
    assert page.notes == ("Table cells that span several rows are repeated in each of them.",)


def test_tables_that_arrange_the_page_are_no_rows():
    page = read(html(f"<table><tr><td>Menü</td><td><h1>Besuch</h1><p>{GERMAN}</p></td></tr></table>"))
    assert "|" not in page.text
    assert GERMAN in page.text


def test_schema_org():
    node = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "@id": "#o", "name": "Landkreis Uelzen"},
            {
                "@type": ["NewsArticle"],
                "headline": "Besuch &amp; Gespräch",
                "datePublished": "2024-05-03T08:00:00+02:00",
                "dateModified": "2024-06-01",
                "publisher": {"@id": "#o"},
                "author": [{"@type": "Person", "name": "Lena Torgau"}, {"name": "Jan Weil"}],
                "mainEntityOfPage": {"@id": "https://uelzen.example/besuch"},
            },
        ],
    }
    page = read(html(ARTICLE.replace("h1", "h2"), ld(node)))
    assert page.metadata == {
        "title": "Besuch & Gespräch",
        "published": "2024-05-03",
        "publisher": "Landkreis Uelzen",
        "author": "Lena Torgau, Jan Weil",
        "url": "https://uelzen.example/besuch",
        "language": "de",
    }


def test_of_several_articles_only_that_of_the_page_counts():
    teasers = [
        {"@type": "NewsArticle", "headline": f"T{n}", "datePublished": f"2024-01-0{n}", "url": f"https://x.example/{n}"}
        for n in (1, 2)
    ]
    assert "published" not in read(html(ARTICLE, ld(*teasers))).metadata
    canonical = '<link rel="canonical" href="https://x.example/2">'
    assert read(html(ARTICLE, canonical + ld(*teasers))).metadata["published"] == "2024-01-02"


def test_meta_elements():
    head = (
        '<meta property="og:title" content="Besuch"><meta property="og:site_name" content="Kreisbote"><meta name="DC.date.issued" content="2024-05-03">'
        '<meta name="author" content="admin"><meta property="og:url" content="javascript:alert(1)">'
    )
    assert read(html(ARTICLE, head)).metadata == {
        "title": "Landrätin bei Holzbau Fehling",
        "published": "2024-05-03",
        "publisher": "Kreisbote",
        "language": "de",
    }


def test_two_dates_of_publication_are_told():
    head = '<meta property="article:published_time" content="2024-05-01">' + ld(
        {"@type": "Article", "datePublished": "2024-05-03"}
    )
    page = read(html(ARTICLE, head))
    assert page.metadata["published"] == "2024-05-03"
    assert "2024-05-03 and 2024-05-01" in page.notes[0]


def test_dates_in_the_text_are_not_taken_for_dates_of_publication():
    assert (
        "published"
        not in read(html(ARTICLE + "<p>Stand 2. Mai 2024</p><time datetime=2024-05-09>9.5.</time>")).metadata
    )


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[" * 100_000,
        '{"@type": 5, "@graph": 7}',
        '{"@type":"Article","author":[[[]]],"publisher":{"@id":[]}}',
        "null",
    ],
)
def test_odd_json_is_no_matter(text: str):
    assert GERMAN in read(html(ARTICLE, f'<script type="application/ld+json">{text}</script>')).text


def test_hidden_text_is_left_out():
    page = read(
        html(
            ARTICLE.replace(
                "</article>", "<p style='display: none'>Ministerin Bark war da.</p><p hidden>Auch Weil.</p></article>"
            )
        )
    )
    assert "Bark" not in page.text
    assert "Weil" not in page.text


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-8"])
def test_encodings(encoding: str):
    text = html(ARTICLE).decode().replace('charset="utf-8"', f'charset="{encoding}"')
    assert GERMAN in read(text.encode("cp1252" if encoding != "utf-8" else "utf-8")).text


def test_english():
    assert read(html(f"<main><h1>Visit</h1><p>{ENGLISH}</p></main>")).metadata["language"] == "en"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (html("<div class=cookie-banner><p>Wir verwenden Cookies. Bitte stimmen Sie zu.</p></div>"), "cookie notice"),
        (html("<main><h1>Ihre Privatsphäre</h1><p>Wir und unsere Partner verwenden Cookies, um Ihnen auf dieser Seite das beste Erlebnis zu bieten.</p>"
              "<p>Mit dem Klick auf „Alle akzeptieren“ geben Sie Ihre Einwilligung in die Verarbeitung.</p></main>"), "cookie notice"),
        (html("<nav><a href=/>Start</a> <a href=/p>Presse</a></nav>"), "almost no main text"),
        (html(""), "holds no text"),
        (html("<script>var a=1</script>"), "holds no text"),
        (html("<div>" * 500 + GERMAN), "is nested deeper"),
        (html("<div>" * 100_000 + GERMAN), "nested deeper"),
        (html("x" * (6 * 2**20)), "MiB of text"),
        (html(f"<p>{GERMAN}</p>" * 12_000), "MiB of text"),
        (html("<p>und die</p>" * 20_001), "has more than 20000 elements"),
        (html("<p>" + "Le maire de la ville est venu avec les enfants dans une école pour la visite et il a parlé avec eux. " * 5 + "</p>"), "neither German"),
    ],
)  # fmt: skip
def test_pages_without_a_report(data: bytes, sentence: str):
    assert sentence in refused(data)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch):
    def no(*args: object, **keywords: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", no)
    monkeypatch.setattr(socket, "getaddrinfo", no)
    head = (
        '<base href="http://x.example/"><link rel=stylesheet href=a.css><script src="http://x.example/a.js"></script>'
    )
    doctype = (
        '<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://x.example/a.dtd" [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    )
    page = read(doctype.encode() + html(f"{ARTICLE}<p>&e;</p><iframe src=http://x.example></iframe>", head)[15:])
    assert "root:" not in page.text


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert refused(html(ARTICLE)) == "reading HTML needs trafilatura: pip install 'etappe[sources]'"
