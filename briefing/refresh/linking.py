"""Digested articles find their stories; stories that changed are told anew."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from briefing.config import Settings
from briefing.model import (
    ArticleRow,
    Brief,
    BriefingError,
    Ranking,
    RowError,
    StoreError,
    as_failure,
)
from briefing.refresh import tasks
from briefing.refresh.events import OnEvent, StageProgress
from briefing.refresh.workers import Workers
from briefing.store import Member, RecentItem, Store
from briefing.stories import (
    LinkItem,
    StoryArticle,
    StoryTerms,
    deserves_unread,
    earlier_stories,
    make_brief,
    rank,
    snapshot,
    story_changes,
    story_score,
    story_terms,
)

REACH = timedelta(days=4)
"""How far apart in time two articles may be to be linked: the clusterer's window."""
BATCH = 2000  # articles linked together
_MOST_ROUNDS = 1000  # against two stories that would take an article from each other for ever
_FEW_ITEMS = 200  # so many are grouped in this process
_CHAPTERS_REACH = timedelta(days=90)
_CHAPTER_ENDS = timedelta(days=1)  # a chapter has had nothing new since so long before the latest
_CHAPTER_CANDIDATES = 8
_CHAPTER_WORDS = 10  # heaviest words by which earlier chapters are looked for
_PAGE = 500


class Linking:
    """Links what waits in the store. Each story is kept as it is told: a stop loses nothing."""

    def __init__(
        self,
        store: Store,
        workers: Workers,
        settings: Settings,
        on_event: OnEvent,
        failures: list[BriefingError],
    ) -> None:
        self._failures = failures
        self._store = store
        self._workers = workers
        self._settings = settings
        self._on_event = on_event
        self._terms: dict[str, StoryTerms] = {}
        self._linked = 0
        self._preferences_key = ""
        self.told: set[str] = set()

    async def run(self) -> None:
        """Until nothing waits. May be cancelled between any two stories."""
        self._preferences_key = self._settings.preferences.key(self._store.feed_preferences())
        before: set[str] = set()
        for _ in range(_MOST_ROUNDS):
            waiting = self._store.articles_to_link(BATCH)
            ids = {item.article_id for item in waiting}
            if ids == before:
                return
            before = ids
            for group in near_in_time(waiting):
                await self._link(group)

    async def _link(self, waiting: Sequence[RecentItem]) -> None:
        first, last = waiting[0].published, waiting[-1].published
        known = _known(self._store, first - REACH, last + REACH)
        new = [_item(i) for i in waiting if i.story_id is None]
        old = [(_item(i), i.story_id) for i in known if i.story_id is not None]
        many = len(new) + len(old) > _FEW_ITEMS
        try:
            found = await self._workers.run(partial(tasks.cluster_articles, old, new), many=many)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other articles are linked
            if len(waiting) > 1:  # one of them: each is tried by itself
                for item in waiting:
                    await self._link([item])
            else:
                self._fail([waiting[0].article_id], error)
            return
        for ended, into in found.merged:
            self._store.merge_stories(ended, into)
        again = {i.story_id for i in waiting if i.story_id is not None}
        changed = self._changed(found, again)
        total = len(waiting)
        for count, (story, articles) in enumerate(changed, 1):
            self._try_to_tell(story, articles)
            done = self._linked + total * count // len(changed)
            self._on_event(StageProgress("link", done, self._linked + total))
            await asyncio.sleep(0)  # let a cancellation in
        self._linked += total

    def _changed(
        self, found: tasks.ClusterResult, again: set[str]
    ) -> list[tuple[str | None, list[str]]]:
        """The stories to tell, with the articles that each now has, the oldest story first.

        A story's articles out of the clusterer's reach stay with it.
        """
        placed = {a for articles in found.touched.values() for a in articles}
        changed: list[tuple[str | None, list[str]]] = []
        merged = dict(found.merged)
        for name in sorted(
            {*found.touched, *merged.values(), *(merged.get(s, s) for s in again)}, key=_by_age
        ):
            mine = list(found.touched.get(name, ()))
            if name.isdigit():
                rest = [m.digest.article.id for m in self._members(name)]
                mine += [a for a in rest if a not in placed]
                changed.append((name, mine))
            else:
                changed.append((None, mine))
        return [(name, articles) for name, articles in changed if articles]

    def _members(self, story: str) -> list[Member]:
        try:
            return self._store.story_articles(story)
        except StoreError:
            return []  # it ended meanwhile

    # ── Telling ──────────────────────────────────────────────────────────────────────────────

    def _try_to_tell(self, story: str | None, articles: Sequence[str]) -> None:
        """Tell a story; where it cannot be told, it stays as it is and the others are told."""
        try:
            with self._store.transaction():
                self._tell(story, articles)
        except Exception as error:
            if isinstance(error, StoreError) and not isinstance(error, RowError):
                raise
            self._fail(articles, error)

    def _fail(self, articles: Sequence[str], error: Exception) -> None:
        where = self._store.article_row(articles[0]).title
        failure = as_failure(error, "no story could be told of it", where)
        self._failures.append(failure)
        self._store.mark_link_failed(articles, failure.what)

    def _tell(self, story: str | None, articles: Sequence[str]) -> None:
        """Make the brief of these articles and keep it."""
        members = self._store.members(articles)
        if not members:
            return
        told = [
            StoryArticle(m.digest, m.source, m.published, m.feed_weight, m.category)
            for m in members
        ]
        lead = before = None
        if story is not None:
            try:
                old = self._store.brief(story)
            except RowError:
                pass  # it is told anew, as if for the first time
            except StoreError:
                story = None
            else:
                lead = old.lead
                # Marked as read without a look: what it said until now is what is known.
                kept = self._store.snapshot(story)
                before = snapshot(old) if kept is None else json.loads(kept)
        brief = make_brief(told, lead=lead)
        category = next(a.category for a in told if a.id == brief.lead)
        earlier = self._earlier(story, brief, told)
        number = self._store.save_story(
            story,
            brief,
            self._ranked(brief, told, len(earlier)),
            category=category,
            earlier=earlier,
            deserves_unread=deserves_unread(story_changes(before, brief)),
        )
        self._terms.pop(number, None)
        self.told.add(number)

    def _ranked(self, brief: Brief, articles: Sequence[StoryArticle], earlier: int) -> Ranking:
        preferences = self._settings.preferences
        return rank(
            story_score(brief, articles, earlier),
            preferences,
            feed_weight=max(a.feed_weight for a in articles),
            categories={a.category for a in articles},
            key=self._preferences_key,
        )

    def _earlier(
        self, story: str | None, brief: Brief, articles: Sequence[StoryArticle]
    ) -> list[str]:
        first, latest = articles[0].published, articles[-1].published
        terms = story_terms(brief, articles)
        candidates = self._store.chapter_candidates(
            list(terms)[:_CHAPTER_WORDS],
            since=latest - _CHAPTERS_REACH,
            before=max(first, latest - _CHAPTER_ENDS),
            limit=_CHAPTER_CANDIDATES,
        )
        this = StoryTerms(story or "", brief.headline, latest, terms)
        others = [self._terms_of(row.id, row.headline, row.latest) for row in candidates]
        return [chapter.story_id for chapter in earlier_stories(this, others)]

    def _terms_of(self, story: str, headline: str, latest: datetime) -> StoryTerms:
        known = self._terms.get(story)
        if known is None or known.latest != latest:
            members = self._members(story)
            articles = [StoryArticle(m.digest, m.source, m.published) for m in members[-5:]]
            brief = self._store.brief(story)
            known = StoryTerms(story, headline, latest, story_terms(brief, articles))
            self._terms[story] = known
        return known


