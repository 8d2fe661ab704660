"""What leaves the program as text, Markdown, HTML and JSON."""

import json
from dataclasses import replace
from datetime import UTC
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing.export import EXPORTERS, digest_formats, edition_formats, is_text
from briefing.export.formats.markdown import escape
from briefing.export.json_text import json_text
from briefing.export.rendering import web_address
from briefing.export.wrap import cells, wrap
from briefing.model import (
    Basis,
    Bullet,
    BulletAdded,
    Enclosure,
    Link,
    Span,
    Story,
    StoryBullet,
    UsageError,
)
from briefing.model.codec import digest_from_json
from tests.export.printing import render_digest, render_edition
from tests.export.samples import NOW, digest, edition, story

HOSTILE = (
    "A\x1b]0;owned\x07 [b]*x*_y_ <script>alert('1')</script> & \u202egnp.exe `c` [l](http://e)"
)


def text(*, width: int = 80) -> str:
    return render_edition(edition(story()), "text", width=width, zone=UTC)


def test_text_tells_a_story_with_all_its_parts() -> None:
    assert text().splitlines() == [
        "Briefing, Tue 5 May 2026, 07:02",
        "1 story · 2 articles · 2 sources · since Mon 4 May 2026, 07:02",
        "",
        "1  Harbour bridge closed to lorries",
        "   2 sources · first in your feeds: Coast Courier, Mon 4 May 2026, 16:02",
        "",
        "   • The port authority closed the bridge to lorries.",
        "   • [The port authority] said 44 t is the limit.",
        "   ! LIMITATION  Buses may still cross. (Harbour Post)",
        "",
        "   Figures     44 t (outlets differ) weight limit",
        "   People      Ada Brun, port director",
        "   Differ      weight limit: 44 t (Coast Courier) but 40 t (Harbour Post)",
        "   Since then  1 more source: Harbour Post",
        "   Earlier     Cracks found, Sun 26 Apr 2026",
        "   See also    Report https://port.example/report",
        "   Sources     Coast Courier, Mon 4 May 16:02 https://coast.example/bridge",
        "               Harbour Post, Tue 5 May 07:02 (summary only) https://harbour.example/1",
        "",
        "You are up to date.",
    ]


def test_a_source_takes_one_line_of_the_text_however_long_its_address_is() -> None:
    """They were most of the lines of an edition. What all of them are is told above."""
    long = f"https://coast.example/{'a-bridge-closed-' * 12}"
    told = story()
    articles = tuple(replace(a, url=long, basis=Basis.SUMMARY) for a in told.brief.articles)
    brief = replace(told.brief, articles=articles, summary_only=True)
    sheet = edition(replace(told, brief=brief))
    lines = render_edition(sheet, "text", width=40, zone=UTC).splitlines()
    assert [line for line in lines if long in line] == [
        f"   Sources     Coast Courier, Mon 4 May 16:02 {long}",
        f"               Harbour Post, Tue 5 May 07:02 {long}",
    ]
    assert "Feed summary only:" in " ".join(lines)


def test_an_edition_ends_even_when_it_is_empty() -> None:
    for format_ in ("text", "markdown", "html"):
        assert "You are up to date." in render_edition(edition(), format_)


def test_stories_below_the_line_are_named_and_those_left_out_counted() -> None:
    sheet = edition(story(1), story(2, "Dairy price cap passed"), above=1, all_stories=5)
    printed = render_edition(sheet, "text", zone=UTC)
    assert "Below the line\n\n2  Dairy price cap passed (2 sources)" in printed
    assert "3 more stories are not shown here. You are up to date." in printed


@pytest.mark.parametrize("basis", [Basis.SUMMARY, Basis.CLOSED])
def test_a_digest_of_less_than_the_article_says_so_and_never_that_there_are_no_caveats(
    basis: Basis,
) -> None:
    for format_ in ("text", "markdown"):
        printed = render_digest(digest(basis=basis, caveat=False), format_, zone=UTC)
        assert "not known" in " ".join(printed.split())
        assert "No caveats" not in printed


