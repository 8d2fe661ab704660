#!/usr/bin/env python3
"""Hostile documents for every reader of what comes from outside, until the time is up.

Documents of the kind that a reader expects are cut, doubled, spliced and strewn with what has
broken parsers before (hypothesis chooses and shrinks). What a reader may do with one: give a value
whose parts keep their promises, or raise an error of ours; within the seconds that it has. Anything
else is printed with the smallest document that does it, and ends the run with 1.
"""

import argparse
import base64
import gzip
import re
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import zstandard
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from briefing.config import config_faults, load_settings
from briefing.ingest import article_from_entry, discover, extract, parse_feed, parse_opml
from briefing.ingest.batch import parse_batch_line
from briefing.ingest.decoding import decoded
from briefing.ingest.headers import freshness, media_type, retry_after
from briefing.model import BriefingError, Entry, Feed, StoryArticle
from briefing.refresh.tasks import make_digest
from briefing.stories import make_brief

EXAMPLES = 60  # of a reader in one round
SECONDS = 20.0  # of processor time that one document may take
URL = "https://paper.example/news/feed.xml"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xml:base="/a/"><channel>
<title>Paper</title><link>https://paper.example/</link><ttl>60</ttl><item>
<title>Ferry &amp; quay</title><link>/1</link><guid isPermaLink="false">1</guid>
<pubDate>Tue, 05 May 2026 07:00:00 +0200</pubDate>
<description><![CDATA[<p>The <b>ferry</b> leaves <a href="//x.example/q">soon</a>.</p>]]>
</description>
<enclosure url="a.mp3" length="9" type="audio/mpeg"/></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="html">P</title>
<entry><id>urn:1</id><title>Quay</title><updated>2026-05-05T07:00:00Z</updated>
<author><name>A</name></author>
<link rel="alternate" href="1"/><content type="xhtml"><div>Text</div></content></entry></feed>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "P", "items": [
{"id": 1, "url": "/1",
"title": "Quay", "content_html": "<p>Text</p>", "date_published": "2026-05-05T07:00:00Z",
"authors": [{"name": "A"}], "tags": ["a"]}]}"""
OPML = b"""<opml version="2.0"><head><title>L</title></head><body><outline text="News" title="News">
<outline type="rss" text="P" xmlUrl="https://p.example/feed" htmlUrl="https://p.example/"
category="/a/b,c"/></outline></body></opml>"""
PAGE = b"""<!doctype html><html lang="en"><head><title>Ferry</title><meta property="og:site_name"
content="P"><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry",
"datePublished": "2026-05-05", "author": {"name": "A"}, "isAccessibleForFree": false}</script>
<link rel="alternate" type="application/rss+xml" href="/feed"></head><body><nav><a href="/">Home</a>
</nav><article><h1>Ferry</h1><p>The ferry leaves from the new quay at noon, the board said.</p>
<table><tr><td>Fare</td><td>3 crowns</td></tr></table><p>It costs 3 crowns.</p></article>
</body></html>"""
BATCH = b"""{"id": "1", "title": "Ferry", "text": "The ferry leaves at noon.", "language": "en",
"published": "2026-05-05T07:00:00Z", "url": "https://p.example/1"}"""
CONFIG = b"""theme = "harbour"\n[fetch]\ninterval_minutes = 60\nallow_networks = ["10.0.0.0/8"]\n
[keys]\nnext-unread = "n,N"\n[topics]\n"ferries" = 2.0\n[edition]\nmuted = ["golf"]\n"""

NEWSBOAT = b"""# feeds
https://p.example/feed "News" "~Paper"
"exec:x y" !hidden
"query:Q:unread = \\"yes\\""
"""
TEXT = b"""About 1,200 lorries a day use the bridge of Grisel Rock, the board said on Monday.
The repairs would take 12 weeks and cost $2.3 million, not 14 weeks as had been reported.
Ada Berford, who speaks for drivers, denied that 30% of them knew. It is not clear who pays.
At least eight people were hurt, "and three are missing", according to the harbour office."""
CODED = (gzip.compress(RSS), zlib.compress(RSS), brotli.compress(RSS), zstandard.compress(RSS))
LIMIT = 100_000
NOW = datetime(2026, 5, 5, 7, tzinfo=UTC)

TOKENS = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1b]52;c;eA==\x07",
    b"\x9b31m",
    b"\xe2\x80\xae",
    b"\xed\xa0\x80",
    b"&#x0;",
    b"&#xD800;",
    b"&#1114112;",
    b"&amp;amp;",
    b"&lol;",
    b"]]>",
    b"<!--",
    b"<![CDATA[",
    b"<plaintext>",
    b"<svg><script>",
    b"<table>" * 40,
    b"<div>" * 300,
    b"</p>" * 40,
    b"<base href='javascript:x'>",
    b'<!DOCTYPE r [<!ENTITY lol "lol"><!ENTITY x SYSTEM "file:///etc/hostname">]>',
    b'encoding="punycode"',
    b'encoding="utf-7"',
    b'encoding="idna"',
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"http://[",
    b"http://xn--/",
    b"http://%zz@x:99999/",
    b"javascript:alert(1)",
    b"0001-01-01T00:00:00Z",
    b"9999-12-31T23:59:59-14:00",
    b"Mon, 31 Feb 99999 25:61:61 +9999",
    b"1e999",
    b"-1",
    b"99999999999999999999999999",
    b"null",
    b"{}",
    b"[" * 2000,
    b'{"a":' * 500,
    b'"\\ud800"',
    b"e\xcc\x81" * 200,
    b"\xe2\x80\x8d" * 100,
    b"a" * 5000,
    b'"""',
    b"nan",
    b"[fetch]",
)


