"""What the newsroom serves: feeds and pages of ours about invented places, and the corpora."""

import gzip
import html
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fake_web import Newsroom

MORNING = datetime(2026, 5, 5, 7, 0, tzinfo=UTC)
"""When the made-up news is fetched."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a made-up feed. ``content`` is HTML, the full text where there is one."""

    title: str
    link: str
    summary: str = ""
    content: str = ""
    published: datetime | None = MORNING
    guid: str | None = None
    author: str | None = None
    categories: tuple[str, ...] = ()


def rss(title: str, items: Iterable[Item], *, site: str = "https://courier.example/") -> bytes:
    """An RSS 2.0 feed."""
    parts = [_rss_item(item) for item in items]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{_x(title)}</title><link>{_x(site)}</link><description>News</description>"
        f"<language>en</language>{''.join(parts)}</channel></rss>\n"
    ).encode()


def _rss_item(item: Item) -> str:
    out = f"<title>{_x(item.title)}</title><link>{_x(item.link)}</link>"
    out += f'<guid isPermaLink="false">{_x(item.guid or item.link)}</guid>'
    if item.published:
        out += f"<pubDate>{format_datetime(item.published, usegmt=True)}</pubDate>"
    if item.author:
        out += f"<dc:creator>{_x(item.author)}</dc:creator>"
    out += "".join(f"<category>{_x(name)}</category>" for name in item.categories)
    if item.summary:
        out += f"<description>{_x(item.summary)}</description>"
    if item.content:
        out += f"<content:encoded>{_x(item.content)}</content:encoded>"
    return f"<item>{out}</item>"


def atom(title: str, items: Iterable[Item], *, site: str = "https://courier.example/") -> bytes:
    """An Atom 1.0 feed."""
    parts = []
    for item in items:
        when = (item.published or MORNING).isoformat()
        part = f"<id>{_x(item.guid or item.link)}</id><title>{_x(item.title)}</title>"
        part += f'<link rel="alternate" href="{_x(item.link)}"/>'
        part += f"<published>{when}</published><updated>{when}</updated>"
        if item.author:
            part += f"<author><name>{_x(item.author)}</name></author>"
        if item.summary:
            part += f'<summary type="html">{_x(item.summary)}</summary>'
        if item.content:
            part += f'<content type="html">{_x(item.content)}</content>'
        parts.append(f"<entry>{part}</entry>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f'<id>{_x(site)}</id><title>{_x(title)}</title><link href="{_x(site)}"/>'
        f"<updated>{MORNING.isoformat()}</updated>{''.join(parts)}</feed>\n"
    ).encode()


def json_feed(
    title: str, items: Iterable[Item], *, site: str = "https://courier.example/"
) -> bytes:
    """A JSON Feed 1.1."""
    entries = []
    for item in items:
        entry: dict[str, object] = {
            "id": item.guid or item.link,
            "url": item.link,
            "title": item.title,
            "content_html": item.content or item.summary,
        }
        if item.published:
            entry["date_published"] = item.published.isoformat()
        if item.summary and item.content:
            entry["summary"] = item.summary
        if item.author:
            entry["authors"] = [{"name": item.author}]
        entries.append(entry)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site,
        "language": "en",
        "items": entries,
    }
    return json.dumps(feed, ensure_ascii=False).encode()


