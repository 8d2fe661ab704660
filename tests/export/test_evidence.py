"""Exports quote what each bullet stands on, where the articles' texts are at hand."""

import json
from datetime import UTC
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from briefing.export import EXPORTERS, ExportOptions, StoryExporter, rendered_edition
from briefing.model import Edition
from tests.export.samples import BUSES, CLAIM, LIMIT, TEXT, digest, edition, story

TEXTS = {"a1": TEXT, "a2": TEXT}


def exported(name: str, sheet: Edition, *, title: str = "") -> str:
    options = ExportOptions(zone=UTC, name="edition", title=title, texts=TEXTS)
    return EXPORTERS[name].render_edition(sheet, options).decode()


def exported_story(name: str) -> str:
    exporter = EXPORTERS[name]
    assert isinstance(exporter, StoryExporter)
    return exporter.render_story(story(), ExportOptions(zone=UTC, texts=TEXTS)).decode()


def test_each_bullet_carries_the_sentences_it_stands_on_as_they_are_written() -> None:
    (told,) = rendered_edition(edition(story()), texts=TEXTS).stories
    quotes = [bullet.quotes[0] for bullet in told.content.bullets]
    assert [q.text for q in quotes] == [span.of(TEXT) for span in (CLAIM, LIMIT, BUSES)]
    assert [q.outlet for q in quotes] == ["Coast Courier", "Coast Courier", "Harbour Post"]
    assert [q.url for q in quotes][2] == "https://harbour.example/1"


def test_an_article_whose_text_is_gone_is_not_quoted() -> None:
    (told,) = rendered_edition(edition(story()), texts={"a1": TEXT}).stories
    assert [len(bullet.quotes) for bullet in told.content.bullets] == [1, 1, 0]


def test_what_is_printed_quotes_nothing_and_has_no_front_matter() -> None:
    for name in ("text", "markdown", "html"):
        printed = EXPORTERS[name].render_edition(edition(story()), ExportOptions(zone=UTC)).decode()
        assert "<details" not in printed
        assert "[^1]" not in printed
        assert not printed.startswith("---")


class _Details(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.quoted: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.inside[-3:] == ["details", "blockquote", "p"]:
            self.quoted.append(data)


def test_html_has_the_evidence_in_quotations_that_open_without_a_script() -> None:
    for page in (exported("html", edition(story())), exported_story("html")):
        parser = _Details()
        parser.feed(page)
        assert [span.of(TEXT) for span in (CLAIM, LIMIT, BUSES)] == [
            text for text in parser.quoted if text[-1] == "."
        ]
        assert "<script" not in page
        assert "In the words of Harbour Post</summary>" in page


def parsed_markdown(text: str) -> tuple[dict[str, object], str]:
    """The front matter, and the page as HTML."""
    parser = MarkdownIt("commonmark").use(front_matter_plugin).use(footnote_plugin)
    front = next(t.content for t in parser.parse(text) if t.type == "front_matter")
    lines = [line.partition(": ") for line in front.splitlines()]
    return {name: json.loads(value) for name, _, value in lines}, parser.render(text)


def test_markdown_has_the_evidence_in_footnotes_each_with_its_article() -> None:
    _, page = parsed_markdown(exported("markdown", edition(story(1), story(2))))
    notes = page.partition('<section class="footnotes">')[2]
    for span in (CLAIM, LIMIT, BUSES):
        assert notes.count(span.of(TEXT)) == 2
    assert notes.count('href="https://harbour.example/1"') == 2
    assert "Tue 5 May 2026, 07:02" in notes
    assert "[^" not in page


def test_the_note_of_a_story_says_in_front_matter_what_it_is() -> None:
    front, page = parsed_markdown(exported_story("markdown"))
    assert str(front.pop("briefing")).startswith("tag:briefing.example,2026:story/s1 sha256:")
    assert front == {
        "title": "Harbour bridge closed to lorries",
        "id": "tag:briefing.example,2026:story/s1",
        "published": "2026-05-04T16:02:00Z",
        "updated": "2026-05-05T07:02:00Z",
        "sources": ["Coast Courier", "Harbour Post"],
        "urls": ["https://coast.example/bridge", "https://harbour.example/1"],
        "tags": [],
        "category": "Local",
        "caveats": ["limitation"],
    }
    assert page.lstrip().startswith("<h1>Harbour bridge closed to lorries</h1>")


def test_an_edition_says_in_front_matter_which_stories_it_has() -> None:
    front, _ = parsed_markdown(exported("markdown", edition(story(1), story(2))))
    assert front["id"] == "tag:briefing.example,2026:edition"
    assert front["stories"] == [f"tag:briefing.example,2026:story/s{n}" for n in (1, 2)]


def test_a_note_that_is_kept_does_not_change_when_the_reader_looks() -> None:
    assert "Since you last looked" in exported("markdown", edition(story()))
    assert "Since you last looked" not in exported_story("markdown")
    assert "Since you last looked" not in exported_story("html")


def test_text_quotes_only_where_a_bullet_is_not_its_own_sentence() -> None:
    lines = exported("text", edition(story())).splitlines()
    assert lines.count("     As written by Coast Courier: It said 44 t is the limit.") == 1
    assert sum("As written by" in line for line in lines) == 1


def test_stories_that_are_no_edition_have_their_title_and_no_time() -> None:
    for name in ("text", "markdown", "html"):
        printed = exported(name, edition(story()), title="Search: bridge <b>")
        assert "bridge" in printed
        assert "<b>" not in printed or name == "text"
        assert "since Mon" not in printed
        assert "up to date" not in printed
        assert "These are all." in printed


def test_json_lines_are_the_stories_of_the_edition_s_json() -> None:
    sheet = edition(story(1), story(2))
    lines = [json.loads(line) for line in exported("jsonl", sheet).splitlines()]
    assert lines == json.loads(exported("json", sheet))["stories"]
    assert exported("jsonl", edition()) == ""


def test_a_digest_has_no_footnotes() -> None:
    from tests.export.printing import render_digest

    assert "[^" not in render_digest(digest(), "markdown", zone=UTC)
