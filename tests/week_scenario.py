"""A week of thirty made-up feeds, with what a reader should be told of it written down beside it.

The data stands in ``tests/newsweek``: ``outlets.toml``, and a file for each group of matters with
its articles and expectations. A sentence may offer alternatives, ``{the fire chief|a captain}``:
each outlet has its own of them, always the same. An article may have later versions of its text
(``[[article.later]]`` with ``at``, ``text`` and, where it changed, ``title``), which stand at the
same address from then on.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from briefing.config import Settings
from briefing.model import Brief, Disagreement, Reported, Story
from briefing.refresh import RefreshOptions, refresh
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import Item, atom, json_feed, rss

FOLDER = Path(__file__).parent / "newsweek"
_LAST_HOUR = timedelta(hours=23)  # when a day's refresh runs
_CHOICE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Version:
    """What an article says from a moment on."""

    at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """An article of one outlet: its versions, oldest first, and its addresses, one for each day."""

    key: str
    outlet: str
    versions: tuple[Version, ...]
    addresses: tuple[str, ...]

    @property
    def published(self) -> datetime:
        """When it first came out."""
        return self.versions[0].at

    def read_at(self, now: datetime) -> Version | None:
        """What it says at ``now``; None before it came out."""
        return next((v for v in reversed(self.versions) if v.at <= now), None)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is true of the articles named, in the evening of a day; 0.6 is an hour past noon."""

    name: str
    day: float
    what: str
    articles: tuple[str, ...]
    values: tuple[float, ...] = ()
    how: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """All of it. ``outlets``: names by slug."""

    monday: datetime
    outlets: Mapping[str, str]
    reports: tuple[Report, ...]
    expectations: tuple[Expectation, ...]

    @property
    def days(self) -> list[float]:
        """When there is a refresh: each evening from Sunday on, and where something is expected."""
        return sorted({*range(8), *(e.day for e in self.expectations)})

    def evening(self, day: float) -> datetime:
        """When the refresh of a day runs; day 1 is Monday."""
        return self.monday + timedelta(days=day - 1) + _LAST_HOUR

    def publish(self, room: Newsroom, now: datetime) -> dict[str, str]:
        """Serve all feeds as they stand at ``now``; their addresses by slug."""
        return {
            slug: self._feed(room, number, slug, now) for number, slug in enumerate(self.outlets)
        }

    def _feed(self, room: Newsroom, number: int, slug: str, now: datetime) -> str:
        mine = [r for r in self.reports if r.outlet == slug and r.published <= now]
        mine.sort(key=lambda r: r.published, reverse=True)
        items = [i for r in mine for i in _items(r, now)]
        make, media = (
            (rss, "application/rss+xml"),
            (atom, "application/atom+xml"),
            (json_feed, "application/feed+json"),
        )[number % 3]
        body = make(self.outlets[slug], items, site=f"https://{slug}.example/")
        return room.feed(f"/{slug}", body, media)


def load_week(folder: Path = FOLDER) -> Week:
    """The week that the files of ``folder`` tell. Raises ValueError where one is not right."""
    head = tomllib.loads((folder / "outlets.toml").read_text(encoding="utf-8"))
    monday = datetime.fromisoformat(head["monday"]).replace(tzinfo=UTC)
    reports: list[Report] = []
    expectations: list[Expectation] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name == "outlets.toml":
            continue
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        try:
            reports += _reports(raw, monday)
        except KeyError as error:
            raise ValueError(f"{path.name}: {error}") from error
        expectations += [_expectation(e) for e in raw.get("expect", ())]
    _check(head["outlets"], reports, expectations)
    return Week(monday, head["outlets"], tuple(reports), tuple(expectations))


def _expectation(raw: Mapping[str, Any]) -> Expectation:
    return Expectation(
        raw["name"],
        raw["day"],
        raw["what"],
        tuple(raw["articles"]),
        tuple(float(v) for v in raw.get("values", ())),
        raw.get("how", ""),
    )


def _reports(raw: Mapping[str, Any], monday: datetime) -> Iterator[Report]:
    own = {a["key"]: a for a in raw["article"]}
    for article in raw["article"]:
        if "copy_of" in article:
            yield from _copies(article, own[article["copy_of"]], monday)
        else:
            yield _report(article, raw.get("background", {}), monday)


def _report(raw: Mapping[str, Any], background: Mapping[str, Any], monday: datetime) -> Report:
    slug = raw["outlet"]
    behind = background[raw["background"]]["text"] if "background" in raw else ""
    versions = [Version(_moment(monday, raw["at"]), raw["title"], _text(raw["text"], behind, slug))]
    for later in raw.get("later", ()):
        title = later.get("title", versions[-1].title)
        moment = _moment(monday, later["at"])
        versions.append(Version(moment, title, _text(later["text"], behind, slug)))
    address = f"https://{slug}.example/{raw['key']}"
    others = (_variant(address, v) for v in raw.get("addresses", ()))
    return Report(raw["key"], slug, tuple(versions), (address, *others))