def test_where_caveats_are_not_sought_a_digest_says_so_and_not_that_there_are_none() -> None:
    sample = digest(caveat=False)
    polish = replace(sample, article=replace(sample.article, language="pl"))
    for format_ in ("text", "markdown"):
        printed = " ".join(render_digest(polish, format_, zone=UTC).split())
        assert "sought in English, French, German and Spanish only" in printed
        assert "No caveats" not in printed
        assert "No caveats" in " ".join(render_digest(sample, format_, zone=UTC).split())


def test_of_many_links_the_documents_come_first_and_the_rest_are_counted() -> None:
    sample = digest()
    links = [Link("in-article", f"page {n}", f"https://port.example/{n}") for n in range(9)]
    links.append(Link("source-document", "the inquiry's report", "https://port.example/report"))
    printed = " ".join(render_digest(replace(sample, links=tuple(links)), "text", zone=UTC).split())
    assert "See also the inquiry's report" in printed
    assert "page 4" in printed
    assert "page 5" not in printed
    assert "and 4 more links" in printed


def test_a_story_of_summaries_says_so_in_every_format() -> None:
    sample = story()
    sample = replace(sample, brief=replace(sample.brief, summary_only=True))
    for format_ in ("text", "markdown", "html"):
        assert "eed summary only" in render_edition(edition(sample), format_).replace("&#x27;", "'")
    assert json.loads(render_edition(edition(sample), "json"))["stories"][0]["summary_only"] is True


def opinion_story(*, alone: bool = True) -> Story:
    """The story as an opinion piece tells it; without ``alone``, a report leads it."""
    sample = story()
    bullets = [
        replace(b, argued=alone or b.article_id == "a2", outlets=1) for b in sample.brief.bullets
    ]
    articles = [replace(a, opinion=alone or a.article_id == "a2") for a in sample.brief.articles]
    brief = replace(sample.brief, bullets=tuple(bullets), articles=tuple(articles))
    wrong = Bullet("It is wrong.", None, (Span(0, 12),))
    added = BulletAdded(StoryBullet(wrong, "a2", "Harbour Post", argued=True))
    return replace(sample, brief=brief, changed=(added,))


def test_a_digest_of_an_opinion_piece_says_so_and_marks_each_bullet_as_argued() -> None:
    plain_digest = digest()
    piece = replace(plain_digest, article=replace(plain_digest.article, opinion=True))
    lines = render_digest(piece, "text", zone=UTC).splitlines()
    assert lines[1].startswith("Opinion · Coast Courier · Jo Vale")
    assert "• argues  The port authority closed the bridge to lorries." in lines
    assert "! LIMITATION  argues  Buses may still cross." in lines
    marked = render_digest(piece, "markdown", zone=UTC)
    assert "\n\nOpinion · Coast Courier" in marked
    assert "\n- *argues* The port authority closed" in marked
    assert "\n- **! LIMITATION** *argues* Buses may" in marked


def test_the_json_of_a_digest_says_opinion_only_where_it_is_one() -> None:
    plain_digest = digest()
    assert "opinion" not in json.loads(render_digest(plain_digest, "json"))
    piece = replace(plain_digest, article=replace(plain_digest.article, opinion=True))
    value = json.loads(render_digest(piece, "json"))
    assert value["opinion"] is True
    assert value["bullets"] == json.loads(render_digest(plain_digest, "json"))["bullets"]
    assert digest_from_json(value).article.opinion
    assert not digest_from_json({**value, "opinion": False}).article.opinion


def test_reports_carry_no_mark_of_opinion() -> None:
    for format_ in TEXT_FORMATS:
        printed = render_edition(edition(story()), format_).partition("<body>")[2] or ""
        assert "argue" not in (printed or render_edition(edition(story()), format_)).lower()
    for format_ in digest_formats():
        assert "opinion" not in render_digest(digest(), format_).lower()


def test_what_is_to_be_heard_with_an_article_stands_beside_its_source() -> None:
    audio = Enclosure("https://hour.example/41.mp3", "audio/mpeg", 2000, 2040)
    told = story()
    first, *others = told.brief.articles
    articles = (replace(first, enclosures=(audio,)), *others)
    sheet = edition(replace(told, brief=replace(told.brief, articles=articles)))
    assert "audio · 34 min" in " ".join(render_edition(sheet, "text", zone=UTC).split())
    (printed,) = json.loads(render_edition(sheet, "json"))["stories"]
    assert [a.get("enclosures") for a in printed["articles"]] == [
        [
            {
                "url": "https://hour.example/41.mp3",
                "media_type": "audio/mpeg",
                "length": 2000,
                "duration": 2040,
            }
        ],
        *[None for _ in others],
    ]


