"""Whatever a feed says, an export carries no terminal code, no markup and no address but the web's.

Hostile-input lines 1, 22 and 30: the texts and addresses are arbitrary, and made of what hurts.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from email import message_from_bytes
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from briefing.export import EXPORTERS, ExportOptions, StoryExporter
from briefing.export.ownership import is_as_written
from briefing.model import Bullet, Disagreement, Edition, Link, Span, Story, StoryLink
from briefing.model.tags import Tag
from tests.export.samples import PERSON, edition, story

_BAD = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</details></article></title></style>",
    '" onmouseover="alert(1)',
    "' style='x",
    "]]>",
    "<!--",
    "&#x3c;b&#x3e;",
    "\x1b[31m",
    "\x1b]0;owned\x07",
    "\x9b2J",
    "\u202e",
    "\ufffe",
    "\x00",
    "[x](javascript:alert(1))",
    "![x](http://e.example/p.png)",
    "<javascript:alert(1)>",
    "[^1]",
    "[^1]: note",
    "---",
    "\n---\n",
    "\r\nBcc: all@e.example\r\n\r\n",
    "`",
    "```",
    "~~~",
    "# ",
    "> ",
    "1. ",
    "| a |",
    "--=_boundary",
    "\n.\n",
    "tag:x sha256:" + "0" * 64,
    "http://user:secret@e.example/",
)
WORDS = st.lists(st.sampled_from(_BAD) | st.text(max_size=12), max_size=4).map("".join)
ADDRESSES = st.one_of(
    st.sampled_from(
        (
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\tscript:alert(1)",
            "\x01javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "file:///etc/passwd",
            "//e.example",
            'https://e.example/"><script>alert(1)</script>',
            "https://e.example/>)[x](javascript:alert(1))",
            "https://e.example/\n[^1]: x",
            "https://user:secret@e.example/a",
            "https://e.example/\x1b[31m",
        )
    ),
    WORDS,
    WORDS.map("https://e.example/".__add__),
)
ALLOWED_TAGS = set(
    "html head meta title style link body header main article section footer h1 h2 h3 p ul ol li a"
    " strong em span details summary blockquote aside sup nav".split()
)
OURS = re.compile(r"https?://|#note-\d|[\w-]+\.(css|xhtml)$")
TERMINAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@st.composite
def hostile_stories(draw: st.DrawFn) -> Story:
    """A story whose every word and address is a feed's."""
    told = story(1, draw(WORDS))
    words, address = draw(WORDS), draw(ADDRESSES)
    said = draw(WORDS) or "x"
    whole = Bullet(said, None, (Span(0, len(said)),))
    bullets = tuple(
        replace(
            line,
            bullet=replace(line.bullet, text=said, insertions=()) if line.bullet.caveat else whole,
            source=words,
        )
        for line in told.brief.bullets
    )
    values = tuple(replace(v, surface=words) for v in told.brief.disagreements[0].values)
    brief = replace(
        told.brief,
        bullets=bullets,
        entities=tuple(
            replace(e, entity=replace(PERSON, name=words, role=said)) for e in told.brief.entities
        ),
        figures=tuple(
            replace(f, figure=replace(f.figure, surface=words, counts=said))
            for f in told.brief.figures
        ),
        articles=tuple(
            replace(a, title=said, source=words, url=address) for a in told.brief.articles
        ),
        first=replace(told.brief.first, source=words),
        disagreements=(Disagreement(said, "differ", values),),
        links=(StoryLink(Link("see-also", words, address), "a1"),),
    )
    return replace(told, row=replace(told.row, category=words), brief=brief)


@st.composite
def exports(draw: st.DrawFn) -> tuple[Edition, ExportOptions]:
    """An edition of such a story, whose articles have such texts."""
    text = draw(WORDS) + "x" * 120
    options = ExportOptions(
        zone=UTC,
        name="search/" + draw(WORDS),
        title=draw(WORDS),
        texts={"a1": text, "a2": text},
        tags={"s1": (Tag(draw(WORDS)),)},
        groups=((draw(WORDS), frozenset({"s1"})),),
    )
    return edition(draw(hostile_stories())), options


def files(name: str, sheet: Edition, options: ExportOptions) -> list[bytes]:
    """The edition, and its story alone where the format has that."""
    exporter = EXPORTERS[name]
    made = [exporter.render_edition(sheet, options)]
    if isinstance(exporter, StoryExporter):
        made.append(exporter.render_story(sheet.stories[0], options))
        assert not exporter.is_marked or is_as_written(made[-1])
    return made


