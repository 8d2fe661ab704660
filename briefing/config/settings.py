"""What can be set, with its default, its limits and what it is for.

The dataclasses below are the schema: the reading, the checking, the documented defaults and
``briefing config show`` are all derived from them.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.config.folders import folders
from briefing.config.times import quiet_hours
from briefing.model import Preferences

if TYPE_CHECKING:
    from briefing.model.rules import Rule


def _setting(
    default: Any,
    doc: str,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    shortest_days: int | None = None,
) -> Any:
    """A field with its explanation; for a number the range it may have (both ends in), for a string
    the words it may be, or the shortest span of days that it may name."""
    return field(
        default=default,
        metadata={
            "doc": doc,
            "low": low,
            "high": high,
            "choices": choices,
            "shortest_days": shortest_days,
        },
    )


def range_words(setting: Field[Any]) -> str:
    """The range of a number; its default always holds, also outside."""
    low, high, default = setting.metadata["low"], setting.metadata["high"], setting.default
    is_outside = default is not MISSING and not low <= default <= high
    return f"from {low} to {high}" + (f", or {default}" if is_outside else "")


@dataclass(frozen=True, slots=True)
class EditionSettings:
    """What an edition covers."""

    hours: int = _setting(24, "An edition covers at least the last so many hours.", 1, 168)
    max_days: int = _setting(
        3, "After a longer absence it reaches back at most so many days.", 1, 14
    )
    minutes: int = _setting(5, "Reading time of what stands above the line, in minutes.", 1, 120)
    sections: bool = _setting(False, "Group what `briefing print` tells by category.")
    muted: tuple[str, ...] = _setting((), "Words and phrases whose stories sink below the line.")

    @property
    def line(self) -> int:
        """How many stories ``minutes`` allow: four bullets of some 24 words, at 230 words a minute,
        are 25 seconds. Never under three.
        """
        return max(3, self.minutes * 60 // 25)


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How feeds and pages are fetched. Times are seconds unless the name says otherwise."""

    concurrency: int = _setting(16, "Requests under way at once.", 1, 64)
    per_host: int = _setting(2, "Requests under way at once to one server.", 1, 8)
    connect_timeout: float = _setting(10.0, "Seconds to wait for a connection.", 0.1, 120)
    read_timeout: float = _setting(20.0, "Seconds to wait for the next bytes.", 0.1, 300)
    total_timeout: float = _setting(60.0, "Seconds that one request may take in all.", 0.1, 900)
    interval_minutes: int = _setting(
        60, "A feed is fetched again after so many minutes.", 15, 10080
    )
    host_pause: float = _setting(
        0.1, "Seconds between two requests to one server; less on this machine's own.", 0, 60
    )
    allow_http_redirects: bool = _setting(
        False, "Follow redirects from https to http; `feeds edit --http-ok` does so for one feed."
    )
    password_command: tuple[str, ...] = _setting(
        (),
        "The command, one string an argument, that writes the password of a feed with a user's"
        " name; {user} and {host} are filled in.",
    )
    max_feed_mb: int = _setting(20, "A feed larger than this is refused, in megabytes.", 1, 200)
    max_page_mb: int = _setting(10, "A page larger than this is refused, in megabytes.", 1, 200)
    allow_networks: tuple[str, ...] = _setting(
        (),
        "Networks and hosts that feeds and pages may lead to though they are private, such as"
        ' "10.0.0.0/8" or "wiki.example.org".',
    )
    full_text: bool = _setting(True, "Fetch an article's page where its feed has only a summary.")


@dataclass(frozen=True, slots=True)
class RefreshSettings:
    """When an open reader fetches by itself."""

    every: int = _setting(
        0, "An open reader fetches what is due every so many minutes; 0: only when asked.", 0, 1440
    )


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """How the reader behaves."""

    quit: str = _setting(
        "back",
        "What the key q does: back goes back one level and ends the program at the top, program"
        " ends it at once.",
        choices=("back", "program"),
    )
    images: str = _setting(
        "off",
        "Pictures of articles: off, or asked for a line that tells of each, and its picture when"
        " the key P asks for it; that needs the extra briefing[images].",
        choices=("off", "asked"),
    )