def test_what_is_to_be_heard_and_what_repeats_is_told_of_a_story_of_summaries_too() -> None:
    """That summaries are all there is stands above the sources; the rest stands there alone."""
    audio = Enclosure("https://hour.example/41.mp3", "audio/mpeg", 2000, 2040)
    told = story()
    article = replace(
        told.brief.articles[0], basis=Basis.SUMMARY, enclosures=(audio,), copy_of="a9"
    )
    brief = replace(told.brief, articles=(article,), summary_only=True)
    printed = render_edition(edition(replace(told, brief=brief)), "text", zone=UTC)
    line = next(line for line in printed.splitlines() if (article.url or "") in line)
    assert "(audio · 34 min, repeats another report) https" in line


def test_a_story_of_opinion_pieces_says_so_beside_its_outlets() -> None:
    printed = render_edition(edition(opinion_story()), "text", zone=UTC)
    assert "2 sources · opinion · first" in printed
    assert "• argues  The port authority" in printed


def test_what_an_opinion_piece_adds_to_a_story_is_marked_in_every_format() -> None:
    sheet = edition(opinion_story(alone=False))
    printed = render_edition(sheet, "text", zone=UTC)
    assert "2 sources · first" in printed
    assert "• The port authority closed the bridge to lorries. (Coast Courier)" in printed
    assert "! LIMITATION  argues  Buses may still cross. (Harbour Post)" in printed
    assert "It is wrong. (opinion)" in printed
    assert "07:02 (opinion, summary only)" in " ".join(printed.split())
    assert "- **! LIMITATION** *argues* Buses" in render_edition(sheet, "markdown")
    page = render_edition(sheet, "html")
    assert page.count('<em class="argues">argues</em> Buses') == page.count("</em>") == 1
    (printed_story,) = json.loads(render_edition(sheet, "json"))["stories"]
    assert [b.get("argued") for b in printed_story["bullets"]] == [None, None, True]
    assert [a.get("opinion") for a in printed_story["articles"]] == [None, True]
    assert [n.get("argued") for n in printed_story["changed"]] == [True]


TEXT_FORMATS = [name for name in edition_formats() if is_text(EXPORTERS[name])]


@pytest.mark.parametrize("format_", TEXT_FORMATS)
def test_no_edition_carries_a_control_character(format_: str) -> None:
    printed = render_edition(edition(story(1, HOSTILE)), format_)
    assert not set(printed) & set("\x1b\x07\u202e\x9b")


@pytest.mark.parametrize("format_", digest_formats())
def test_no_digest_carries_a_control_character(format_: str) -> None:
    assert not set(render_digest(digest(HOSTILE), format_)) & set("\x1b\x07\u202e\x9b")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_html_shows_hostile_text_as_text_and_loads_nothing() -> None:
    page = _Page()
    page.feed(render_edition(edition(story(1, HOSTILE)), "html"))
    names = {name for name, _ in page.tags}
    assert not names & {"script", "img", "link", "iframe", "b"}
    assert "<script>alert('1')</script>" in page.words
    assert all(not k.startswith("on") for _, attrs in page.tags for k in attrs)
    assert "prefers-color-scheme: dark" in page.words
    assert ("html", {"lang": "en"}) in page.tags


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_web_addresses_become_links(url: str) -> None:
    sample = story()
    articles = (replace(sample.brief.articles[0], url=url),)
    sample = replace(sample, brief=replace(sample.brief, articles=articles, links=()))
    for format_ in ("html", "markdown", "text"):
        assert url not in render_edition(edition(sample), format_)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            'https://e.example/a b|c[1]"<x>?q=50%&r=%20#{y}',
            "ab%7Cc%5B1%5D%22%3Cx%3E?q=50%25&r=%20#%7By%7D",
        ),
        ("HTTPS://e.example/bücher\x1b[31m", "bücher"),
        ("https://e.example/%zz", "%25zz"),
    ],
)
def test_an_address_is_written_so_that_it_ends_nowhere_early(url: str, shown: str) -> None:
    assert web_address(url).partition("example/")[2] == shown