class _Markup(HTMLParser):
    """Notes what a browser would take for markup that is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED_TAGS:
            self.wrong.append(tag)
        for key, value in attrs:
            if key.startswith("on") or key in ("src", "style"):
                self.wrong.append((tag, key))
            if key == "href" and not OURS.match(value or ""):
                self.wrong.append((tag, value))

    def handle_comment(self, data: str) -> None:
        self.wrong.append(("comment", data))


@given(exports())
@settings(max_examples=60)
def test_hostile_01_no_export_carries_a_terminal_code_or_a_password(
    asked: tuple[Edition, ExportOptions],
) -> None:
    for name in ("text", "markdown", "html", "json", "jsonl", "atom", "eml"):
        for content in files(name, *asked):
            assert not TERMINAL.search(content.decode())
    for name in ("text", "markdown", "html", "atom"):
        for content in files(name, *asked):
            for address in re.findall(r"https?://[^\s<>\"]+", content.decode()):
                assert not re.match(r"https?://[^/]*secret@e\.example/a", address)


@given(exports())
@settings(max_examples=60)
def test_no_page_that_is_exported_has_markup_of_a_feed(
    asked: tuple[Edition, ExportOptions],
) -> None:
    for content in files("html", *asked):
        page = _Markup()
        page.feed(content.decode())
        assert page.wrong == []
    for content in files("eml", *asked):
        message = message_from_bytes(content)
        assert [p.get_content_type() for p in message.walk()] == [
            "multipart/alternative",
            "text/plain",
            "text/html",
        ]
        assert message["Bcc"] is None
        parts = [part.get_payload(decode=True) for part in message.walk()][1:]
        assert all(isinstance(part, bytes) for part in parts)
        for part in parts:
            assert isinstance(part, bytes)
            assert not TERMINAL.search(part.decode())
        assert isinstance(parts[1], bytes)
        page = _Markup()
        page.feed(parts[1].decode())
        assert page.wrong == []


@given(exports())
@settings(max_examples=60)
def test_feeds_and_books_are_well_formed_and_have_no_markup_of_a_feed(
    asked: tuple[Edition, ExportOptions],
) -> None:
    (feed,) = files("atom", *asked)
    atom = "{http://www.w3.org/2005/Atom}"
    root = ET.fromstring(feed)  # noqa: S314 - our own
    for content in root.iter(f"{atom}content"):
        page = _Markup()
        page.feed(content.text or "")
        assert page.wrong == []
    for link in root.iter(f"{atom}link"):
        assert link.get("href", "").lower().startswith(("http://", "https://"))
    (book,) = files("epub", *asked)
    for name, text in parts_of(book):
        assert not TERMINAL.search(text)
        if name.endswith((".xhtml", ".opf", ".xml")):
            ET.fromstring(text.encode())  # noqa: S314 - our own
        if name.endswith(".xhtml"):
            page = _Markup()
            page.feed(text.partition("?>")[2])
            assert page.wrong == []


def parts_of(book: bytes) -> Iterator[tuple[str, str]]:
    archive = ZipFile(BytesIO(book))
    for name in archive.namelist():
        yield name, archive.read(name).decode()


def tokens(parser: MarkdownIt, text: str) -> Iterator[Token]:
    for token in parser.parse(text):
        yield token
        yield from token.children or ()


@given(exports())
@settings(max_examples=60)
def test_markdown_has_no_html_and_links_only_to_the_web_whether_front_matter_is_known_or_not(
    asked: tuple[Edition, ExportOptions],
) -> None:
    parsers = [
        MarkdownIt("commonmark").use(footnote_plugin).use(front_matter_plugin),
        MarkdownIt("commonmark"),
        MarkdownIt("gfm-like", {"linkify": False, "html": True}),
    ]
    for parser in parsers:
        # A program that checks nothing itself.
        parser.validateLink = lambda _: True  # type: ignore[assignment,method-assign]
    for content in files("markdown", *asked):
        for parser in parsers:
            found = list(tokens(parser, content.decode()))
            assert not [t for t in found if t.type in ("html_inline", "html_block", "image")]
            addresses = [
                str(t.attrs.get("href", "https://")) for t in found if t.type == "link_open"
            ]
            assert all(a.lower().startswith(("http://", "https://")) for a in addresses)