@dataclass(frozen=True, slots=True)
class OpenSettings:
    """What stories and articles are given to from the reader."""

    bookmark: tuple[str, ...] = _setting(
        (),
        "The command of the key B, one string an argument: {url}, {title}, {description} and {feed}"
        " are filled in; without any of them they are its last four arguments, as newsboat's"
        " bookmark scripts take them.",
    )


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """How the screens are laid out; the keys d, <, > and w change it for a while."""

    density: str = _setting(
        "comfortable",
        "Lines of a story in the lists: comfortable is two, compact one; the key d changes it for"
        " a while.",
        choices=("comfortable", "compact"),
    )
    list_width: int = _setting(
        0, "Columns of the list of stories; 0 is what suits the terminal.", 24, 120
    )
    beside: str = _setting(
        "auto",
        "Where figures and links stand: right of the brief, below it, or hidden until tab goes to"
        " them; auto is what leaves the brief most room.",
        choices=("auto", "right", "below", "hidden"),
    )
    beside_width: int = _setting(
        0, "Columns of figures and links at the right; 0 is what suits the terminal.", 28, 120
    )
    beside_height: int = _setting(
        0, "Lines of figures and links below; 0 is what suits the terminal.", 6, 60
    )


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """How articles are digested."""

    bullets: int = _setting(4, "Bullets a digest has at most.", 1, 12)
    algorithm: str = _setting("briefing", "The ranking: briefing, or one of sumy's by its name.")


@dataclass(frozen=True, slots=True)
class EditorSettings:
    """A second editor: a language model that chooses among an article's own sentences."""

    url: str = _setting(
        "",
        "A server that speaks OpenAI's protocol, such as http://127.0.0.1:8080/v1 of llama-server;"
        " empty: there is no second editor.",
    )
    command: tuple[str, ...] = _setting(
        (),
        "Or a command, one string an argument, that reads the question and writes the answer, such"
        ' as ["llm", "-m", "smollm2"].',
    )
    model: str = _setting("", "The model's name, as the server knows it.")
    when: str = _setting(
        "asked",
        "Which articles it is asked about: asked is by the key in the reader or `briefing digest"
        " --editor`, above-line those of the stories above the line, all every new one.",
        choices=("asked", "above-line", "all"),
    )
    lead: bool = _setting(
        False, "Its choice is the digest; otherwise it is one more weight of the ranking."
    )
    remote: bool = _setting(
        False, "The server may be another machine: the articles' sentences are sent to it."
    )
    key_command: tuple[str, ...] = _setting(
        (),
        "The command, one string an argument, that writes the server's key; {host} is filled in.",
    )
    seconds: float = _setting(60.0, "Seconds that one answer may take.", 0.1, 3600)
    max_words: int = _setting(3000, "Words of an article that are sent at most.", 100, 20000)
    daily_tokens: int = _setting(
        200_000,
        "Tokens a day, asked and answered, after which it is asked no more.",
        0,
        100_000_000,
    )

    @property
    def is_set(self) -> bool:
        """Whether there is a second editor at all."""
        return bool(self.url or self.command)