@pytest.mark.parametrize(
    "url", ["https://", "http:///x", 'https://e.example"><b>', "mailto:a@e.example", "//e.example"]
)
def test_what_has_no_site_is_no_address(url: str) -> None:
    assert web_address(url) == ""


@pytest.mark.parametrize(
    "url", ["http://[::1]:8080/x", "https://münze.example", "http://e.example?q"]
)
def test_an_address_of_any_site_stays_as_it_is(url: str) -> None:
    assert web_address(url) == url


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_markdown_shows_exactly_the_text_it_was_given(words: str) -> None:
    words = " ".join(words.split())
    if not words:
        return
    parser = MarkdownIt("commonmark", {"linkify": False})
    block = parser.parse(f"- {escape(words)}")
    inline = next(token for token in block if token.type == "inline")
    shown = "".join(child.content for child in inline.children or [])
    assert {t.type for t in inline.children or []} <= {"text", "text_special"}
    assert shown == words


def test_an_edition_in_json_has_what_the_contract_names() -> None:
    value = json.loads(render_edition(edition(story()), "json"))
    assert (value["version"], value["generated"]) == (1, "2026-05-05T07:02:00Z")
    assert value["since"] == "2026-05-04T07:02:00Z"
    printed_story = value["stories"][0]
    assert {
        "id",
        "headline",
        "lead",
        "bullets",
        "figures",
        "entities",
        "articles",
        "first",
        "disagreements",
        "changed",
        "earlier",
        "score",
        "reasons",
    } <= printed_story.keys()
    assert printed_story["bullets"][2]["article"] == "a2"
    assert printed_story["bullets"][0]["outlets"] == 2
    assert printed_story["bullets"][2]["caveat"]["kind"] == "limitation"
    assert {"id", "source", "title", "url", "published"} <= printed_story["articles"][0].keys()
    assert (printed_story["first"]["article"], printed_story["first"]["how"]) == ("a1", "time")
    assert printed_story["disagreements"][0]["counts"] == "weight limit"
    assert printed_story["disagreements"][0]["values"][0]["articles"] == ["a1"]
    assert printed_story["earlier"] == ["s9"]
    assert printed_story["reasons"] == ["two outlets tell it"]


def test_a_digest_in_json_keeps_its_text_unchanged_control_characters_too() -> None:
    odd = "a\x00b\x1b[1mc\u202e\x9b\u2028d"
    plain_digest = digest()
    plain_digest = replace(plain_digest, article=replace(plain_digest.article, text=odd))
    printed = render_digest(plain_digest, "json")
    assert digest_from_json(json.loads(printed)).article.text == odd
    assert not set(printed) & set("\x00\x1b\u202e\x9b\u2028")


def test_a_digest_in_json_fits_the_schema(shared: Path) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((shared / "schema" / "digest.schema.json").read_text(encoding="utf-8"))
    faults = Draft202012Validator(schema).iter_errors(json.loads(render_digest(digest(), "json")))
    assert [fault.message for fault in faults] == []


@given(st.text())
def test_json_reads_back_whatever_the_text(words: str) -> None:
    assert json.loads(json_text({"a": words})) == {"a": words}


def test_an_unknown_format_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="markdown"):
        render_edition(edition(), "pdf")
    with pytest.raises(UsageError):
        render_digest(digest(), "html")


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" ")), st.integers(20, 100))
def test_wrapping_loses_nothing_and_keeps_the_width(words: str, width: int) -> None:
    lines = wrap(words, width, "- ")
    joined = "".join("".join(line[2:].split()) for line in lines)
    assert joined == "".join(words.split())
    for line in lines:
        assert cells(line) <= width or " " not in line[2:].strip()


def test_chinese_is_wrapped_by_cells() -> None:
    lines = wrap("港口管理局关闭了大桥" * 5, 30, "• ")
    assert all(cells(line) <= 30 for line in lines)
    assert len(lines) == 4


def test_text_is_wrapped_to_the_width_asked_for() -> None:
    assert all(cells(line) <= 40 or "https://" in line for line in text(width=40).splitlines())


def test_the_moment_is_shown_in_the_zone_asked_for() -> None:
    assert f"{NOW:%H:%M}" in text()