def _variant(address: str, variant: str) -> str:
    """The address with a tail ("?utm_source=feed"), or on a host of another name ("m.")."""
    if variant.endswith("."):
        return address.replace("https://", f"https://{variant}")
    return address + variant


def _copies(
    raw: Mapping[str, Any], original: Mapping[str, Any], monday: datetime
) -> Iterator[Report]:
    """An agency's text as its customers print it: each with some of the edits."""
    start = _moment(monday, raw["at"])
    for number, slug in enumerate(raw["outlets"]):
        text = original["text"].strip()
        for place, (old, new) in enumerate(raw["edits"]):
            if old not in original["text"]:
                raise ValueError(f"{raw['key']}: there is no {old!r} to edit")
            if (number + 1) >> (place % 3) & 1:
                text = text.replace(old, new)
        key = f"{raw['key']}-{slug}"
        title = raw["titles"][number % len(raw["titles"])]
        moment = start + timedelta(minutes=number * raw["minutes_apart"])
        address = f"https://{slug}.example/{key}"
        yield Report(key, slug, (Version(moment, title, text),), (address,))


def _moment(monday: datetime, at: str) -> datetime:
    day, clock = at.split()
    hours, minutes = map(int, clock.split(":"))
    return monday + timedelta(days=int(day) - 1, hours=hours, minutes=minutes)


def _text(own: str, background: str, outlet: str) -> str:
    """An article's own paragraphs, then those behind it in the outlet's words and order."""
    behind = [p for p in _spoken(background, outlet).strip().split("\n\n") if p]
    turn = _drawn(outlet, max(1, len(behind)))
    parts = [*_spoken(own, outlet).strip().split("\n\n"), *behind[turn:], *behind[:turn]]
    return "\n\n".join(" ".join(part.split()) for part in parts)


def _spoken(text: str, outlet: str) -> str:
    """``text`` with the outlet's own of all alternatives."""
    count = 0

    def chosen(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        options = match.group(1).split("|")
        return options[_drawn(f"{outlet} {count}", len(options))]

    return _CHOICE.sub(chosen, text)


def _drawn(lot: str, count: int) -> int:
    """A number below ``count``, always the same for one lot."""
    return hashlib.sha256(lot.encode()).digest()[0] % count


def _check(
    outlets: Mapping[str, str], reports: Sequence[Report], expectations: Iterable[Expectation]
) -> None:
    known = {r.key for r in reports}
    if len(known) < len(reports):
        raise ValueError("two articles have one key")
    strangers = {r.outlet for r in reports} - outlets.keys()
    strangers |= {a for e in expectations for a in e.articles} - known
    if strangers:
        raise ValueError(f"nothing is known of {', '.join(sorted(strangers))}")


def _items(report: Report, now: datetime) -> Iterator[Item]:
    """The entry of a feed for one article, under another of its addresses each day."""
    version = report.read_at(now)
    if version is not None:
        content = "".join(f"<p>{p}</p>" for p in version.text.split("\n\n"))
        days = (now - report.published).days
        address = report.addresses[min(days, len(report.addresses) - 1)]
        yield Item(version.title, address, content=content, published=report.published)


# ── What a reader is told ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Evening:
    """The store after the refresh of a day. ``ids``: of each article by its key."""

    day: float
    ids: Mapping[str, tuple[str, ...]]
    story_of: Mapping[str, str]
    stories: Mapping[str, Story]

    def brief(self, key: str) -> Brief:
        """The brief that tells an article."""
        return self.stories[self.story_of[key]].brief

    def shown(self) -> Iterator[tuple[Brief, Disagreement]]:
        """Every disagreement of every story."""
        for story in self.stories.values():
            for told in story.brief.disagreements:
                yield story.brief, told

    def said_by(self, value: Reported, key: str) -> bool:
        """Whether an article is among those that give a value."""
        return any(p.article_id in self.ids.get(key, ()) for p in value.places)


def live_through(week: Week, room: Newsroom, store: Store) -> dict[float, Evening]:
    """Follow all feeds, refresh day by day from Sunday on; what each evening shows, by day."""
    evenings = {}
    for day in week.days:
        now = week.evening(day)
        addresses = week.publish(room, now)
        if day == 0:
            for slug, address in addresses.items():
                store.add_feed(address, week.outlets[slug], full_text=False, added_at=now)
        report = refresh(
            store,
            Settings(),
            now=partial(week.evening, day),
            options=RefreshOptions(force=True, jobs=1),
        )
        if report.failures:
            raise AssertionError(f"day {day}: {report.failures}")
        evenings[day] = _evening(week, store, day)
    return evenings


def _evening(week: Week, store: Store, day: float) -> Evening:
    ids: dict[str, list[str]] = {}
    story_of: dict[str, str] = {}
    for row in store.article_rows(limit=1000):
        key = (row.url or "").rsplit("/", 1)[-1].split("?")[0]
        if key == "amp":
            key = (row.url or "").rsplit("/", 2)[-2]
        ids.setdefault(key, []).append(row.id)
        if row.story_id is not None:
            story_of[key] = row.story_id
    stories = {story: store.story(story) for story in set(story_of.values())}
    return Evening(day, {k: tuple(v) for k, v in ids.items()}, story_of, stories)