_TIME_SPAN = re.compile(r"(\d{1,5})\s*(d|w|m|y)", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def span_in_days(text: str) -> int | None:
    """The days of a span such as "90d", "12w", "6m" or "2y"; 0 for an empty one; None if none."""
    if not text.strip():
        return 0
    found = _TIME_SPAN.fullmatch(text.strip())
    return int(found[1]) * _DAYS[found[2].lower()] if found else None


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where everything is kept, and how long."""

    path: str = _setting("", "The store's file; empty means briefing.sqlite3 in the data folder.")
    keep: str = _setting(
        "",
        'Texts and digests of articles older than this are dropped: "90d", "26w", "2y", at least'
        ' "14d"; empty means never. Titles, marks and all that is starred stay.',
        shortest_days=14,
    )

    @property
    def keep_days(self) -> int:
        """``keep`` in days; 0 for ever."""
        return span_in_days(self.keep) or 0


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """The server that subscriptions and marks are kept in step with."""

    kind: str = _setting(
        "off",
        "The server's protocol: miniflux, greader (Google Reader's: FreshRSS and many others) or"
        " fever; off: no sync.",
        choices=("off", "miniflux", "greader", "fever"),
    )
    url: str = _setting("", "Where the server stands, such as https://reader.example.")
    user: str = _setting("", "Your name there; empty where the password is a token of Miniflux.")
    password_command: tuple[str, ...] = _setting(
        (),
        "The command, one string an argument, that writes the password or token; {user} and {host}"
        " are filled in.",
    )
    keyring: bool = _setting(False, "The password stands in the system's keyring.")
    feeds: str = _setting(
        "both",
        "Whose subscriptions are followed: both, on both sides; server, those there only; local,"
        " neither side takes any of the other's.",
        choices=("both", "server", "local"),
    )
    local: tuple[str, ...] = _setting(
        (), "Feeds that the server never hears of, each a part of a name or an address."
    )
    entries: str = _setting(
        "server",
        "Where the entries of synced feeds come from: server, its store; fetched, from the feeds"
        " themselves as all others.",
        choices=("server", "fetched"),
    )
    days: int = _setting(
        30, "The first sync takes what is unread or starred, and all of so many days.", 1, 3650
    )


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """How the article is found in the pages of one site, and of its subdomains."""

    host: str = field(metadata={"doc": "The site's host, such as paper.example."})
    keep: str = _setting("", "The CSS selector of what holds the article.")
    drop: tuple[str, ...] = _setting((), "CSS selectors of what is taken out of it.")


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What is done with articles when they arrive."""

    name: str = field(metadata={"doc": "What the rule is called, where its doing is shown."})
    when: str = field(metadata={"doc": "Which articles: a query as for `briefing search`."})
    do: tuple[str, ...] = _setting(
        (), "What is done: mute, read, star, tag:NAME, boost:2, notify, hook:NAME."
    )
    feeds: tuple[str, ...] = _setting(
        (), "Only articles of these feeds, each a part of a name or an address."
    )
    keep: bool = _setting(
        False, "Keep only what the query finds: what it does not find is muted, or what do says."
    )


@dataclass(frozen=True, slots=True)
class HookSettings:
    """A program that is run when something happens."""

    run: tuple[str, ...] = field(
        metadata={
            "doc": "The program and its arguments, no shell in between; {url}, {title},"
            " {description}, {feed}, {id} and {event} stand for an argument of their own."
        }
    )
    on: str = _setting(
        "new",
        "When it is run: a story has new articles, a refresh has ended, a story or an article is"
        " starred, or its page is opened; rule: only for rules with hook:NAME.",
        choices=("new", "refresh", "star", "open", "rule"),
    )
    name: str = _setting("", "What rules and `briefing hooks test` call it; else the program's.")
    when: str = _setting("", "Only for articles that this query finds; empty means all.")
    seconds: float = _setting(10.0, "Seconds that it may take before it is ended.", 0.1, 600)
    max_mb: int = _setting(1, "Megabytes that it may write before it is ended.", 1, 100)

    @property
    def known_as(self) -> str:
        """Its name: the one set, else its program's."""
        return self.name.strip() or Path(self.run[0]).name


@dataclass(frozen=True, slots=True)
class NotifySettings:
    """One notification after a refresh, for all that is new and matters."""

    command: tuple[str, ...] = _setting(
        (),
        "The command that shows it, one string an argument, such as"
        ' ["notify-send", "{title}", "{text}"]; empty: there is none.',
    )
    when: str = _setting(
        "", "Which new articles it tells of, by a query; those of rules with notify besides."
    )
    quiet: str = _setting(
        "", 'Hours without one, such as "22-07": what came then is told at their end.'
    )

    def is_quiet(self, now: datetime) -> bool:
        """Whether there is no notification at that time of day. now: in the reader's own zone."""
        hours = quiet_hours(self.quiet)
        if hours is None:
            return False
        begin, end = hours
        at = now.hour * 60 + now.minute
        return begin <= at < end if begin <= end else at >= begin or at < end


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """What `briefing schedule` does, and when."""

    at: tuple[str, ...] = _setting(
        (), 'Times of the day, such as "06:30"; `briefing schedule install` takes them.'
    )
    export: tuple[str, ...] = _setting(
        (),
        "What is written after the refresh: the arguments of `briefing export`, such as"
        ' ["edition", "--format", "html", "--output", "~/briefing.html"].',
    )
    mail: tuple[str, ...] = _setting(
        (),
        "The command that is given the edition as a mail, one string an argument, such as"
        ' ["sendmail", "-t"]; empty: none is sent.',
    )
    mail_to: tuple[str, ...] = _setting((), "To whom it is sent.")
    mail_from: str = _setting("", "From whom; empty: as the command has it.")


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """A search under a name of its own."""

    name: str = field(metadata={"doc": "What the search is called in the feeds view."})
    query: str = field(metadata={"doc": "What it looks for: a query as for `briefing search`."})
    section: bool = _setting(
        False,
        "Its stories stand under its name: first in `briefing print`, below the line in the"
        " reader.",
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that ``config.toml`` can set."""

    theme: str = _setting("harbour", "The colours: a packaged theme or one of your own, by name.")
    browser: str = _setting("", "The command that opens a page; empty means the system's browser.")
    units: str = _setting(
        "metric",
        "The units that the key U shows figures in besides: metric or imperial.",
        choices=("metric", "imperial"),
    )
    keys: Mapping[str, str] = field(
        default_factory=dict,
        metadata={
            "doc": "Keys by action, as listed by `briefing keys`, several with commas; preset says"
            " whose keys to begin with: newsboat or vim.",
            "entries": 'preset = "vim"\nnext-unread = "n,C-n"\nstar = "b"',
        },
    )
    topics: Mapping[str, float] = field(
        default_factory=dict,
        metadata={
            "doc": "Weights from 0 to 10 by category, word or phrase; 2 ranks higher, 0.5 lower.",
            "entries": 'science = 2\n"interest rates" = 0.5',
            "low": 0,
            "high": 10,
        },
    )
    edition: EditionSettings = field(
        default_factory=EditionSettings, metadata={"doc": "What an edition covers."}
    )
    fetch: FetchSettings = field(
        default_factory=FetchSettings, metadata={"doc": "How feeds and pages are fetched."}
    )
    refresh: RefreshSettings = field(
        default_factory=RefreshSettings, metadata={"doc": "When an open reader fetches by itself."}
    )
    reader: ReaderSettings = field(
        default_factory=ReaderSettings, metadata={"doc": "How the reader behaves."}
    )
    open: OpenSettings = field(
        default_factory=OpenSettings,
        metadata={"doc": "What stories and articles are given to from the reader."},
    )
    notify: NotifySettings = field(
        default_factory=NotifySettings,
        metadata={"doc": "One notification after a refresh, for all that is new and matters."},
    )
    schedule: ScheduleSettings = field(
        default_factory=ScheduleSettings,
        metadata={"doc": "What `briefing schedule` does, and when."},
    )
    screen: ScreenSettings = field(
        default_factory=ScreenSettings,
        metadata={"doc": "How the screens are laid out."},
    )
    digest: DigestSettings = field(
        default_factory=DigestSettings, metadata={"doc": "How articles are digested."}
    )
    editor: EditorSettings = field(
        default_factory=EditorSettings,
        metadata={
            "doc": "A second editor: a language model that chooses among an article's sentences."
        },
    )
    store: StoreSettings = field(
        default_factory=StoreSettings,
        metadata={"doc": "Where everything is kept, and how long."},
    )
    sync: SyncSettings = field(
        default_factory=SyncSettings,
        metadata={"doc": "The server that subscriptions and marks are kept in step with."},
    )
    sites: tuple[SiteSettings, ...] = field(
        default=(),
        metadata={
            "doc": "Rules of your own for the pages of a site and its subdomains, as many as you"
            " like: the CSS selectors of what holds the article, and of what is taken out of it.",
            "example": '[[sites]]\nhost = "paper.example"\nkeep = "article.story"\n'
            'drop = [".newsletter", "aside.related"]',
        },
    )

    searches: tuple[SearchSettings, ...] = field(
        default=(),
        metadata={
            "doc": "Searches under names of their own, shelves of the feeds view; ctrl+s in the"
            " search adds one.",
            "example": '[[searches]]\nname = "Harbour"\nquery = "harbour OR ferry -title:live"',
        },
    )

    rules: tuple[RuleSettings, ...] = field(
        default=(),
        metadata={
            "doc": "What is done with articles when they arrive, as many rules as you like;"
            " `briefing rules test` shows what one would find.",
            "example": '[[rules]]\nname = "no horoscopes"\nwhen = "title:horoscope"\ndo = ["mute"]',
        },
    )

    hooks: tuple[HookSettings, ...] = field(
        default=(),
        metadata={
            "doc": "Programs of yours that are run when something happens, as many as you like;"
            " `briefing hooks test` tries one.",
            "example": '[[hooks]]\nname = "notes"\non = "star"\nrun = ["~/bin/keep", "{url}"]',
        },
    )

    @property
    def reading_rules(self) -> "tuple[Rule, ...]":
        """The rules as they are applied, in the order of the file."""
        if not self.rules:
            return ()
        from briefing.model.rules import Rule, RuleAction, read_action

        return tuple(
            Rule(
                rule.name.strip(),
                rule.when,
                tuple(map(read_action, rule.do)) or (RuleAction("mute"),),
                rule.feeds,
                rule.keep,
            )
            for rule in self.rules
        )

    @property
    def preferences(self) -> Preferences:
        """What the ranking of stories applies."""
        return Preferences(self.edition.muted, tuple(sorted(self.topics.items())))

    @property
    def store_path(self) -> Path:
        """The store's file: the one set, else ``briefing.sqlite3`` in the data folder."""
        if self.store.path:
            return Path(self.store.path).expanduser().absolute()
        return folders().data / "briefing.sqlite3"
