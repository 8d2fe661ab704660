"""The article in a page: nothing left out of it, nothing in it that stands beside it."""

import json

import pytest

from briefing.ingest import extract
from tests.fake_web import BRIDGE
from tests.ingest.block_checks import check_blocks

URL = "https://courier.example/coast/bridge"


def _page(body: str) -> str:
    return f"<html><head><title>Bridge closed</title></head><body>{body}</body></html>"


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _lines(body: str) -> list[str]:
    return extract(_page(body), URL).text.split("\n")


POST = (
    '<blockquote class="embedded-post"><p>No lorry will cross before the bolts are changed.</p>'
    "— Port of Marrow (@marrowport) 4 May</blockquote>"
)


@pytest.mark.parametrize(
    ("between", "kept"),
    [
        ("<ul><li>Two bolts are cracked.</li><li>A third is bent.</li></ul>", "A third is bent."),
        (POST, "No lorry will cross before the bolts are changed."),
        ("<h3>What comes next</h3>", "What comes next"),
        ("<blockquote>We heard it crack, and ran.</blockquote>", "We heard it crack, and ran."),
    ],
)
def test_what_stands_between_paragraphs_of_an_article_is_in_it(between: str, kept: str) -> None:
    lines = _lines(f"<article>{_paragraphs(*BRIDGE[:2])}{between}{_paragraphs(*BRIDGE[2:])}")
    assert kept in lines
    assert lines.index(BRIDGE[1]) < lines.index(kept) < lines.index(BRIDGE[2])


@pytest.mark.parametrize(
    "end",
    [
        "<ol><li>First, the bolts of all four spans are to be changed this week.</li></ol>",
        "<ul><li>The north span is open for bicycles, as it was all the time.</li></ul>",
        "<p>And then the ferry, which nobody had asked, sailed anyway at nine.</p>",
    ],
)
def test_a_list_or_paragraph_behind_the_last_paragraph_belongs_to_the_article(end: str) -> None:
    lines = _lines(f"<h1>Bridge closed</h1>{_paragraphs(*BRIDGE)}{end}")
    assert lines[-1] == end.split(">")[-3 if "<li>" in end else -2].split("<", maxsplit=1)[0]


def test_an_article_in_several_parts_of_the_same_kind_is_whole() -> None:
    parts = "".join(
        f'<div class="grid"><div class="body part">{_paragraphs(*texts)}</div></div>'
        '<div class="ad">Buy a boat</div>'
        for texts in (BRIDGE[:2], BRIDGE[2:])
    )
    assert set(BRIDGE) <= set(_lines(f"<main><h1>Bridge closed</h1>{parts}</main>"))


@pytest.mark.parametrize(
    "beside",
    [
        '<div class="newsletter-box"><h4>The morning mail</h4><p>All by seven.</p></div>',
        (
            '<div class="related-stories"><h4>The morning mail</h4><ul><li>All by seven.'
            "</li></ul></div>"
        ),
        "<figure><figcaption>The morning mail. All that matters by seven.</figcaption></figure>",
        '<div><span class="caption">The morning mail. All that matters by seven.</span></div>',
        "<aside><p>The morning mail. All that matters by seven.</p></aside>",
        '<p>Read more: <a href="/b">The morning mail. All that matters by seven.</a></p>',
        '<p><b><a href="/b">THE MORNING MAIL: ALL THAT MATTERS BY SEVEN</a></b></p>',
    ],
)
def test_what_is_beside_an_article_is_not_in_it(beside: str) -> None:
    text = "\n".join(
        _lines(f"<article>{_paragraphs(*BRIDGE[:2])}{beside}{_paragraphs(*BRIDGE[2:])}</article>")
    ).lower()
    assert "morning mail" not in text
    assert "by seven" not in text


@pytest.mark.parametrize(
    "note",
    [
        "Follow us on Chirper and Facegram.",
        "Write to Mila Torvald at mila@courier.example",
        "© Coast Courier. All rights reserved.",
        "Reporting by Mila Torvald; editing by Per Ost",
        "Sign up for our newsletter and never miss a bridge.",
        "Alle Rechte vorbehalten.",
    ],
)
def test_notes_of_the_publisher_are_dropped_at_the_end(note: str) -> None:
    lines = _lines(f"<article><h1>Bridge closed</h1>{_paragraphs(*BRIDGE, note)}</article>")
    assert lines[-1] == BRIDGE[-1]


