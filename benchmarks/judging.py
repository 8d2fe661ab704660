#!/usr/bin/env python3
"""How long a first refresh takes until the stories stand, and until the better judge has seen them.

    python -m benchmarks.judging ARTICLES.jsonl [--count 1000] [--above 12]

ARTICLES.jsonl: an object a line with ``title``, ``text`` and maybe ``outlet`` or ``source``. They
are served as one day's feeds on loopback and refreshed by the real pipeline. Prints seconds from
the start, and how many seconds after the stories stood the articles of the first ``--above`` ones,
and all, were judged.
"""

import argparse
import json
import tempfile
import threading
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

from briefing.config import Settings
from briefing.digest.version import produced_by
from briefing.refresh import Event, RefreshOptions, Told, refresh
from briefing.store import Store


def feeds_of(path: Path, count: int, now: datetime) -> dict[str, bytes]:
    """An RSS feed of whole texts by outlet, spread over the twelve hours that end now."""
    items: dict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for number, line in zip(range(count), lines, strict=False):
            article = json.loads(line)
            outlet = str(article.get("outlet") or article.get("source") or number % 50)
            published = format_datetime(now - timedelta(hours=12) * (number + 1) / count)
            paragraphs = "".join(f"<p>{escape(p)}</p>" for p in article["text"].split("\n"))
            items[outlet].append(
                f"<item><title>{escape(article['title'])}</title><guid>{number}</guid>"
                f"<pubDate>{published}</pubDate>"
                f"<description>{escape(paragraphs)}</description></item>"
            )
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>'
    return {
        f"/{place}.xml": f"{head}{escape(outlet)}</title>{''.join(own)}</channel></rss>".encode()
        for place, (outlet, own) in enumerate(items.items())
    }


def main() -> None:
    """Serve, refresh, and print when was what."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--above", type=int, default=12)
    args = parser.parse_args()
    now = datetime.now(UTC)
    feeds = feeds_of(args.articles, args.count, now)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = feeds.get(self.path, b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "s.sqlite3") as store:
        for path in feeds:
            store.add_feed(f"http://127.0.0.1:{server.server_port}{path}", path)
        _measure(store, args.above)


def _measure(store: Store, above: int) -> None:
    settings, begun = Settings(), time.perf_counter()
    stood = first = 0.0

    def look(event: Event) -> None:
        nonlocal stood, first
        passed = time.perf_counter() - begun
        if isinstance(event, Told):
            stood = passed
        elif stood and not first and not _waiting(store, settings, above):
            first = passed

    report = refresh(store, settings, RefreshOptions(), on_event=look)
    ended = time.perf_counter() - begun
    waiting = len(_waiting(store, settings, 1_000_000))
    print(f"{report.new_articles} articles, {report.stories} stories told, {waiting} not judged")
    print(f"stories stand after {stood:.1f} s")
    print(f"the first {above} are judged {(first or ended) - stood:.1f} s later")
    print(f"all are judged {ended - stood:.1f} s later")


def _waiting(store: Store, settings: Settings, above: int) -> list[str]:
    """The articles of the first stories that the better judge has not seen."""
    edition = settings.edition
    window = store.window(datetime.now(UTC), edition.hours, edition.max_days)
    rows = store.edition_rows(window, limit=above)
    articles = [a.article_id for row in rows for a in store.brief(row.id).articles]
    quick = produced_by(quick=True)
    return [a for a in articles if store.digest_maker(a) == quick]


if __name__ == "__main__":
    main()