def documents(*seeds: bytes) -> st.SearchStrategy[bytes]:
    """Documents that come of ``seeds`` by a few cuts, doublings and insertions."""
    edit = st.tuples(
        st.sampled_from(("insert", "cut", "double", "flip", "splice")),
        st.floats(0, 1),
        st.floats(0, 1),
        st.one_of(st.sampled_from(TOKENS), st.binary(max_size=8)),
        st.sampled_from(seeds),
    )

    def edited(parts: tuple[bytes, list[tuple[str, float, float, bytes, bytes]]]) -> bytes:
        document, edits = parts
        for kind, first, second, token, other in edits:
            start, end = sorted((int(first * len(document)), int(second * len(document))))
            head, middle, tail = document[:start], document[start:end], document[end:]
            match kind:
                case "insert":
                    document = head + token + middle + tail
                case "cut":
                    document = head + tail
                case "double":
                    document = head + middle * 3 + tail
                case "flip":
                    document = head + bytes(b ^ 1 for b in middle[:3]) + middle[3:] + tail
                case _:
                    document = head + other[start:] + tail
        return document[:200_000]

    return st.tuples(
        st.one_of(st.sampled_from(seeds), st.binary(max_size=200)), st.lists(edit, max_size=6)
    ).map(edited)


def feed(document: bytes) -> None:
    """A feed of any format, and the articles of its entries."""
    parsed = parse_feed(document, URL, "application/xml")
    for entry in parsed.entries:
        _check_entry(entry)
        article = article_from_entry(entry, Feed("1", URL), article_id="1").article
        assert not CONTROL.search(article.text), "a control character in a text"


def _check_entry(entry: Entry) -> None:
    assert entry.guid, "an entry without an identifier"
    for line in (entry.title, entry.author or "", *entry.categories):
        assert not CONTROL.search(line.replace("\n", "\0")), "a control character in a line"
    _check_url(entry.url)
    assert entry.published is None or entry.published.tzinfo is not None, "a time without a zone"
    entry.title.encode(), entry.guid.encode(), entry.content_html.encode()  # no lone surrogate


def _check_url(url: str | None) -> None:
    if url is not None:
        assert urlsplit(url).scheme in ("http", "https"), "an address that is none of the web"
        assert not CONTROL.search(url), "a control character in an address"


def opml(document: bytes) -> None:
    """A list of subscriptions."""
    for entry in parse_opml(document, "list.opml").feeds:
        _check_url(entry.url)
        _check_url(entry.site_url)
        assert not CONTROL.search(entry.title + entry.category), "a control character in a name"


