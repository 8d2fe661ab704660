"""What a hook is given: a story or an article as JSON, as text, and as the words of a command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from briefing.editions import read_article, read_story
from briefing.export.exporter import ExportOptions
from briefing.export.formats.json import story_to_json
from briefing.export.formats.text import TextExporter
from briefing.export.json_text import json_text
from briefing.model import Digest, Story, without_credentials
from briefing.model.codec import digest_to_json, time_to_json
from briefing.store import ReadingStore
from briefing.text import clean_line, clean_text
from briefing.text.credentials import strip_credentials

_LONGEST_WORD = 2000  # characters of an argument; all arguments together have a limit (execve(2))


@dataclass(frozen=True)
class Subject:
    """What something happened to. kind: ``story``, ``article``, ``refresh`` or ``notification``.

    document: what standard input gets, as JSON reads it. description: its first bullet. feed: its
    outlet, of a story that of the leading article. as_text: makes ``text``, which few ask for.
    """

    kind: str
    document: Mapping[str, object]
    id: str = ""
    title: str = ""
    url: str = ""
    description: str = ""
    feed: str = ""
    category: str = ""
    published: datetime | None = None
    as_text: Callable[[], str] = field(default=str, repr=False, compare=False)

    @cached_property
    def text(self) -> str:
        """What is read."""
        return self.as_text()

    @cached_property
    def json(self) -> bytes:
        """The document on one line, UTF-8, without passwords in addresses."""
        return strip_credentials(json_text(self.document) + "\n", "").encode("utf-8", "replace")

    def words(self, event: str) -> dict[str, str]:
        """What the placeholders of a command stand for: lines without control characters, none of
        which can be taken for an option."""
        return {
            "url": _web_address(self.url),
            "title": _word(self.title),
            "description": _word(self.description),
            "feed": _word(self.feed),
            "id": self.id,
            "event": event,
        }

    def environment(self, hook: str, event: str) -> dict[str, str]:
        """The same as variables of a hook's environment, with its kind, category and time."""
        words = {
            **{name.upper(): value for name, value in self.words(event).items()},
            "HOOK": _word(hook),
            "KIND": self.kind,
            "CATEGORY": _word(self.category),
            "PUBLISHED": time_to_json(self.published) or "",
        }
        return {f"BRIEFING_{name}": value for name, value in words.items()}


def story_subject(store: ReadingStore, story_id: str, now: datetime) -> Subject:
    """A story, as ``print --format json`` has it among its stories. Raises StoreError where there
    is none, RowError where it cannot be read."""
    story = read_story(store, story_id)
    brief = story.brief
    lead = next((a for a in brief.articles if a.article_id == brief.lead), None)
    options = ExportOptions(generated=now)
    return Subject(
        "story",
        {"version": 1, **story_to_json(story, {story.id: store.story_tags(story.id)})},
        id=story.id,
        title=brief.headline,
        url="" if lead is None else lead.url or "",
        description=_first_bullet(story),
        feed="" if lead is None else lead.source,
        category=story.row.category,
        published=story.row.latest,
        as_text=lambda: TextExporter().render_story(story, options).decode(),
    )


def _first_bullet(story: Story) -> str:
    return story.brief.bullets[0].bullet.text if story.brief.bullets else ""


def article_subject(store: ReadingStore, article_id: str) -> Subject:
    """An article, as ``digest --format json`` has it; without findings where it has not been
    digested. Raises StoreError where there is none, RowError where it cannot be read."""
    row = store.article_row(article_id)
    reading = read_article(store, article_id)
    article = reading.article
    digest = reading.digest or Digest(article, reading.sentences, (), (), (), (), (), ())
    head = [row.title, " · ".join(filter(None, (row.source, row.url))), ""]
    return Subject(
        "article",
        digest_to_json(digest),
        id=article.id,
        title=row.title,
        url=row.url or "",
        description=digest.bullets[0].text if digest.bullets else "",
        feed=row.source,
        category=row.category,
        published=row.published,
        as_text=lambda: "\n".join([*map(clean_line, head), clean_text(article.text), ""]),
    )


def _word(text: str) -> str:
    """Text from outside as one argument: never one that begins as an option does."""
    line = strip_credentials(clean_line(text))[:_LONGEST_WORD]
    plain = line.lstrip("-")
    return line if plain == line else f"–{plain}"


def _web_address(url: str) -> str:
    """An address of the web without its password; empty for every other, which might be an option
    or a file."""
    url = without_credentials(clean_line(url))
    return url if url.lower().startswith(("http://", "https://")) else ""
