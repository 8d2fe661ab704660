"""Documents that attack the parser: nothing is expanded, read, connected to or obeyed."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.ingest import extract, html_to_text, parse_feed, parse_opml
from briefing.model import BriefingError, ExtractError

URL = "https://paper.example/feed.xml"
SECRET = "the secret of this machine"  # noqa: S105 - made up


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that would see a connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def _told(document: str) -> str:
    """Everything that comes out of a document read as a feed, and as a list of feeds."""
    told = ""
    for read in (parse_feed, parse_opml):
        try:
            told += repr(read(document.encode(), URL))
        except BriefingError as error:
            told += str(error)
    return told


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize("use", ["&l9;", "&l1;"])
@pytest.mark.parametrize(
    "body",
    [
        "<rss version='2.0'><channel><title>a{}</title><item><title>{}</title></item></channel>",
        "<opml version='2.0'><body><outline text='{}' xmlUrl='http://a.example/{}'/></body></opml>",
    ],
    ids=["feed", "list"],
)
def test_hostile_07_entities_are_not_expanded(body: str, use: str) -> None:
    document = f'<!DOCTYPE r [<!ENTITY l0 "haha">{LAUGHS}]>{body.format(use, use)}'
    assert _told(document).count("haha") < 2


def test_hostile_07_one_long_entity_used_often_is_not_expanded() -> None:
    document = (
        f'<!DOCTYPE r [<!ENTITY a "{"haha" * 5000}">]><rss version="2.0"><channel>'
        f"<item><title>x{'&a;' * 5000}</title></item></channel></rss>"
    )
    assert len(_told(document)) < 100_000


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "{file}">]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "{web}">]>',
        '<!DOCTYPE r SYSTEM "{web}">',
        '<!DOCTYPE r PUBLIC "-//X//Y" "{web}" [<!ENTITY x "y">]>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "{web}"> %p;]>',
        '<?xml-stylesheet type="text/xsl" href="{web}"?>',
    ],
)
def test_hostile_07_no_file_is_read_and_no_host_is_asked(
    tmp_path: Path, listener: socket.socket, declaration: str
) -> None:
    file = tmp_path / "secret"
    file.write_text(SECRET)
    web = f"http://127.0.0.1:{listener.getsockname()[1]}/x.dtd"
    head = declaration.format(file=file.as_uri(), web=web)
    feed = (
        "<rss version='2.0'><channel><title>&x;</title><item><title>t&x;</title>"
        f"<description>&x;<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' parse='text'"
        f" href='{file.as_uri()}'/></description></item></channel></rss>"
    )
    opml = (
        "<opml version='2.0'><body><outline text='&x;' xmlUrl='http://a.example/'/></body></opml>"
    )
    assert SECRET not in _told(head + feed)
    assert SECRET not in _told(head + opml)
    with pytest.raises(BlockingIOError):
        listener.accept()


WORDS = "The ferry leaves from the new quay at noon, the harbour board said on Monday."
TRICKS = {
    "script": "<script>steal()</script>",
    "style": "<style>p {{ color: steal }}</style>",
    "form": "<form action='https://x.example/'><input value='steal'><button>ok</button></form>",
    "iframe": "<iframe src='javascript:steal()' srcdoc='<p>steal</p>'></iframe>",
    "handler": "<img src=x onerror='steal()'><b onclick='steal()'>bold</b>",
    "svg": "<svg><script>steal()</script><path d='" + "M0 0 " * 100_000 + "'/></svg>",
    "comment": "<!-- steal --><!--[if IE]> steal <![endif]-->",
    "object": "<object data='steal'></object><embed src='steal'>",
    "links": "<a href='javascript:steal()'>js</a><a href='data:text/html,steal'>d</a>",
    "tables": "<table><tr><td>" * 100 + "cell" + "</td></tr></table>" * 100,
    "unclosed": "<b><i><p><div>open",
    "plaintext": "<p>plain</p><plaintext>rest",
}


@pytest.mark.parametrize("name", TRICKS)
def test_hostile_14_only_clean_text_and_web_links_come_out_of_an_entry(name: str) -> None:
    text, links = html_to_text(f"<p>{WORDS}</p>{TRICKS[name]}<p>{WORDS}</p>", URL)
    assert text.startswith(WORDS)
    assert "steal" not in text
    assert "<" not in text or name == "plaintext"
    assert all((link.url or "https:").startswith(("http:", "https:")) for link in links)


def test_hostile_14_a_page_nested_too_deep_is_an_error_and_no_crash() -> None:
    with pytest.raises(ExtractError, match="cannot be read"):
        extract(f"<html><body><p>{WORDS}</p>{TRICKS['tables']}</body></html>", URL)


@pytest.mark.parametrize("name", sorted(TRICKS.keys() - {"tables"}))
def test_hostile_14_only_clean_text_and_web_links_come_out_of_a_page(name: str) -> None:
    body = f"<p>{WORDS}</p><p>{WORDS[:40]} again.</p>{TRICKS[name]}<p>{WORDS[4:]}</p>"
    page = f"<html><head><title>T</title></head><body><article>{body}</article></body></html>"
    article = extract(page, URL)
    assert WORDS in article.text
    assert "steal" not in article.text
    assert all((link.url or "https:").startswith(("http:", "https:")) for link in article.links)
