"""Exports for feed readers, mail programs and reading systems are valid for them."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

import feedparser
import pytest
from lxml import etree

from briefing.export import EXPORTERS, ExportOptions, StoryExporter
from briefing.model import Edition, UsageError
from tests.export.samples import BUSES, CLAIM, LIMIT, NOW, TEXT, edition, story

OPTIONS = ExportOptions(
    zone=UTC, generated=NOW, name="edition", texts={"a1": TEXT, "a2": TEXT}, sections=True
)
ODD = "Ferry & <b>bridge</b> \u202e“closed”\x1b[31m\ufffe 100 %"


def rendered(name: str, sheet: Edition, options: ExportOptions = OPTIONS) -> bytes:
    return EXPORTERS[name].render_edition(sheet, options)


# ── Atom ─────────────────────────────────────────────────────────────────────────────────────


def test_a_feed_is_read_by_feedparser_as_what_it_is() -> None:
    parsed = feedparser.parse(rendered("atom", edition(story(1), story(2, ODD))))
    assert (parsed.bozo, parsed.version) == (False, "atom10")
    assert parsed.feed.id == "tag:briefing.example,2026:edition"
    assert parsed.feed.title == "Briefing"
    first, second = parsed.entries
    assert first.id == "tag:briefing.example,2026:story/s1"
    assert (first.published, first.updated) == ("2026-05-04T16:02:00Z", "2026-05-05T07:02:00Z")
    assert first.link == "https://coast.example/bridge"
    assert first.summary == CLAIM.of(TEXT)
    assert first.tags[0].term == "Local"
    for span in (CLAIM, LIMIT, BUSES):
        assert span.of(TEXT) in first.content[0].value
    assert second.title_detail.type == "text/plain"
    assert second.title == "Ferry & <b>bridge</b> “closed” 100 %"


def test_a_feed_fits_the_schema_of_rfc_4287_one_without_entries_too() -> None:
    schema = etree.RelaxNG(file=str(Path(__file__).with_name("atom.rng")))
    for sheet in (edition(), edition(story(1), story(2, ODD)), edition(story(1), above=0)):
        feed = etree.fromstring(rendered("atom", sheet))
        schema.assertValid(feed)
        ids = [element.text for element in feed.iter("{*}id")]
        assert len(set(ids)) == len(ids)
        for entry in feed.iter("{*}entry"):
            links = [link.get("rel") for link in entry.iter("{*}link")]
            assert links.count("alternate") == 1  # 4.1.2: not two of a kind
    broken = etree.fromstring(rendered("atom", edition(story(1))))
    broken.find("{*}entry").remove(broken.find("{*}entry/{*}updated"))
    assert not schema.validate(broken)


def test_the_next_export_of_a_story_has_the_same_identifier_and_a_later_time() -> None:
    told = story(1)
    later = replace(told, row=replace(told.row, latest=NOW.replace(hour=9), headline="Other"))
    before, after = (
        feedparser.parse(rendered("atom", edition(s))).entries[0] for s in (told, later)
    )
    assert before.id == after.id
    assert before.updated < after.updated


def test_a_search_is_a_feed_of_its_own() -> None:
    options = replace(OPTIONS, name="search/new bridge?", title="Search: new bridge?")
    feed = feedparser.parse(rendered("atom", edition(story()), options)).feed
    assert feed.id == "tag:briefing.example,2026:search/new%20bridge%3F"
    assert feed.title == "Briefing: Search: new bridge?"


# ── Mail ─────────────────────────────────────────────────────────────────────────────────────


def mail(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=modern)
    assert not message.defects
    assert all(not part.defects for part in message.walk())
    return message


def test_a_mail_has_the_edition_as_text_and_as_html() -> None:
    options = replace(OPTIONS, recipients=("ann@coast.example", "Jo Vale <jo@hill.example>"))
    content = rendered("eml", edition(story()), options)
    assert content.isascii()
    assert max(map(len, content.split(b"\n"))) < 998  # RFC 5322, 2.1.1
    message = mail(content)
    assert message.get_content_type() == "multipart/alternative"
    assert message["To"] == "ann@coast.example, Jo Vale <jo@hill.example>"
    assert message["Subject"] == "Briefing, Tue 5 May 2026, 07:02"
    assert message["Date"].datetime == NOW
    text, page = message.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(page, EmailMessage)
    narrow = rendered("text", edition(story()), replace(OPTIONS, width=72))
    assert text.get_content() == narrow.decode()
    assert page.get_content() == rendered("html", edition(story())).decode()


def test_the_mail_of_a_story_has_its_headline_as_its_subject_whatever_is_in_it() -> None:
    exporter = EXPORTERS["eml"]
    assert isinstance(exporter, StoryExporter)
    headline = f"{ODD} " + "ä very long headline " * 20 + "\r\nBcc: all@coast.example"
    message = mail(exporter.render_story(story(1, headline), OPTIONS))
    assert message["Subject"].startswith("Ferry & <b>bridge</b> “closed”")
    assert message["Subject"].endswith("headline Bcc: all@coast.example")
    assert message["Bcc"] is None
    assert message["Date"].datetime == NOW
    assert message["X-Briefing"].startswith("tag:briefing.example,2026:story/s1 sha256:")


def test_the_same_export_is_the_same_mail_and_another_is_another() -> None:
    one, again, other = (rendered("eml", edition(story(n))) for n in (1, 1, 2))
    assert one == again
    assert mail(one)["Message-ID"] == mail(again)["Message-ID"]
    changed = rendered("eml", edition(story(1, "Other")))
    assert mail(changed)["Message-ID"] != mail(one)["Message-ID"]
    assert other


@pytest.mark.parametrize(
    "address",
    ["ann", "ann@", "<>", "a b@coast.example", "ä@coast.example", "a@b.c\nBcc: x@y.z", "all:;"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    for options in (replace(OPTIONS, recipients=(address,)), replace(OPTIONS, sender=address)):
        with pytest.raises(UsageError, match="no address of mail"):
            rendered("eml", edition(), options)


# ── EPUB ─────────────────────────────────────────────────────────────────────────────────────


def test_a_book_has_a_chapter_for_each_story_and_its_media_type_first() -> None:
    archive = ZipFile(BytesIO(rendered("epub", edition(story(1), story(2), above=1))))
    assert archive.testzip() is None
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    assert archive.read("mimetype") == b"application/epub+zip"
    chapters = [name for name in archive.namelist() if "story-" in name]
    assert chapters == ["EPUB/story-0001.xhtml"]
    chapter = archive.read(chapters[0]).decode()
    for number, span in enumerate((CLAIM, LIMIT, BUSES), start=1):
        assert f'href="#note-{number}"' in chapter
        assert f"<p>{number}. {span.of(TEXT)} (" in chapter
    assert "Below the line" in archive.read("EPUB/front.xhtml").decode()


def test_all_parts_of_a_book_are_xml_and_named_in_its_package() -> None:
    archive = ZipFile(BytesIO(rendered("epub", edition(story(1, ODD), story(2)))))
    for name in archive.namelist():
        if name.endswith(("xml", "opf")):
            ET.fromstring(archive.read(name))  # noqa: S314 - our own
    package = archive.read("EPUB/package.opf").decode()
    parts = {n.removeprefix("EPUB/") for n in archive.namelist() if n.startswith("EPUB/")}
    assert all(f'href="{part}"' in package for part in parts - {"package.opf"})


def test_the_same_export_is_the_same_book_and_each_edition_is_its_own() -> None:
    sheet = edition(story())
    assert rendered("epub", sheet) == rendered("epub", sheet)

    def identifier(options: ExportOptions, shown: Edition) -> str:
        package = ZipFile(BytesIO(rendered("epub", shown, options))).read("EPUB/package.opf")
        return package.decode().partition('<dc:identifier id="id">')[2].partition("<")[0]

    tomorrow = replace(sheet, window=replace(sheet.window, until=NOW.replace(day=6)))
    assert identifier(OPTIONS, sheet) != identifier(OPTIONS, tomorrow)
    starred = replace(OPTIONS, name="starred", title="Starred")
    assert identifier(starred, sheet) == identifier(starred, tomorrow)


def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    """The W3C's own checker, as Debian packages it: of sections, odd characters, below the line."""
    checker, java = shutil.which("epubcheck"), shutil.which("java")
    if checker is None or java is None:
        pytest.skip("EPUB IS NOT CHECKED: epubcheck is not installed (apt-get install epubcheck)")
    book = tmp_path / "briefing.epub"
    odd = story(1, ODD)
    articles = (replace(odd.brief.articles[0], url="https://coast.example/a|b c[1]?q=50%#{x}"),)
    odd = replace(odd, brief=replace(odd.brief, articles=articles))
    sheet = edition(odd, story(2), story(3), above=2, all_stories=5)
    book.write_bytes(rendered("epub", sheet))
    # Debian's program is a JAR that only a kernel with binfmt starts by itself.
    command = [java, "-jar", checker, str(book)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