def near_in_time(items: Sequence[RecentItem]) -> Iterator[list[RecentItem]]:
    """The items, oldest first, parted where they are too far apart for any link.

    A feed's archive of years then costs as many small looks, not one at everything since.
    """
    group: list[RecentItem] = []
    for item in items:
        if group and item.published - group[-1].published > 2 * REACH:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _known(store: Store, since: datetime, until: datetime) -> list[RecentItem]:
    """The linked articles of that time, oldest first."""
    newest = store.article_rows(limit=1)
    if not newest or newest[0].published <= until + REACH:
        return store.recent_items(since)
    # Long ago: by pages, so that all that came later is not read.
    found: list[RecentItem] = []
    after: ArticleRow | None = _just_after(until)
    while after is not None:
        rows = store.article_rows(before=after, limit=_PAGE)
        inside = [row for row in rows if row.published >= since]
        found += [_recent(store, row) for row in inside if row.story_id is not None]
        after = rows[-1] if rows and len(inside) == _PAGE else None
    return found[::-1]


def _just_after(until: datetime) -> ArticleRow:
    return ArticleRow("0", "", "", until + timedelta(seconds=1))


def _recent(store: Store, row: ArticleRow) -> RecentItem:
    article = store.article(row.id)
    return RecentItem(
        row.id,
        row.title,
        article.text[:1600],
        row.published,
        row.source,
        row.url,
        article.language,
        row.story_id,
    )


def _item(item: RecentItem) -> LinkItem:
    return LinkItem(
        item.article_id,
        item.title,
        item.text,
        item.published,
        item.source,
        item.url,
        item.language,
    )


def _by_age(story: str) -> tuple[bool, int, str]:
    """Stories of the store first, as they are told again before new ones look back at them."""
    return (not story.isdigit(), int(story) if story.isdigit() else 0, story)