def page(document: bytes) -> None:
    """A page: its feeds, and the article in it."""
    for candidate in discover(document, URL):
        _check_url(candidate.url)
    article = extract(document, URL)
    assert not CONTROL.search(article.text), "a control character in a text"
    for link in article.links:
        _check_url(link.url)
        if link.span is not None:
            assert 0 <= link.span.start <= link.span.end <= len(article.text), "a span outside"


def batch(document: bytes) -> None:
    """Lines of a batch."""
    for line in document.split(b"\n"):
        parse_batch_line(line)


def config(document: bytes) -> None:
    """A configuration file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_bytes(document)
        config_faults(path)
        load_settings(path)


def coded(document: bytes) -> None:
    """A compressed body, by its coding; its first bytes are header fields too."""
    for coding in ("gzip", "deflate", "br", "zstd"):
        with suppress(ValueError):
            assert len(decoded(document, coding, LIMIT)) <= LIMIT, "more than the limit"
    line = document[:200].decode("latin-1")
    wait = retry_after(line, NOW)
    assert wait is None or wait >= 0, "a wait that is over before it begins"
    freshness(line, line, line, line, NOW)
    media_type(line)


def story(document: bytes) -> None:
    """The text of an entry, through its digest, to the brief of a story with another outlet."""
    articles = []
    for source, text in (("Paper", document.decode("utf-8", "replace")), ("Post", TEXT.decode())):
        page = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
        entry = Entry(source, None, text[:60], content_html=page, published=NOW)
        article = article_from_entry(entry, Feed(source, URL), article_id=source).article
        digest = make_digest(article, 4, "briefing", quick=True)
        for sentence in digest.sentences:
            assert 0 <= sentence.start <= sentence.end <= len(article.text), "a span outside"
        articles.append(StoryArticle(digest, source, NOW))
    brief = make_brief(articles)
    assert {a.article_id for a in brief.articles} == {"Paper", "Post"}, "an article is gone"


READERS: dict[str, tuple[Callable[[bytes], None], st.SearchStrategy[bytes]]] = {
    "feed": (feed, documents(RSS, ATOM)),
    "json-feed": (feed, documents(JSON)),
    "opml": (opml, documents(OPML, NEWSBOAT)),
    "coded": (coded, documents(*CODED)),
    "story": (story, documents(TEXT)),
    "page": (page, documents(PAGE)),
    "batch": (batch, documents(BATCH)),
    "config": (config, documents(CONFIG)),
}


def check(read: Callable[[bytes], None], document: bytes) -> None:
    """Read one document. Raises what it must not raise, and AssertionError for a broken promise."""
    start = time.process_time()
    try:
        read(document)
    except BriefingError as error:
        words = str(error)
    else:
        words = "a value"
    assert words.encode(), "an error without words"
    assert time.process_time() - start < SECONDS, "it takes too long"


def one_round(name: str, number: int) -> str | None:
    """Documents for one reader; what was found, in words, or None."""
    read, strategy = READERS[name]
    last = b""

    @seed(number)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def run(document: bytes) -> None:
        nonlocal last
        last = document
        check(read, document)

    try:
        run()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
        document = base64.b64encode(last).decode()
        return f"{name}: {type(error).__name__}: {error}\n  {document[:4000]}"
    return None


def main() -> int:
    """Run; 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--reader", choices=sorted(READERS), action="append")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the first round")
    args = parser.parse_args()
    end = time.monotonic() + 60 * args.minutes
    found: dict[str, str] = {}
    number, rounds = args.seed, 0
    while time.monotonic() < end:
        for name in args.reader or READERS:
            if name not in found and (what := one_round(name, number)) is not None:
                found[name] = what
                print(f"seed {number}: {what}", flush=True)
        number, rounds = number + 1, rounds + 1
    print(f"{rounds} rounds of {EXAMPLES} documents a reader from seed {args.seed}:", end=" ")
    print(f"{len(found)} readers failed" if found else "nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
