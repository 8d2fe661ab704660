"""Digested articles find their stories; stories that changed are told anew."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from briefing.config import Settings
from briefing.model import (
    Brief,
    BriefingError,
    LinkCandidate,
    Ranking,
    RowError,
    StoreError,
    StoryArticle,
    as_failure,
)
from briefing.refresh import tasks
from briefing.refresh.events import OnEvent, StageProgress, Told
from briefing.refresh.ruling import Ruling
from briefing.refresh.stages import StageSignal
from briefing.refresh.workers import Urgency, Workers
from briefing.store import Store
from briefing.stories import (
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
FIRST_BATCH = 4
"""So many articles are linked at once while others are still being digested: the first stories."""
_GROWTH = 3  # by which the batches grow while articles still come
_FEW_ITEMS = 200  # so many are grouped in this process
_CHAPTERS_REACH = timedelta(days=90)
_CHAPTER_ENDS = timedelta(days=1)  # a chapter has had nothing new since so long before the latest
_CHAPTER_CANDIDATES = 8
_CHAPTER_WORDS = 10  # heaviest words by which earlier chapters are looked for
_TERMS_ARTICLES = 5  # the newest articles of a story, whose terms stand for it


class Linking:
    """Links what waits in the store. Each story is kept as it is told: a stop loses nothing."""

    def __init__(
        self,
        store: Store,
        workers: Workers,
        settings: Settings,
        on_event: OnEvent,
        failures: list[BriefingError],
        ruling: Ruling | None = None,
    ) -> None:
        """ruling: applies the reader's rules to the stories that are told; None for nobody's."""
        self._failures = failures
        self._store = store
        self._workers = workers
        self._settings = settings
        self._on_event = on_event
        self._ruling = ruling
        self._not_ruled: set[str] = set()  # stories that were told since rules were applied
        self._terms: dict[str, StoryTerms] = {}
        self._linked = 0
        self._preferences_key = ""
        self._hurries = False
        self._without_chapters: set[str] = set()  # stories whose earlier ones were not looked for
        self.told: set[str] = set()

    async def run(self) -> list[LinkCandidate]:
        """Until nothing waits; what was linked. May be cancelled between any two stories."""
        linked: dict[str, LinkCandidate] = {}
        before: set[str] = set()
        for _ in range(_MOST_ROUNDS):
            waiting = {item.article_id: item for item in await self._link_waiting()}
            if waiting.keys() == before:
                break
            before = set(waiting)
            linked |= waiting
        return list(linked.values())

    async def _link_waiting(self) -> list[LinkCandidate]:
        """Link what waits now; what that was."""
        self._preferences_key = self._settings.preferences.key(self._store.feed_preferences())
        waiting = self._store.articles_to_link(BATCH)
        for group in near_in_time(waiting):
            await self._link(group)
        self.apply_rules()
        return waiting

    def apply_rules(self) -> None:
        """To the stories that were told since this was last done. Raises StoreError."""
        stories, self._not_ruled = self._not_ruled, set()
        if self._ruling is not None and stories:
            self._ruling.apply(stories)

    async def follow(self, source: StageSignal, entries: StageSignal) -> None:
        """Link what comes while digests are still being made, until ``source`` has ended and
        nothing waits: soon the first few, then ever more at once, as each time all are looked at.
        Until ``entries`` has ended only the first two batches: publishers' answers do not wait for
        stories. Earlier chapters of new stories are left to ``tell_again`` and ``finish``.
        """
        self._hurries = True
        linked, batch = 0, FIRST_BATCH
        early: list[LinkCandidate] = []
        while not source.ended:
            source.more.clear()
            may_link = entries.ended or batch <= FIRST_BATCH * _GROWTH
            if may_link and source.announced >= linked + batch:
                linked = source.announced
                batch *= _GROWTH
                early += await self._link_waiting()
                self._on_event(Told(len(self.told)))
            elif not source.ended:
                await source.more.wait()
        await self.run()
        if early:
            await self.settle(early, None)
        self._hurries = False
        self._on_event(Told(len(self.told), complete=True))

    async def finish(self) -> None:
        """Look for the earlier chapters of the stories that were told in a hurry. Most have none,
        and stay as they were told.
        """
        for story in self._store.oldest_first(self._without_chapters):
            if self._has_chapters(story):
                self._try_to_tell(story, [a.id for a in self._members(story)], news=False)
            await asyncio.sleep(0)  # let a cancellation in
        self._without_chapters.clear()

    def _has_chapters(self, story: str) -> bool:
        """Whether a story has earlier chapters; True too where it has to be told to know."""
        try:
            members = self._store.story_articles(story)
            return bool(members and self._earlier(story, self._store.brief(story), members))
        except RowError:
            return True
        except StoreError:
            return False  # it ended meanwhile

    async def tell_again(self, articles: Sequence[str]) -> None:
        """Tell the stories of these articles anew, whose digests are others now. No article changes
        its story, none becomes unread and each keeps its earlier chapters: nothing has happened but
        that more is understood. For those of a story told in a hurry is looked now.
        """
        for story in self._store.oldest_first(self._store.stories_of(articles)):
            self._try_to_tell(story, [a.id for a in self._members(story)], news=False)
            await asyncio.sleep(0)  # let a cancellation in

    async def settle(self, articles: Sequence[LinkCandidate], since: datetime | None) -> None:
        """Look at all anew around these articles, which were linked before or after the others:
        what is one, or two, is put right, as if all had come together. since: earlier ones cannot
        touch what matters now.
        """
        times = [_time(item) for item in articles]
        times = [at for at in times if since is None or at >= since - REACH]
        if not times:
            return
        known = self._store.linked_items(min(times) - REACH, max(times) + REACH)
        task = partial(tasks.cluster_articles, known, (), settle=True)
        try:
            result = await self._workers.run(
                task, many=len(known) > _FEW_ITEMS, urgency=Urgency.LINK
            )
        except Exception as error:  # noqa: BLE001 - the stories stay as they are
            self._failures.append(
                as_failure(error, "the stories could not be looked at anew", "refresh")
            )
            return
        await self._keep(result, set())
        self.apply_rules()

    async def _link(self, waiting: Sequence[LinkCandidate]) -> None:
        first, last = _time(waiting[0]), _time(waiting[-1])
        known = self._store.linked_items(first - REACH, last + REACH)
        new = [item for item in waiting if item.story_id is None]
        many = len(new) + len(known) > _FEW_ITEMS
        try:
            result = await self._workers.run(
                partial(tasks.cluster_articles, known, new), many=many, urgency=Urgency.LINK
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, the other articles are linked
            if len(waiting) > 1:  # one of them: each is tried by itself
                for item in waiting:
                    await self._link([item])
            else:
                self._fail([waiting[0].article_id], error)
            return
        again = {i.story_id for i in waiting if i.story_id is not None}
        await self._keep(result, again, articles=len(waiting))

    async def _keep(
        self, result: tasks.ClusterResult, again: set[str], *, articles: int = 0
    ) -> None:
        """Merge what was found to be one, and tell the stories that changed, and those of
        ``again``. articles: how many of them are linked by that.
        """
        for ended, into in result.merged:
            self._store.merge_stories(ended, into)
        changed = self._changed(result, again)
        waiting = max(articles, self._store.count_waiting(("link",))) if articles else 0
        for count, (story, members) in enumerate(changed, 1):
            self._try_to_tell(story, members)
            if articles:
                done = self._linked + articles * count // len(changed)
                self._on_event(StageProgress("link", done, self._linked + waiting))
            await asyncio.sleep(0)  # let a cancellation in
        self._linked += articles

    def _changed(
        self, result: tasks.ClusterResult, again: set[str]
    ) -> list[tuple[str | None, list[str]]]:
        """The stories to tell, with the articles that each now has, the oldest story first.

        New ones come last, as those of the store are told again before new ones look back at them.
        A story's articles out of the clusterer's reach stay with it. again: stories to tell though
        their articles did not change.
        """
        placed = {article for story in result.stories for article in story.article_ids}
        grouped = {story.story_id: story.article_ids for story in result.stories}
        new = [story.article_ids for story in result.stories if story.story_id is None]
        merged = dict(result.merged)
        stored = {story_id for story_id in grouped if story_id is not None}
        stored |= {*merged.values(), *(merged.get(story_id, story_id) for story_id in again)}
        changed: list[tuple[str | None, list[str]]] = []
        for story_id in self._store.oldest_first(stored):
            rest = [a.id for a in self._members(story_id) if a.id not in placed]
            changed.append((story_id, [*grouped.get(story_id, ()), *rest]))
        changed += [(None, list(article_ids)) for article_ids in new]
        return [(story_id, articles) for story_id, articles in changed if articles]

    def _members(self, story: str) -> list[StoryArticle]:
        try:
            return self._store.story_articles(story)
        except StoreError:
            return []  # it ended meanwhile

    # ── Telling ──────────────────────────────────────────────────────────────────────────────

    def _try_to_tell(
        self, story: str | None, articles: Sequence[str], *, news: bool = True
    ) -> None:
        """Tell a story; where it cannot be told, it stays as it is and the others are told."""
        try:
            self._tell(story, articles, news=news)
        except Exception as error:
            if isinstance(error, StoreError) and not isinstance(error, RowError):
                raise
            self._fail(articles, error)

    def _fail(self, articles: Sequence[str], error: Exception) -> None:
        try:
            where = self._store.article_row(articles[0]).title
        except StoreError:  # it went with its feed meanwhile
            where = f"article {articles[0]}"
        failure = as_failure(error, "no story could be told of it", where)
        self._failures.append(failure)
        self._store.mark_link_failed(articles, failure.what)

    def _tell(self, story: str | None, articles: Sequence[str], *, news: bool) -> None:
        """Make the brief of these articles and keep it. news: whether there can be any."""
        members = self._store.members(articles)
        if not members:
            return
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
        brief = make_brief(members, lead=lead)
        category = next(a.category for a in members if a.id == brief.lead)
        hurries = story is None and self._hurries
        if hurries:
            earlier = []
        elif story is None or news or story in self._without_chapters:
            earlier = self._earlier(story, brief, members)
        else:
            earlier = self._store.earlier_of(story)
        number = self._store.save_story(
            story,
            brief,
            self._ranked(brief, members, len(earlier), self._store.story_boost(story)),
            category=category,
            earlier=earlier,
            deserves_unread=news and deserves_unread(story_changes(before, brief)),
        )
        self._terms.pop(number, None)
        self.told.add(number)
        self._not_ruled.add(number)
        if hurries:
            self._without_chapters.add(number)
        else:
            self._without_chapters.discard(number)

    def _ranked(
        self, brief: Brief, articles: Sequence[StoryArticle], earlier: int, boost: float
    ) -> Ranking:
        preferences = self._settings.preferences
        return rank(
            story_score(brief, articles, earlier),
            preferences,
            feed_weight=max(a.feed_weight for a in articles),
            categories={a.category for a in articles},
            boost=boost,
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
            brief = self._store.brief(story)
            terms = story_terms(brief, members[-_TERMS_ARTICLES:])
            known = StoryTerms(story, headline, latest, terms)
            self._terms[story] = known
        return known


def near_in_time(items: Sequence[LinkCandidate]) -> Iterator[list[LinkCandidate]]:
    """The items, oldest first, parted where they are too far apart for any link.

    A feed's archive of years then costs as many small looks, not one at everything since.
    """
    group: list[LinkCandidate] = []
    for item in items:
        if group and _time(item) - _time(group[-1]) > 2 * REACH:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _time(item: LinkCandidate) -> datetime:
    """When an article of the store was published: there each has a time."""
    if item.published is None:
        raise ValueError(f"article {item.article_id} has no time")
    return item.published
