"""The table of formats, and what a new one takes."""

from dataclasses import replace
from datetime import UTC, timedelta, timezone
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from briefing.cli.output import Output
from briefing.export import (
    EXPORTERS,
    DigestExporter,
    Exporter,
    ExportOptions,
    digest_formats,
    edition_formats,
    is_text,
    rendered_digest,
    rendered_edition,
)
from briefing.model import Chapter, Edition, UsageError
from briefing.sample import copy_sample, sample_now
from tests.cli.ran import briefing_here
from tests.export.samples import NOW, digest, edition, story


class FeedExporter:
    """A toy of a feed."""

    name = "toy-feed"
    media_type = "application/atom+xml"
    suffix = ".xml"

    def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
        stories = rendered_edition(edition).stories
        lines = [f"{s.id} {s.latest.isoformat()} {s.title}\n" for s in stories]
        return "".join(lines).encode()


def test_a_new_format_is_one_class_and_one_line(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """Ten lines: the class above has nine (three name the format, three make it), and one puts it
    into the table. ``print --format`` takes it from there."""
    monkeypatch.setitem(EXPORTERS, FeedExporter.name, FeedExporter())
    copy_sample(home / "data" / "briefing.sqlite3")
    since = (sample_now() - timedelta(days=1)).isoformat()
    ran = briefing_here("print", "--since", since, "--format", "toy-feed")
    assert (ran.code, ran.err) == (0, "")
    first, *rest = ran.out.splitlines()
    story_id, moment, title = first.split(" ", 2)
    assert story_id.isdigit()
    assert moment.startswith("2026-05-")
    assert title
    assert rest


def test_a_format_of_bytes_goes_into_a_file_unchanged(
    monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path
) -> None:
    class BookExporter(FeedExporter):
        name = "toy-book"
        media_type = "application/epub+zip"

        def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
            return b"PK\x03\x04\xff\x00\x1b"

    monkeypatch.setitem(EXPORTERS, BookExporter.name, BookExporter())
    assert not is_text(BookExporter())
    file = tmp_path / "briefing.epub"
    assert briefing_here("print", "--format", "toy-book", "--output", str(file)).code == 0
    assert file.read_bytes() == b"PK\x03\x04\xff\x00\x1b"


class _Terminal(TextIOWrapper):
    def isatty(self) -> bool:
        return True


def test_bytes_go_into_a_pipe_as_they_are_and_never_onto_a_terminal() -> None:
    errors = TextIOWrapper(BytesIO())
    pipe, terminal = TextIOWrapper(BytesIO()), _Terminal(BytesIO())
    Output(pipe, errors).rendered(b"PK\x1b\xff", is_text=False)
    assert pipe.buffer.getvalue() == b"PK\x1b\xff"
    with pytest.raises(UsageError, match="--output FILE"):
        Output(terminal, errors).rendered(b"PK\x1b\xff", is_text=False)
    Output(terminal, errors).rendered("≠ [31m\x1b[31mred".encode(), is_text=True)
    terminal.flush()
    assert terminal.buffer.getvalue().decode() == "≠ [31mred"  # type: ignore[attr-defined]


@pytest.mark.parametrize("exporter", EXPORTERS.values(), ids=list(EXPORTERS))
def test_each_format_has_a_name_a_type_and_a_suffix(exporter: Exporter) -> None:
    assert EXPORTERS[exporter.name] is exporter
    assert exporter.media_type.count("/") == 1
    assert exporter.suffix.startswith(".")
    assert is_text(exporter) is (exporter.name != "epub")


def test_text_markdown_and_json_alone_have_a_form_for_a_digest() -> None:
    assert set(edition_formats()) > set(digest_formats())
    assert digest_formats() == ("text", "markdown", "json")
    assert isinstance(EXPORTERS["text"], DigestExporter)


def test_what_is_rendered_keeps_ids_and_times() -> None:
    rendered = rendered_edition(edition(story(1), story(2), above=1))
    (above,), (below,) = rendered.stories, rendered.below
    assert (above.id, below.id) == ("s1", "s2")
    assert above.latest == NOW
    assert [s.article_id for s in above.content.sources] == ["a1", "a2"]
    assert above.content.sources[1].published == NOW
    assert above.content.earlier == (Chapter("s9", "Cracks found", NOW - timedelta(days=9)),)
    assert [b.article_id for b in above.content.bullets] == ["a1", "a1", "a2"]
    assert rendered_digest(digest()).article_id == "a1"
    assert rendered_digest(digest()).published == NOW - timedelta(hours=15)


def test_sections_are_in_the_order_of_their_best_stories_and_one_without_a_name_comes_too() -> None:
    hills, coast = story(1), story(2)
    coast = replace(coast, row=replace(coast.row, category="Coast"))
    nameless = replace(hills, row=replace(hills.row, id="s3", category=""))
    rendered = rendered_edition(edition(hills, coast, nameless, story(4)), sections=True)
    ids = [(section.name, [s.id for s in section.stories]) for section in rendered.sections]
    assert ids == [("Local", ["s1", "s4"]), ("Coast", ["s2"]), ("Without a category", ["s3"])]
    assert rendered.has_sections
    assert not rendered_edition(edition(hills, coast)).has_sections


def test_groups_stand_before_all_others_and_no_story_stands_twice() -> None:
    stories = [story(n) for n in (1, 2, 3)]
    groups = (("Mine", frozenset({"s3", "s1"})), ("Too", frozenset({"s1", "s9"})))
    rendered = rendered_edition(edition(*stories), groups=groups)
    ids = [(section.name, [s.id for s in section.stories]) for section in rendered.sections]
    assert ids == [("Mine", ["s1", "s3"]), ("Other stories", ["s2"])]
    everything = (("All", frozenset({"s1", "s2", "s3"})),)
    (section,) = rendered_edition(edition(*stories), groups=everything, sections=True).sections
    assert section.name == "All"
    nothing = (("None", frozenset({"s9"})),)
    assert not rendered_edition(edition(*stories), groups=nothing).has_sections


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_times_are_shown_in_the_zone_of_the_options(name: str) -> None:
    exporter = EXPORTERS[name]
    at_home = exporter.render_edition(edition(story()), ExportOptions(zone=UTC)).decode()
    away = ExportOptions(zone=timezone(timedelta(hours=2)))
    assert "5 May 2026, 07:02" in at_home
    assert "5 May 2026, 09:02" in exporter.render_edition(edition(story()), away).decode()