def article_page(
    title: str,
    paragraphs: Sequence[str],
    *,
    site: str = "Coast Courier",
    author: str = "Mila Torvald",
    published: datetime = MORNING,
    language: str = "en",
    free: bool | None = None,
) -> str:
    """A page as outlets build them: the article between menus, teasers and a footer.

    ``paragraphs`` may hold inline HTML. ``free`` sets ``isAccessibleForFree`` of its JSON-LD.
    """
    linked: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": published.isoformat(),
        "author": {"@type": "Person", "name": author},
    }
    if free is not None:
        linked["isAccessibleForFree"] = free
    body = "\n".join(f"<p>{p}</p>" for p in paragraphs)
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{_x(title)} | {_x(site)}</title>
<meta property="og:title" content="{_x(title)}"><meta property="og:site_name" content="{_x(site)}">
<link rel="alternate" type="application/rss+xml" title="{_x(site)}" href="/feed.xml">
<script type="application/ld+json">{json.dumps(linked)}</script></head>
<body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/coast">Coast</a></li>
<li><a href="/weather">Weather</a></li></ul></nav></header>
<div class="cookie-banner"><p>We use cookies. <button>Accept</button></p></div>
<main><article><h1>{_x(title)}</h1>
<p class="byline">By <a rel="author" href="/staff">{_x(author)}</a></p>
{body}
</article></main>
<aside><h2>Most read</h2><ul><li><a href="/1">Ferry timetable changes again</a></li>
<li><a href="/2">Ten walks along the dunes</a></li></ul></aside>
<footer><p>Copyright {_x(site)}. <a href="/privacy">Privacy</a></p></footer>
<script>var tracking = "on";</script>
</body></html>
"""


def _x(text: str) -> str:
    return html.escape(text)


_BRIDGE = """
The port authority of Saltmere closed the harbour bridge to lorries on Monday after inspectors
found cracks in two of its main bearings.

About 1,900 lorries a day use the bridge, according to the authority, and the detour through
Upper Fenwick adds 40 minutes to each trip.

The limit of 44 tonnes does not apply to buses and ambulances, said Ada Brun, the port director,
who called the decision "a precaution, not a verdict".

Repairs are expected to take 12 to 15 weeks, if the parts arrive in June. The hauliers' union says
that date is out of reach.

A similar closure in 2019 lasted four months longer than was announced. The town council meets on
Thursday to discuss a temporary ferry for freight.
"""
BRIDGE = tuple(" ".join(paragraph.split()) for paragraph in _BRIDGE.strip().split("\n\n"))
"""An article of ours, by paragraphs."""


# ── The corpora ──────────────────────────────────────────────────────────────────────────────

_CORPUS_TYPES = {
    ".json": "application/feed+json",
    ".atom": "application/atom+xml",
    ".html": "text/html",
    ".opml": "text/x-opml",
    ".rdf": "application/rdf+xml",
}


def serve_netnewswire(room: "Newsroom", shared: Path) -> list[str]:
    """Serve the real feeds of the corpus under ``/netnewswire/``; gives their addresses."""
    urls = []
    for path in sorted((shared / "data/feeds/netnewswire").iterdir()):
        if path.is_file():
            media = _CORPUS_TYPES.get(path.suffix, "application/rss+xml")
            urls.append(room.put(f"/netnewswire/{path.name}", path.read_bytes(), media))
    return urls


def serve_pages(room: "Newsroom", shared: Path, *, per_feed: int = 10) -> list[str]:
    """Serve the real pages of the corpus, and made-up feeds that list them; gives the feeds.

    Always the same: pages in the order of their names, an hour apart, ``per_feed`` to a feed.
    """
    pages = sorted((shared / "data/pages").glob("*.html.gz"))
    feeds = []
    for start in range(0, len(pages), per_feed):
        items = []
        for at, path in enumerate(pages[start : start + per_feed], start):
            name = path.name.removesuffix(".html.gz")
            body = gzip.decompress(path.read_bytes())
            link = room.put(f"/pages/{name}.html", body)
            published = MORNING - timedelta(hours=at)
            items.append(Item(_title_of(body), link, published=published, guid=name))
        number = start // per_feed + 1
        feed = rss(f"Pages {number}", items, site=room.url("/"))
        feeds.append(room.feed(f"/pages/feed-{number}.xml", feed))
    return feeds


def _title_of(page: bytes) -> str:
    found = re.search(rb"<title[^>]*>(.*?)</title>", page, re.IGNORECASE | re.DOTALL)
    raw = found[1].decode("utf-8", "replace") if found else "Untitled"
    # What XML cannot hold would make the feed a broken one.
    return re.sub(r"[\x00-\x1f\ufffe\uffff]+", " ", html.unescape(raw)).strip() or "Untitled"
