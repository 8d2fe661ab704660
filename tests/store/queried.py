"""A small store of which all that a query may ask is known: the queries' tests ask it."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from briefing.model import (
    Article,
    Basis,
    Brief,
    CaveatKind,
    Cue,
    Digest,
    Disagreement,
    Enclosure,
    Entry,
    Figure,
    Ranking,
    Span,
)
from briefing.store import Store
from tests.store import builders
from tests.store.builders import NOW
from tests.store.query_oracle import Known

FEEDS = (
    ("https://courier.example/feed", "Coast Courier", "News/Coast"),
    ("https://tidewire.example/küste.xml", "Tidewire Küste", "news"),
    ("https://echo.example/rss", "Kalder Echo", "Sport"),
)
ABOUT = (
    (
        "Vaccine trial ends",
        "The vaccine trial in Kalder has ended. Nobody fell ill, says Ada Brun.",
    ),
    ("Vaccines for all", "Vaccination begins on Monday; the toll of the outbreak is 9."),
    ("Bridge toll doubled", "The toll on the harbour bridge doubles to $8. Live updates follow."),
    ("Toll of the flood", "Floods closed the port. The harbour wall held, the bridge did not."),
    ("Brücke am Hafen gesperrt", "Die Brücke am Hafen bleibt gesperrt, sagt die Stadt Kalder."),
    ("Café opens", "Ada Brun's café “Zur Brücke” opened by the ferry. " + "Long queues. " * 120),
    ("LIVE: ferry strike", "The ferry does not sail. " + "Crews wait for an offer. " * 60),
    ("Ferry sails again", "The ferry sails again; the OR-gate of lock 12:30 was mended."),
    (
        "Names of things",
        "C++ and title:bridge are words here. See https://kalder.example/a?b=c NOT there.",
    ),
    ("Harbour fair", ""),
    ("日本の港", "港で 事故。 The port of 港 is closed."),
    ("Élan vital", "E\u0301lan is written twice; naïve œuvre ﬁne straße STRASSE."),
)
AUTHORS = ("Ada Brun", "Björn Ek", "", "ADA BRUN and Ola Mund")
LANGUAGES = ("en", "de", "en-gb", "fr")


def queried_store(path: Path) -> tuple[Store, list[Known]]:
    """The store, and what is known of its articles."""
    store = Store.open(path)
    known: list[Known] = []
    for number, (title, text) in enumerate(ABOUT * 2):
        url, name, category = FEEDS[number % len(FEEDS)]
        feed = store.add_feed(url, name, category=category)
        entry = Entry(
            guid=f"g{number}",
            url=f"{url}/{number}",
            title=title,
            published=NOW - timedelta(hours=number * 7 + 1),
            summary_html="<p>…</p>",
            enclosures=(Enclosure(f"{url}.mp3"),) if number % 4 == 1 else (),
        )
        store.add_entries(feed.id, [entry], NOW)
        (waiting,) = store.entries_to_extract(1)
        made = Article(
            waiting.article_id,
            text,
            title=title,
            url=entry.url,
            source=name,
            byline=AUTHORS[number % len(AUTHORS)] or None,
            language=LANGUAGES[number % len(LANGUAGES)],
            basis=(Basis.FULL, Basis.SUMMARY, Basis.CLOSED)[number % 3],
            opinion=number % 5 == 0,
            enclosures=entry.enclosures,
        )
        store.save_article(waiting.article_id, made, waiting.content_hash)
        known.append(_known(store, made, number, (name, url), category, entry.published or NOW))
    return store, _with_stories(store, _with_tags(store, known))


def _known(
    store: Store,
    made: Article,
    number: int,
    feed: tuple[str, str],
    category: str,
    published: datetime,
) -> Known:
    """Digest, marks and tags of one article, and the same as it is known."""
    told = _digest(made, figure=number % 6 == 2)
    store.save_digest(made.id, told)
    flags = {made.basis.value} & {"closed", "summary"}
    flags |= {"opinion"} if made.opinion else set()
    flags |= {"enclosure"} if made.enclosures else set()
    flags |= {"figure"} if told.figures else set()
    if number % 3 == 0:
        store.mark_article_read(made.id)
        flags.add("read")
    if number % 7 == 3:
        store.set_article_starred(made.id, True)
        flags.add("starred")
    bullets = " ".join(bullet.text for bullet in told.bullets)
    return Known(
        made.id,
        made.title or "",
        made.text,
        bullets,
        feed,
        published,
        category,
        made.byline or "",
        made.url or "",
        made.language,
        flags=frozenset(flags),
    )


def _digest(made: Article, *, figure: bool) -> Digest:
    if not made.text:
        return replace(builders.digest(made), sentences=(), bullets=())
    told = builders.digest(made)
    figures = (Figure("9", 9, Span(0, 1), (told.sentences[0],), key=True),)
    return replace(told, figures=figures if figure else ())


def _with_tags(store: Store, known: list[Known]) -> list[Known]:
    connection = store._connection
    connection.execute("INSERT INTO tag (id, name) VALUES (1, 'Later'), (2, 'Häfen')")
    tagged = []
    for number, article in enumerate(known):
        tags = tuple(name for name, every in (("Later", 4), ("Häfen", 5)) if number % every == 0)
        for name in tags:
            connection.execute(
                "INSERT INTO article_tag (article_id, tag_id) VALUES (?, ?)",
                (article.id, 1 if name == "Later" else 2),
            )
        more = {"tag"} if tags else set()
        if number % 9 == 4:
            connection.execute(
                "INSERT INTO first_text SELECT ?, 'Before', 'Before.', 'full', 0", (article.id,)
            )
            more.add("revised")
        tagged.append(replace(article, tags=tags, flags=article.flags | more))
    return tagged


def _with_stories(store: Store, known: list[Known]) -> list[Known]:
    """Three stories: of two outlets that differ, with a dispute; of three; of one, starred."""
    for ids, kind, flags in (
        ((0, 1), CaveatKind.DISPUTE, {"caveat", "disagreement"}),
        ((2, 3, 4), CaveatKind.LIMITATION, {"caveat"}),
        ((5,), None, {"starred"}),
    ):
        told = _brief([known[n].id for n in ids], kind, differs="disagreement" in flags)
        story = store.save_story(None, told, Ranking(1.0))
        if "starred" in flags:
            store.set_starred(story, True)
        for n in ids:
            known[n] = replace(
                known[n],
                outlets=len(ids),
                caveat=kind.value if kind else "",
                flags=known[n].flags | flags,
            )
    return known


def _brief(ids: list[str], kind: CaveatKind | None, *, differs: bool) -> Brief:
    told = builders.brief(*ids)
    first, second = told.bullets
    cue = None if kind is None else Cue(kind, 2, "may still", Span(6, 15))
    return replace(
        told,
        bullets=(first, replace(second, bullet=replace(second.bullet, caveat=cue))),
        disagreements=(Disagreement("injured", "differ", ()),) if differs else (),
    )
