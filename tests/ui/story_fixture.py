"""A story of an invented quarry town, told by outlets that differ, copy and credit one another."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from briefing.model import (
    Article,
    Brief,
    Bullet,
    Coverage,
    Digest,
    Disagreement,
    Entity,
    Entry,
    Figure,
    First,
    Insertion,
    Place,
    Ranking,
    Reported,
    Span,
    StoryBullet,
    StoryEntity,
    StoryFigure,
)
from briefing.store import Store
from briefing.stories import snapshot
from tests.ui.frozen import NOW

HAMLET = "The quarry at Osterby Fell shut on Monday. Rask, its foreman, said that he would stay."
TEXTS = {
    # name: outlet, hours ago, text
    "gazette": ("Osterby Gazette", 30, f"{HAMLET} Rask added that 40 jobs would go."),
    "beacon": ("Fell Beacon", 6, "Forty jobs go at the quarry, the Beacon learned."),
    "herald": ("Vale Herald", 5, "The union put the jobs at 65, with others at risk."),
    "late": ("Morning Vale", 2, "About 65 jobs are at risk, says the Vale's own count."),
}
COPIES = {"copy": ("Radio Vale", 4, "herald"), "credit": ("Evening Post", 3, "gazette")}


def story_of(
    path: Path,
    *,
    surfaces: Mapping[str, str] | None = None,
    verdict: str = "differ",
    counts: str = "jobs",
    seen: bool = False,
) -> str:
    """Keep the story; its id. ``seen``: the reader looked when the gazette alone told it."""
    with Store.open(path) as store:
        ids = _articles(store)
        brief = _brief(ids, surfaces or {}, verdict, counts)
        number = store.save_story(None, brief, Ranking(1.0))
        if seen:
            lead = ids["gazette"]
            known = replace(
                brief,
                bullets=brief.bullets[:1],
                articles=tuple(a for a in brief.articles if a.article_id == lead),
            )
            store.mark_looked(number, NOW - timedelta(hours=20), json.dumps(snapshot(known)))
    return number


def _articles(store: Store) -> dict[str, str]:
    feed = store.add_feed("https://vale.example/feed", "Vale", category="Vale")
    everything = TEXTS | {n: (s, h, TEXTS[of][2]) for n, (s, h, of) in COPIES.items()}
    for name, (_, hours, _) in everything.items():
        entry = Entry(name, f"https://vale.example/{name}", f"The {name}", None, _ago(hours))
        store.add_entries(feed.id, [entry], NOW)
    ids = {}
    for waiting in store.entries_to_extract(20):
        source, hours, text = everything[waiting.entry.guid]
        ids[waiting.entry.guid] = waiting.article_id
        article = Article(
            waiting.article_id, text, f"The {waiting.entry.guid}", None, source,
            published=_ago(hours),
        )  # fmt: skip
        store.save_article(article.id, article)
        store.save_digest(article.id, _digest(article))
    return ids


def _ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def _sentences(text: str) -> tuple[Span, ...]:
    ends = [i + 1 for i, c in enumerate(text) if c == "."]
    return tuple(Span(s + (s > 0), e) for s, e in zip([0, *ends], ends, strict=False))


def _number(text: str) -> Span:
    surface = next(s for s in ("Forty", "65", "40") if s in text)
    return Span(text.index(surface), text.index(surface) + len(surface))


def _figure(text: str) -> Figure:
    span = _number(text)
    evidence = tuple(s for s in _sentences(text) if s.contains(span))
    value = 65.0 if span.of(text) == "65" else 40.0
    return Figure(span.of(text), value, span, evidence, counts="jobs", key=True)


def _digest(article: Article) -> Digest:
    spans = _sentences(article.text)
    bullet = Bullet(spans[0].of(article.text), None, spans[:1])
    return Digest(article, spans, (bullet,), (), (_figure(article.text),), (), (), ())


def _brief(ids: Mapping[str, str], surfaces: Mapping[str, str], verdict: str, counts: str) -> Brief:
    figures = {n: _figure(text) for n, (_, _, text) in TEXTS.items()}
    values = [
        _reported(names, ids, figures, surfaces) for names in (("gazette", "beacon"), ("herald",))
    ]
    assert verdict in ("differ", "updated")
    disagreement = Disagreement(
        counts, "updated" if verdict == "updated" else "differ", tuple(values)
    )
    return Brief(
        "Quarry shuts",
        ids["gazette"],
        _bullets(ids),
        tuple(
            StoryFigure(
                figures[n], ids[n], len(v.outlets), verdict == "differ", tuple(v.places[1:])
            )
            for n, v in zip(("gazette", "herald"), values, strict=True)
        ),
        (_foreman(ids["gazette"]),),
        _coverage(ids),
        First(ids["gazette"], TEXTS["gazette"][0], "time"),
        (disagreement,),
    )


def _reported(
    names: Sequence[str],
    ids: Mapping[str, str],
    figures: Mapping[str, Figure],
    surfaces: Mapping[str, str],
) -> Reported:
    first = figures[names[0]]
    times = [_ago(TEXTS[n][1]) for n in names]
    return Reported(
        surfaces.get(names[0], first.surface),
        first.value,
        None,
        "",
        "",
        tuple(Place(ids[n], figures[n].evidence) for n in names),
        tuple(TEXTS[n][0] for n in names),
        min(times),
        max(times),
    )


def _bullets(ids: Mapping[str, str]) -> tuple[StoryBullet, ...]:
    """The second has the foreman's name in place of a pronoun."""
    text = TEXTS["gazette"][2]
    first, second, _ = _sentences(text)
    stays = second.of(text)
    at = stays.index("he would")
    insertion = Insertion(at, "he", "Rask", (first,))
    herald = TEXTS["herald"][2]
    own = "Osterby Gazette"
    return (
        StoryBullet(Bullet(first.of(text), None, (first,)), ids["gazette"], own),
        StoryBullet(Bullet(stays, None, (second,), (insertion,)), ids["gazette"], own),
        StoryBullet(Bullet(herald, None, _sentences(herald)), ids["herald"], "Vale Herald"),
    )  # fmt: skip


def _foreman(article_id: str) -> StoryEntity:
    text = TEXTS["gazette"][2]
    first, last = text.index("Rask"), text.rindex("Rask")
    role = Span(text.index("foreman"), text.index("foreman") + len("foreman"))
    mentions = (Span(last, last + 4), Span(first, first + 4))
    return StoryEntity(Entity("Rask", "person", mentions, "foreman", role, key=True), article_id)


def _coverage(ids: Mapping[str, str]) -> tuple[Coverage, ...]:
    own = [
        Coverage(ids[n], s, f"The {n}", f"https://vale.example/{n}", _ago(h), voice=n)
        for n, (s, h, _) in TEXTS.items()
    ]
    for name, (source, hours, of) in COPIES.items():
        line = Coverage(
            ids[name], source, f"The {name}", None, _ago(hours), follows=ids[of], voice=of
        )
        own.append(replace(line, copy_of=ids[of]) if name == "copy" else line)
    return tuple(sorted(own, key=lambda a: a.published))
