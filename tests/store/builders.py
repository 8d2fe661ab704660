"""Small values for tests of the store: entries, articles, digests, briefs of an invented town."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from briefing.model import (
    Article,
    Brief,
    Bullet,
    CaveatKind,
    Coverage,
    Cue,
    Digest,
    Entry,
    First,
    Ranking,
    Span,
    StoryBullet,
    Window,
)
from briefing.store import Store

NOW = datetime(2026, 5, 5, 7, 0, tzinfo=UTC)
CAVEAT = "Buses may still cross the bridge."


def ago(hours: float) -> datetime:
    """A time before NOW."""
    return NOW - timedelta(hours=hours)


def window(hours: float = 24) -> Window:
    """The hours before NOW."""
    return Window(ago(hours), NOW)


def entry(name: str, *, hours: float = 1, title: str = "", content: str = "") -> Entry:
    """An entry called ``name``, published so many hours before NOW."""
    return Entry(
        guid=f"guid-{name}",
        url=f"https://courier.example/news/{name}",
        title=title or f"Bridge report {name}",
        published=ago(hours),
        summary_html=content or f"<p>The port closed the bridge, says report {name}.</p>",
        categories=("harbour",),
    )


def article(article_id: str, *, text: str = "", title: str = "Bridge closed") -> Article:
    """A readable article of two sentences."""
    body = text or f"The port closed the bridge to lorries. {CAVEAT}"
    return Article(article_id, body, title=title, source="Coast Courier")


def digest(of: Article) -> Digest:
    """A digest with one bullet, the first sentence."""
    end = of.text.find(".") + 1 or len(of.text)
    span = Span(0, end)
    return Digest(
        article=of,
        sentences=(span,),
        bullets=(Bullet(span.of(of.text), None, (span,)),),
        caveats=(),
        figures=(),
        entities=(),
        links=(),
        attributions=(),
    )


def brief(
    *article_ids: str, headline: str = "Bridge closed", hours: Sequence[float] = (), weight: int = 2
) -> Brief:
    """A brief of these articles, with one caveat."""
    times = list(hours) or [1.0] * len(article_ids)
    cue = Cue(CaveatKind.LIMITATION, weight, "may still", Span(6, 15))
    return Brief(
        headline=headline,
        lead=article_ids[0],
        bullets=(
            StoryBullet(
                Bullet("The port closed it.", None, (Span(0, 19),)), article_ids[0], "Courier"
            ),
            StoryBullet(Bullet(CAVEAT, cue, (Span(0, 10),)), article_ids[0], "Courier"),
        ),
        figures=(),
        entities=(),
        articles=tuple(
            Coverage(name, f"Outlet {name}", headline, None, ago(h), voice=name)
            for name, h in zip(article_ids, times, strict=True)
        ),
        first=First(article_ids[0], "Coast Courier", "time"),
    )


def filled(
    store: Store, count: int, *, feed_url: str = "https://courier.example/feed"
) -> list[str]:
    """Add a feed with ``count`` digested articles, an hour apart; their ids, newest first."""
    feed = store.add_feed(feed_url, "Coast Courier", category="Coast")
    entries = [entry(f"{feed.id}-{n}", hours=n + 1) for n in range(count)]
    store.add_entries(feed.id, entries, NOW)
    names = []
    for waiting in store.entries_to_extract(count):
        made = article(waiting.article_id, title=waiting.entry.title)
        store.save_article(waiting.article_id, made, waiting.content_hash)
        store.save_digest(waiting.article_id, digest(made))
        names.append(waiting.article_id)
    return names


def story_of(store: Store, *article_ids: str, score: float = 1.0, hours: float = 1) -> str:
    """Keep a new story of these articles."""
    told = brief(*article_ids, hours=[hours] * len(article_ids))
    return store.save_story(None, told, Ranking(score), category="Coast")