def test_a_long_paragraph_with_the_words_of_a_note_is_kept() -> None:
    asked = f"People were asked to sign up for the ferry. {BRIDGE[0]} {BRIDGE[1]} {BRIDGE[2]}"
    assert asked in _lines(f"<article>{_paragraphs(*BRIDGE, asked)}</article>")


def test_links_and_labels_behind_the_last_paragraph_are_dropped() -> None:
    links = '<h3>Don\'t miss</h3><p><a href="/a">Ferry sails with one lorry on board</a></p>'
    assert _lines(f"<article>{_paragraphs(*BRIDGE)}{links}</article>")[-1] == BRIDGE[-1]


def test_names_and_times_above_an_article_are_not_in_it() -> None:
    head = (
        '<div class="head"><h1>Bridge closed</h1><h2>A dek</h2><ul><li>4 May, 7:02</li></ul></div>'
    )
    body = f'<div class="text">{_paragraphs(*BRIDGE)}</div>'
    assert _lines(f"<article>{head}{body}</article>") == list(BRIDGE)


TABLE = (
    "<table><tr><th>Span</th><th>Bolts</th></tr><tr><td>North</td><td>40</td></tr>"
    "<tr><td>South</td><td>38</td></tr></table>"
)


def test_a_row_of_a_table_is_a_line_without_marks_between_its_cells() -> None:
    lines = _lines(f"<article>{_paragraphs(*BRIDGE[:2])}{TABLE}{_paragraphs(*BRIDGE[2:])}")
    assert lines[2:5] == ["Span Bolts", "North 40", "South 38"]


@pytest.mark.parametrize(
    "menu",
    [
        '<a href="/">Start</a> <a href="/all">All pieces</a>',
        '<p><a href="/">Start</a><br><a href="/all">All pieces</a></p>',
        '<ul><li><a href="/">Start</a></li><li><a href="/all">All pieces</a></li></ul>',
    ],
)
def test_a_table_that_places_the_page_gives_the_article_alone(menu: str) -> None:
    marked = [text.replace(" the ", " <i>the</i> ", 1) for text in BRIDGE]
    body = f"<h1>Bridge closed</h1>{''.join(f'<p>{text}' for text in marked)}"
    lines = _lines(f"<table><tr><td>{menu}</td><td>{body}</td></tr></table>")
    assert lines == list(BRIDGE)


def test_an_article_tells_what_its_lines_are() -> None:
    parts = f"<h2>What <b>we</b> know</h2>{TABLE}<ol><li>One bolt.</li></ol>{POST}"
    page = f"<article>{_paragraphs(*BRIDGE[:2])}{parts}{_paragraphs(*BRIDGE[2:])}</article>"
    found = extract(_page(page), URL)
    check_blocks(found.text, found.blocks)
    assert [(b.kind, b.level, b.span.of(found.text)) for b in found.blocks] == [
        ("heading", 2, "What we know"),
        ("emphasis", 0, "we"),
        ("table", 0, "Span Bolts"),
        ("cell", 1, "Span"),
        ("cell", 1, "Bolts"),
        ("table", 0, "North 40"),
        ("cell", 0, "North"),
        ("cell", 0, "40"),
        ("table", 0, "South 38"),
        ("cell", 0, "South"),
        ("cell", 0, "38"),
        ("item", 1, "One bolt."),
        ("quote", 1, "No lorry will cross before the bolts are changed."),
        ("quote", 1, "— Port of Marrow (@marrowport) 4 May"),
    ]


@pytest.mark.parametrize(
    "around",
    [
        "<aside>{}</aside>",
        '<div class="sidebar">{}</div>',
        "<form>{}</form>",
    ],
)
def test_an_article_in_an_unlikely_place_is_found(around: str) -> None:
    other = "<div><p>We keep this page up to date. Thank you for reading it.</p></div>"
    found = extract(_page(other + around.format(_paragraphs(*BRIDGE))), URL)
    assert set(BRIDGE) <= set(found.text.split("\n"))


def test_a_text_that_only_the_structured_data_has_is_taken_where_it_is_much_longer() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(BRIDGE)})
    script = f'<script type="application/ld+json">{data}</script>'
    assert _lines(f"{script}<article><p>{BRIDGE[0]}</p></article>") == list(BRIDGE)


def test_structured_data_about_something_else_is_not_taken() -> None:
    data = '{"@type": "NewsArticle", "articleBody": "' + "Win a boat today. " * 200 + '"}'
    script = f'<script type="application/ld+json">{data}</script>'
    assert _lines(f"{script}<article>{_paragraphs(*BRIDGE)}</article>") == list(BRIDGE)
